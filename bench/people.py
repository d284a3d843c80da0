"""The people that are measured: typical answers, and a diary of good days."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from recoup.model.event import Data, Event, MorningReport, SessionDone

CLASSIC: dict[str, Any] = {
    "age": 56, "sex": "male", "sites": ["low_back"], "side": "right",
    "spread": "local_few_inches", "onset": "gradual", "duration_weeks": 8,
    "agg": ["bend_back", "rotate", "stand_long", "walk"],
    "ease": ["sit", "bend_forward", "lie_down"], "morning_stiffness": "lt_30min",
    "pain_now": 3, "pain_avg": 4, "pain_worst": 6,
}
ANSWERS: list[dict[str, Any]] = [
    CLASSIC,
    {**CLASSIC, "sx": ["saddle_numb", "both_leg_pain"]},
    {**CLASSIC, "age": 72, "hx": ["osteoporosis"], "onset": "after_lift_or_twist"},
    {"age": 44, "sites": ["neck", "hand"], "onset": "gradual", "duration_weeks": 12,
     "agg": ["neck_turn", "typing"], "sx": ["numb_arm"], "spread": "below_elbow_to_hand"},
    {"age": 63, "sites": ["knee_inner", "knee_front"], "onset": "gradual", "duration_weeks": 200,
     "agg": ["stairs_down", "walk"], "ease": ["rest"], "morning_stiffness": "lt_30min"},
    {"age": 30, "sex": "female", "pregnant": "yes", "gestation_weeks": 24, "sites": ["pubic"],
     "onset": "during_or_after_pregnancy", "duration_weeks": 4, "agg": ["turn_in_bed"]},
    {"age": 51, "sites": ["heel_under"], "onset": "gradual", "duration_weeks": 20,
     "agg": ["first_steps", "barefoot_hard_floor"]},
    {"age": 38, "sites": ["widespread"], "sx": ["pain_many_areas", "poor_sleep"],
     "onset": "gradual", "duration_weeks": 100},
]


def diary(start: date, days: int) -> list[Event]:
    """Return a log of daily sessions that go well, each with its morning."""
    said: list[Data] = []
    for number in range(days):
        day = start + timedelta(days=number)
        if number:
            said.append(MorningReport(day, pain=2, settled=True))
        said.append(SessionDone(day, during=2, after=1, effort=4))
    first = datetime.combine(start, time(7), tzinfo=UTC)
    return [
        Event(str(uuid.UUID(int=n + 1)), _at(data, first, n), "bench", n, data)
        for n, data in enumerate(said)
    ]


def _at(data: Data, first: datetime, number: int) -> datetime:
    day = data.day if isinstance(data, MorningReport) else data.session  # type: ignore[union-attr]
    return datetime.combine(day, time(7 if isinstance(data, MorningReport) else 18), tzinfo=UTC)
