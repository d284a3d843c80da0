"""From enrolling to tomorrow's session: every change is kept and explained."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from services.answering import CLASSIC, answer_intake

from recoup.model.event import (
    ExerciseDone,
    MorningReport,
    SessionDone,
    Symptom,
    WeeklyReview,
)
from recoup.services import people, program, weekly

DAY = timedelta(days=1)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FACET = "lumbar-facet-joint-pain"


@pytest.fixture
def enrolled(guest):
    answer_intake(guest, CLASSIC, NOW)
    program.enrol(guest, FACET, NOW)
    return guest


def session_on(person, now, *, during=2, after=1, effort=4, hurt=None):
    today = program.today(person, now)
    for slot in today.session.slots:
        done = ExerciseDone(now.date(), slot.slot, slot.exercise, "done")
        program.finish_exercise(person, done, now)
    return program.report(
        person, SessionDone(now.date(), during, after, effort, hurt), now + timedelta(minutes=20)
    )


def rules(reasons):
    return {reason.rule for reason in reasons}


def test_only_the_offered_program_can_be_started(guest):
    answer_intake(guest, {**CLASSIC, "sx": ["saddle_numb"]}, NOW)
    with pytest.raises(program.NotOffered):
        program.enrol(guest, FACET, NOW)


def test_pain_of_six_makes_tomorrow_easier_and_says_why(enrolled):
    before = program.today(enrolled, NOW).session
    because = session_on(enrolled, NOW, during=6, after=4, effort=7)
    assert "light-red" in rules(because)
    after = program.today(enrolled, NOW + DAY).session
    assert after.minutes < before.minutes
    assert all(slot.slot != "C" for slot in after.slots)
    said = " ".join(reason.text for reason in after.because)
    assert "6 out of 10" in said
    assert "easier" in said.lower()


def test_after_the_easy_day_steadying_work_comes_back_one_step_down(enrolled):
    session_on(enrolled, NOW, during=6, after=4, effort=7)
    session_on(enrolled, NOW + DAY)
    third = program.today(enrolled, NOW + 2 * DAY).session
    brace = next(slot for slot in third.slots if slot.slot == "C")
    assert brace.level == -1
    assert brace.dose.reps < 8


def test_a_half_done_session_is_still_there_afterwards(enrolled):
    first = program.today(enrolled, NOW).session.slots[0]
    program.finish_exercise(
        enrolled, ExerciseDone(NOW.date(), first.slot, first.exercise, "done"), NOW
    )
    again = program.today(enrolled, NOW + timedelta(minutes=5))
    assert set(again.done) == {first.exercise}
    assert again.next == 1


def test_asking_for_easier_changes_todays_dose(enrolled):
    today = program.today(enrolled, NOW)
    brace = next(slot for slot in today.session.slots if slot.slot == "C")
    done = ExerciseDone(NOW.date(), brace.slot, brace.exercise, "easier")
    eased = program.finish_exercise(enrolled, done, NOW)
    now_brace = next(slot for slot in eased.session.slots if slot.slot == "C")
    assert now_brace.dose.reps < brace.dose.reps
    assert brace.exercise not in eased.done


def test_a_new_danger_sign_stops_the_program_at_once(enrolled):
    today = program.check_in(
        enrolled, Symptom(NOW.date(), new=frozenset({"saddle_numb"})), NOW
    )
    assert today.session.refused
    assert not today.session.slots


def test_a_second_report_on_the_same_day_changes_nothing(enrolled):
    session_on(enrolled, NOW)
    program.report(enrolled, SessionDone(NOW.date(), 9, 9, 9), NOW + timedelta(hours=1))
    assert len(program.history(enrolled).days[0].entries) == 2


def test_a_bad_morning_turns_a_good_session_red(enrolled):
    session_on(enrolled, NOW)
    tomorrow = NOW + DAY
    because = program.morning(
        enrolled, MorningReport(tomorrow.date(), pain=7, stiffness_min=20, settled=False), tomorrow
    )
    assert "light-red" in rules(because)
    assert all(slot.slot != "C" for slot in program.today(enrolled, tomorrow).session.slots)


def good_week(person, start, days=7):
    for number in range(days):
        now = start + number * DAY
        if number:
            program.morning(
                person, MorningReport(now.date(), pain=3, stiffness_min=10, settled=True), now
            )
        session_on(person, now + timedelta(hours=2))


def test_a_good_week_opens_the_gate_and_the_person_decides(enrolled):
    good_week(enrolled, NOW)
    sunday = NOW + 7 * DAY
    assert program.today(enrolled, sunday).review_due
    form = weekly.review_form(enrolled, sunday)
    assert [criterion.id for criterion in form.criteria] == ["stand-ten-minutes"]
    program.morning(enrolled, MorningReport(sunday.date(), 3, 10, settled=True), sunday)
    said = WeeklyReview(sunday.date(), average=3, change=2, gate={"stand-ten-minutes": 3})
    outcome = weekly.review(enrolled, said, sunday)
    assert outcome.open, [c for c in outcome.criteria if not c.met]
    assert program.overview(enrolled, sunday).phase.id == "P1"
    weekly.advance(enrolled, sunday, yes=True)
    assert program.overview(enrolled, sunday).phase.id == "P2"


def test_a_gate_that_is_not_open_cannot_be_passed(enrolled):
    good_week(enrolled, NOW)
    sunday = NOW + 7 * DAY
    said = WeeklyReview(sunday.date(), average=6, change=0, gate={"stand-ten-minutes": 8})
    assert not weekly.review(enrolled, said, sunday).open
    weekly.advance(enrolled, sunday, yes=True)
    assert program.overview(enrolled, sunday).phase.id == "P1"


def test_good_sessions_earn_one_step_at_a_time(enrolled):
    good_week(enrolled, NOW, days=4)
    levels = {
        slot.exercise: slot.level for slot in program.today(enrolled, NOW + 4 * DAY).session.slots
    }
    assert sum(levels.values()) in {1, 2, 3}
    assert max(levels.values()) == 1 or "graded-walking" in levels


def test_export_holds_every_event_and_erase_leaves_none(enrolled):
    session_on(enrolled, NOW)
    kept = people.export(enrolled)
    assert {event["kind"] for event in kept["events"]} >= {
        "answered", "enrolled", "exercise-done", "session-done",
    }
    people.erase(enrolled)
    from recoup.records.models import Event

    assert not Event.objects.filter(person_id=kept["person"]["id"]).exists()


def test_today_reads_the_log_once(enrolled, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        program.today(enrolled, NOW)
