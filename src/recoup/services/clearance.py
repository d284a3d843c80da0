"""What a clinician said: who, when, for what, and how long it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from recoup.care.clearance import Held, held, may_be_opened, stays_shut
from recoup.care.course import CLEARED_FOR
from recoup.care.rescreen import answers_on
from recoup.model.answers import NOTHING
from recoup.model.decision import Reason
from recoup.model.event import Answered, Cleared
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
    locked = awaited_in(entry, day) or any(reason.rule == LOCKED for reason in outcome.because)
    if not locked and (not flags or (given is not None and given.holds)):
        return None
    rules = frozenset(flag.id for flag in flags) | ({LOCKED} if locked else NOTHING)
    earliest = max(_began(entry, day), day - CLEARED_FOR + timedelta(days=1))
    return Asked(flags, stays_shut(answers, library), rules, min(earliest, day), day)


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


