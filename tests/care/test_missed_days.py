"""Missed days: nobody catches up, and nobody is blamed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from care.people_in_pain import START, log_of, names, slot_of, told
from hypothesis import given, settings
from hypothesis import strategies as st

from recoup.care.arrival import arrive
from recoup.care.missed_days import Return, after_gap, missed

STEPS = {"levels": {"deep-belly-brace": 2, "single-knee-to-chest": 1}}


def away(library, days, phase="P1", **changes):
    """Return the log of somebody who did a session on day 0 and comes back after a gap."""
    log = log_of(library, phase=phase)
    log.start = replace(log.start, **{**STEPS, **changes})
    log.session(0)
    return log, days + 1


@pytest.mark.parametrize(
    ("days", "change"),
    [
        (0, Return.CARRY_ON), (1, Return.CARRY_ON), (2, Return.CARRY_ON),
        (3, Return.LESS_VOLUME), (6, Return.LESS_VOLUME),
        (7, Return.STEP_EASIER), (13, Return.STEP_EASIER),
        (14, Return.RESTART_PHASE), (27, Return.RESTART_PHASE),
        (28, Return.PHASE_BACK), (400, Return.PHASE_BACK),
    ],
)
def test_each_row_of_the_table(days, change):
    decision = after_gap(days)
    assert decision.change is change
    assert len(decision.because) == (days > 0)


@settings(deadline=None)
@given(st.integers(1, 400), st.integers(1, 7))
def test_a_planned_day_off_is_not_a_missed_day(since, per_week):
    assert missed(since, per_week) <= since - 1
    assert since > 14 or missed(since, per_week) <= missed(since, 7)


def test_a_longer_gap_is_never_treated_as_shorter():
    for per_week in range(1, 8):
        gaps = [missed(since, per_week) for since in range(1, 60)]
        assert gaps == sorted(gaps)


@pytest.mark.parametrize("days", [1, 2])
def test_one_or_two_days_carry_on_as_planned(library, days):
    log, back = away(library, days)
    session = log.plan(back)
    assert slot_of(session, "deep-belly-brace").level == 2
    assert not {"less-volume", "easier-sessions"} & {r.rule for r in session.because}
    assert "missed-carry-on" in {r.rule for r in session.because}


@pytest.mark.parametrize("days", [3, 6])
def test_three_to_six_days_keep_the_level_at_four_fifths_once(library, days):
    log, back = away(library, days)
    session = log.plan(back)
    brace = slot_of(session, "deep-belly-brace")
    assert (brace.level, brace.dose.reps) == (2, 8)  # 10 repetitions, four fifths
    log.session(back)
    assert slot_of(log.plan(back + 1), "deep-belly-brace").dose.reps == 10


@pytest.mark.parametrize("days", [7, 13])
def test_a_week_away_gives_two_sessions_one_step_easier_then_back(library, days):
    log, back = away(library, days)
    assert "easier-sessions" in {reason.rule for reason in log.plan(back).because}
    levels = []
    for day in range(back, back + 3):
        levels.append(slot_of(log.plan(day), "deep-belly-brace").level)
        log.session(day, effort=7, during=3, after=3)
    assert levels == [1, 1, 2]


@pytest.mark.parametrize("days", [14, 27])
def test_two_weeks_away_restart_the_phase_at_its_first_level(library, days):
    log, back = away(library, days)
    session = log.plan(back)
    assert session.refused is None
    assert {slot.level for slot in session.slots} == {0}
    log.session(back)
    assert log.course().phase == "P1"
    assert log.course().levels == {}


def test_four_weeks_away_go_one_phase_back_after_the_whole_screen(library):
    log, back = away(library, 28, phase="P3")
    refused = log.plan(back)
    assert refused.refused is not None
    assert {flag.id for flag in refused.refused} == {"RF-SY-12"}
    log.start = replace(log.start, screened=START + timedelta(days=back))
    session = log.plan(back)
    assert session.phase == "P2"
    assert session.refused is None


def test_one_question_of_the_screen_does_not_reopen_the_program_after_four_weeks(library):
    from recoup.care.facts import screen_of
    from recoup.model.answers import Answers
    from recoup.model.event import Answered

    log, back = away(library, 28)
    keys = sorted(screen_of(told(library), library))
    for key in keys[:-1]:
        log.add(back, Answered("danger", frozenset({f"sx:{key}"}), Answers()))
    assert log.plan(back).refused is not None
    log.add(back, Answered("danger", frozenset({f"sx:{keys[-1]}"}), Answers()))
    assert log.plan(back).refused is None


def test_the_first_phase_has_none_before_it(library):
    log, back = away(library, 30)
    log.start = replace(log.start, screened=START + timedelta(days=back))
    assert log.plan(back).phase == "P1"


def test_a_program_never_begun_asks_the_screen_again_after_four_weeks(library):
    log = log_of(library)
    assert log.plan(10).refused is None
    assert not [r for r in log.plan(10).because if r.rule.startswith("missed")]
    assert log.plan(40).refused is not None


def test_in_a_phase_of_two_days_a_week_the_days_between_are_not_missed(library):
    log = log_of(library, phase="P4")
    log.session(0)
    assert not [r for r in log.plan(4).because if r.rule.startswith("missed")]
    assert [r.rule for r in log.plan(29).because if r.rule.startswith("missed")] == [
        "missed-phase-back"
    ] or log.plan(29).refused


def test_nothing_is_ever_doubled_after_a_gap(library):
    for days in range(1, 60):
        log, back = away(library, days, levels={})
        log.start = replace(log.start, screened=START + timedelta(days=back))
        for slot in log.plan(back).slots:
            exercise = library.exercises[slot.exercise]
            assert slot.dose.sets <= exercise.limits.sets[1]
            assert slot.level <= 0


def test_arriving_twice_on_a_day_changes_nothing_more(library):
    for days in (1, 4, 10, 20):
        log, back = away(library, days)
        course, day = log.course(), START + timedelta(days=back)
        once = arrive(course, day, library)
        twice = arrive(once.change, day, library)
        assert twice.change == once.change
        assert twice.because == once.because


def test_what_is_made_easier_on_the_day_back_stays_easier(library):
    log, back = away(library, 20)
    log.exercise(back, "C", "deep-belly-brace", "easier")
    assert slot_of(log.plan(back), "deep-belly-brace").level == -1
    log.exercise(back, "C", "deep-belly-brace")
    log.session(back)
    assert slot_of(log.plan(back + 1), "deep-belly-brace").level == -1


def test_no_words_of_blame(library):
    texts = " ".join(r.text.lower() for days in range(1, 60) for r in after_gap(days).because)
    for word in ("streak", "fail", "lost", "behind", "should have", "catch up "):
        assert word not in texts
    assert "do not undo your progress" in texts


def test_after_an_illness_the_program_waits_for_two_days_of_feeling_well(library):
    log = log_of(library)
    log.session(0)
    log.exercise(1, "A", "single-knee-to-chest", "skipped", reason="unwell")
    for day in (1, 2):
        refused = log.plan(day)
        assert [flag.id for flag in refused.refused] == ["wait-until-well"]
        assert refused.slots == ()
    assert log.plan(3).refused is None


def test_a_fever_that_is_over_waits_for_two_days_as_well(library):
    from recoup.model.answers import Answers
    from recoup.model.event import Answered

    log = log_of(library)
    log.symptom(1, "fever")
    assert "RF-SY-01" in {flag.id for flag in log.plan(1).refused}
    log.add(4, Answered("danger-feeling-ill", frozenset({"sx:fever", "sx:unwell"}), Answers()))
    assert [flag.id for flag in log.plan(5).refused] == ["wait-until-well"]
    assert names(log.plan(6))
