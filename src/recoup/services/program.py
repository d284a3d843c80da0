"""A person's program: enrol, today's session, reports, history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from recoup.care.arrival import arrive
from recoup.care.course import Course, Entry, Limits
from recoup.care.ending import check_in_due, relapse_phase
from recoup.care.flare import flare_day
from recoup.care.gate import STAGE, Checked, check_gate
from recoup.care.irritability import Irritability, irritability
from recoup.care.missed_days import Return, after_gap
from recoup.care.rescreen import answers_on
from recoup.care.several import owner, plan_together
from recoup.care.spread import spread_asked
from recoup.model.content import Library
from recoup.model.decision import Reason
from recoup.model.event import (
    Enrolled,
    ExerciseDone,
    MorningReport,
    SessionDone,
    Symptom,
)
from recoup.model.exercise import Exercise
from recoup.model.program import Phase, Program
from recoup.model.session import Session
from recoup.records.models import Person
from recoup.services import clearance, diary, films, shelf
from recoup.services.diary import Diary
from recoup.services.intake import choices_of
from recoup.services.replay import decided_anew
from recoup.services.screening import Waiting, changing_in, waiting_in

REVIEW_DAYS = 7
DAYS_A_PAGE = 10


class NotOffered(Exception):
    """This program is not offered to this person: red flags stop it, or it does not exist."""


class NotEnrolled(Exception):
    """The person has no program yet."""


@dataclass(frozen=True, slots=True)
class Overview:
    """A program on its way; ``owner`` is the name of one that goes on beside the leading one."""

    program: Program
    phase: Phase
    week: int
    criteria: tuple[Checked, ...]
    course: Course
    owner: str = ""


@dataclass(frozen=True, slots=True)
class FlareSeen:
    """A flare-up today: its day, counted from 1, and what it leaves of the program, 0 to 1."""

    number: int
    easing: bool
    share: float


@dataclass(frozen=True, slots=True)
class Today:
    """Today's session and how far it has come. ``next`` is the index of the first slot that is
    not done; ``tomorrow`` is there once today was reported; ``waiting`` says which safety
    questions come first, ``changing`` counts what is asked again every four weeks. ``beside`` are
    the programs that go on beside the leading one. ``asks_why`` says that missed days call for
    the reason, ``spreads`` the limb that the report asks about; ``finished`` is the day on which
    the program came to its end."""

    session: Session
    done: Mapping[str, ExerciseDone]
    checked: bool
    reported: bool
    morning_due: date | None
    review_due: bool
    next: int | None
    program: Program
    phase: Phase
    exercises: Mapping[str, Exercise]
    tomorrow: Session | None
    waiting: Waiting | None
    changing: int
    last: Entry | None
    beside: tuple[Program, ...] = ()
    flare: FlareSeen | None = None
    told_this_morning: bool = False
    asks_why: bool = False
    spreads: str | None = None
    finished: date | None = None
    limits: Limits | None = None


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    days: tuple[Day, ...]
    page: int
    pages: int


def enrol(
    person: Person, program_id: str, now: datetime, *, skip_first: bool = False
) -> None:
    """Start a program. Raises NotOffered unless the person's own answers allow it, and in
    supervised mode a clinician too.

    ``skip_first`` starts it in its second phase, where the person's pain settles fast enough.
    """
    entry = diary.read(person)
    day = now.date()
    if program_id not in choices_of(entry, day) or clearance.awaited_in(entry, day):
        raise NotOffered(program_id)
    if entry.course.program == program_id:
        return
    phase, wanted = None, shelf.current().programs[program_id]
    if skip_first and may_skip_first(entry, wanted, day):
        phase = wanted.phases[1].id
    diary.append(person, entry, Enrolled(program_id, shelf.keep_current(), phase), now)
    films.follow(program_id)


def may_skip_first(entry: Diary, program: Program, day: date) -> bool:
    """Return whether a program may start in its second phase (progression.md, section 3): where
    pain settles fast, and no clinician has to agree to that phase first."""
    answers = answers_on(entry.course, day, entry.library)
    tests = (test for one in program.phases[0].gate for test in one.tests)
    staged = any(test.measure == STAGE for test in tests)
    return not staged and irritability(answers).change is Irritability.LOW


def again(person: Person, now: datetime) -> None:
    """Start a finished program again, in its second phase. Raises NotOffered as ``enrol`` does."""
    entry, program, _ = _enrolled(diary.read(person))
    if entry.course.finished is None:
        return
    day = now.date()
    if program.id not in choices_of(entry, day) or clearance.awaited_in(entry, day):
        raise NotOffered(program.id)
    phase = relapse_phase(entry.course, entry.library)
    diary.append(person, entry, Enrolled(program.id, shelf.keep_current(), phase), now)


def overview(person: Person, now: datetime) -> Overview:
    return overviews(person, now)[0]


def overviews(person: Person, now: datetime) -> tuple[Overview, ...]:
    """Return every program that goes on, the leading one first."""
    entry, _, _ = _enrolled(diary.read(person))
    day = now.date()
    return tuple(
        _overview(course, entry.library, day, owner(course) if place else "")
        for place, course in enumerate(entry.together)
    )


def _overview(course: Course, library: Library, day: date, name: str) -> Overview:
    program = library.programs[course.program or ""]
    review = course.reviews[-1] if course.reviews else None
    return Overview(
        program=program,
        phase=program.phase(course.phase or ""),
        week=(day - (course.started or day)).days // 7 + 1,
        criteria=check_gate(course, review, library, day),
        course=course,
        owner=name,
    )


def today(person: Person, now: datetime) -> Today:
    return _today(diary.read(person), now.date())


def check_in(person: Person, symptom: Symptom, now: datetime) -> Today:
    """Keep the answer to "Anything new?" and return what that leaves of today."""
    entry = diary.append(person, diary.read(person), symptom, now)
    return _today(entry, now.date())


def finish_exercise(person: Person, done: ExerciseDone, now: datetime) -> Today:
    entry = diary.append(person, diary.read(person), done, now)
    return _today(entry, now.date())


def report(person: Person, done: SessionDone, now: datetime) -> tuple[Reason, ...]:
    """Keep the report of a session; a second one on the same day changes nothing."""
    entry = diary.read(person)
    last = entry.course.last_record
    if last is None or last.day != done.session:
        entry = diary.append(person, entry, done, now)
    return _last_because(entry)


def morning(person: Person, said: MorningReport, now: datetime) -> tuple[Reason, ...]:
    """Keep the report of a morning; a second one counts where it tells of a flare-up."""
    entry = diary.read(person)
    if said.flare or all(m.day != said.day for m in entry.course.mornings):
        entry = diary.append(person, entry, said, now)
    return _last_because(entry)


def history(person: Person, page: int = 1) -> HistoryPage:
    """Return days newest first, each with what was reported and decided."""
    entry = diary.read(person)
    told = (*entries_of(entry), *decided_anew(person, entry))
    entries = sorted(told, key=lambda one: one.at, reverse=True)
    days = [
        Day(day, tuple(group)) for day, group in groupby(entries, key=lambda e: e.at.date())
    ]
    pages = max(1, -(-len(days) // DAYS_A_PAGE))
    page = min(max(1, page), pages)
    shown = days[(page - 1) * DAYS_A_PAGE : page * DAYS_A_PAGE]
    return HistoryPage(tuple(shown), page, pages)


def entries_of(entry: Diary) -> tuple[Entry, ...]:
    """Return the history of all programs in order; what they share is told once."""
    if not entry.beside:
        return entry.course.entries
    told: dict[tuple[datetime, str], Entry] = {}
    for course in entry.together:
        for one in course.entries:
            before = told.get((one.at, one.title), replace(one, because=()))
            because = tuple(dict.fromkeys((*before.because, *one.because)))
            told[one.at, one.title] = replace(one, because=because)
    return tuple(sorted(told.values(), key=lambda one: one.at))


def _enrolled(entry: Diary) -> tuple[Diary, Program, Phase]:
    course = entry.course
    if course.program is None or course.phase is None:
        raise NotEnrolled
    program = entry.library.programs[course.program]
    return entry, program, program.phase(course.phase)


def _today(entry: Diary, day: date) -> Today:
    entry, program, phase = _enrolled(entry)
    course, library = entry.course, entry.library
    session = plan_together(entry.together, library, day)
    done = _done(entry, day)
    last = course.last_record
    reported = last is not None and last.day == day
    left = [i for i, slot in enumerate(session.slots) if slot.exercise not in done]
    arrived = arrive(course, day, library).change
    told = entries_of(entry)
    beside = tuple(library.programs[one.program or ""] for one in entry.beside)
    spreads = (spread_asked(one, library) for one in (program, *beside))
    return Today(
        session=session,
        done=done,
        checked=course.checked == day,
        reported=reported,
        morning_due=day if _morning_due(course, day) else None,
        review_due=_review_due(course, day),
        next=left[0] if left else None,
        program=program,
        phase=phase,
        exercises=library.exercises,
        tomorrow=_tomorrow(entry, day) if reported else None,
        waiting=waiting_in(entry, day),
        changing=len(changing_in(entry, day)),
        last=told[-1] if told else None,
        beside=beside,
        flare=_flare(arrived, day),
        told_this_morning=any(one.day == day for one in course.mornings),
        asks_why=course.checked != day and _missed_enough(arrived, day),
        spreads=next((limb for limb in spreads if limb), None),
        finished=arrived.finished,
        limits=course.limits if course.limits and course.limits.day == day else None,
    )


def _tomorrow(entry: Diary, day: date) -> Session:
    return plan_together(entry.together, entry.library, day + timedelta(days=1))


def _done(entry: Diary, day: date) -> dict[str, ExerciseDone]:
    return {
        name: done
        for course in entry.together
        if course.open_day == day
        for name, done in course.open.items()
    }


def _flare(arrived: Course, day: date) -> FlareSeen | None:
    seen = flare_day(arrived, day)
    if seen is None or arrived.flare is None:
        return None
    return FlareSeen((day - arrived.flare.since).days + 1, seen.easing, seen.share)


def _missed_enough(arrived: Course, day: date) -> bool:
    """Whether so many days were missed that they change something: then the reason helps."""
    gap = after_gap(arrived.missed).change
    return arrived.returned == day and gap is not Return.CARRY_ON


def _morning_due(course: Course, day: date) -> bool:
    last = course.last_record
    yesterday = last is not None and last.day == day - timedelta(days=1)
    return yesterday and all(m.day != day for m in course.mornings)


def _review_due(course: Course, day: date) -> bool:
    if course.finished is not None:
        return check_in_due(course, day)
    since = course.reviews[-1].day if course.reviews else course.started or day
    return (day - since).days >= REVIEW_DAYS


def _last_because(entry: Diary) -> tuple[Reason, ...]:
    told = entries_of(entry)
    return told[-1].because if told else ()
