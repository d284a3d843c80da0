from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction
from happenings import START, morning
from people import make_person

from recoup.model.event import Corrected, Event
from recoup.records import log
from recoup.records.append_only import AppendOnly
from recoup.records.log import Appended, append, history, read
from recoup.records.models import Event as Row
from recoup.records.models import Person
from recoup.records.people import erase

pytestmark = pytest.mark.django_db


def test_what_was_appended_is_read_back_in_order(guest, vocabulary):
    events = [morning(seq, device=device) for seq in range(3) for device in ("Tablet", "phone")]
    assert append(guest, reversed(events)).new == tuple(e.id for e in reversed(events))
    back = read(guest, vocabulary)
    assert back == events
    assert [event.at.utcoffset() for event in back] == [timedelta(hours=1)] * 6


def test_the_order_is_that_of_the_values_whatever_the_database_collates(
    guest, vocabulary, monkeypatch
):
    events = [replace(morning(0, device=name), at=START) for name in ("b", "B", "a", "_", "é", "Z")]
    append(guest, events)
    monkeypatch.setattr(log, "ORDER", ("at", "-device", "seq", "id"))  # as a foreign collation may
    assert read(guest, vocabulary) == sorted(events, key=lambda event: event.order)


def test_sending_the_same_events_again_changes_nothing(guest, vocabulary):
    events = [morning(0), morning(1)]
    append(guest, events)
    again = append(guest, [*events, morning(2, event_id="00000000-0000-4000-8000-000000000002")])
    assert again == Appended(
        new=("00000000-0000-4000-8000-000000000002",), already=tuple(e.id for e in events)
    )
    assert len(read(guest, vocabulary)) == 3


def test_an_event_twice_in_one_batch_is_one_event(guest, vocabulary):
    event = morning(0)
    assert append(guest, [event, event]) == Appended(new=(event.id,), already=(event.id,))
    assert read(guest, vocabulary) == [event]


def test_an_id_that_stands_for_something_else_is_reported_and_the_rest_is_kept(guest, vocabulary):
    first, other = morning(0, pain=3), morning(1)
    append(guest, [first])
    worse = morning(0, pain=9, event_id=first.id)
    result = append(guest, [worse, other])
    assert result == Appended(new=(other.id,), conflicting=(first.id,))
    assert read(guest, vocabulary) == [first, other]


def test_another_person_s_event_id_is_a_conflict_and_tells_nothing(guest, ana_herself, vocabulary):
    event = morning(0)
    append(ana_herself, [event])
    assert append(guest, [event]) == Appended(conflicting=(event.id,))
    assert read(guest, vocabulary) == []


def test_a_race_for_one_id_between_two_people_ends_as_a_conflict(guest, ana_herself, monkeypatch):
    event = morning(0)
    look = log._append

    def overtaken(person: Person, rows: list[Row]) -> Appended:
        monkeypatch.setattr(log, "_append", look)
        append(ana_herself, [event])
        raise IntegrityError

    monkeypatch.setattr(log, "_append", overtaken)
    assert append(guest, [event]) == Appended(conflicting=(event.id,))


def test_appending_nothing_is_fine(guest):
    assert append(guest, []) == Appended()


def test_an_erased_person_cannot_be_written_to(guest):
    gone = Person.objects.get(pk=guest.pk)
    erase(guest)
    with pytest.raises(Person.DoesNotExist):
        append(gone, [morning(0)])


def test_a_whole_log_is_one_query(guest, vocabulary, django_assert_num_queries):
    append(guest, [morning(seq) for seq in range(30)])
    with django_assert_num_queries(1):
        assert len(read(guest, vocabulary)) == 30


def test_an_append_is_three_queries_and_its_transaction(guest, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        append(guest, [morning(seq) for seq in range(30)])


def test_the_log_is_read_over_its_index(guest, vocabulary):
    rows = Row.objects.filter(person=guest).order_by(*log.ORDER)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # a table this small is read whole
            cursor.execute("SET LOCAL enable_bitmapscan = off")
    assert "event_order" in rows.explain()


def test_history_is_pages_newest_first_without_gaps(guest, vocabulary, django_assert_num_queries):
    same = [replace(morning(0, device="phone"), at=START, seq=7) for _ in range(3)]
    events = [*same, *(morning(seq, device=d) for seq in range(1, 5) for d in ("phone", "watch"))]
    append(guest, events)
    seen: list[Event] = []
    before = None
    while True:
        with django_assert_num_queries(1):
            page = history(guest, vocabulary, before=before, limit=2)
        assert len(page.events) <= 2
        seen += page.events
        if page.older is None:
            break
        before = page.older
    assert len(seen) == len(events)
    assert {event.id for event in seen} == {event.id for event in events}
    assert [event.order for event in seen] == sorted((e.order for e in events), reverse=True)


def test_an_exact_last_page_has_nothing_older(guest, vocabulary):
    append(guest, [morning(0), morning(1)])
    assert history(guest, vocabulary, limit=2).older is None
    assert history(make_person(), vocabulary).events == ()


def test_an_event_cannot_be_changed(guest, vocabulary):
    event = morning(0)
    append(guest, [event])
    row = Row.objects.get()
    row.kind = "answered"
    with pytest.raises(AppendOnly):
        row.save()
    with pytest.raises(AppendOnly):
        Row.objects.filter(pk=row.pk).update(kind="answered")
    with pytest.raises(AppendOnly):
        Row.objects.bulk_update([row], ["kind"])
    assert read(guest, vocabulary) == [event]


def test_an_event_cannot_be_removed_but_for_the_whole_person(guest, ana_herself, vocabulary):
    mine, hers = morning(0), morning(0)
    append(guest, [mine])
    append(ana_herself, [hers])
    with pytest.raises(AppendOnly):
        Row.objects.get(pk=mine.id).delete()
    with pytest.raises(AppendOnly):
        Row.objects.all().delete()
    erase(guest)
    assert [row.pk for row in Row.objects.all()] == [uuid.UUID(hers.id)]
    assert read(ana_herself, vocabulary) == [hers]


def test_a_row_made_by_hand_never_overwrites_one_that_is_stored(guest):
    append(guest, [event := morning(0)])
    stored = Row.objects.get()
    fresh = Row(
        id=event.id, person=guest, at=START, offset_min=0, device="x", seq=0, kind="x", data={}
    )
    with pytest.raises(IntegrityError):
        fresh.save()
    assert stored.kind == "morning-report"


def test_a_correction_is_one_more_event(guest, vocabulary):
    wrong = morning(0)
    right = replace(morning(1), data=Corrected(event=wrong.id))
    append(guest, [wrong, right])
    assert read(guest, vocabulary) == [wrong, right]


def test_an_event_needs_the_offset_of_its_time(guest):
    with pytest.raises(ValueError, match="offset"):
        append(guest, [replace(morning(0), at=START.replace(tzinfo=None))])


def at_once(*tasks: Callable[[], None]) -> None:
    """Run each task in a thread and connection of its own, all from the same moment."""
    start = threading.Barrier(len(tasks))

    def run(task: Callable[[], None]) -> None:
        try:
            start.wait()
            task()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_two_devices_at_once_lose_nothing(guest, vocabulary):
    shared = [morning(seq, device="shared") for seq in range(10)]
    results: list[Appended] = []

    def write(device: str) -> None:
        for seq in range(10):
            results.append(append(guest, [morning(seq, device=device), shared[seq]]))

    at_once(lambda: write("phone"), lambda: write("tablet"))
    assert len(read(guest, vocabulary)) == 30
    assert len(results) == 20
    assert sum(len(result.new) for result in results) == 30
    assert sum(len(result.already) for result in results) == 10


@pytest.mark.django_db(transaction=True)
def test_writers_of_one_log_take_turns_and_so_never_deadlock(guest, vocabulary):
    events = [morning(0), morning(1)]
    both_have_written = threading.Barrier(2)

    def write(first: Event, second: Event) -> None:
        with transaction.atomic():
            append(guest, [first])
            with suppress(threading.BrokenBarrierError):
                both_have_written.wait(timeout=0.5)
            append(guest, [second])

    at_once(lambda: write(*events), lambda: write(*events[::-1]))
    assert read(guest, vocabulary) == events
