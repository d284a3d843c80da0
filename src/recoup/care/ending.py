"""When a person no longer needs the program, and what comes after.

Source: ``clinical/progression.md``, section 8: own activities at 8 or more, pain of 2 or less on
most days for four weeks, and the last gate passed. After that two short sessions a week keep it,
with a look back after 1, 2, 3, 6 and 12 months. When it comes back, it starts again in phase 2.
"""

from __future__ import annotations

from datetime import date, timedelta

from recoup.care.course import Course
from recoup.care.measures import mean_ability
from recoup.model.content import Library
from recoup.model.event import WeeklyReview

ABILITY = 8
LOW_PAIN = 2
STABLE = timedelta(weeks=4)
LEAST_WEEKS = 4
KEEP_MINUTES = 15
CHECK_INS = tuple(timedelta(days=30 * months) for months in (1, 2, 3, 6, 12))


def may_finish(course: Course, review: WeeklyReview, library: Library) -> bool:
    """Return whether the person may end the program at this review."""
    program = library.programs[course.program or ""]
    if course.phase != program.phases[-1].id or course.flare is not None:
        return False
    able = mean_ability(review.activities)
    return able is not None and able >= ABILITY and _stable(course, review)


def check_in_due(course: Course, day: date) -> bool:
    """Return whether one of the look-backs after the end is due and no review has come since."""
    end = course.finished
    if end is None:
        return False
    due = [end + wait for wait in CHECK_INS if end + wait <= day]
    return bool(due) and not any(review.day >= due[-1] for review in course.reviews)


def relapse_phase(course: Course, library: Library) -> str:
    """Return where a program starts again that had come to its end."""
    phases = library.programs[course.program or ""].phases
    return phases[min(1, len(phases) - 1)].id


def _stable(course: Course, review: WeeklyReview) -> bool:
    """Return whether pain was low on most days of four weeks: by the mornings told, where there
    were enough, and by every weekly average."""
    since = review.day - STABLE
    averages = {one.day: one.average for one in course.reviews if one.day > since}
    averages[review.day] = review.average
    mornings = [one.pain for one in course.mornings if one.day > since]
    low = sum(pain <= LOW_PAIN for pain in mornings)
    first = min((one.day for one in course.reviews), default=review.day)
    long_enough = first <= since
    return (
        long_enough
        and len(averages) >= LEAST_WEEKS - 1
        and all(average <= LOW_PAIN for average in averages.values())
        and (not mornings or low * 2 > len(mornings))
    )
