"""When a program may end, what comes after, and how it begins again (progression.md, section 8)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from care.people_in_pain import DAY, START, course_of, log_of
from hypothesis import given
from hypothesis import strategies as st

from recoup.care.course import Flare, Morning
from recoup.care.ending import CHECK_INS, check_in_due, may_finish, relapse_phase
from recoup.library import load
from recoup.model.answers import Activity
from recoup.model.event import WeeklyReview

LIBRARY = load()
ABLE = (Activity("gardening", 8), Activity("walking", 8))


def review(day, average=1, activities=ABLE):
    return WeeklyReview(START + day * DAY, average, activities=activities)


def well(phase="P4", averages=(1, 1, 1, 1), **values):
    """Return somebody with a review a week, the last one a week before day 28."""
    reviews = tuple(review(7 * n, a) for n, a in enumerate(averages))
    return course_of(LIBRARY, phase=phase, reviews=reviews, **values)


def test_who_is_able_and_has_had_little_pain_for_four_weeks_may_finish():
    assert may_finish(well(), review(28), LIBRARY)


@pytest.mark.parametrize(
    ("course", "last"),
    [
        (well(phase="P3"), review(28)),
        (well(), review(28, average=3)),
        (well(averages=(1, 1, 3, 1)), review(28)),
        (well(), review(28, activities=(Activity("gardening", 7), Activity("walking", 8)))),
        (well(), review(28, activities=())),
        (well(averages=(1, 1)), review(14)),
        (well(flare=Flare(START, 1, 4, 4)), review(28)),
        (well(mornings=tuple(Morning(START + n * DAY, 5, None) for n in range(14, 28))),
         review(28)),
    ],
    ids=["phase", "pain-now", "pain-then", "ability", "unrated", "too-soon", "flare", "mornings"],
)
def test_nobody_finishes_before_all_of_it_is_met(course, last):
    assert not may_finish(course, last, LIBRARY)


@given(st.lists(st.integers(0, 10), min_size=28, max_size=28))
def test_most_mornings_low_means_more_than_half(pains):
    mornings = tuple(Morning(START + (n + 1) * DAY, pain, None) for n, pain in enumerate(pains))
    low = sum(pain <= 2 for pain in pains)
    assert may_finish(well(mornings=mornings), review(28), LIBRARY) is (low * 2 > 28)


def test_the_look_backs_come_after_one_two_three_six_and_twelve_months():
    assert [wait // timedelta(days=30) for wait in CHECK_INS] == [1, 2, 3, 6, 12]
    end = START
    for place, wait in enumerate(CHECK_INS):
        seen = tuple(WeeklyReview(end + one, 1) for one in CHECK_INS[:place])
        course = course_of(LIBRARY, finished=end, reviews=seen)
        assert check_in_due(course, end + wait)
        assert not check_in_due(course, end + wait - DAY)


def test_a_look_back_that_was_answered_is_not_due_again():
    course = course_of(LIBRARY, finished=START, reviews=(WeeklyReview(START + 31 * DAY, 1),))
    assert not check_in_due(course, START + 40 * DAY)
    assert check_in_due(course, START + 60 * DAY)


def test_nothing_is_due_while_the_program_goes_on():
    assert not check_in_due(course_of(LIBRARY), START + 400 * DAY)


def test_every_program_that_ended_begins_again_in_its_second_phase():
    for program in LIBRARY.programs.values():
        course = course_of(LIBRARY, program=program.id)
        assert relapse_phase(course, LIBRARY) == program.phases[1].id


def test_only_who_may_finish_and_says_yes_has_finished():
    for said in ("yes", None):
        log = log_of(LIBRARY, phase="P4")
        log.review(0, average=1, activities=ABLE, advance=said)
        assert log.course().finished is None, "it was not offered"
