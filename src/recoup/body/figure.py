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
LAVENDER: Colour = (0.58, 0.47, 0.66)
STEEL: Colour = (0.45, 0.50, 0.56)
MOSS: Colour = (0.36, 0.47, 0.33)
ROSE: Colour = (0.68, 0.40, 0.46)
CHARCOAL: Colour = (0.27, 0.27, 0.30)


Targets = tuple[tuple[str, float], ...]
"""Targets of the data package by name, each with its weight."""


PEOPLE = ("caucasian", "african", "asian")
"""The data package's own words."""


@dataclass(frozen=True)
class Figure:
    """What a body is built from. ``male``, ``muscle``, ``weight`` and ``old`` run from 0 to 1;
    muscle and weight are average at 0.5, and a ``weight`` above 1 goes on beyond the package's
    heaviest. ``people`` are the shares of its three ways of building a face, ``shape`` is what
    makes this body its own. ``trimester`` (1 to 3) is that of a pregnant one: see ``may_show``. A
    ``soft_belly`` is so large that it flattens when it is lain on."""

    name: str
    male: float = 0.0
    muscle: float = 0.5
    weight: float = 0.5
    old: float = 0.0
    people: tuple[float, float, float] = (1 / 3, 1 / 3, 1 / 3)
    shape: Targets = ()
    skin: str = "medium"
    hair: Colour = (0.16, 0.11, 0.085)
    bun: bool = True
    top: Colour = TEAL
    bottom: Colour = NAVY
    short_legs: bool = False
    long_top: bool = False
    hair_m: float = 0.014
    trimester: int | None = None
    soft_belly: bool = False

    @property
    def usual(self) -> Figure:
        """The average young adult of this sex, from the same data."""
        return Figure(self.name, male=self.male, soft_belly=self.soft_belly)

    def targets(self) -> dict[str, float]:
        """Return the targets of the data package and their weights."""
        found: dict[str, float] = {}
        for sex, by_sex in (("female", 1 - self.male), ("male", self.male)):
            for age, by_age in (("young", 1 - self.old), ("old", self.old)):
                share = by_sex * by_age
                for people, by_people in zip(PEOPLE, self.people, strict=True):
                    found[f"macrodetails/{people}-{sex}-{age}"] = share * by_people
                for muscle, by_muscle in _levels("muscle", self.muscle):
                    for weight, by_weight in _levels("weight", self.weight):
                        part = share * by_muscle * by_weight
                        build = f"{sex}-{age}-{muscle}-{weight}"
                        found[f"macrodetails/universal-{build}"] = part
                        name = f"macrodetails/proportions/{build}-idealproportions"
                        found[name] = part * 0.5
        return {name: weight for name, weight in found.items() if weight} | FACE | dict(self.shape)


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


def _sides(name: str, weight: float) -> Targets:
    """Return a target of both sides: ``{}`` stands for the side.

    >>> _sides("arms/{}-upperarm-fat-incr", 0.5)
    (('arms/l-upperarm-fat-incr', 0.5), ('arms/r-upperarm-fat-incr', 0.5))
    """
    return tuple((name.format(side), weight) for side in "lr")


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
    "older": Figure(
        "older",
        old=0.7,
        muscle=0.25,
        weight=0.5,
        people=(0.1, 0.8, 0.1),
        shape=(
            ("head/head-age-incr", 1.0),
            ("expression/units/caucasian/mouth-corner-puller", 0.35),
        ),
        skin="dark",
        hair=(0.62, 0.61, 0.60),
        hair_m=0.021,
        bun=False,
        top=LAVENDER,
        bottom=STEEL,
    ),
    "larger": Figure(
        "larger",
        male=1.0,
        weight=1.3,
        people=(0.3, 0.1, 0.6),
        shape=(
            ("torso/torso-scale-depth-incr", 0.8),
            ("torso/torso-scale-horiz-incr", 0.5),
            ("hip/hip-scale-depth-incr", 0.6),
            ("hip/hip-scale-horiz-incr", 0.4),
            ("stomach/stomach-pregnant-incr", 0.6),
            ("stomach/stomach-tone-decr", 0.7),
            ("stomach/stomach-navel-up", 0.7),
            ("hip/hip-waist-up", 0.5),
            ("buttocks/buttocks-volume-incr", 0.5),
            ("head/head-fat-incr", 0.8),
            ("neck/neck-double-incr", 0.6),
            ("neck/measure-neck-circ-incr", 0.4),
            *_sides("legs/{}-upperleg-fat-incr", 0.65),
            *_sides("legs/{}-lowerleg-fat-incr", 0.4),
            *_sides("arms/{}-upperarm-fat-incr", 1.0),
            *_sides("arms/{}-lowerarm-fat-incr", 0.7),
        ),
        skin="light",
        hair=(0.10, 0.08, 0.07),
        bun=False,
        top=MOSS,
        bottom=CHARCOAL,
        short_legs=True,
        long_top=True,
        soft_belly=True,
    ),
    "pregnant": Figure(
        "pregnant",
        weight=0.75,
        people=(0.4, 0.2, 0.4),
        shape=(
            ("stomach/stomach-pregnant-incr", 0.95),
            ("stomach/stomach-navel-up", 1.2),
            ("hip/hip-waist-up", 0.9),
            ("torso/measure-waist-circ-incr", 0.4),
            ("torso/measure-underbust-circ-incr", 0.4),
            ("torso/measure-bust-circ-incr", 0.3),
        ),
        skin="brown",
        hair=(0.09, 0.07, 0.06),
        top=ROSE,
        bottom=STEEL,
        long_top=True,
        trimester=3,
    ),
}
"""Who shows the exercises. Joints go as far on each of them: the ranges are what a joint can do,
and a motion asks for less.

The larger man's BMI is about 34, measured as his volume in water. The pregnant woman is some 30
weeks on: the data's belly, which hangs like a heavy one, is lifted until it stands out most at the
navel and reaches up to the lowest ribs; about 1 m round.
"""
