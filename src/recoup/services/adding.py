"""A second program beside the first one, for another part of the body.

Source: ``clinical/coverage.md``, rule 8: start with one place, add a second after two stable
weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from recoup.care.several import may_add
from recoup.model.event import Enrolled
from recoup.model.program import Program
from recoup.records.models import Person
from recoup.services import clearance, diary, films
from recoup.services.diary import Diary
from recoup.services.intake import choices_of
from recoup.services.program import NotEnrolled, NotOffered

MOST = 3
"""So many programs at once still fit into a session of six exercises, two each."""


@dataclass(frozen=True, slots=True)
class Adding:
    """Whether the person may add a program now, and which ones their answers allow."""

    steady: bool
    programs: tuple[Program, ...]


def adding(person: Person, now: datetime) -> Adding:
    return _adding(_going(diary.read(person)), now.date())


def add(person: Person, program_id: str, now: datetime) -> None:
    """Start a program beside the leading one. Raises NotOffered unless it may be added now."""
    entry = _going(diary.read(person))
    found = _adding(entry, now.date())
    if not found.steady or program_id not in {one.id for one in found.programs}:
        raise NotOffered(program_id)
    said = Enrolled(program_id, entry.library.version, beside=True)  # all share one version
    diary.append(person, entry, said, now)
    films.follow(program_id)


def _adding(entry: Diary, day: date) -> Adding:
    """Programs of regions for which none goes on yet."""
    library = entry.library
    going = [library.programs[one.program or ""] for one in entry.together]
    taken = {library.conditions[one.condition].region for one in going}
    names = (name for name in choices_of(entry, day) if name in library.programs)
    allowed = (library.programs[name] for name in names)
    other = tuple(
        one for one in allowed if library.conditions[one.condition].region not in taken
    )
    shut = len(entry.together) >= MOST or clearance.awaited_in(entry, day)
    return Adding(not shut and may_add(entry.course, day), other)


def _going(entry: Diary) -> Diary:
    if entry.course.program is None:
        raise NotEnrolled
    return entry
