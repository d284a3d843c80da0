"""Where a course turns: one change of program, its return, and what missed days are answered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from care.people_in_pain import DAY, FACET, START, course_of, log_of

from recoup.care.rescreen import rescreen
from recoup.library import load
from recoup.library.events import MISSED_BECAUSE
from recoup.model.event import Symptom

LIBRARY = load()


def rules(course):
    return [why.rule for entry in course.entries for why in entry.because]


def further(log, *days):
    for day in days:
        log.session(day, moved="further")
    return log.course()


def test_every_program_that_names_another_names_one_that_exists_and_is_not_itself():
    for program in LIBRARY.programs.values():
        if program.switch_to is not None:
            assert program.switch_to in LIBRARY.programs
            assert program.switch_to != program.id


@pytest.mark.parametrize(("days", "program"), [
    ((0,), FACET), ((0, 6), "low-back-pain"), ((0, 7), FACET), ((0, 0), FACET),
])
def test_pain_that_moves_further_on_two_days_of_a_week_changes_the_program(days, program):
    assert further(log_of(LIBRARY), *days).program == program


def test_the_new_program_starts_at_its_first_phase_and_first_doses():
    course = further(log_of(LIBRARY, phase="P3"), 0, 1)
    assert (course.phase, course.levels, course.started) == ("P1", {}, START + DAY)
    assert course.switched == (FACET,)
    assert course.moved == ()


def test_the_program_changes_once_and_then_a_clinician_should_look():
    course = further(log_of(LIBRARY), 0, 1, 3, 5)
    assert course.program == "low-back-pain"
    assert rules(course).count("switched") == 1
    assert "switch-clinician" in rules(course)
    assert "switch-clinician" in [why.rule for why in course.advice]


def test_a_program_without_another_sends_to_a_clinician_at_once():
    start = course_of(LIBRARY, program="sciatica")
    course = further(replace(log_of(LIBRARY), start=start), 0, 1)
    assert course.program == "sciatica"
    assert "switch-clinician" in rules(course)


def test_a_change_of_program_asks_the_safety_questions():
    course = further(log_of(LIBRARY), 0, 1)
    assert [why.rule for why in rescreen(course, START + DAY, LIBRARY).because] == ["moved-twice"]


def test_pain_that_draws_back_changes_no_program():
    log = log_of(LIBRARY)
    for day in range(4):
        log.session(day, moved="back")
    assert log.course().program == FACET
    assert log.course().moved == ()


@pytest.mark.parametrize("why", MISSED_BECAUSE)
def test_every_reason_for_missed_days_has_an_answer_and_none_catches_up(why):
    log = log_of(LIBRARY)
    log.session(0)
    log.add(5, Symptom(START + 5 * DAY, missed_because=why))
    course = log.course()
    assert course.entries[-1].because[0].rule == f"missed-because-{why}"
    assert course.levels == {}


def test_missed_for_pain_makes_the_next_session_easier_and_worse_asks_first():
    for why, easier, asks in (("pain", 1, False), ("worse", 0, True), ("time", 0, False)):
        log = log_of(LIBRARY)
        log.session(0)
        log.add(4, Symptom(START + 4 * DAY, missed_because=why))
        course = log.course()
        assert course.easier_sessions == easier
        assert (rescreen(course, START + 4 * DAY, LIBRARY) is not None) is asks


def test_a_finished_program_comes_back_by_a_flare_up_alone():
    log = replace(log_of(LIBRARY, phase="P4"), start=course_of(
        LIBRARY, phase="P4", finished=START, records=()))
    log.morning(1, pain=4)
    assert log.course().finished == START
    log.morning(2, pain=7, flare=True)
    course = log.course()
    assert (course.finished, course.phase) == (None, "P2")
    assert "relapse" in rules(course)
