"""What a clinician said: who, when, for what, and how long it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from recoup.care.clearance import Held, held, may_be_opened, stays_shut
from recoup.care.course import CLEARED, CLEARED_FOR
from recoup.care.gate import waits_for_stage
from recoup.care.rescreen import answers_on
from recoup.model.answers import NOTHING
from recoup.model.decision import Reason
from recoup.model.event import Answered, Cleared
from recoup.model.program import Phase, Program
from recoup.model.rule import Flag, Urgency
from recoup.records.models import Person
from recoup.services import diary, mode, shelf
from recoup.services.diary import Diary
from recoup.services.intake import outcome_of

LOCKED = "needs-clearance"
"""The reason of an intake whose program waits for a clinician, whatever the red flags say."""

DURATION = "duration_weeks"


class NothingToOpen(Exception):
    """No OK can open anything for this person now, or somebody should see them today first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an OK would open, what it would not, and the first and last day it may be from."""

    flags: tuple[Flag, ...]
    stays: tuple[Flag, ...]
    rules: frozenset[str]
    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class Stage:
    """The next phase of a program that a clinician has to agree to, such as after surgery."""

    program: Program
    phase: Phase
    asked: Asked


def on_record(person: Person, now: datetime) -> Held | None:
    """Return the OK on record, with whether it still holds."""
    return on_record_in(diary.read(person), now.date())


def on_record_in(entry: Diary, day: date) -> Held | None:
    return held(entry.course, day, shelf.current())


def awaited_in(entry: Diary, day: date) -> bool:
    """Return whether no program may start before a clinician has agreed, as in supervised mode."""
    given = on_record_in(entry, day)
    return mode.is_supervised() and not (given is not None and given.holds)


def asked(person: Person, now: datetime) -> Asked | None:
    """Return what an OK would open today; None when it would open nothing."""
    return asked_in(diary.read(person), now.date())


def asked_in(entry: Diary, day: date) -> Asked | None:
    library = shelf.current()
    outcome = outcome_of(entry, day)
    if outcome.triage.urgency >= Urgency.SAME_DAY:
        return None
    answers = answers_on(entry.course, day, entry.library)
    flags = may_be_opened(answers, library)
    given = on_record_in(entry, day)
    locked = (
        awaited_in(entry, day)
        or any(reason.rule == LOCKED for reason in outcome.because)
        or _waits(entry, day)
    )
    if not locked and (not flags or (given is not None and given.holds)):
        return None
    rules = frozenset(flag.id for flag in flags) | ({LOCKED} if locked else NOTHING)
    earliest = max(_began(entry, day), day - CLEARED_FOR + timedelta(days=1))
    return Asked(flags, stays_shut(answers, library), rules, min(earliest, day), day)


def _waits(entry: Diary, day: date) -> bool:
    """Return whether a program that goes on has no OK, or none any more, and may not run on."""
    programs = (entry.library.programs.get(one.program or "") for one in entry.together)
    needing = any(one and entry.library.templates[one.template].needs_ok for one in programs)
    return needing and CLEARED not in answers_on(entry.course, day, entry.library).hx


def stage_asked(person: Person, now: datetime) -> Stage | None:
    """Return the stage that waits for a clinician's OK; None when none does."""
    return _stage_asked(diary.read(person), now.date())


def _stage_asked(entry: Diary, day: date) -> Stage | None:
    for course in entry.together:
        if course.program is None or not waits_for_stage(course, entry.library, day):
            continue
        program = entry.library.programs[course.program]
        following = program.phase_after(course.phase or "")
        began = course.phase_started or day
        if following is not None and began < day:
            answers = answers_on(course, day, entry.library)
            flags = may_be_opened(answers, shelf.current())
            rules = frozenset(flag.id for flag in flags) | {LOCKED}
            first = max(began + timedelta(days=1), day - CLEARED_FOR + timedelta(days=1))
            asked = Asked(flags, stays_shut(answers, shelf.current()), rules, first, day)
            return Stage(program, following, asked)
    return None


def record_stage(person: Person, said: Cleared, now: datetime) -> None:
    """Keep a clinician's OK to the next stage. Raises NothingToOpen where none waits for it."""
    entry = diary.read(person)
    stage = _stage_asked(entry, now.date())
    if stage is None or not stage.asked.earliest <= said.day <= stage.asked.latest:
        raise NothingToOpen
    diary.append(person, entry, said, now)


def record(person: Person, said: Cleared, now: datetime) -> tuple[Reason, ...]:
    """Keep what a clinician said. Raises NothingToOpen where it would open nothing."""
    entry = diary.read(person)
    open_ = asked_in(entry, now.date())
    fits = open_ is not None and open_.earliest <= said.day <= open_.latest
    if open_ is None or not fits or not said.rules >= open_.rules:
        raise NothingToOpen
    entry = diary.append(person, entry, said, now)
    return entry.course.entries[-1].because


def _began(entry: Diary, day: date) -> date:
    """Return the day from which an OK is about this problem: since it began, as far as was said,
    and since anything new appeared (H40)."""
    weeks = entry.course.answers.numbers.get(DURATION)
    told = [
        event.at.date()
        for event in entry.events
        if isinstance(event.data, Answered) and DURATION in event.data.fields
    ]
    began = told[-1] - timedelta(weeks=weeks) if told and weeks is not None else date.min
    return max(began, entry.course.appeared or date.min)


