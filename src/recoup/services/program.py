"""A person's program: enrol, today's session, reports, reviews, history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from recoup.care.course import Course, Entry
from recoup.care.gate import Checked, check_gate, gate_open
from recoup.care.session import plan_session
from recoup.model.answers import Activity
from recoup.model.decision import Reason
from recoup.model.event import (
    Enrolled,
    ExerciseDone,
    MorningReport,
    SessionDone,
    Symptom,
    WeeklyReview,
)
from recoup.model.exercise import Exercise
from recoup.model.program import Criterion, Phase, Program
from recoup.model.session import Session
from recoup.records.models import Person
from recoup.services import diary, shelf
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
    program: Program
    phase: Phase
    week: int
    criteria: tuple[Checked, ...]
    course: Course


@dataclass(frozen=True, slots=True)
class Today:
    """Today's session and how far it has come. ``next`` is the index of the first slot that is
    not done; ``tomorrow`` is there once today was reported; ``waiting`` says which safety
    questions come first, ``changing`` counts what is asked again every four weeks."""

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


@dataclass(frozen=True, slots=True)
class ReviewForm:
    criteria: tuple[Criterion, ...]
    activities: tuple[Activity, ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    criteria: tuple[Checked, ...]
    open: bool
    next_phase: Phase | None


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    days: tuple[Day, ...]
    page: int
    pages: int


def enrol(person: Person, program_id: str, now: datetime) -> None:
    """Start a program. Raises NotOffered unless the person's own answers allow it."""
    entry = diary.read(person)
    if program_id not in choices_of(entry, now.date()):
        raise NotOffered(program_id)
    if entry.course.program != program_id:
        diary.append(person, entry, Enrolled(program_id, shelf.keep_current()), now)


def overview(person: Person, now: datetime) -> Overview:
    entry, program, phase = _enrolled(diary.read(person))
    course = entry.course
    day = now.date()
    review = course.reviews[-1] if course.reviews else None
    return Overview(
        program=program,
        phase=phase,
        week=(day - (course.started or day)).days // 7 + 1,
        criteria=check_gate(course, review, entry.library, day),
        course=course,
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
    entry = diary.read(person)
    if all(m.day != said.day for m in entry.course.mornings):
        entry = diary.append(person, entry, said, now)
    return _last_because(entry)


def review_form(person: Person) -> ReviewForm:
    entry, _, phase = _enrolled(diary.read(person))
    asked = tuple(criterion for criterion in phase.gate if criterion.ask)
    return ReviewForm(asked, entry.course.first_activities)


def review(person: Person, said: WeeklyReview, now: datetime) -> Reviewed:
    """Keep the weekly review and return which criteria are met."""
    entry, program, phase = _enrolled(diary.read(person))
    entry = diary.append(person, entry, replace(said, advance=None), now)
    checked = check_gate(entry.course, said, entry.library, said.day)
    return Reviewed(checked, gate_open(checked), program.phase_after(phase.id))


def reviewed(person: Person) -> Reviewed:
    """Return how the last review came out."""
    entry, program, phase = _enrolled(diary.read(person))
    course = entry.course
    last = course.reviews[-1] if course.reviews else None
    checked = check_gate(course, last, entry.library, last.day) if last else ()
    is_open = course.offered_phase is not None
    return Reviewed(checked, is_open, program.phase_after(phase.id))


def advance(person: Person, now: datetime, *, yes: bool) -> None:
    """Keep the person's choice to move on or stay; only an open gate can be passed."""
    entry, _, _ = _enrolled(diary.read(person))
    if entry.course.offered_phase is None:
        return
    last = entry.course.reviews[-1]
    diary.append(person, entry, replace(last, advance="yes" if yes else "no"), now)


def history(person: Person, page: int = 1) -> HistoryPage:
    """Return days newest first, each with what was reported and decided."""
    entry = diary.read(person)
    told = (*entry.course.entries, *decided_anew(person, entry))
    entries = sorted(told, key=lambda one: one.at, reverse=True)
    days = [
        Day(day, tuple(group)) for day, group in groupby(entries, key=lambda e: e.at.date())
    ]
    pages = max(1, -(-len(days) // DAYS_A_PAGE))
    page = min(max(1, page), pages)
    shown = days[(page - 1) * DAYS_A_PAGE : page * DAYS_A_PAGE]
    return HistoryPage(tuple(shown), page, pages)


def _enrolled(entry: Diary) -> tuple[Diary, Program, Phase]:
    course = entry.course
    if course.program is None or course.phase is None:
        raise NotEnrolled
    program = entry.library.programs[course.program]
    return entry, program, program.phase(course.phase)


def _today(entry: Diary, day: date) -> Today:
    entry, program, phase = _enrolled(entry)
    course = entry.course
    session = plan_session(course, entry.library, day)
    done = dict(course.open) if course.open_day == day else {}
    last = course.last_record
    reported = last is not None and last.day == day
    left = [i for i, slot in enumerate(session.slots) if slot.exercise not in done]
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
        exercises=entry.library.exercises,
        tomorrow=plan_session(course, entry.library, day + timedelta(days=1)) if reported else None,
        waiting=waiting_in(entry, day),
        changing=len(changing_in(entry, day)),
        last=course.entries[-1] if course.entries else None,
    )


def _morning_due(course: Course, day: date) -> bool:
    last = course.last_record
    yesterday = last is not None and last.day == day - timedelta(days=1)
    return yesterday and all(m.day != day for m in course.mornings)


def _review_due(course: Course, day: date) -> bool:
    since = course.reviews[-1].day if course.reviews else course.started or day
    return (day - since).days >= REVIEW_DAYS


def _last_because(entry: Diary) -> tuple[Reason, ...]:
    return entry.course.entries[-1].because if entry.course.entries else ()
