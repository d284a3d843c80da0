"""A clinician's OK to exercise: what it opens, how long it holds, what it does not cover.

Source: ``clinical/redflags.md``, "Answers that may LOWER urgency" (closed list), and hazards H31,
H32 and H40: nothing opens an emergency or a same-day flag, and an OK counts only for what the
clinician knew about.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from recoup.care.course import CLEARED, CLEARED_FOR, Course
from recoup.care.triage import triage
from recoup.model.answers import Answers
from recoup.model.content import Library
from recoup.model.frozen import replace
from recoup.model.intake import Triage
from recoup.model.rule import Action, Flag, Urgency


@dataclass(frozen=True, slots=True)
class Held:
    """An OK on record. It holds up to, and not on, ``until``."""

    by: str
    day: date
    until: date
    rules: frozenset[str]
    holds: bool


def may_be_opened(answers: Answers, library: Library) -> tuple[Flag, ...]:
    """Return the flags that a clinician's OK lifts; none while anybody must be seen today."""
    before = triage(_without(answers), library)
    if before.urgency >= Urgency.SAME_DAY:
        return ()
    return _lifted(before, answers, library)


def stays_shut(answers: Answers, library: Library) -> tuple[Flag, ...]:
    """Return the flags that stop any program whatever OK is on record."""
    after = triage(_with(answers), library)
    return tuple(flag for flag in after.flags if flag.action >= Action.PAUSE)


def held(course: Course, day: date, library: Library) -> Held | None:
    """Return the OK on record, whether or not it still holds; None where there is none."""
    if course.cleared is None:
        return None
    until = course.cleared + CLEARED_FOR
    holds = day < until and CLEARED in covered(course, library).answers.hx
    return Held(course.cleared_by, course.cleared, until, course.cleared_rules, holds)


def covered(course: Course, library: Library) -> Course:
    """Return the course without an OK that leaves out something it would lift: the clinician did
    not know about that. An OK that names no rules covers all."""
    if not course.cleared_rules or CLEARED not in course.answers.hx:
        return course
    before = triage(_without(course.answers), library)
    lifted = {flag.id for flag in _lifted(before, course.answers, library)}
    if lifted <= course.cleared_rules:
        return course
    return replace(course, answers=_without(course.answers))


def _lifted(before: Triage, answers: Answers, library: Library) -> tuple[Flag, ...]:
    after = {flag.id for flag in triage(_with(answers), library).flags}
    return tuple(flag for flag in before.flags if flag.id not in after)


def _without(answers: Answers) -> Answers:
    return replace(answers, hx=answers.hx - {CLEARED})


def _with(answers: Answers) -> Answers:
    return replace(
        answers,
        hx=answers.hx | {CLEARED},
        unsure=answers.unsure - {CLEARED},
        skipped=answers.skipped - {CLEARED},
    )
