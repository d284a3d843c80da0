"""State is a log: the same events give the same course, however they arrived."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from care.people_in_pain import DAY, FACET, START, Log, course_of, log_of, names, slot_of, told
from hypothesis import given, settings
from hypothesis import strategies as st

from recoup.care.course import Course
from recoup.care.fold import fold, in_order, merge
from recoup.care.session import plan_session
from recoup.care.traffic import Light
from recoup.library import load, read_event, write_event
from recoup.model.answers import Answers
from recoup.model.event import Answered, Corrected, Enrolled, SessionDone, Upgraded

LIBRARY = load()
BRACE = "deep-belly-brace"


def answered(fields, **answers):
    return Answered("screen", frozenset(fields), Answers(**answers))


def busy_log(library=LIBRARY):
    log = log_of(library)
    log.symptom(0)
    log.exercise(0, "C", BRACE)
    log.exercise(0, "A", "single-knee-to-chest", "partly")
    log.session(0)
    log.morning(1)
    log.session(1, during=6)
    log.morning(2, pain=5)
    log.exercise(3, "C", BRACE, "easier")
    log.session(3)
    log.review(7, average=4, gate={"stand-ten-minutes": 5})
    log.session(12)
    return log


events_of_a_log = st.permutations(busy_log().events)


@settings(max_examples=60, deadline=None)
@given(events_of_a_log, st.data())
def test_any_order_and_any_doubling_of_a_log_gives_the_same_course(shuffled, data):
    doubled = [*shuffled, *data.draw(st.lists(st.sampled_from(shuffled), max_size=6))]
    log = busy_log()
    assert fold(doubled, LIBRARY, log.start) == log.course()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(busy_log().events))
def test_a_corrected_report_is_as_if_never_made(event):
    log = busy_log()
    without = [one for one in log.events if one.id != event.id]
    log.corrected(event, 20)
    assert fold(log.events, LIBRARY, log.start) == fold(without, LIBRARY, log.start)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(busy_log().events))
def test_a_correction_taken_back_leaves_the_report(event):
    log = busy_log()
    before = log.course()
    mistake = log.corrected(event, 20)
    log.corrected(mistake, 21)
    assert log.course() == before


def test_two_corrections_of_one_report_are_one(library):
    log = log_of(library)
    bad = log.session(0, during=9)
    log.corrected(bad, 1)
    log.corrected(bad, 2)
    assert log.course().records == ()


def test_a_correction_of_what_was_never_there_changes_nothing(library):
    log = log_of(library)
    log.session(0)
    before = log.course()
    log.add(1, Corrected("00000000-0000-0000-0000-0000000000ff"))
    assert log.course() == before


def test_of_two_events_with_one_id_the_earlier_counts_in_any_order(library):
    log = log_of(library)
    first = log.session(0, during=1)
    second = replace(log.session(1, during=9), id=first.id)
    for events in ([first, second], [second, first]):
        assert [one.data.during for one in in_order(events)] == [1]


@settings(deadline=None)
@given(st.lists(st.integers(0, 5), max_size=8))
def test_folding_piece_by_piece_is_folding_at_once(cuts):
    log = busy_log()
    places = sorted({0, *(cut * 2 for cut in cuts), len(log.events)})
    course = log.start
    for start, end in pairwise(places):
        course = fold(log.events[start:end], LIBRARY, course)
    assert course == log.course()


def test_a_replay_of_the_written_log_gives_equal_values(library):
    log = busy_log(library)
    written = [write_event(event) for event in log.events]
    again = [read_event(event, library.vocabulary) for event in written]
    assert again == log.events
    assert fold(again, library, log.start) == log.course()
    day = START + 13 * DAY
    assert plan_session(log.course(), library, day) == plan_session(
        fold(again, library, log.start), library, day
    )


def test_events_at_one_time_are_ordered_by_device_and_number(library):
    log = log_of(library)
    one = log.session(0)
    same = [replace(one, id=f"{n}", device=device, seq=seq)
            for n, (device, seq) in enumerate([("b", 1), ("a", 2), ("a", 1)])]
    assert [event.id for event in in_order(same)] == ["2", "1", "0"]


# Answers

def test_a_screen_replaces_its_own_answers_and_no_others(library):
    before = told(library, sx=["poor_sleep"], answer_state={"unsure": ["fever"]})
    after = merge(before, answered({"sx:fever", "sx:saddle_numb"}, sx=frozenset({"fever"})))
    assert after.sx == {"poor_sleep", "fever"}
    assert after.unsure == frozenset()
    assert after.agg == before.agg


def test_what_eases_never_clears_what_makes_worse(library):
    """"bend_back" and "sit" stand in both lists."""
    before = told(library, agg=["bend_back", "sit"], ease=[])
    after = merge(before, answered({"ease:bend_back", "ease:sit"}, ease=frozenset({"sit"})))
    assert (after.agg, after.ease) == ({"bend_back", "sit"}, {"sit"})


def test_a_number_left_empty_is_no_longer_known(library):
    after = merge(told(library), answered({"pain_avg"}))
    assert "pain_avg" not in after.numbers
    assert after.numbers["pain_now"] == 3


def test_the_first_activities_are_kept_to_compare_with(library):
    from recoup.model.answers import Activity

    log = log_of(library)
    for ability in (2, 6):
        log.add(0, Answered("activities", frozenset({"activities"}),
                            Answers(activities=(Activity("walking", ability),))))
    assert log.course().first_activities == (Activity("walking", 2),)
    assert log.course().answers.activities == (Activity("walking", 6),)


def test_the_screen_counts_from_the_day_its_oldest_question_was_answered(library):
    log = Log(library, Course(answers=told(library)))
    keys = sorted(library.vocabulary.safety_screen)
    log.add(0, answered({f"sx:{key}" for key in keys[:20]}))
    assert log.course().screened is None
    log.add(2, answered({f"sx:{key}" for key in keys[20:]}))
    assert log.course().screened == START


# New symptoms

def test_a_new_symptom_in_an_old_problem_is_judged_as_new(library):
    """Both-leg pain with a weak leg is urgent only under twelve weeks, or when it is new."""
    signs = ("both_leg_pain", "weak_leg", "neuro_worsening")
    old = told(library, duration_weeks=60, sx=list(signs))
    assert "RF-SP-02" not in {f.id for f in first_refusal(library, old)}
    log = log_of(library, told(library, duration_weeks=60))
    log.symptom(3, *signs)
    assert "RF-SP-02" in {f.id for f in log.plan(3).refused}


def first_refusal(library, answers):
    return plan_session(course_of(library, answers), library, START).refused or ()


@pytest.mark.parametrize("how", ["symptom", "unsure", "session", "answered"])
def test_however_it_is_told_anything_new_re_runs_every_rule(library, how):
    log = log_of(library, told(library, duration_weeks=60))
    if how == "symptom":
        log.symptom(3, "foot_drop")
    elif how == "unsure":
        log.symptom(3, unsure=("foot_drop",))
    elif how == "session":
        log.session(3, new=frozenset({"foot_drop"}))
    else:
        log.add(3, answered({"sx:foot_drop"}, sx=frozenset({"foot_drop"})))
    course = log.course()
    assert "foot_drop" in course.new_symptoms
    refused = {flag.id for flag in log.plan(4).refused}
    assert "RF-SP-03" in refused, "a dropped foot is an emergency under two weeks"


def test_every_danger_sign_told_during_a_program_counts_at_least_as_much_as_at_the_start(library):
    from recoup.care.triage import triage

    for key in sorted(library.vocabulary.safety_screen):
        at_start = triage(told(library, sx=[key]), library)
        log = log_of(library)
        log.symptom(2, key)
        session = log.plan(2)
        if at_start.action >= 2:
            assert session.refused is not None, key
            assert max(f.urgency for f in session.refused) >= at_start.urgency


def test_a_new_symptom_clears_what_was_examined_before_it(library):
    lowered = told(
        library, sx=["neuro_stable_known"],
        hx=["known_diagnosis_from_clinician", "clinician_cleared_exercise"],
    )
    for new, unsure in ((("numb_leg",), ()), ((), ("numb_both_legs",))):
        log = log_of(library, lowered)
        log.symptom(1, *new, unsure=unsure)
        answers = log.course().answers
        assert "neuro_stable_known" not in answers.sx
        assert answers.hx == frozenset()
        assert log.course().cleared is None


def test_an_answer_that_relaxes_counts_again_when_it_is_given_after_the_symptom(library):
    log = log_of(library, told(library, hx=["known_diagnosis_from_clinician"]))
    log.symptom(1, "numb_leg")
    key = "known_diagnosis_from_clinician"
    log.add(2, answered({f"hx:{key}"}, hx=frozenset({key})))
    assert key in log.course().answers.hx


def test_a_fall_or_an_injury_during_a_program_is_new_too(library):
    log = log_of(library, told(library, duration_weeks=60))
    log.add(3, answered({"onset"}, choices={"onset": "major_trauma"}))
    assert "RF-SP-13" in {flag.id for flag in log.plan(3).refused}
    fell = log_of(library, told(library, duration_weeks=60))
    fell.add(3, answered({"hx:fall_recent"}, hx=frozenset({"fall_recent"})))
    assert fell.course().new_symptoms == {"fall_recent"}


def test_before_a_program_starts_nothing_is_new(library):
    log = Log(library, Course(answers=told(library)))
    log.add(0, answered({"sx:poor_sleep"}, sx=frozenset({"poor_sleep"})))
    assert log.course().new_symptoms == frozenset()


def test_nothing_new_changes_nothing_but_the_day_it_was_asked(library):
    log = log_of(library)
    log.symptom(1)
    assert log.course() == replace(log.start, checked=START + DAY)


def test_a_symptom_that_is_gone_is_no_longer_new(library):
    log = log_of(library)
    log.symptom(1, "numb_leg")
    log.add(5, answered({"sx:numb_leg"}))
    assert log.course().new_symptoms == frozenset()
    assert log.plan(5).refused is None


def test_a_session_that_was_stopped_says_so_and_too_much_pain_still_counts(library):
    log = log_of(library)
    log.session(0, during=8, new=frozenset({"poor_sleep"}))
    course = log.course()
    assert course.last_record.light is Light.STOP
    assert course.entries[-1].because[0].rule == "light-stop"
    assert course.levels[BRACE] == -1
    calm = log_of(library)
    calm.session(0, new=frozenset({"poor_sleep"}))
    assert calm.course().levels == {}
    assert [r.rule for r in calm.course().entries[-1].because] == ["light-stop"]


# Programs

def test_starting_a_program_pins_the_library_and_the_first_phase(library):
    log = Log(library, Course(answers=told(library)))
    log.enrolled()
    course = log.course()
    assert (course.program, course.phase, course.library) == (FACET, "P1", library.version)
    assert (course.started, course.phase_started) == (START, START)
    log.add(3, Upgraded("another"))
    assert log.course().library == "another"


def test_a_program_that_does_not_exist_starts_nothing(library):
    log = Log(library, Course(answers=told(library)))
    log.add(0, Enrolled("no-such-program", library.version))
    log.session(1)
    log.morning(2)
    log.review(7)
    assert log.course().program is None
    assert log.course().records == ()


def test_a_phase_that_does_not_exist_is_the_first(library):
    log = Log(library, Course(answers=told(library)))
    log.enrolled(phase="P9")
    assert log.course().phase == "P1"


def test_starting_again_begins_at_the_first_dose(library):
    log = busy_log(library)
    log.enrolled(20)
    course = log.course()
    assert (course.levels, course.mobility_until, course.easier_sessions) == ({}, None, 0)
    assert len(course.records) == 4
    assert {slot.level for slot in log.plan(20).slots} == {0}


def test_an_exercise_that_is_not_in_the_library_is_left_aside(library):
    log = log_of(library)
    log.exercise(0, "C", "no-such-exercise")
    log.session(0)
    assert BRACE in {attempt.exercise for attempt in log.course().last_record.attempts}


def test_without_ticks_the_whole_session_counts_as_done(library):
    log = log_of(library)
    planned = names(log.plan(0))
    log.session(0)
    assert [a.exercise for a in log.course().last_record.attempts] == planned


def test_only_what_was_ticked_counts_when_something_was(library):
    log = log_of(library)
    log.exercise(0, "C", BRACE)
    log.exercise(0, "D", "pelvic-tilt-lying", "skipped", reason="time")
    log.session(0)
    record = log.course().last_record
    assert [(a.exercise, a.result) for a in record.attempts] == [
        (BRACE, "done"), ("pelvic-tilt-lying", "skipped"),
    ]
    assert record.load == 2 * 8 * 1 * 4  # sets, repetitions, five seconds, effort
    assert log.course().open == {}


def test_the_load_is_that_of_the_dose_that_was_planned(library):
    careful = log_of(library, told(library, pain_worst=9))
    careful.session(0)
    usual = log_of(library)
    usual.session(0)
    assert careful.course().last_record.load < usual.course().last_record.load


def test_every_decision_leaves_a_line_with_reasons(library):
    course = busy_log(library).course()
    assert [entry.at for entry in course.entries] == sorted(entry.at for entry in course.entries)
    titles = [entry.title for entry in course.entries]
    assert "Made easier" in titles
    assert "Since last time" in titles
    assert all(entry.because for entry in course.entries)


@pytest.mark.parametrize("pains", [(4, 9), (9, 4)])
def test_of_two_reports_of_one_morning_the_worse_counts(library, pains):
    log = log_of(library)
    log.session(0)
    log.morning(1, pain=pains[0])
    log.add(1, replace(log.events[-1].data, pain=pains[1]), log.clock.replace(hour=12))
    course = log.course()
    assert [morning.pain for morning in course.mornings] == [9]
    assert (course.records[0].morning, course.records[0].light) == (9, Light.RED)
    assert course.levels[BRACE] == -1


def test_a_report_without_a_program_changes_nothing(library):
    log = Log(library, Course(answers=told(library)))
    log.add(0, SessionDone(START, 9, 9, 9))
    log.exercise(0, "C", BRACE)
    assert log.course() == Course(answers=told(library))


def test_a_clearance_is_dated_and_named(library):
    log = log_of(library)
    log.cleared(2, "Dr Lee")
    course = log.course()
    assert "clinician_cleared_exercise" in course.answers.hx
    assert course.cleared == START + 2 * DAY
    assert "Dr Lee" in course.entries[-1].because[0].text


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=12, unique=True))
def test_planning_never_changes_what_a_log_adds_up_to(days):
    log = log_of(LIBRARY)
    for day in sorted(days):
        log.session(day)
    before = log.course()
    first = plan_session(before, LIBRARY, START + timedelta(days=41))
    assert plan_session(before, LIBRARY, START + timedelta(days=41)) == first
    assert log.course() == before


def test_yesterdays_step_is_told_in_the_next_session_that_has_the_exercise(library):
    log = log_of(library)
    log.session(0)
    log.session(1)
    log.exercise(2, "C", BRACE)  # the exercise that moved is not done on this day
    log.session(2)
    knee = slot_of(log.plan(3), "single-knee-to-chest")
    assert "one-step-up" in {reason.rule for reason in knee.because}
