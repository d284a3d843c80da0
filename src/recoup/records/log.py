"""What happened, as stored: appended and read in order, never changed."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from django.db import IntegrityError, models, router, transaction
from django.db.models import Q

from recoup.library import read_event, write_event
from recoup.model import event as values
from recoup.model.answers import Vocabulary
from recoup.records.append_only import AppendOnlyModel
from recoup.records.encryption import EncryptedJSONField
from recoup.records.people import Person

ORDER = ("at", "device", "seq", "id")
_COLUMNS = ("id", "at", "offset_min", "device", "seq", "kind", "data")


class Event(AppendOnlyModel):
    """One thing that happened. ``id`` was made by the device, so sending it twice does no harm."""

    id = models.UUIDField(primary_key=True, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="events", db_index=False
    )
    at = models.DateTimeField()
    # The wall clock that the person saw: the database itself keeps the instant alone.
    offset_min = models.SmallIntegerField()
    device = models.CharField(max_length=100)
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    data: models.Field[Any, Any] = EncryptedJSONField()
    received = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["person", "at", "device", "seq"], name="event_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


@dataclass(frozen=True, slots=True)
class Appended:
    """What became of the events that a device sent, by id.

    ``already`` were stored before with the same content. ``conflicting`` were not stored: their
    id stands for something else, so the device must make a new one.
    """

    new: tuple[str, ...] = ()
    already: tuple[str, ...] = ()
    conflicting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a history: just before this event."""

    at: datetime
    device: str
    seq: int
    id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Page:
    """Some events, newest first; ``older`` is where the next page starts, None at the end."""

    events: tuple[values.Event, ...]
    older: Cursor | None


def append(person: Person, events: Iterable[values.Event]) -> Appended:
    """Store events that are not stored yet: all in one transaction, safe to repeat.

    Order does not matter. Raises Person.DoesNotExist when the person was erased meanwhile.
    """
    rows = [_row(person, event) for event in events]
    try:
        return _append(person, rows)
    except IntegrityError:
        # Another person's device stored one of these ids since we looked. Now it can be seen.
        return _append(person, rows)


@contextmanager
def turn(person: Person) -> Iterator[None]:
    """Hold a person's log for one transaction: writers take turns, so that nothing comes between
    look and insert. Raises Person.DoesNotExist when the person was erased meanwhile."""
    with transaction.atomic(using=router.db_for_write(Event)):
        Person.objects.select_for_update(no_key=True).only("pk").get(pk=person.pk)
        yield


def _append(person: Person, rows: Sequence[Event]) -> Appended:
    with turn(person):
        stored = Event.objects.in_bulk([row.pk for row in rows])
        new: dict[uuid.UUID, Event] = {}
        already: list[str] = []
        conflicting: list[str] = []
        for row in rows:
            known = stored.get(row.pk) or new.get(row.pk)
            if known is None:
                new[row.pk] = row
            else:
                (already if _content(known) == _content(row) else conflicting).append(str(row.pk))
        Event.objects.bulk_create(new.values())
    return Appended(tuple(map(str, new)), tuple(already), tuple(conflicting))


def ids(person: Person) -> tuple[str, ...]:
    """Return the ids of the whole log, sorted, in one query: cheap, since nothing is decrypted."""
    return tuple(sorted(map(str, Event.objects.filter(person=person).values_list("pk", flat=True))))


def read(
    person: Person, vocabulary: Vocabulary, only: Iterable[str] | None = None
) -> list[values.Event]:
    """Return the log in order, or ``only`` the events of these ids, in one query over the index
    event_order."""
    found = Event.objects.filter(person=person)
    if only is not None:
        found = found.filter(pk__in=list(only))
    rows = found.order_by(*ORDER).values_list(*_COLUMNS)
    # PostgreSQL may collate device names unlike Python; all but sorted, it costs next to nothing.
    return sorted(_events(rows, vocabulary), key=lambda event: event.order)


def history(
    person: Person, vocabulary: Vocabulary, before: Cursor | None = None, limit: int = 50
) -> Page:
    """Return one page of the log, newest first, in one query over the index event_order."""
    rows = Event.objects.filter(person=person)
    if before is not None:
        rows = rows.filter(
            Q(at__lt=before.at)
            | Q(at=before.at, device__lt=before.device)
            | Q(at=before.at, device=before.device, seq__lt=before.seq)
            | Q(at=before.at, device=before.device, seq=before.seq, id__lt=before.id)
        )
    newest = rows.order_by(*(f"-{name}" for name in ORDER)).values_list(*_COLUMNS)
    found = list(newest[: limit + 1])
    page = found[:limit]
    older = None
    if len(found) > limit:
        last, at, _, device, seq, *_ = page[-1]
        older = Cursor(at, device, seq, last)
    return Page(tuple(_events(page, vocabulary)), older)


def _row(person: Person, event: values.Event) -> Event:
    offset = event.at.utcoffset()
    if offset is None:
        raise ValueError(f"Event {event.id} has no offset in its time.")
    written = write_event(event)
    return Event(
        id=uuid.UUID(event.id),
        person_id=person.pk,
        at=event.at,
        offset_min=offset // timedelta(minutes=1),
        device=event.device,
        seq=event.seq,
        kind=str(written["kind"]),
        data=written["data"],
    )


def _content(row: Event) -> tuple[object, ...]:
    data = json.dumps(row.data, sort_keys=True)
    return (row.person_id, row.at, row.offset_min, row.device, row.seq, row.kind, data)


def _events(rows: Iterable[tuple[Any, ...]], vocabulary: Vocabulary) -> Iterator[values.Event]:
    for pk, at, offset_min, device, seq, kind, data in rows:
        local = at.astimezone(timezone(timedelta(minutes=offset_min)))
        yield read_event(
            {
                "id": str(pk),
                "at": local.isoformat(),
                "device": device,
                "seq": seq,
                "kind": kind,
                "data": data,
            },
            vocabulary,
        )
