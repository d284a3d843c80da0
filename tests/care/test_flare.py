"""A flare-up begins late, eases at once, and comes back by tenths (progression.md, section 6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from care.people_in_pain import DAY, START, course_of, log_of, told
from hypothesis import given
from hypothesis import strategies as st

from recoup.care.arrival import arrive
from recoup.care.course import Flare, Morning
from recoup.care.flare import flare_day, flare_is_long, hear_pain, still_there
from recoup.care.rescreen import rescreen
from recoup.library import load

LIBRARY = load()
PAINS = st.integers(0, 10)


def heard(pains, start=None, *, says_so=False):
    """Return the course after these morning pains, one a day from START on."""
    course = start or course_of(LIBRARY)
    for number, pain in enumerate(pains):
        day = START + number * DAY
        course = replace(course, mornings=(*course.mornings, Morning(day, pain, None)))
        said = says_so and number == 0
        course = hear_pain(course, day, pain, says_so=said, morning=True).change
    return course


def flaring(since=0, **values):
    usual = Flare(START + since * DAY, usual=3, peak=7, last=7)
    return course_of(LIBRARY, flare=replace(usual, **values))


def test_one_bad_morning_is_no_flare_up_and_two_are():
    assert heard([7]).flare is None
    assert heard([7, 7]).flare.since == START


def test_two_bad_mornings_with_a_day_between_are_none():
    assert heard([7, 4, 7]).flare is None


@pytest.mark.parametrize(("pain", "flares"), [(5, False), (6, True)])
def test_it_takes_two_points_above_usual(pain, flares):
    """Usual pain is 4."""
    assert (heard([pain, pain]).flare is not None) is flares


def test_the_person_s_word_is_enough():
    assert heard([4], says_so=True).flare is not None


def test_pain_told_before_a_session_never_begins_one():
    course = hear_pain(course_of(LIBRARY), START, 9, says_so=False, morning=False).change
    assert course.flare is None


@given(st.lists(PAINS, max_size=6))
def test_it_never_comes_back_before_the_third_day_unless_pain_is_back(pains):
    course = heard([7, 7, *pains])
    resumed, since = course.flare.resumed, course.flare.since
    if resumed is not None and not course.flare.back:
        assert resumed >= since + 3 * DAY or min(pains) <= course.flare.usual + 1


def test_pain_back_to_a_point_above_usual_brings_the_program_back_at_once():
    course = heard([7, 7, 5])
    assert course.flare.back
    assert flare_day(course, START + 2 * DAY).share == 0.6


def test_while_pain_does_not_fall_only_easing_is_offered():
    course = heard([7, 7, 7, 7, 7])
    assert flare_day(course, START + 4 * DAY).easing


def test_pain_that_rises_again_goes_back_to_easing():
    course = heard([7, 7, 7, 6])
    assert not flare_day(course, START + 3 * DAY).easing
    worse = replace(course, mornings=(*course.mornings, Morning(START + 4 * DAY, 8, None)))
    worse = hear_pain(worse, START + 4 * DAY, 8, says_so=False, morning=True).change
    assert flare_day(worse, START + 4 * DAY).easing


def test_each_good_session_brings_a_tenth_until_all_is_back():
    log = log_of(LIBRARY)
    log.morning(0, pain=6, flare=True)
    log.morning(1, pain=4)
    shares = []
    for day in range(1, 6):
        now = flare_day(log.course(), START + day * DAY)
        shares.append(now.share if now else 1.0)
        log.session(day)
    assert shares == pytest.approx([0.6, 0.7, 0.8, 0.9, 1.0])
    assert arrive(log.course(), START + 7 * DAY, LIBRARY).change.flare is None


@pytest.mark.parametrize(("days", "drops"), [(6, False), (7, True), (20, True)])
def test_from_the_seventh_day_without_relief_it_costs_a_phase(days, drops):
    course = replace(flaring(), phase="P2")
    day = START + days * DAY
    assert (still_there(course, day) is not None) is drops
    assert (arrive(course, day, LIBRARY).change.phase == "P1") is drops


@pytest.mark.parametrize("days", [7, 9, 15, 27, 28, 60])
def test_a_long_flare_up_costs_one_phase_however_often_and_late_the_day_comes(days):
    log = log_of(LIBRARY, phase="P3")
    log.session(0)
    log.morning(1, pain=8, flare=True)
    day = START + (1 + days) * DAY
    once = arrive(log.course(), day, LIBRARY).change
    assert once.phase == "P2"
    assert arrive(once, day, LIBRARY).change.phase == "P2"
    assert arrive(once, day + DAY, LIBRARY).change.phase == "P2"


def test_after_a_week_the_safety_questions_come_before_the_session_and_only_once():
    log = log_of(LIBRARY)
    log.morning(1, pain=8, flare=True)
    day = START + 8 * DAY
    assert [why.rule for why in rescreen(log.course(), day, LIBRARY).because] == ["flare-week"]
    answered = replace(
        log.course(), screened=day,
        asked=dict.fromkeys(LIBRARY.vocabulary.safety_screen, day),
    )
    assert rescreen(answered, day, LIBRARY) is None
    assert arrive(answered, day, LIBRARY).change.flare.dropped


def test_a_flare_up_that_is_over_never_costs_a_phase():
    course = replace(flaring(back=True, resumed=START + 2 * DAY), phase="P2")
    assert arrive(course, START + 8 * DAY, LIBRARY).change.phase == "P2"


@pytest.mark.parametrize(("days", "long"), [(14, False), (15, True)])
def test_more_than_two_weeks_are_for_a_clinician(days, long):
    assert (flare_is_long(flaring(), START + days * DAY) is not None) is long
    assert flare_is_long(flaring(back=True), START + days * DAY) is None


@pytest.mark.parametrize(
    ("before", "rules"),
    [((), {"flare-begun"}), ((-20,), {"flare-begun", "flare-second"}), ((-21,), {"flare-begun"}),
     ((-41, -22), {"flare-begun", "flare-third"}), ((-42, -22), {"flare-begun"}),
     ((-30, -10), {"flare-begun", "flare-second", "flare-third"})],
)
def test_two_in_three_weeks_mean_less_and_three_in_six_a_clinician(before, rules):
    course = course_of(LIBRARY, flares=tuple(START + n * DAY for n in before))
    begun = hear_pain(course, START, 7, says_so=True, morning=True)
    assert {why.rule for why in begun.because} == rules
    assert (begun.change.lighter_until is not None) is ("flare-second" in rules)


def test_with_no_usual_pain_known_the_person_s_word_still_counts():
    course = course_of(LIBRARY, told(LIBRARY, without=("pain_avg", "pain_now")))
    begun = hear_pain(course, START, 7, says_so=True, morning=True).change
    assert begun.flare.usual == 5
    assert timedelta(0) == begun.flare.since - START
