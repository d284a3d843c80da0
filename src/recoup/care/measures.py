"""What a gate measures: answers of the weekly review and figures computed from the log.

Source: ``clinical/progression_templates.yaml`` (advance) and ``clinical/facet.md``, section 4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from recoup.care.course import Course, Record, usual_morning_pain
from recoup.care.traffic import Light
from recoup.model.answers import Activity
from recoup.model.event import WeeklyReview

FLARE_RISE = 2
FORTNIGHT = timedelta(days=14)


def measure(
    name: str,
    criterion: str,
    course: Course,
    review: WeeklyReview | None,
    day: date,
    days_per_week: int,
) -> float | None:
    """Return the measured value on ``day``, None while it is not known.

    ``answer`` and ``stiffness-share`` read the criterion's own question in the review; the rest
    is computed from the log. ``kept-sessions`` is the share, 0 to 1, of the sessions planned in
    the last fourteen days that were done; known from the fourteenth day of the phase on.
    ``stage-cleared`` is 1 when a clinician's OK was given after a first session of the phase
    (``clinical/progression_templates.yaml``, POSTOP).
    """
    computed: Mapping[str, Callable[[], float | None]] = {
        "settled-sessions": lambda: sum(_settled(record) for record in of_phase(course)),
        "kept-sessions": lambda: _kept(course, day, days_per_week),
        "stage-cleared": lambda: _stage_cleared(course),
        "flare-free-days": lambda: (day - _last_flare(course, day)).days,
    }
    if name in computed:
        return computed[name]()
    return _told(name, criterion, course, review)


def _told(
    name: str, criterion: str, course: Course, review: WeeklyReview | None
) -> float | None:
    """Return what the review itself tells."""
    gate: Mapping[str, int] = review.gate if review else {}
    if name == "answer":
        return gate.get(criterion)
    if name == "average":
        return review.average if review else None
    if name == "stiffness-share":
        first = next((m.stiffness_min for m in course.mornings if m.stiffness_min), None)
        now = gate.get(criterion)
        return None if first is None or now is None else now / first
    return _activities(name, course, review)


def _stage_cleared(course: Course) -> float:
    """The OK that let the phase begin is not one for the next: it has to follow a session of it."""
    first = min((record.day for record in of_phase(course)), default=None)
    return float(course.cleared is not None and first is not None and course.cleared > first)


def _activities(name: str, course: Course, review: WeeklyReview | None) -> float | None:
    now = mean_ability(review.activities if review else ())
    first = mean_ability(course.first_activities)
    if name == "activities-mean":
        return now
    return None if now is None or first is None else now - first


def mean_ability(activities: tuple[Activity, ...]) -> float | None:
    """Return the mean of the rated activities, 0 to 10; None where none is rated."""
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


def _kept(course: Course, day: date, days_per_week: int) -> float | None:
    if course.phase_started is None or day - course.phase_started < FORTNIGHT:
        return None
    done = sum(day - FORTNIGHT < record.day <= day for record in of_phase(course))
    return min(1.0, done / (2 * days_per_week))


def of_phase(course: Course) -> tuple[Record, ...]:
    """Return the records of the current phase, since it began."""
    start = course.phase_started or date.min
    return tuple(r for r in course.records if r.day >= start and r.phase == course.phase)
