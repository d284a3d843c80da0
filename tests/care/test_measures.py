"""What a gate measures: told, or computed from the log; None while it is not known."""

from __future__ import annotations

import pytest
from care.people_in_pain import DAY, START, course_of
from hypothesis import given
from hypothesis import strategies as st

from recoup.care.course import Morning, Record
from recoup.care.measures import mean_ability, measure
from recoup.care.traffic import Light
from recoup.library import load
from recoup.model.answers import Activity
from recoup.model.event import WeeklyReview

LIBRARY = load()


def record(day, light=Light.GREEN, phase="P1", **more):
    return Record(START + day * DAY, phase, (), 1, 1, 4, None, light, 0.0, **more)


def of(name, course, review=None, day=0, week=7):
    return measure(name, "own-question", course, review, START + day * DAY, week)


def test_every_measure_that_a_program_names_can_be_taken():
    course, review = course_of(LIBRARY), WeeklyReview(START, 3, gate={"own-question": 2})
    names = {
        test.measure
        for program in LIBRARY.programs.values() for phase in program.phases
        for criterion in phase.gate for test in criterion.tests
    }
    assert names
    for name in names:
        value = of(name, course, review)
        assert value is None or isinstance(value, (int, float))


@pytest.mark.parametrize("name", ["answer", "average", "stiffness-share", "activities-mean",
                                  "activities-gain", "kept-sessions"])
def test_what_was_not_told_is_not_known(name):
    assert of(name, course_of(LIBRARY)) is None


def test_a_settled_morning_is_as_usual_or_called_so():
    records = (
        record(0, morning_change=0), record(1, morning_change=1), record(2, morning_settled=True),
        record(3, morning_change=-1, morning_settled=False), record(4),
    )
    assert of("settled-sessions", course_of(LIBRARY, records=records)) == 2


def test_sessions_of_an_earlier_phase_or_an_earlier_stay_in_it_do_not_count():
    records = (record(0, morning_change=0), record(9, phase="P2", morning_change=0),
               record(10, morning_change=0))
    course = course_of(LIBRARY, records=records, phase_started=START + 9 * DAY)
    assert of("settled-sessions", course, day=10) == 1


def test_kept_sessions_are_known_from_the_fourteenth_day_of_the_phase():
    course = course_of(LIBRARY, records=tuple(record(day) for day in range(0, 15, 2)))
    assert of("kept-sessions", course, day=13, week=7) is None
    assert of("kept-sessions", course, day=14, week=7) == 0.5
    assert of("kept-sessions", course, day=14, week=2) == 1.0


@given(st.sets(st.integers(0, 40)), st.integers(0, 40), st.integers(1, 7))
def test_the_share_of_kept_sessions_lies_between_none_and_all(days, today, week):
    course = course_of(LIBRARY, records=tuple(record(day) for day in sorted(days)))
    share = of("kept-sessions", course, day=today, week=week)
    assert share is None or 0 <= share <= 1


@pytest.mark.parametrize(("cleared", "sessions", "value"), [
    (None, (1,), 0), (0, (1,), 0), (1, (1,), 0), (2, (1,), 1), (2, (), 0),
])
def test_the_ok_for_the_next_stage_comes_after_a_session_of_this_one(cleared, sessions, value):
    day = None if cleared is None else START + cleared * DAY
    course = course_of(LIBRARY, cleared=day, records=tuple(record(n) for n in sessions))
    assert of("stage-cleared", course, day=5) == value


def test_days_without_a_flare_count_from_the_last_red_session_or_sore_morning():
    calm = course_of(LIBRARY)
    assert of("flare-free-days", calm, day=20) == 20
    red = course_of(LIBRARY, records=(record(5, Light.RED),))
    assert of("flare-free-days", red, day=20) == 15
    sore = course_of(LIBRARY, mornings=(Morning(START + 8 * DAY, 6, None),))
    assert of("flare-free-days", sore, day=20) == 12
    hardly = course_of(LIBRARY, mornings=(Morning(START + 8 * DAY, 5, None),))
    assert of("flare-free-days", hardly, day=20) == 20


def test_stiffness_is_held_against_the_first_that_was_told():
    told = [(0, None), (1, 40), (2, 30)]
    mornings = tuple(Morning(START + n * DAY, 4, minutes) for n, minutes in told)
    course = course_of(LIBRARY, mornings=mornings)
    assert of("stiffness-share", course, WeeklyReview(START, 3, gate={"own-question": 20})) == 0.5


def test_activities_are_rated_or_left_out_of_the_mean():
    assert mean_ability((Activity("a", 4), Activity("b", None), Activity("c", 6))) == 5
    assert mean_ability((Activity("b", None),)) is None
    first = (Activity("a", 3),)
    course = course_of(LIBRARY, first_activities=first)
    review = WeeklyReview(START, 3, activities=(Activity("a", 6),))
    assert of("activities-gain", course, review) == 3
    assert of("activities-mean", course, review) == 6
