"""An exercise: its dose limits, whom it suits, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from recoup.model.expression import Expression


class Kind(StrEnum):
    REPETITIONS = "repetitions"
    HOLD = "hold"
    TIME = "time"
    SEQUENCE = "sequence"
    ADVICE = "advice"


class Sides(StrEnum):
    """both: limbs together; each: one side, then the other; alternating: sides swap every
    repetition; none: no side."""

    BOTH = "both"
    EACH = "each"
    ALTERNATING = "alternating"
    NONE = "none"


class Suit(StrEnum):
    OK = "ok"
    MODIFY = "modify"
    LEAVE_OUT = "leave-out"


class Surface(StrEnum):
    NONE = "none"
    BED_OR_FLOOR = "bed-or-floor"
    FLOOR = "floor"


class Position(StrEnum):
    STANDING = "standing"
    SITTING = "sitting"
    SUPINE = "supine"
    SIDE_LYING = "side-lying"
    PRONE = "prone"
    QUADRUPED = "quadruped"
    HALF_KNEELING = "half-kneeling"
    KNEELING = "kneeling"


Limit = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DoseLimits:
    """Least and most of each dose field; None where it does not apply.

    Per side for ``each`` and ``alternating`` (``time_s`` is the whole time for time +
    alternating). ``tempo_s`` is (out, pause, back) in seconds of one repetition.
    """

    sets: Limit
    reps: Limit | None
    hold_s: Limit | None
    time_s: Limit | None
    rest_s: Limit | None
    per_day: Limit
    per_week: Limit
    tempo_s: tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class Dose:
    """What to do in one session, per side where the exercise has sides.

    ``variant`` names an entry of the exercise's ``variants``: a smaller or larger way of doing it.
    """

    sets: int
    reps: int | None = None
    hold_s: int | None = None
    time_s: int | None = None
    rest_s: int = 0
    variant: str | None = None

    def with_(self, **changes: int | str) -> Dose:
        return replace(self, **changes)  # type: ignore[arg-type]


DOSE_VARIABLES = ("sets", "reps", "hold_s", "time_s", "rest_s", "variant")


@dataclass(frozen=True, slots=True)
class Suits:
    """Whom the exercise suits; pregnancy by trimester."""

    pregnancy: tuple[Suit, Suit, Suit]
    osteoporosis: Suit
    hypertension: Suit
    falls: Suit
    surface: Surface
    loads_wrist: str
    loads_knee: str


@dataclass(frozen=True, slots=True)
class Exercise:
    id: str
    code: str
    name: str
    region: str
    aim: str
    is_test: bool
    position: Position
    equipment: tuple[str, ...]
    sides: Sides
    kind: Kind
    limits: DoseLimits
    easier: str | None
    harder: str | None
    suits: Suits
    not_if: tuple[Expression, ...]
    change_if: Mapping[str, str]
    words: Mapping[str, str]
    variants: Mapping[str, str]
    motion: str | None = None

    @property
    def is_mobility(self) -> bool:
        return self.aim in MOBILITY_AIMS

    @property
    def is_loaded(self) -> bool:
        """Whether a bad day takes a step off it: strength and control work, not easing."""
        return self.aim in LOADED_AIMS


MOBILITY_AIMS = frozenset(
    {
        "flexion mobility",
        "extension mobility",
        "gentle flexion-extension",
        "mobility",
        "rotation mobility",
        "stretch",
        "unloading",
        "relaxation",
        "reduce spinal muscle tone",
        "reduce muscle tone",
        "reduce tone",
        "pain relief",
        "nerve mobility",
        "lateral shift",
        "breathing",
        "sensorimotor",
    }
)
LOADED_AIMS = frozenset(
    {
        "stability",
        "strength",
        "endurance",
        "function",
        "motor control",
        "isometric strength",
        "balance",
        "tendon loading",
        "plantar fascia loading",
        "bone loading",
        "power",
        "return to run",
    }
)

WORD_BLOCKS = (
    "setup",
    "move",
    "breathe",
    "feel",
    "mistake",
    "correct",
    "easier",
    "harder",
    "stop_if",
    "describe",
)
"""The named blocks of an exercise's words; films, player and handout read the same blocks."""


def clock_s(exercise: Exercise, dose: Dose) -> int:
    """Return how many seconds the dose takes, both sides included.

    Source: ``clinical/exercises.md``, "Dose fields". A hold has 4 s to get in and out.

    >>> # 3 holds of 20 s each side with 10 s between: 2 x (3 x 24 + 2 x 10) = 184 s
    """
    rest = dose.rest_s * (dose.sets - 1)
    if exercise.kind is Kind.REPETITIONS:
        out, pause, back = exercise.limits.tempo_s or (2, 1, 2)
        one = out + (dose.hold_s if dose.hold_s is not None else pause) + back
        side = dose.sets * (dose.reps or 1) * one + rest
    elif exercise.kind is Kind.HOLD:
        side = dose.sets * ((dose.hold_s or 0) + 4) + rest
    else:
        side = dose.sets * (dose.time_s or 0) + rest
    if exercise.sides is Sides.EACH:
        return 2 * side
    if exercise.sides is Sides.ALTERNATING and exercise.kind is Kind.REPETITIONS:
        return 2 * side - rest
    return side
