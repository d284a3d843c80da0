"""What the invariants see of one person: the moment at hand, and what they remember of the past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from recoup.care.course import Course
from recoup.lab.reading import Circumstances, circumstances, every_item, why_unsuitable
from recoup.model.answers import Answers
from recoup.model.content import Library
from recoup.model.decision import Reason
from recoup.model.event import Event, Symptom
from recoup.model.program import Item, Phase, Program
from recoup.model.session import Session

Levels = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Change:
    """An event, and the course before and after it. ``arrived`` is the course between the two:
    what the passing of days alone made of it."""

    before: Course
    arrived: Course
    event: Event
    after: Course
    watch: Watch

    @property
    def told(self) -> tuple[Reason, ...]:
        """The reasons that were written down with it."""
        fresh = self.after.entries[len(self.before.entries) :]
        return tuple(reason for entry in fresh for reason in entry.because)


@dataclass(frozen=True, slots=True)
class Offer:
    """The session offered on a day to a course; ``asked`` is what the person told of today."""

    course: Course
    session: Session
    day: date
    asked: Symptom | None
    watch: Watch


@dataclass(slots=True)
class Watch:
    """The memory of one person's invariants.

    ``stay`` names the stay in a phase for which ``climb`` holds the levels by the day from which
    they held. ``rose_on`` is the last day on which a level rose. ``red_day`` is the last day whose
    report was too much by our own reading. ``danger_day`` is the day on which signs were told
    that must stop any program, until a clinician has seen the person; ``refusals`` counts the
    days in a row on which somebody who did all that was asked was offered nothing and sent
    nowhere. ``weeks`` are those of a pregnancy by today.
    """

    library: Library
    stay: tuple[str | None, str | None, date | None] | None = None
    climb: list[tuple[date, Levels]] = field(default_factory=list)
    rose_on: date | None = None
    red_day: date | None = None
    danger_day: date | None = None
    refusals: int = 0
    weeks: int | None = None
    _who: tuple[Answers, int | None, bool, Circumstances] | None = None
    _unfit: dict[str, str | None] = field(default_factory=dict)

    def who(self, course: Course, day: date) -> Circumstances:
        """Return the person's circumstances, worked out again only when something changed."""
        holds = course.cleared is not None and (day - course.cleared).days < 28
        known = self._who
        if known and known[0] is course.answers and known[1:3] == (self.weeks, holds):
            return known[3]
        who = circumstances(course.answers, self.weeks, course.cleared, day, self.library)
        self._who, self._unfit = (course.answers, self.weeks, holds, who), {}
        return who

    def unfit(self, name: str, who: Circumstances) -> str | None:
        if name not in self._unfit:
            self._unfit[name] = why_unsuitable(self.library.exercises[name], who)
        return self._unfit[name]

    def program(self, course: Course) -> Program:
        return self.library.programs[course.program or ""]

    def phase(self, course: Course) -> Phase:
        return self.program(course).phase(course.phase or "")


@lru_cache(maxsize=1024)
def items_of(library: Library, program: str, phase: str) -> Mapping[str, tuple[Item, ...]]:
    """Return what a phase may hold, by exercise."""
    found: dict[str, tuple[Item, ...]] = {}
    whole = library.programs[program]
    for item in every_item(whole, whole.phase(phase)):
        found[item.exercise] = (*found.get(item.exercise, ()), item)
    return found


def stay_of(course: Course) -> tuple[str | None, str | None, date | None]:
    """Return what names a stay in a phase: program, phase and the day it began."""
    return (course.program, course.phase, course.phase_started)
