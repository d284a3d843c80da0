"""A log replayed piece by piece, each piece with the library of its own time.

A program stays on the version of the library that it was started with, until an ``upgraded`` event
moves it to a newer one. So a decision of last month is replayed with last month's text, whatever
has come since. What was told before the first program counts by the version of that program.
Programs that go on beside the leading one share its version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from recoup.care.course import Course, Entry
from recoup.care.fold import apply, in_order, stay_or_move
from recoup.care.several import seen_by
from recoup.care.upgrade import carries_on
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
    """What a log adds up to, and what each of its events decided, in order. ``courses`` are by the
    program that goes on beside the leading one, under None the leading one."""

    courses: Mapping[str | None, Course]
    decided: tuple[Decided, ...] = ()

    @property
    def course(self) -> Course:
        return self.courses[None]

    @property
    def together(self) -> tuple[Course, ...]:
        """The course of each program that goes on, the leading one first."""
        lead, *others = self.courses.values()
        return (lead, *(one for one in others if one.program not in (None, lead.program)))


def replay(
    events: Iterable[Event],
    library_of: LibraryOf,
    before: Replay | None = None,
    versions: Mapping[str, str] | None = None,
) -> Replay:
    """Return what the events add up to, on top of ``before``; then none of them starts a program.

    ``versions`` names the version for events of before the first program, where it is known.
    """
    ordered = in_order(events)
    beside = (e.data.program for e in ordered if isinstance(e.data, Enrolled) and e.data.beside)
    none: dict[str | None, Course] = {None: Course(), **dict.fromkeys(beside, Course())}
    courses = none if before is None else dict(before.courses)
    decided = [] if before is None else list(before.decided)
    first = first_version(ordered)
    for event in ordered:
        unpinned = (versions or {}).get(event.id, first)
        library = library_of(_version(event, courses[None], unpinned))
        after = _applied(event, courses, library)
        decided.append(Decided(event.id, library.version, _entries(courses, after)))
        courses = after
    return Replay(courses, tuple(decided))


def first_version(events: Iterable[Event]) -> str | None:
    """Return the version that the first program was started with; None without a program."""
    starts = (event.data for event in events if isinstance(event.data, Enrolled))
    return next((start.library for start in starts if not start.beside), None)


def _version(event: Event, lead: Course, unpinned: str | None) -> str | None:
    data = event.data
    if isinstance(data, Upgraded) or (isinstance(data, Enrolled) and not data.beside):
        return data.library
    return lead.library or unpinned


def _applied(
    event: Event, courses: Mapping[str | None, Course], library: Library
) -> dict[str | None, Course]:
    if isinstance(event.data, Upgraded):
        running = [one for one in courses.values() if one.program is not None]
        fits = all(carries_on(one, library) for one in running)
        return {
            name: stay_or_move(one, event, event.data, fits=fits) for name, one in courses.items()
        }
    after = dict(courses)
    for name, course in courses.items():
        for seen in seen_by([event], name):
            after[name] = apply(seen.data, course, seen, library)
    return after


def _entries(
    before: Mapping[str | None, Course], after: Mapping[str | None, Course]
) -> tuple[Entry, ...]:
    """Return what was told: by the leading program, and by those that run beside it."""
    told: dict[Entry, None] = {}
    for name, course in after.items():
        if name is None or course.program is not None:
            told |= dict.fromkeys(course.entries[len(before[name].entries) :])
    return tuple(told)
