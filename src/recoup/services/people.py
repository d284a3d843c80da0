"""Starting, finding, exporting and erasing a person."""

from __future__ import annotations

from typing import Any

from recoup.library import write_event
from recoup.records import decisions, log, people
from recoup.records.models import Person
from recoup.records.people import person_for
from recoup.services import diary, session_films, shelf
from recoup.services.clock import now_for

__all__ = ["Person", "erase", "export", "move_to", "now_for", "person_for", "start"]


def start(time_zone: str = "UTC", language: str = "en", country: str = "") -> Person:
    """Return a new person without an owner."""
    return Person.objects.create(time_zone=time_zone, language=language, country=country)


def move_to(person: Person, country: str) -> None:
    """Keep the country whose emergency number is shown; empty when the person would not say."""
    person.country = country
    person.save(update_fields=["country"])


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
            "country": person.country,
            "figure": person.figure,
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
