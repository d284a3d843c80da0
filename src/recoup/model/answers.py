"""What a person told us, in the keys of ``library/vocabulary/answers.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Activity:
    """One of the person's own three activities; ability 0 (unable) to 10 (as before)."""

    name: str
    ability: int | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to the intake. A list left out means asked, nothing reported; a number or choice
    left out means not answered. ``unsure`` and ``skipped`` name keys of any kind. ``places`` says
    of histories such as "operation" at which joints they were."""

    numbers: Mapping[str, float] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    sites: frozenset[str] = NOTHING
    agg: frozenset[str] = NOTHING
    ease: frozenset[str] = NOTHING
    sx: frozenset[str] = NOTHING
    hx: frozenset[str] = NOTHING
    test: frozenset[str] = NOTHING
    unsure: frozenset[str] = NOTHING
    skipped: frozenset[str] = NOTHING
    activities: tuple[Activity, ...] = ()
    minutes: int | None = None
    missing_equipment: frozenset[str] = NOTHING
    places: Mapping[str, frozenset[str]] = field(default_factory=dict)


LISTS = ("sites", "agg", "ease", "sx", "hx", "test")
STATES = ("unsure", "skipped")


@dataclass(frozen=True, slots=True)
class Number:
    """A scalar answered by a number between ``least`` and ``most``."""

    key: str
    label: str
    least: float
    most: float
    whole: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A scalar answered by one of ``values`` (key to the text shown)."""

    key: str
    label: str
    values: Mapping[str, str]
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a list: ``label`` is said in reasons, ``ask`` is the text of the tick box."""

    key: str
    label: str
    ask: str
    regions: frozenset[str] = NOTHING


@dataclass(frozen=True, slots=True)
class Joint:
    """A part of the body that a history is told of. ``near`` are regions where its pain may be
    felt as well."""

    key: str
    label: str
    regions: frozenset[str]
    near: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every key an answer may use, and which keys need care when unknown."""

    version: int
    numbers: Mapping[str, Number]
    choices: Mapping[str, Choice]
    lists: Mapping[str, Mapping[str, Key]]
    safety_screen: frozenset[str]
    also_asked: frozenset[str]
    lowering: frozenset[str]
    joints: Mapping[str, Joint] = field(default_factory=dict)

    def label(self, atom: str) -> str:
        """Return the words for a token of the rule language, such as ``agg:bend_back``."""
        prefix, _, key = atom.removeprefix("!").partition(":")
        if key:
            return self.lists[TOKEN_LISTS[prefix]][key].label
        name, _, value = prefix.partition("=")
        if value:
            return self.choices[TOKEN_CHOICES[name]].values[value]
        return prefix


TOKEN_LISTS = {"s": "sites", "agg": "agg", "ease": "ease", "sx": "sx", "hx": "hx", "t": "test"}
"""The rule language's prefix for each list."""

TOKEN_CHOICES = {
    "onset": "onset",
    "spread": "spread",
    "side": "side",
    "course": "course",
    "night": "night",
    "sex": "sex",
    "ms": "morning_stiffness",
    "act": "activity_level",
    "settle": "settle_time",
}
"""The rule language's name for each choice."""

TOKEN_NUMBERS = {
    "age": "age",
    "dur": "duration_weeks",
    "worst": "pain_worst",
    "avg": "pain_avg",
    "weeks": "gestation_weeks",
}
"""The rule language's name for each number."""

HISTORIES: Mapping[str, tuple[str, ...]] = {
    "operation": ("hx:recent_surgery_6w", "onset=after_surgery"),
    "replacement": ("hx:joint_replacement_here",),
    "dislocation": ("hx:prior_dislocation",),
    "giving_way": ("sx:giving_way", "sx:feels_unstable"),
}
"""History that concerns one joint, and what it is in the rule language."""
