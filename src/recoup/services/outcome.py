"""What the result page shows, from one reading of a person's log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from recoup.care.clearance import Held
from recoup.model.intake import Intake, Start
from recoup.records.models import Person
from recoup.services import clearance, diary, shelf
from recoup.services.intake import choices_of, outcome_of, starts_of
from recoup.services.program import may_skip_first
from recoup.services.screening import Waiting, waiting_in


@dataclass(frozen=True, slots=True)
class Clearing:
    """The clinician's OK on record, and whether one would open something."""

    held: Held | None
    may_clear: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """The intake's outcome today, the programs that may be chosen, the parts of the body to start
    with where there are several, and what stands before them. ``may_skip_first`` are
    the programs that may start in their second phase."""

    found: Intake
    choices: tuple[str, ...]
    starts: tuple[Start, ...]
    waiting: Waiting | None
    clearing: Clearing
    awaits_clinician: bool
    may_skip_first: frozenset[str]


def look(person: Person, now: datetime) -> Outcome:
    entry, day = diary.read(person), now.date()
    choices, programs = choices_of(entry, day), shelf.current().programs
    return Outcome(
        found=outcome_of(entry, day),
        choices=choices,
        starts=starts_of(entry, day),
        waiting=waiting_in(entry, day),
        clearing=_clearing(entry, now),
        awaits_clinician=clearance.awaited_in(entry, day),
        may_skip_first=frozenset(
            name for name in choices if may_skip_first(entry, programs[name], day)
        ),
    )


def clearing(person: Person, now: datetime) -> Clearing:
    return _clearing(diary.read(person), now)


def _clearing(entry: diary.Diary, now: datetime) -> Clearing:
    day = now.date()
    may_clear = clearance.asked_in(entry, day) is not None
    return Clearing(clearance.on_record_in(entry, day), may_clear)
