"""When the safety questions come again: after a gap, something new, a jump in pain."""

from __future__ import annotations

from datetime import timedelta

import pytest
from care.people_in_pain import DAY, START, Log, log_of, told

from recoup.care.facts import screen_of
from recoup.care.rescreen import answers_on, rescreen
from recoup.care.triage import triage
from recoup.model.answers import Answers
from recoup.model.event import Answered, MorningReport, SessionDone, Symptom, WeeklyReview


def screened(log: Log, day: int, but: frozenset[str] = frozenset(), **answers: frozenset[str]):
    """Answer the whole safety screen on a day, but for some keys."""
    keys = screen_of(log.course().answers, log.library) - but
    log.add(day, Answered("screen", frozenset(f"sx:{key}" for key in keys), Answers(**answers)))
    return keys


@pytest.fixture
def log(library) -> Log:
    """Somebody enrolled who answered the whole safety screen on the first day."""
    log = log_of(library)
    screened(log, 0)
    log.enrolled()
    return log


def open_on(log: Log, day: int):
    return rescreen(log.course(), START + day * DAY, log.library)


def test_nothing_is_open_while_nothing_happens(log):
    for day in range(1, 15):
        log.session(day)
        assert open_on(log, day) is None


def test_four_weeks_away_open_the_whole_screen(log):
    log.session(1)
    assert open_on(log, 25) is None
    found = open_on(log, 40)
    assert found.keys == screen_of(log.course().answers, log.library)
    assert [one.rule for one in found.because] == ["missed-phase-back"]


def test_each_answer_after_a_gap_closes_its_keys_and_the_last_one_all(log):
    log.session(1)
    some = frozenset({"saddle_numb", "foot_drop"})
    screened(log, 40, but=some)
    assert open_on(log, 40).keys == some
    assert log.plan(40).refused is not None
    screened(log, 41)
    assert open_on(log, 41) is None
    assert log.plan(41).refused is None


@pytest.mark.parametrize("how", ["symptom", "unsure", "session", "answered"])
def test_a_new_symptom_opens_the_whole_screen_until_it_was_answered(log, how):
    log.session(1)
    if how == "symptom":
        log.symptom(2, "dizzy")
    elif how == "unsure":
        log.symptom(2, unsure=("chest_pain",))
    elif how == "session":
        log.session(2, new=frozenset({"dizzy"}))
    else:
        log.add(2, Answered("x", frozenset({"sx:dizzy"}), Answers(sx=frozenset({"dizzy"}))))
    found = open_on(log, 2)
    assert found.keys == screen_of(log.course().answers, log.library)
    assert "new-symptom" in {one.rule for one in found.because}
    screened(log, 3)
    assert open_on(log, 3) is None


def test_a_symptom_on_the_day_of_the_intake_is_asked_about_all_the_same(log):
    log.symptom(0, "dizzy")
    assert open_on(log, 0) is not None


def test_a_sign_found_by_the_screen_itself_does_not_open_what_was_just_answered(log):
    log.symptom(3, "dizzy")
    screened(log, 3, but=frozenset({"fever"}), sx=frozenset({"both_leg_pain"}))
    assert open_on(log, 3).keys == {"fever"}
    assert "both_leg_pain" in log.course().new_symptoms


@pytest.mark.parametrize(("pain", "opens"), [(8, False), (9, True), (10, True)])
def test_a_jump_of_five_points_opens_the_screen(log, pain, opens):
    for data in (Symptom(START + 2 * DAY, pain_now=pain), MorningReport(START + 2 * DAY, pain)):
        before = len(log.events)
        log.add(2, data)
        assert (open_on(log, 2) is not None) is opens, "the usual pain is 4"
        del log.events[before:]


@pytest.mark.parametrize(("average", "opens"), [(5, False), (6, True)])
def test_a_week_worse_by_two_points_opens_the_screen(log, average, opens):
    log.add(7, WeeklyReview(START + 7 * DAY, average))
    found = open_on(log, 7)
    assert (found is not None) is opens
    if found:
        assert found.because[0].rule == "week-worse"
        screened(log, 7)
        assert open_on(log, 7) is None


def test_old_answers_are_asked_again_before_a_program_starts(library):
    log = Log(library, log_of(library).start.__class__(answers=told(library)))
    screened(log, 0)
    day = START + timedelta(days=27)
    course = log.course()
    assert rescreen(course, day, library) is None
    later = day + DAY
    assert rescreen(course, later, library).because[0].rule == "screen-old"
    flags = triage(answers_on(course, later, library), library).flags
    assert "RF-SY-12" in {flag.id for flag in flags}


def test_pain_before_a_program_opens_nothing(library):
    log = Log(library, log_of(library).start.__class__(answers=told(library)))
    screened(log, 0)
    log.add(1, MorningReport(START + DAY, 10))
    log.add(1, SessionDone(START + DAY, 9, 9, 9))
    assert rescreen(log.course(), START + DAY, library) is None
