"""Which safety questions must be asked again before exercise goes on, and why.

Source: ``clinical/progression.md`` (sections 4, 5 and 7), ``clinical/redflags.md``, "Engine
contract": after a long gap, when something new came up, and when the pain jumped. What was never
asked of this person is not opened by it: a group that is not shown is not skipped.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from recoup.care.arrival import arrive
from recoup.care.course import Course
from recoup.care.facts import screen_of
from recoup.model.answers import Answers
from recoup.model.content import Library
from recoup.model.decision import Reason

HOLDS_FOR = timedelta(weeks=4)
"""Answers to the safety questions that no program has begun on are asked again after this."""

NEW = "new-symptom"
OLD = "screen-old"


@dataclass(frozen=True, slots=True)
class Rescreen:
    """The keys of the safety screen that are open again, and what opened them."""

    keys: frozenset[str]
    because: tuple[Reason, ...]


def rescreen(course: Course, day: date, library: Library) -> Rescreen | None:
    """Return what must be asked again on ``day``; None when nothing is open."""
    arrival = arrive(course, day, library)
    course = arrival.change
    screen = screen_of(course.answers, library)
    gap = course.answers.skipped & screen
    keys, because = set(gap), list(arrival.because) if gap else []
    if course.symptom_day is not None or course.worse is not None:
        since = course.symptom_day or date.min
        asked = course.asked
        unasked = {key for key in screen if key not in asked or asked[key] < since}
        keys |= unasked
        because += _because(course) if unasked else []
    elif course.program is None:
        old = {key for key in screen & course.asked.keys() if _is_old(course.asked[key], day)}
        keys |= old
        because += [_OLD] if old else []
    return Rescreen(frozenset(keys), tuple(because)) if keys else None


def answers_on(course: Course, day: date, library: Library) -> Answers:
    """Return the answers as they count on ``day``: what is open again is left open (RF-SY-12),
    and what lapses has lapsed."""
    open_ = rescreen(course, day, library)
    answers = arrive(course, day, library).change.answers
    return replace(answers, skipped=answers.skipped | open_.keys) if open_ else answers


def _is_old(asked: date, day: date) -> bool:
    return day - asked >= HOLDS_FOR


def _because(course: Course) -> list[Reason]:
    new = [_NEW] if course.symptom_day is not None else []
    return [*new, *([course.worse] if course.worse else [])]


_NEW = Reason(NEW, "You told us that something new has come up.")
_OLD = Reason(OLD, "You answered these questions four weeks ago or more. Things can change.")
