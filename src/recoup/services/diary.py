"""A person's log read and folded, and new events appended to it with what they decide.

Events never change, so what they add up to is remembered by their ids. A page then costs one cheap
query instead of decrypting and folding months of events; an event from another process or device
is read and folded on top.
"""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from recoup.care.course import Course
from recoup.care.fold import in_order
from recoup.care.replay import Replay, first_version, replay
from recoup.care.upgrade import at_boundary, carries_on
from recoup.exchange.decisions import decision_text
from recoup.model.content import Library
from recoup.model.event import (
    Answered,
    Corrected,
    Data,
    Enrolled,
    Event,
    ExerciseDone,
    Upgraded,
)
from recoup.records import decisions, log
from recoup.records.models import Person
from recoup.services import shelf

DEVICE = "web"
REMEMBERED = 500


class UnknownLibrary(Exception):
    """Events name a version of the library whose text is not stored here."""

    def __init__(self, event: Event, version: str) -> None:
        super().__init__(
            f"Event {event.id} is pinned to the library {version}, which is not stored here. "
            "Take it in where the program was started, or start the program here."
        )


@dataclass(frozen=True, slots=True)
class Diary:
    """The events that count, in order; the library the programs are pinned to; what they add up to
    and decided. ``log`` holds every event, those that were taken back too."""

    events: tuple[Event, ...]
    log: tuple[Event, ...]
    library: Library
    replay: Replay
    screens: frozenset[str] = field(default_factory=frozenset)
    ids: frozenset[str] = field(default_factory=frozenset)

    @property
    def course(self) -> Course:
        return self.replay.course

    @property
    def together(self) -> tuple[Course, ...]:
        """The courses of all programs, the leading one first."""
        return self.replay.together

    @property
    def beside(self) -> tuple[Course, ...]:
        """The courses of programs that go on beside the leading one."""
        return self.together[1:]


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
    return _memory.keep(person, _caught_up(person, _memory.get(person), log.ids(person)))


def append(person: Person, diary: Diary, data: Data, now: datetime) -> Diary:
    """Append one event, and an ``upgraded`` one where a phase begins and the library is newer;
    keep what they decide. Return the diary with them."""
    with log.turn(person):
        diary = _caught_up(person, diary, log.ids(person))
        after = _appended(person, diary, data, now)
        if _may_upgrade(diary, after, data, now):
            after = _appended(person, after, Upgraded(shelf.keep_current()), now)
    return _memory.keep(person, after)


def take_in(person: Person, events: Sequence[Event]) -> log.Appended:
    """Store events that another device made, one after the other, with what they decide; safe to
    repeat. Those whose id is stored for something else are left out and named. Raises
    UnknownLibrary, before anything is stored."""
    for event in events:
        if isinstance(event.data, Enrolled | Upgraded) and not shelf.knows(event.data.library):
            raise UnknownLibrary(event, event.data.library)
    results = []
    with log.turn(person):
        diary = _caught_up(person, None, log.ids(person))
        for event in in_order(events):
            result = log.append(person, [event])
            results.append(result)
            if result.new:
                diary = _decided(person, diary, event)
    _memory.keep(person, diary)
    return log.Appended(
        new=tuple(id_ for one in results for id_ in one.new),
        already=tuple(id_ for one in results for id_ in one.already),
        conflicting=tuple(id_ for one in results for id_ in one.conflicting),
    )


def forget(person: Person) -> None:
    """Remember nothing of a person who was erased."""
    _memory.forget(person)


def _caught_up(person: Person, known: Diary | None, ids: Sequence[str]) -> Diary:
    stored = frozenset(ids)
    if known is not None and known.ids == stored:
        return known
    vocabulary = shelf.current().vocabulary
    if known is not None and known.ids < stored:
        return _with(known, log.read(person, vocabulary, stored - known.ids))
    return _whole(log.read(person, vocabulary))


def _appended(person: Person, diary: Diary, data: Data, now: datetime) -> Diary:
    seq = len(diary.ids) + 1
    event = Event(id=str(uuid.uuid4()), at=now, device=DEVICE, seq=seq, data=data)
    log.append(person, [event])
    return _decided(person, diary, event)


def _may_upgrade(before: Diary, after: Diary, data: Data, now: datetime) -> bool:
    current = shelf.current()
    if after.course.library in (None, current.version) or isinstance(data, ExerciseDone):
        return False
    on_top = after.events[-1].data is data
    begins = at_boundary(before.course, after.course, now.date(), after.library)
    return on_top and begins and all(carries_on(one, current) for one in after.together)


def _decided(person: Person, before: Diary, event: Event) -> Diary:
    """Return the diary with the event, and keep what it decided, and what else is decided anew
    because of it."""
    after = _with(before, [event])
    if before.replay.decided == after.replay.decided[: len(before.replay.decided)]:
        new = after.replay.decided[len(before.replay.decided) :]
        told = [decisions.New(d.event, d.library, decision_text(d)) for d in new if d.entries]
        if told:
            decisions.keep(person, told)
        return after
    decisions.keep_again(person, changes_between(before.replay, after.replay), event.id)
    return after


def changes_between(before: Replay, after: Replay) -> list[decisions.New]:
    """Return the decisions of ``after`` that are not those of ``before``; one that an event no
    longer makes has an empty text."""
    was, now = ({d.event: d for d in one.decided if d.entries} for one in (before, after))
    changed = [d for event, d in now.items() if was.get(event) != d]
    gone = [d for event, d in was.items() if event not in now]
    return [
        *(decisions.New(d.event, d.library, decision_text(d)) for d in changed),
        *(decisions.New(d.event, d.library, "") for d in gone),
    ]


def _with(diary: Diary, new: list[Event]) -> Diary:
    """Return the diary with new events folded on top, or folded anew where they change the past."""
    last = diary.events[-1].order if diary.events else None
    on_top = all(
        (last is None or event.order > last) and not isinstance(event.data, _REWRITES)
        for event in new
    )
    if not on_top:
        return _whole([*diary.log, *new])
    events = in_order(new)
    done = replay(events, shelf.pinned, diary.replay)
    return _diary((*diary.events, *events), (*diary.log, *new), done)


def _whole(events: list[Event]) -> Diary:
    ordered = tuple(in_order(events))
    return _diary(ordered, tuple(events), replay(ordered, shelf.pinned))


def _diary(events: tuple[Event, ...], log_: tuple[Event, ...], done: Replay) -> Diary:
    screens = frozenset(e.data.screen for e in events if isinstance(e.data, Answered))
    version = done.course.library or first_version(events)
    ids = frozenset(event.id for event in log_)
    return Diary(events, log_, shelf.pinned(version), done, screens, ids)


_REWRITES = (Corrected, Enrolled)
"""Kinds that change how earlier events are read, or with which library."""
