"""Starting, finding, exporting and erasing a person."""

from __future__ import annotations

from typing import Any

from recoup.library import write_event
from recoup.records import log, people
from recoup.records.models import Person
from recoup.records.people import person_for
from recoup.services import diary, session_films, shelf
from recoup.services.clock import now_for

__all__ = ["Person", "erase", "export", "now_for", "person_for", "start"]


def start(time_zone: str = "UTC", language: str = "en") -> Person:
    """Return a new person without an owner."""
    return Person.objects.create(time_zone=time_zone, language=language)


def erase(person: Person) -> None:
    """Remove the person and everything they ever reported. There is no way back."""
    diary.forget(person)
    session_films.forget(person)
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
            "figure": person.figure,
            "created": person.created.isoformat(),
        },
        "events": [write_event(event) for event in events],
    }
