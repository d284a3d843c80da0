"""A figure by parameters: sex, age, build, skin, hair, clothes."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[float, float, float]
"""sRGB, 0 to 1."""

SKIN_TONES: dict[str, Colour] = {
    "light": (0.89, 0.70, 0.60),
    "medium": (0.80, 0.59, 0.47),
    "brown": (0.60, 0.41, 0.31),
    "dark": (0.40, 0.265, 0.20),
}
TEAL: Colour = (0.16, 0.52, 0.55)
NAVY: Colour = (0.22, 0.29, 0.40)
SLATE: Colour = (0.36, 0.46, 0.56)


@dataclass(frozen=True)
class Figure:
    """What a body is built from. ``male``, ``muscle``, ``weight`` and ``old`` run from 0 to 1;
    muscle and weight are average at 0.5."""

    name: str
    male: float = 0.0
    muscle: float = 0.5
    weight: float = 0.5
    old: float = 0.0
    skin: str = "medium"
    hair: Colour = (0.16, 0.11, 0.085)
    bun: bool = True
    top: Colour = TEAL
    bottom: Colour = NAVY
    short_legs: bool = False

    def targets(self) -> dict[str, float]:
        """Return the targets of the data package and their weights."""
        found: dict[str, float] = {}
        for sex, by_sex in (("female", 1 - self.male), ("male", self.male)):
            for age, by_age in (("young", 1 - self.old), ("old", self.old)):
                share = by_sex * by_age
                for people in ("caucasian", "african", "asian"):
                    found[f"macrodetails/{people}-{sex}-{age}"] = share / 3
                for muscle, by_muscle in _levels("muscle", self.muscle):
                    for weight, by_weight in _levels("weight", self.weight):
                        part = share * by_muscle * by_weight
                        build = f"{sex}-{age}-{muscle}-{weight}"
                        found[f"macrodetails/universal-{build}"] = part
                        name = f"macrodetails/proportions/{build}-idealproportions"
                        found[name] = part * 0.5
        return {name: weight for name, weight in found.items() if weight > 0} | FACE


FACE = {
    "expression/units/caucasian/mouth-corner-puller": 0.16,
    "expression/units/caucasian/eyebrows-left-inner-up": 0.25,
    "expression/units/caucasian/eyebrows-right-inner-up": 0.25,
    "expression/units/caucasian/eyebrows-left-up": 0.2,
    "expression/units/caucasian/eyebrows-right-up": 0.2,
}
"""A friendly, attentive face: the neutral one looks stern."""


def _levels(word: str, value: float) -> list[tuple[str, float]]:
    """Blend min, average and max: 0.5 is average."""
    average = 1 - abs(value - 0.5) * 2
    edge = "max" if value > 0.5 else "min"
    return [(f"average{word}", average), (f"{edge}{word}", 1 - average)]


FIGURES = {
    "woman": Figure("woman", muscle=0.6, weight=0.48, skin="medium"),
    "man": Figure(
        "man",
        male=1.0,
        muscle=0.6,
        weight=0.5,
        skin="light",
        hair=(0.24, 0.17, 0.12),
        bun=False,
        top=SLATE,
        bottom=NAVY,
        short_legs=True,
    ),
}
