"""Taking back what was told by mistake: a session, a morning or a week.

What a person took back stays in the log and counts for nothing; what was decided because of it is
decided anew, and the history says so. Danger signs are not taken back here: they are asked again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from recoup.model.event import Corrected, Event, MorningReport, SessionDone, WeeklyReview
from recoup.records.models import Person
from recoup.services import diary
from recoup.services.diary import Diary

BACK = timedelta(days=14)
"""As far back as a correction still changes what comes next, and as anybody remembers."""


class NotToldLately(Exception):
    """There is no such report of the last days, or it told of something new."""


@dataclass(frozen=True, slots=True)
class Told:
    """A report that may be taken back: the event, its day, and what it was about."""

    event: str
    day: date
    data: SessionDone | MorningReport | WeeklyReview


def told_lately(person: Person, now: datetime) -> tuple[Told, ...]:
    """Return the reports of the last days that may be taken back, the newest first."""
    return _lately(diary.read(person), now.date())


def take_back(person: Person, event: str, now: datetime) -> Told:
    """Take a report back and return it. Raises NotToldLately for any other event."""
    entry = diary.read(person)
    found = [one for one in _lately(entry, now.date()) if one.event == event]
    if not found:
        raise NotToldLately(event)
    diary.append(person, entry, Corrected(event), now)
    return found[0]


def _lately(entry: Diary, today: date) -> tuple[Told, ...]:
    reports = [_told(event) for event in reversed(entry.events)]
    return tuple(one for one in reports if one is not None and today - one.day <= BACK)


def _told(event: Event) -> Told | None:
    match event.data:
        case SessionDone(session=day, new=new) if not new:
            return Told(event.id, day, event.data)
        case MorningReport(day=day) | WeeklyReview(day=day):
            return Told(event.id, day, event.data)
    return None
