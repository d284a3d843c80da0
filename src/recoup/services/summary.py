"""Everything a clinician wants to see on one page, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from recoup.care.clearance import Held
from recoup.care.course import Course
from recoup.care.rescreen import answers_on
from recoup.model.answers import Answers
from recoup.model.intake import Intake
from recoup.records.models import Person
from recoup.services import clearance, diary
from recoup.services.intake import Said, outcome_of, summary


@dataclass(frozen=True, slots=True)
class ForClinician:
    """``version`` is the content hash of the library that decided."""

    said: tuple[Said, ...]
    answers: Answers
    outcome: Intake
    cleared: Held | None
    course: Course
    version: str


def for_clinician(person: Person, now: datetime) -> ForClinician:
    entry = diary.read(person)
    day = now.date()
    return ForClinician(
        said=summary(person),
        answers=answers_on(entry.course, day, entry.library),
        outcome=outcome_of(entry, day),
        cleared=clearance.on_record_in(entry, day),
        course=entry.course,
        version=entry.library.version,
    )
