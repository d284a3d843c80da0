"""Doses by level, and the smaller doses of careful days.

A level is a step of the program's own ladder for an exercise: 0 is its start, each step up
changes exactly one variable, each step below 0 takes 30 % off (``clinical/progression.md``,
sections 2 and 4).
"""

from __future__ import annotations

from functools import lru_cache

from recoup.model.decision import Decision, Reason
from recoup.model.exercise import Dose, Exercise, Kind
from recoup.model.program import Item

LOWEST_LEVEL = -2
STEP_DOWN = 0.7
HOLD_UNIT_S = 5
SHORTEST_TIME_S = 30
SHORTEST_HOLD_S = 3
RUN = "return to run"
Caps = tuple[tuple[str, int], ...]
"""The most of some of a dose's fields, by name."""


def dose_at(item: Item, level: int) -> Dose:
    """Return the dose of an item at a level, the last one when the level is past the ladder."""
    if level >= 0:
        return item.doses[min(level, len(item.doses) - 1)]
    dose = item.doses[0]
    for _ in range(-level):
        dose = less(dose, STEP_DOWN)
    return dose


@lru_cache(maxsize=4096)
def less(dose: Dose, share: float) -> Dose:
    """Return the dose with its volume cut to ``share``, never below one of anything.

    Repetitions go first; single holds and single stretches of time lose sets; one long stretch
    loses time.

    >>> less(Dose(sets=3, reps=10), 0.6)
    Dose(sets=3, reps=6, hold_s=None, time_s=None, rest_s=0, variant=None)
    """
    if dose.reps is not None and dose.reps > 1:
        return dose.with_(reps=max(1, int(dose.reps * share)))
    if dose.sets > 1:
        return dose.with_(sets=max(1, int(dose.sets * share)))
    if dose.time_s is not None:
        return dose.with_(time_s=_cut(dose.time_s, share, SHORTEST_TIME_S))
    if dose.hold_s is not None:
        return dose.with_(hold_s=_cut(dose.hold_s, share, SHORTEST_HOLD_S))
    return dose


def _cut(value: int, share: float, least: int) -> int:
    """Return the share of a value, not below ``least`` and never above the value itself."""
    return min(value, max(least, int(value * share)))


def capped(dose: Dose, caps: Caps, because: str) -> Decision[Dose]:
    """Return the dose with each capped field at most its cap."""
    lower = {
        name: cap for name, cap in caps if (value := getattr(dose, name)) is not None
        and value > cap
    }
    if not lower:
        return Decision(dose, ())
    return Decision(dose.with_(**lower), (Reason("capped", because, tuple(lower.items())),))


def load(exercise: Exercise, dose: Dose, effort: int) -> float:
    """Return the planned load of one session: sets x (repetitions or hold_s/5) x effort.

    Effort is the expected or reported effort 0-10 (session-RPE, Foster2001). Easing, stretching
    and walking carry no load here, nor does running, which has a ladder of its own.
    """
    if not exercise.is_loaded or exercise.aim == RUN:
        return 0.0
    if exercise.kind is Kind.REPETITIONS:
        amount = float(dose.reps or 1)
        if dose.hold_s:
            amount *= max(1.0, dose.hold_s / HOLD_UNIT_S)
    else:
        amount = (dose.hold_s or dose.time_s or 0) / HOLD_UNIT_S
    return dose.sets * amount * effort
