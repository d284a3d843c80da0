"""What is remembered for a moment is what would be worked out again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from care.any_answers import LIBRARY
from care.people_in_pain import START, course_of

from recoup.care import session
from recoup.care.arrival import arrive
from recoup.care.course import Course, Limits
from recoup.care.fold import fold
from recoup.care.recent import recent
from recoup.care.session import UNREAD, plan_session
from recoup.lab.simulation import live

TOMORROW = START + timedelta(days=1)


class Blind(Course):
    """A course that may not be asked for what sessions are said not to depend on."""

    def __getattribute__(self, name):
        assert name not in UNREAD, f"planning reads {name}"
        return super().__getattribute__(name)


def blind(course):
    unable = object.__new__(Blind)
    vars(unable).update(vars(course))
    return unable


def test_planning_reads_neither_ticks_nor_history():
    planned = 0
    for number in range(12):
        life = live(5, number, 8, LIBRARY, keeps_log=True)
        for one in life.kept:
            arrived = arrive(fold(life.log[: one.events], LIBRARY), one.day, LIBRARY)
            again = session._session_on.__wrapped__(
                blind(arrived.change), LIBRARY, one.day, arrived.because, None, frozenset()
            )
            assert again == one.session
            planned += bool(again.slots)
    assert planned > 20


def test_what_was_ticked_off_leaves_the_session_as_it_was():
    course = course_of(LIBRARY)
    ticked = replace(course, open_day=START, eased=frozenset({"bridge"}))
    assert plan_session(ticked, LIBRARY, START) is plan_session(course, LIBRARY, START)


def test_another_day_or_another_thing_told_is_another_session():
    course = course_of(LIBRARY)
    before = plan_session(course, LIBRARY, START)
    assert plan_session(course, LIBRARY, TOMORROW).day == TOMORROW
    short = plan_session(replace(course, limits=Limits(START, minutes=5)), LIBRARY, START)
    assert short.minutes <= 5 < before.minutes


def test_the_last_few_results_are_kept_and_older_ones_worked_out_again():
    worked_out = []

    @recent(2)
    def twice(value, library):
        worked_out.append(value)
        return [*value, *value]

    first, second, third = [1], [2], [3]
    for value in (first, second, first, third, first, second):
        assert twice(value, LIBRARY) == value * 2
    assert worked_out == [[1], [2], [3], [1], [2]]


def test_equal_values_are_told_apart_unless_they_are_the_very_same():
    @recent(2)
    def copy(value, library):
        return list(value)

    value = [1]
    assert copy(value, LIBRARY) is copy(value, LIBRARY)
    assert copy([1], LIBRARY) is not copy(value, LIBRARY)
