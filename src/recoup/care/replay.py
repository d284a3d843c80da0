"""A log replayed piece by piece, each piece with the library of its own time.

A program stays on the version of the library that it was started with, until an ``upgraded`` event
moves it to a newer one. So a decision of last month is replayed with last month's text, whatever
has come since. What was told before the first program counts by the version of that program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from recoup.care.course import Course, Entry
from recoup.care.fold import apply, in_order
from recoup.model.content import Library
from recoup.model.event import Enrolled, Event, Upgraded

LibraryOf = Callable[[str | None], Library]
"""The library of a version; today's for None."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What one event decided, with the version of the library that decided it."""

    event: str
    library: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """What a log adds up to, and what each of its events decided, in order."""

    course: Course
    decided: tuple[Decided, ...]


def replay(
    events: Iterable[Event],
    library_of: LibraryOf,
    before: Replay | None = None,
    versions: Mapping[str, str] | None = None,
) -> Replay:
    """Return what the events add up to, on top of ``before``.

    ``versions`` names the version for events of before the first program, where it is known.
    """
    ordered = in_order(events)
    course = before.course if before is not None else Course()
    decided = list(before.decided) if before is not None else []
    first = first_version(ordered)
    for event in ordered:
        unpinned = (versions or {}).get(event.id, first)
        library = library_of(_version(event, course, unpinned))
        known = len(course.entries)
        course = apply(event.data, course, event, library)
        decided.append(Decided(event.id, library.version, course.entries[known:]))
    return Replay(course, tuple(decided))


def first_version(events: Iterable[Event]) -> str | None:
    """Return the version that the first program was started with; None without a program."""
    starts = (event.data for event in events if isinstance(event.data, Enrolled))
    return next((start.library for start in starts if not start.beside), None)


def _version(event: Event, course: Course, unpinned: str | None) -> str | None:
    data = event.data
    if isinstance(data, Upgraded) or (isinstance(data, Enrolled) and not data.beside):
        return data.library
    return course.library or unpinned
