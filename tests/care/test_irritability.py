"""How easily the pain flares sets where a person starts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from care.people_in_pain import START, first_session, log_of, slot_of, told

from recoup.care.irritability import Irritability, irritability, start_share

HIGH, MODERATE, LOW = Irritability.HIGH, Irritability.MODERATE, Irritability.LOW


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({"pain_worst": 7}, HIGH),
        ({"pain_worst": 10}, HIGH),
        ({"settle_time": "days"}, HIGH),
        ({"night": "second_half_of_night"}, HIGH),
        ({"pain_worst": 6}, MODERATE),
        ({"pain_worst": 4, "settle_time": "next_day"}, MODERATE),
        ({"pain_worst": 3, "settle_time": "hours"}, MODERATE),
        ({"pain_worst": 3, "settle_time": "minutes"}, LOW),
        ({"pain_worst": 0, "settle_time": "minutes"}, LOW),
    ],
)
def test_each_row_of_the_table(library, answers, level):
    decision = irritability(told(library, **answers))
    assert decision.change is level
    assert decision.because[0].text


def test_missing_numbers_mean_the_full_first_dose_and_no_more(library):
    bare = told(library, without=("pain_worst", "settle_time", "night"))
    assert irritability(bare).change is MODERATE


def test_pain_that_flares_easily_starts_with_half_the_dose_and_four_exercises(library):
    usual, careful = first_session(library), first_session(library, pain_worst=8)
    brace = slot_of(careful, "deep-belly-brace")
    assert brace.dose.reps == slot_of(usual, "deep-belly-brace").dose.reps // 2
    assert sum(not slot.apart for slot in careful.slots) <= 4
    assert {"irritability-high", "less-volume"} <= {r.rule for r in careful.because}


def test_the_half_dose_grows_by_a_fifth_a_week_once_three_sessions_went_well(library):
    log = log_of(library, told(library, pain_worst=8))
    for day in range(3):
        log.session(day)
        log.morning(day + 1)
    course = log.course()
    days = (0, 2, 3, 8, 9, 16, 23, 60)
    shares = [round(start_share(course, START + timedelta(days=day)), 2) for day in days]
    assert shares == [0.5, 0.5, 0.6, 0.6, 0.72, 0.86, 1.0, 1.0]


def test_a_bad_session_does_not_count_towards_the_full_dose(library):
    log = log_of(library, told(library, pain_worst=8))
    log.session(0)
    log.session(1, during=6)
    log.session(2)
    assert start_share(log.course(), START + timedelta(days=3)) == 0.5


@pytest.mark.parametrize(("phase", "name"), [("P1", "deep-belly-brace"), ("P2", "bridge")])
def test_while_the_whole_dose_grows_no_loaded_exercise_steps_up_as_well(library, phase, name):
    log = log_of(library, told(library, pain_worst=8), phase)
    for day in range(20):
        log.session(day)
        log.morning(day + 1)
    assert log.course().levels.get(name, 0) == 0
    for day in range(20, 40):
        log.session(day)
        log.morning(day + 1)
    assert log.course().levels[name] > 0
