"""Starting, finding, exporting and erasing a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone

from recoup.library import write_event
from recoup.records import decisions, log, people
from recoup.records.models import Person
from recoup.records.people import person_for
from recoup.services import diary, shelf

__all__ = ["Person", "erase", "export", "now_for", "person_for", "start"]


def start(time_zone: str = "UTC", language: str = "en") -> Person:
    """Return a new person without an owner."""
    return Person.objects.create(time_zone=time_zone, language=language)


def erase(person: Person) -> None:
    """Remove the person and everything they ever reported. There is no way back."""
    diary.forget(person)
    people.erase(person)


def export(person: Person) -> dict[str, Any]:
    """Return everything kept about a person, as JSON values."""
    events = log.read(person, shelf.current().vocabulary)
    return {
        "person": {
            "id": str(person.pk),
            "name": person.name,
            "time_zone": person.time_zone,
            "language": person.language,
            "created": person.created.isoformat(),
        },
        "events": [write_event(event) for event in events],
        "decisions": [_decision(one) for one in decisions.read(person)],
    }


def _decision(kept: decisions.Kept) -> dict[str, Any]:
    return {
        "event": kept.event,
        "revision": kept.revision,
        "library": kept.library,
        "cause": kept.cause,
        "kept": kept.kept.isoformat(),
        "text": kept.text,
    }


def now_for(person: Person) -> datetime:
    """Return the time where the person is."""
    now = timezone.now()
    try:
        return now.astimezone(ZoneInfo(person.time_zone))
    except ZoneInfoNotFoundError:  # a bare machine may lack the time zone database
        return now
