"""Who there is: accounts, and the people whose recovery is recorded."""

from __future__ import annotations

import uuid
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models

from recoup.records.encryption import EncryptedTextField


def validate_time_zone(name: str) -> None:
    """Raise ValidationError unless ``name`` is in the time zone database, as "Europe/London" is."""
    try:
        known = name == "UTC" or bool(ZoneInfo(name))  # a bare machine may lack the database
    except (LookupError, ValueError, OSError):  # unknown; malformed; a folder such as "Europe"
        known = False
    if not known:
        raise ValidationError("%(name)s is not a time zone.", params={"name": name})


class TimeZoneField(models.CharField):  # type: ignore[type-arg]  # generic in stubs alone
    """A name of the time zone database. Another never reaches the table: no day could be told."""

    default_validators = [validate_time_zone]

    def get_prep_value(self, value: object) -> str:
        name = str(value)
        validate_time_zone(name)
        return name


class User(AbstractUser):
    """An account. Nobody needs one on their own machine."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)


class Person(models.Model):
    """Somebody in pain. Without an owner, the session that made them holds the only key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.CASCADE, related_name="people"
    )
    name = EncryptedTextField(blank=True, default="")
    time_zone = TimeZoneField(max_length=64, default="UTC")
    language = models.CharField(max_length=35, default="en")
    country = models.CharField(max_length=2, blank=True, default="")  # as chosen, never guessed
    figure = EncryptedTextField(blank=True, default="")
    """Who shows the exercises to them; empty until they pick. It may tell of a pregnancy."""
    film_asked = models.CharField(max_length=32, default="", blank=True)
    """The name of the session film that they asked for last, which tells nothing to others."""
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.id)


def person_for(
    user: User | AnonymousUser, granted: frozenset[uuid.UUID], person_id: uuid.UUID
) -> Person:
    """Return the person if this visitor may see them, in one query.

    That is the owner; or, for a person without an owner, whoever's session was granted the id.
    Raises Person.DoesNotExist alike when there is no such person and when it is not allowed.
    """
    person = Person.objects.get(pk=person_id)
    allowed = person.pk in granted if person.owner_id is None else person.owner_id == user.pk
    if not allowed:
        raise Person.DoesNotExist
    return person


def figures_picked() -> frozenset[str]:
    """Return the figure of every person, each once; an empty name where somebody picked none."""
    return frozenset(Person.objects.values_list("figure", flat=True))


def who_asked_for_films() -> list[Person]:
    """Return everybody who asked for the film of a session, whether it is there or not."""
    return list(Person.objects.exclude(film_asked="").order_by("created"))


def ask_for_film(person: Person, name: str) -> None:
    """Keep which film of a session a person asked for; an empty name where they wait for none."""
    person.film_asked = name
    person.save(update_fields=["film_asked"])


def pick_figure(person: Person, figure: str) -> None:
    """Keep who is to show the exercises to a person."""
    person.figure = figure
    person.save(update_fields=["figure"])


def erase(person: Person) -> None:
    """Remove the person and everything they ever reported. There is no way back."""
    person.delete()
