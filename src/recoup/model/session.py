"""One day's exercises for one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from recoup.model.decision import Reason
from recoup.model.exercise import Dose
from recoup.model.rule import Flag


@dataclass(frozen=True, slots=True)
class Planned:
    """An exercise of today's session. ``order`` is the order of sides; empty when it has none."""

    slot: str
    exercise: str
    dose: Dose
    order: tuple[str, ...]
    clock_s: int
    apart: bool
    optional: bool
    level: int
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was left out today, and why."""

    slot: str
    exercise: str | None
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Session:
    """``refused`` holds the flags that stop the program; then there are no slots.

    ``cap`` is the highest acceptable pain during exercise, 0-10; ``minutes`` is the clock of all
    slots together, rounded up.
    """

    day: date
    condition: str | None
    program: str | None
    phase: str | None
    refused: tuple[Flag, ...] | None
    cap: int
    minutes: int
    slots: tuple[Planned, ...]
    dropped: tuple[Dropped, ...]
    because: tuple[Reason, ...]
