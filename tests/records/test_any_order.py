"""However a log arrives, nothing is lost, and one thing comes of it: what its order says."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from happenings import START, database_url, morning
from people import CLASSIC

from recoup.care.fold import in_order
from recoup.care.replay import replay as replayed
from recoup.library import read_answers
from recoup.model.event import Answered, Corrected, Enrolled, Event, SessionDone
from recoup.records import decisions, log
from recoup.services import diary, shelf
from recoup.services.replay import check

FACET = "lumbar-facet-joint-pain"
DAYS = 6


def story() -> list[Event]:
    """Return the log of somebody who starts a program and reports for six days."""
    library = shelf.current()
    shelf.keep_current()
    answers = read_answers({**CLASSIC, "sx": [], "hx": []}, library.vocabulary)
    everything = frozenset({*answers.numbers, *answers.choices})
    data = [
        Answered("intake", everything, answers),
        Enrolled(FACET, library.version),
    ]
    events = [
        replace(morning(0), at=START + timedelta(minutes=n), seq=n, data=one)
        for n, one in enumerate(data)
    ]
    for day in range(1, DAYS):
        events.append(morning(day, pain=3 + day % 2))
        done = SessionDone(date(2026, 11, 2) + timedelta(days=day), 2 + day, 2, 4)
        evening = replace(morning(day), at=START + timedelta(days=day, hours=9), data=done)
        events.append(evening)
    return events


def outcome(events: list[Event]) -> object:
    """Return what a log adds up to, as the pure centre says it."""
    return replayed(in_order(events), shelf.pinned)


def arrive(person, events: list[Event]) -> None:
    """Take the events in one after the other, each as a message of its own."""
    for event in events:
        diary.take_in(person, [event])


def assert_whole(person, events: list[Event]) -> None:
    assert {*log.ids(person)} == {event.id for event in events}, "nothing is lost"
    for _ in range(2):
        entry = diary.read(person)
        assert entry.replay == outcome(events)
        diary.forget(person)
    assert check(person).mismatches == ()


@pytest.mark.django_db
@pytest.mark.parametrize("turned", [1, 5, 9])
def test_events_out_of_order_come_to_the_same(guest, turned):
    events = story()
    arrive(guest, [*events[turned:], *events[:turned]])
    assert_whole(guest, events)


@pytest.mark.django_db
def test_a_report_that_comes_late_decides_anew_and_says_because_of_what(guest):
    events = story()
    late = events[4]
    arrive(guest, [one for one in events if one is not late])
    before = {one.event: one.text for one in decisions.read(guest)}
    arrive(guest, [late])
    again = decisions.read(guest, again=True)
    assert again
    assert {one.cause for one in again} == {late.id}
    assert all(before[one.event] != one.text for one in again)
    assert_whole(guest, events)


@pytest.mark.django_db
def test_a_clock_that_jumps_back_loses_nothing(guest):
    """The device's own count goes on, its clock does not: the time told is what orders."""
    events = story()
    wrong = [
        replace(one, at=one.at - timedelta(days=2)) if place >= 8 else one
        for place, one in enumerate(events)
    ]
    arrive(guest, wrong)
    assert_whole(guest, wrong)
    assert [e.id for e in diary.read(guest).events] != [e.id for e in wrong]


@pytest.mark.django_db
def test_a_clock_that_jumps_back_while_the_app_writes_loses_nothing(guest):
    entry = diary.read(guest)
    for event in story():
        entry = diary.append(guest, entry, event.data, event.at)
    day = date(2026, 11, 2) + timedelta(days=DAYS)
    earlier = START + timedelta(days=2, hours=1)
    entry = diary.append(guest, entry, SessionDone(day, 7, 2, 4), earlier)
    assert entry.course.records[-1].day == day, "the day that was reported counts, not the clock"
    assert len(entry.events) == len(log.ids(guest))
    diary.forget(guest)
    assert diary.read(guest).replay == entry.replay
    assert check(guest).mismatches == ()


@pytest.mark.django_db
def test_the_same_id_twice_is_one_event_and_another_one_is_named(guest):
    events = story()
    diary.take_in(guest, events)
    again = diary.take_in(guest, events)
    assert (again.new, again.conflicting) == ((), ())
    assert len(again.already) == len(events)
    other = replace(events[5], data=replace(events[5].data, during=9))
    told = diary.take_in(guest, [other])
    assert (told.new, told.conflicting) == ((), (other.id,))
    assert_whole(guest, events)


@pytest.mark.django_db
def test_a_correction_that_comes_before_what_it_corrects_counts_all_the_same(guest):
    events = story()
    wrong = events[5]
    at = START + timedelta(days=DAYS)
    events.append(replace(morning(DAYS), at=at, data=Corrected(wrong.id)))
    arrive(guest, [events[-1], *events[:-1]])
    assert_whole(guest, events)
    assert all(record.during != 4 for record in diary.read(guest).course.records)


@pytest.mark.django_db
def test_a_library_nobody_stored_is_refused_before_anything_is_taken_in(guest):
    events = story()
    unknown = [replace(e, data=replace(e.data, library="0" * 64))
               if isinstance(e.data, Enrolled) else e for e in events]
    with pytest.raises(diary.UnknownLibrary, match="not stored here"):
        diary.take_in(guest, unknown)
    assert log.ids(guest) == ()


@pytest.mark.django_db(transaction=True)
def test_two_devices_at_once_lose_nothing_and_keep_one_story(guest):
    begun = story()[:2]
    diary.take_in(guest, begun)
    script = str(Path(__file__).with_name("diarist.py"))
    writers = [
        subprocess.Popen(
            [sys.executable, script, str(guest.pk), device, "5"],
            env=os.environ | {"DATABASE_URL": database_url()},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for device in ("phone", "tablet")
    ]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:  # from the same moment
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        assert writer.communicate(timeout=120)[0] == "done\n"
        assert writer.returncode == 0
    events = log.read(guest, shelf.current().vocabulary)
    assert len(events) == 2 + 2 * 2 * 5
    assert_whole(guest, events)
    assert len(diary.read(guest).course.records) == 5, "two reports of a day are one session"
