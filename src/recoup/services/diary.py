"""A person's log read and folded, and new events appended to it.

Events never change, so what they add up to is remembered by their ids. A page then costs one cheap
query instead of decrypting and folding months of events; an event from another process or device
is read and folded on top.
"""

from __future__ import annotations

import uuid
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from recoup.care.course import Course
from recoup.care.fold import in_order
from recoup.care.several import courses, go_on
from recoup.model.content import Library
from recoup.model.event import Answered, Corrected, Data, Enrolled, Event, Upgraded
from recoup.records import log
from recoup.records.models import Person
from recoup.services import shelf

DEVICE = "web"
REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class Diary:
    """The events in order, the library the program is pinned to, and what they add up to.
    ``beside`` are the courses of programs that go on beside the leading one."""

    events: tuple[Event, ...]
    library: Library
    course: Course
    screens: frozenset[str] = field(default_factory=frozenset)
    ids: frozenset[str] = field(default_factory=frozenset)
    beside: tuple[Course, ...] = ()

    @property
    def together(self) -> tuple[Course, ...]:
        """The courses of all programs, the leading one first."""
        return (self.course, *self.beside)


class _Memory:
    """The last diaries read, one a person; bounded, shared by the threads of a process."""

    def __init__(self) -> None:
        self._diaries: OrderedDict[uuid.UUID, Diary] = OrderedDict()
        self._lock = Lock()

    def get(self, person: Person) -> Diary | None:
        with self._lock:
            return self._diaries.get(person.pk)

    def keep(self, person: Person, diary: Diary) -> Diary:
        with self._lock:
            self._diaries[person.pk] = diary
            self._diaries.move_to_end(person.pk)
            while len(self._diaries) > REMEMBERED:
                self._diaries.popitem(last=False)
        return diary

    def forget(self, person: Person) -> None:
        with self._lock:
            self._diaries.pop(person.pk, None)


_memory = _Memory()


def read(person: Person) -> Diary:
    """Return a person's diary: one query when it is remembered, two when something is new."""
    ids = frozenset(log.ids(person))
    known = _memory.get(person)
    if known is not None and known.ids == ids:
        return known
    vocabulary = shelf.current().vocabulary
    if known is not None and known.ids < ids:
        return _memory.keep(person, _with(known, log.read(person, vocabulary, ids - known.ids)))
    return _memory.keep(person, _whole(log.read(person, vocabulary)))


def append(person: Person, diary: Diary, data: Data, now: datetime) -> Diary:
    """Append one event and return the diary with it."""
    event = Event(
        id=str(uuid.uuid4()), at=now, device=DEVICE, seq=len(diary.ids) + 1, data=data
    )
    log.append(person, [event])
    return _memory.keep(person, _with(diary, [event]))


def forget(person: Person) -> None:
    """Remember nothing of a person who was erased."""
    _memory.forget(person)


def _with(diary: Diary, new: list[Event]) -> Diary:
    """Return the diary with new events folded on top, or folded anew where they change the past."""
    last = diary.events[-1].order if diary.events else None
    on_top = all(
        (last is None or event.order > last) and not isinstance(event.data, _REWRITES)
        for event in new
    )
    if not on_top:
        return _whole([*diary.events, *new])
    events = in_order(new)
    return _diary(
        (*diary.events, *events),
        diary.library,
        go_on(diary.together, events, diary.library),
        diary.ids | {event.id for event in new},
    )


def _whole(events: list[Event]) -> Diary:
    ordered = in_order(events)
    version = next(
        (e.data.library for e in reversed(ordered) if isinstance(e.data, Enrolled | Upgraded)),
        None,
    )
    library = shelf.pinned(version)
    # the ids of corrected events stay known, so that they are not read again and again
    return _diary(tuple(ordered), library, courses(ordered, library), {e.id for e in events})


def _diary(
    events: tuple[Event, ...],
    library: Library,
    together: tuple[Course, ...],
    ids: set[str] | frozenset[str],
) -> Diary:
    screens = frozenset(e.data.screen for e in events if isinstance(e.data, Answered))
    return Diary(events, library, together[0], screens, frozenset(ids), together[1:])


_REWRITES = (Corrected, Enrolled, Upgraded)
"""Kinds that change how earlier events are read, or with which library."""
