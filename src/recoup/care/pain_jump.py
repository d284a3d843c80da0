"""When pain itself calls for the safety questions.

Source: ``clinical/progression.md``, section 7 (a week worse by two points is screened again), and
hazard H18 (a jump of five points or more is asked about).
"""

from __future__ import annotations

from datetime import date

from recoup.care.course import Course, usual_morning_pain
from recoup.model.decision import Reason
from recoup.model.event import WeeklyReview

JUMP = 5
WORSE_WEEK = 2


def pain_jumped(course: Course, pain: int, day: date) -> Reason | None:
    """Return why a pain number calls for the safety questions; None when it does not.

    >>> # usual pain 2: a 7 calls for them, a 6 does not
    """
    usual = usual_morning_pain(course, day)
    if usual is None or pain - usual < JUMP:
        return None
    text = f"Your pain jumped from {usual:g} to {pain} out of 10."
    return Reason("pain-jump", text, (("usual", usual), ("pain", pain)))


def week_is_worse(course: Course, review: WeeklyReview) -> Reason | None:
    """Return why a week calls for the safety questions, compared with the last review, or with
    the intake when there was none."""
    last = course.reviews[-1].average if course.reviews else None
    before = course.answers.numbers.get("pain_avg") if last is None else last
    if before is None or review.average - before < WORSE_WEEK or review.advance is not None:
        return None
    text = f"Your usual pain went up from {before:g} to {review.average} out of 10."
    return Reason("week-worse", text, (("before", before), ("average", review.average)))
