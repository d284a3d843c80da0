"""What happens after missed days. Nobody ever catches up by doubling.

Source: ``clinical/progression.md``, section 5 (Bosquet2013; numbers are design defaults).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from recoup.model.decision import Decision, Reason


class Return(StrEnum):
    CARRY_ON = "carry-on"
    LESS_VOLUME = "less-volume"
    STEP_EASIER = "step-easier"
    RESTART_PHASE = "restart-phase"
    PHASE_BACK = "phase-back"


@dataclass(frozen=True, slots=True)
class _Row:
    least: int
    change: Return
    text: str


LONG_GAP = 14
LONG_AWAY = 28
KIND = "A few missed days do not undo your progress."
ROWS = (
    _Row(LONG_AWAY, Return.PHASE_BACK, "You were away for four weeks or more. Things change, so "
         "you start one phase back, after the safety questions."),
    _Row(LONG_GAP, Return.RESTART_PHASE, f"{KIND} After two weeks away you restart this phase at "
         "its first level. Tell us first if anything is new."),
    _Row(7, Return.STEP_EASIER, f"{KIND} After a week away the next two sessions are one step "
         "easier."),
    _Row(3, Return.LESS_VOLUME, f"{KIND} The first session back is a little shorter, for comfort."),
    _Row(1, Return.CARRY_ON, f"{KIND} Carry on as planned, without catching up."),
)


def missed(days_since_last: int, days_per_week: int) -> int:
    """Return how many days were missed: days since the last session beyond the usual interval.

    From two weeks on every day without a session counts, because what matters then is how long
    ago anything was done, not how often it should have been.

    >>> missed(1, days_per_week=7), missed(4, days_per_week=7), missed(4, days_per_week=2)
    (0, 3, 0)
    >>> missed(16, days_per_week=2)
    15
    """
    without = days_since_last - 1
    return without if without >= LONG_GAP else max(0, days_since_last - ceil(7 / days_per_week))


def after_gap(days_missed: int) -> Decision[Return]:
    """Return how to go on after ``days_missed`` days without a session."""
    for row in ROWS:
        if days_missed >= row.least:
            reason = Reason(f"missed-{row.change}", row.text, (("days_missed", days_missed),))
            return Decision(row.change, (reason,))
    return Decision(Return.CARRY_ON, ())
