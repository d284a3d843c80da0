"""The weekly review: what it asks, what came of it, and the person's own choice after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from recoup.care.course import Course, Entry
from recoup.care.gate import (
    Checked,
    asked_at_review,
    check_gate,
    gate_open,
    waits_for_stage,
)
from recoup.care.several import STROKE, owner
from recoup.model.answers import Activity
from recoup.model.content import Library
from recoup.model.event import WeeklyReview
from recoup.model.program import Criterion, Phase, Program
from recoup.records.models import Person
from recoup.services import diary
from recoup.services.diary import Diary
from recoup.services.program import NotEnrolled, entries_of


@dataclass(frozen=True, slots=True)
class Questions:
    """What the review asks of one program; the criteria carry its name where it goes on beside
    another one."""

    program: Program
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class ReviewForm:
    programs: tuple[Questions, ...]
    activities: tuple[Activity, ...]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(one for asked in self.programs for one in asked.criteria)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one program stands after the review. ``owner`` is empty for the leading one; ``next``
    is the phase that may come now, ``waits`` says that a clinician has to agree to it first."""

    program: Program
    phase: Phase
    owner: str
    criteria: tuple[Checked, ...]
    open: bool
    next: Phase | None
    may_finish: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How the last review came out: each program, and what it decided, in order."""

    programs: tuple[Standing, ...]
    told: tuple[Entry, ...]

    @property
    def criteria(self) -> tuple[Checked, ...]:
        return self.programs[0].criteria

    @property
    def open(self) -> bool:
        return self.programs[0].open


def review_form(person: Person, now: datetime) -> ReviewForm:
    entry = _going(diary.read(person))
    asked = tuple(
        Questions(_program(course, entry.library), _named(course, name, entry.library, now.date()))
        for course, name in _with_owners(entry)
    )
    return ReviewForm(asked, entry.course.first_activities)


def review(person: Person, said: WeeklyReview, now: datetime) -> Reviewed:
    """Keep the weekly review and return what came of it."""
    entry = _going(diary.read(person))
    said = replace(said, advance=None, beside={})
    return _reviewed(diary.append(person, entry, said, now))


def reviewed(person: Person) -> Reviewed:
    """Return how the last review came out."""
    return _reviewed(_going(diary.read(person)))


def advance(person: Person, now: datetime, *, yes: bool, program: str = "") -> None:
    """Keep the person's choice to move on, to finish, or to stay. It counts only where it is
    offered. ``program`` is the owner of one that goes on beside the leading one."""
    entry = _going(diary.read(person))
    offered = {name: course for course, name in _with_owners(entry)}.get(program)
    if offered is None or not (offered.offered_phase or offered.may_finish):
        return
    last, choice = entry.course.reviews[-1], "yes" if yes else "no"
    said = replace(
        last,
        gate=_whole_gate(entry),
        advance=None if program else choice,
        beside={program: choice} if program else {},
    )
    diary.append(person, entry, said, now)


def _whole_gate(entry: Diary) -> dict[str, int]:
    """Return the last answers to the criteria of all programs, as they were given."""
    return {
        f"{name}{STROKE}{one}" if name else one: value
        for course, name in _with_owners(entry)
        if course.reviews
        for one, value in course.reviews[-1].gate.items()
    }


def _reviewed(entry: Diary) -> Reviewed:
    day = entry.course.reviews[-1].day if entry.course.reviews else None
    standings = tuple(
        _standing(course, name, entry.library, day) for course, name in _with_owners(entry)
    )
    told = entries_of(entry)
    at = next((e.at for e in reversed(entry.events) if isinstance(e.data, WeeklyReview)), None)
    return Reviewed(standings, tuple(one for one in told if one.at == at))


def _standing(course: Course, name: str, library: Library, day: date | None) -> Standing:
    program = _program(course, library)
    phase = program.phase(course.phase or "")
    last = course.reviews[-1] if course.reviews else None
    checked = check_gate(course, last, library, last.day) if last else ()
    return Standing(
        program=program,
        phase=phase,
        owner=name,
        criteria=checked,
        open=gate_open(checked) and course.offered_phase is not None,
        next=program.phase_after(phase.id),
        may_finish=course.may_finish,
        waits=day is not None and waits_for_stage(course, library, day),
    )


def _named(
    course: Course, name: str, library: Library, day: date
) -> tuple[Criterion, ...]:
    asked = asked_at_review(course, library, day)
    if not name:
        return asked
    return tuple(replace(one, id=f"{name}{STROKE}{one.id}") for one in asked)


def _with_owners(entry: Diary) -> tuple[tuple[Course, str], ...]:
    return tuple(
        (course, owner(course) if place else "") for place, course in enumerate(entry.together)
    )


def _program(course: Course, library: Library) -> Program:
    return library.programs[course.program or ""]


def _going(entry: Diary) -> Diary:
    if entry.course.program is None or entry.course.phase is None:
        raise NotEnrolled
    return entry
