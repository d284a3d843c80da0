"""A running program stays on its library version until a phase begins; the past stays decided."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from services.answering import CLASSIC, answer_intake
from services.versions import FACET_FILE, release, renamed

from recoup.care.course import Course
from recoup.model.event import (
    Corrected,
    ExerciseDone,
    MorningReport,
    SessionDone,
    Symptom,
    Upgraded,
    WeeklyReview,
)
from recoup.records import decisions
from recoup.services import diary, people, program, replay, shelf, weekly

DAY = timedelta(days=1)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FACET = "lumbar-facet-joint-pain"
OLD_BRACE = "exercise: deep-belly-brace\n                dose: {sets: 2, reps: 8, hold_s: 5}"
NEW_BRACE = "exercise: deep-belly-brace\n                dose: {sets: 1, reps: 8, hold_s: 5}"


@pytest.fixture
def enrolled(guest):
    answer_intake(guest, CLASSIC, NOW)
    program.enrol(guest, FACET, NOW)
    return guest


@pytest.fixture
def newer(enrolled, monkeypatch):
    """A newer library, released after somebody enrolled: another title, another first dose."""
    old = shelf.current().version
    texts = renamed(shelf.texts())
    assert OLD_BRACE in texts[FACET_FILE]
    texts[FACET_FILE] = texts[FACET_FILE].replace(OLD_BRACE, NEW_BRACE)
    library = release(monkeypatch, texts)
    assert library.version != old
    diary.forget(enrolled)  # a new release starts new processes
    return library


def do_day(person, number, *, during=1, morning=4):
    now = NOW + number * DAY
    program.check_in(person, Symptom(now.date()), now)
    program.report(person, SessionDone(now.date(), during, 1, 3), now + timedelta(hours=1))
    program.morning(person, MorningReport(now.date() + DAY, morning), now + timedelta(hours=20))


def good_week(person):
    for number in range(7):
        do_day(person, number)


def review_and_advance(person, day):
    now = NOW + day * DAY
    said = WeeklyReview(now.date(), average=3, change=2, gate={"stand-ten-minutes": 3})
    assert weekly.review(person, said, now).open
    weekly.advance(person, now + timedelta(minutes=1), yes=True)
    return now


def upgrades(person) -> int:
    return sum(isinstance(event.data, Upgraded) for event in diary.read(person).events)


def brace_sets(person, now):
    slots = program.today(person, now).session.slots
    return next(slot.dose.sets for slot in slots if slot.exercise == "deep-belly-brace")


def test_within_a_phase_a_newer_library_changes_nothing(enrolled, newer):
    good_week(enrolled)
    entry = diary.read(enrolled)
    assert entry.library.version != newer.version
    assert upgrades(enrolled) == 0
    assert brace_sets(enrolled, NOW + 7 * DAY) == 2


def test_the_next_phase_brings_the_newer_library_and_a_line_in_the_history(enrolled, newer):
    good_week(enrolled)
    now = review_and_advance(enrolled, 7)
    entry = diary.read(enrolled)
    assert entry.course.phase == "P2"
    assert entry.library.version == entry.course.library == newer.version
    last = program.history(enrolled).days[0].entries
    assert any(line.title == "Program updated" for line in last)
    assert program.overview(enrolled, now).program.title == "A newer low back program"


def test_what_was_decided_before_an_upgrade_stays_word_for_word(enrolled, newer):
    good_week(enrolled)
    before = diary.read(enrolled).course.entries
    review_and_advance(enrolled, 7)
    diary.forget(enrolled)
    after = diary.read(enrolled).course.entries
    assert after[: len(before)] == before
    assert before[0].because[0].text == "You started the Low back program, facet-joint pattern."
    assert replay.check(enrolled).mismatches == ()


def test_a_phase_that_restarts_after_a_gap_brings_it_before_the_session(enrolled, newer):
    do_day(enrolled, 0)
    now = NOW + 20 * DAY
    program.check_in(enrolled, Symptom(now.date()), now)
    assert diary.read(enrolled).library.version == newer.version
    assert brace_sets(enrolled, now) == 1
    do_day(enrolled, 20)
    assert upgrades(enrolled) == 1


def test_a_phase_back_after_a_long_gap_brings_it_too(enrolled, newer):
    good_week(enrolled)
    now = NOW + 8 * DAY
    program.check_in(enrolled, Symptom(now.date()), now)
    assert upgrades(enrolled) == 0
    back = NOW + 45 * DAY
    program.check_in(enrolled, Symptom(back.date()), back)
    assert diary.read(enrolled).library.version == newer.version
    assert upgrades(enrolled) == 1
    assert replay.check(enrolled).mismatches == ()


def test_an_ordinary_pause_and_an_ordinary_day_bring_none(enrolled, newer):
    do_day(enrolled, 0)
    for day in (1, 5, 15):
        now = NOW + day * DAY
        program.check_in(enrolled, Symptom(now.date()), now)
        program.report(enrolled, SessionDone(now.date(), 1, 1, 3), now)
    assert upgrades(enrolled) == 0


def test_a_session_under_way_keeps_its_version(enrolled, newer):
    do_day(enrolled, 0)
    now = NOW + 20 * DAY  # the phase restarts, and nobody checked in first
    slots = program.today(enrolled, now).session.slots
    for slot in slots[:2]:
        done = ExerciseDone(now.date(), slot.slot, slot.exercise, "done")
        program.finish_exercise(enrolled, done, now)
    assert upgrades(enrolled) == 0
    assert {slot.exercise for slot in program.today(enrolled, now).session.slots} == {
        slot.exercise for slot in slots
    }


def test_a_program_that_no_longer_exists_stays_on_its_old_version(enrolled, monkeypatch):
    good_week(enrolled)
    gone = {
        path: text.replace("switch_to: lumbar-facet-joint-pain", "switch_to: low-back-pain")
        for path, text in shelf.texts().items() if path != FACET_FILE
    }
    library = release(monkeypatch, gone)
    diary.forget(enrolled)
    now = review_and_advance(enrolled, 7)
    assert FACET not in library.programs
    assert upgrades(enrolled) == 0
    assert diary.read(enrolled).course.phase == "P2"
    assert program.today(enrolled, now + DAY).session.slots


def test_an_upgrade_from_elsewhere_that_does_not_fit_is_refused_and_said(enrolled, monkeypatch):
    gone = {path: text for path, text in shelf.texts().items() if path != FACET_FILE}
    pinned = diary.read(enrolled).library.version
    library = release(monkeypatch, gone)
    diary.forget(enrolled)
    diary.append(enrolled, diary.read(enrolled), Upgraded(shelf.keep_current()), NOW + DAY)
    entry = diary.read(enrolled)
    assert entry.library.version == pinned != library.version
    assert entry.course.entries[-1].because[0].rule == "upgrade-kept"


# Decisions are kept

def kept_texts(person):
    return {one.event: one for one in decisions.read(person)}


def test_each_decision_is_kept_with_rule_inputs_sentence_and_version(enrolled):
    do_day(enrolled, 0, during=7)
    told = next(one for one in decisions.read(enrolled) if "light-red" in one.text)
    assert '"during":7' in told.text
    assert "Pain reached 7 out of 10" in told.text
    assert told.library == shelf.current().version
    assert told.revision == 1
    assert told.cause is None


def test_replay_gives_the_same_bytes(enrolled):
    good_week(enrolled)
    review_and_advance(enrolled, 7)
    diary.forget(enrolled)
    done = replay.check(enrolled)
    assert done.mismatches == ()
    assert done.held == len(decisions.read(enrolled)) > 10


def test_a_decision_changed_by_hand_is_told_and_never_mended(enrolled):
    do_day(enrolled, 0, during=7)
    from recoup.records.models import Decision

    one = Decision.objects.filter(person=enrolled).last()
    changed = Decision(
        person=enrolled, event=one.event, revision=one.revision + 1, library=one.library,
        cause=one.event, text=one.text.replace("usual", "unusual") + " ",
    )
    changed.save()
    for _ in range(2):
        done = replay.check(enrolled)
        assert [(m.event, m.how) for m in done.mismatches] == [(str(one.event), "differs")]
    do_day(enrolled, 1)
    assert len(replay.check(enrolled).mismatches) == 1, "going on does not mend it either"


def test_a_decision_that_nobody_kept_is_told(enrolled):
    from recoup.records import log

    now = NOW + DAY
    event = people.export(enrolled)["events"][-1]
    assert event["kind"] == "enrolled"
    from recoup.model.event import Event

    log.append(enrolled, [Event("0b7e1c2a-6f3d-4c58-9a1e-2d4f6b8c0e13", now, "x", 1,
                                MorningReport(now.date(), 4))])
    assert [m.how for m in replay.check(enrolled).mismatches] == ["not-kept"]


# Corrections

def test_a_correction_decides_anew_and_the_history_says_so(enrolled):
    do_day(enrolled, 0)
    do_day(enrolled, 1, during=8)
    do_day(enrolled, 2)
    wrong = next(
        e for e in diary.read(enrolled).events
        if isinstance(e.data, SessionDone) and e.data.during == 8
    )
    before = kept_texts(enrolled)
    now = NOW + 3 * DAY
    diary.append(enrolled, diary.read(enrolled), Corrected(wrong.id), now)
    after = kept_texts(enrolled)
    assert after[wrong.id].text == ""
    assert after[wrong.id].cause is not None
    assert {e for e in before if before[e] != after[e]} >= {wrong.id}
    assert all(one in decisions.read(enrolled) for one in before.values()), "the old ones stay"
    (anew,) = [line for line in program.history(enrolled).days[0].entries
               if line.title == "Decided anew"]
    said = " ".join(why.text for why in anew.because)
    assert "You took back what you told us of 23 November" in said
    assert "no longer counts" in said
    assert replay.check(enrolled).mismatches == ()


def test_a_correction_taken_back_restores_the_report_in_the_same_process(enrolled):
    do_day(enrolled, 0, during=8)
    whole = diary.read(enrolled).course
    wrong = next(e for e in diary.read(enrolled).events if isinstance(e.data, SessionDone))
    now = NOW + 2 * DAY
    diary.append(enrolled, diary.read(enrolled), Corrected(wrong.id), now)
    assert diary.read(enrolled).course.records == ()
    correction = diary.read(enrolled).events[-1]
    diary.append(enrolled, diary.read(enrolled), Corrected(correction.id), now + DAY)
    assert diary.read(enrolled).course == whole
    assert kept_texts(enrolled)[wrong.id].revision == 3
    assert replay.check(enrolled).mismatches == ()


def test_decisions_are_exported_and_erased_with_the_person(enrolled):
    from recoup.records.models import Decision

    do_day(enrolled, 0)
    told = people.export(enrolled)["decisions"]
    assert {one["event"] for one in told} <= {e["id"] for e in people.export(enrolled)["events"]}
    assert any("light-green" in one["text"] for one in told)
    people.erase(enrolled)
    assert not Decision.objects.exists()


def test_what_is_kept_is_unreadable_in_the_database(enrolled):
    from django.db import connection

    do_day(enrolled, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM records_decision")
        assert not [row for (row,) in cursor.fetchall() if "light" in row or "entries" in row]


def test_remembering_and_replaying_from_the_start_agree(enrolled):
    good_week(enrolled)
    remembered = diary.read(enrolled)
    diary.forget(enrolled)
    again = diary.read(enrolled)
    assert again.course == remembered.course != Course()
    assert again.replay.decided == remembered.replay.decided
