"""Whether a person may move to the next phase, checked at the weekly review only.

Source: ``clinical/progression_templates.yaml`` (``common_gate``) and ``clinical/facet.md``,
section 4 ("Advance"). Every criterion is answered met, not met, or not known yet; what is not
known keeps the gate closed. A red flag is open when it stops the program or asks for care within
two weeks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from recoup.care.course import Course, Record, as_of, usual_morning_pain
from recoup.care.traffic import Light
from recoup.care.triage import stops_program, triage
from recoup.model.answers import Activity
from recoup.model.content import Library
from recoup.model.event import WeeklyReview
from recoup.model.program import Criterion, Phase, Test
from recoup.model.rule import Urgency

SESSIONS = 3
SHARE_DONE = 0.7
HIGHEST_EFFORT = 6
WEEK = timedelta(days=7)
FLARE_RISE = 2
TENDON = "TENDON"
HIGHEST_PAIN = 4


@dataclass(frozen=True, slots=True)
class Checked:
    """One criterion of the gate. ``met`` is None while it is not known."""

    id: str
    text: str
    met: bool | None
    common: bool


def check_gate(
    course: Course, review: WeeklyReview | None, library: Library, day: date
) -> tuple[Checked, ...]:
    """Return every criterion for leaving the current phase; empty in the last phase."""
    program = library.programs[course.program or ""]
    phase = program.phase(course.phase or "")
    if not phase.gate:
        return ()
    course = as_of(course, day)
    template = library.templates[program.template]
    cap = template.pain_cap if template.id == TENDON else min(template.pain_cap, HIGHEST_PAIN)
    own = tuple(_checked(c, course, review, day) for c in phase.gate)
    clear = Checked("no-red-flag", "No danger sign and nothing new.", _clear(course, library), True)
    return (*own, clear, *_common(course, phase, cap, day))


def gate_open(checked: tuple[Checked, ...]) -> bool:
    return bool(checked) and all(one.met for one in checked)


def _checked(
    criterion: Criterion, course: Course, review: WeeklyReview | None, day: date
) -> Checked:
    results = [_passes(t, criterion.id, course, review, day) for t in criterion.tests]
    met: bool | None = True if True in results else (None if None in results else False)
    return Checked(criterion.id, criterion.text, met, common=False)


def _passes(
    test: Test, criterion: str, course: Course, review: WeeklyReview | None, day: date
) -> bool | None:
    value = _measure(test.measure, criterion, course, review, day)
    if value is None:
        return None
    low = test.at_least is None or value >= test.at_least
    high = test.at_most is None or value <= test.at_most
    return low and high


def _measure(
    name: str, criterion: str, course: Course, review: WeeklyReview | None, day: date
) -> float | None:
    gate: Mapping[str, int] = review.gate if review else {}
    in_phase = _in_phase(course)
    if name == "answer":
        return gate.get(criterion)
    if name == "average":
        return review.average if review else None
    if name == "settled-sessions":
        return sum(_settled(record) for record in in_phase)
    if name == "stiffness-share":
        first = next((m.stiffness_min for m in course.mornings if m.stiffness_min), None)
        now = gate.get(criterion)
        return None if first is None or now is None else now / first
    if name == "flare-free-days":
        return (day - _last_flare(course, day)).days
    return _activities(name, course, review)


def _activities(name: str, course: Course, review: WeeklyReview | None) -> float | None:
    now = _mean(review.activities if review else ())
    first = _mean(course.first_activities)
    if name == "activities-mean":
        return now
    return None if now is None or first is None else now - first


def _mean(activities: tuple[Activity, ...]) -> float | None:
    rated = [a.ability for a in activities if a.ability is not None]
    return sum(rated) / len(rated) if rated else None


def _settled(record: Record) -> bool:
    if record.morning_settled is False:
        return False
    return record.morning_settled is True or (
        record.morning_change is not None and record.morning_change <= 0
    )


def _last_flare(course: Course, day: date) -> date:
    """Return the last day of clearly more pain, after a session or not; else the start."""
    sore = [r.day for r in course.records if r.light is Light.RED or _rose(r.morning_change)]
    for morning in course.mornings:
        usual = usual_morning_pain(course, morning.day)
        if usual is not None and _rose(morning.pain - usual):
            sore.append(morning.day)
    return max(sore, default=course.started or day)


def _rose(change: float | None) -> bool:
    return change is not None and change >= FLARE_RISE


def _clear(course: Course, library: Library) -> bool:
    """Return whether no red flag is open and nothing new appeared since the last whole screen."""
    screened = triage(course.answers, library, new_symptom=bool(course.new_symptoms))
    is_open = stops_program(screened) or screened.urgency >= Urgency.URGENT_2W
    return not is_open and course.symptom_day is None


def _in_phase(course: Course) -> tuple[Record, ...]:
    start = course.phase_started or date.min
    return tuple(r for r in course.records if r.day >= start and r.phase == course.phase)


def _common(course: Course, phase: Phase, cap: int, day: date) -> tuple[Checked, ...]:
    records = _in_phase(course)
    last = records[-SESSIONS:]
    enough = len(last) == SESSIONS
    recent = sum(day - WEEK < r.day <= day for r in records)
    days = min(7, (day - (course.phase_started or day)).days + 1)
    planned = max(1.0, phase.days_per_week * days / 7)
    known = [r.morning_change for r in records if r.morning_change is not None]
    mornings = known[-SESSIONS:]
    return (
        Checked(
            "pain-in-cap",
            f"Pain in the last three sessions was {cap} out of 10 or less.",
            enough and all(r.during <= cap for r in last),
            True,
        ),
        Checked(
            "mornings",
            "Mornings after the last three sessions were as usual, or one point sorer at most.",
            all(change <= 1 for change in mornings) if len(mornings) == SESSIONS else None,
            True,
        ),
        Checked(
            "sessions-done",
            "You did most of the planned sessions this week, and three or more in this phase.",
            enough and recent / planned >= SHARE_DONE,
            True,
        ),
        Checked(
            "effort",
            "The last three sessions took an effort of 6 out of 10 or less.",
            enough and all(r.effort <= HIGHEST_EFFORT for r in last),
            True,
        ),
    )
