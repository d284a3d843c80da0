"""A person's log read and folded once, and new events appended to it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from recoup.care.course import Course
from recoup.care.fold import fold, in_order
from recoup.model.content import Library
from recoup.model.event import Data, Enrolled, Event, Upgraded
from recoup.records import log
from recoup.records.models import Person
from recoup.services import shelf

DEVICE = "web"


@dataclass(frozen=True, slots=True)
class Diary:
    """The events in order, the library the program is pinned to, and what they add up to."""

    events: tuple[Event, ...]
    library: Library
    course: Course


def read(person: Person) -> Diary:
    """Return a person's diary, in one query."""
    events = in_order(log.read(person, shelf.current().vocabulary))
    return _fold(events)


def append(person: Person, diary: Diary, data: Data, now: datetime) -> Diary:
    """Append one event and return the diary with it."""
    event = Event(
        id=str(uuid.uuid4()), at=now, device=DEVICE, seq=len(diary.events) + 1, data=data
    )
    log.append(person, [event])
    return _fold(in_order([*diary.events, event]))


def _fold(events: list[Event]) -> Diary:
    version = next(
        (e.data.library for e in reversed(events) if isinstance(e.data, Enrolled | Upgraded)), None
    )
    library = shelf.pinned(version)
    return Diary(tuple(events), library, fold(events, library))
