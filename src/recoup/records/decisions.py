"""What each event decided, as it was told to the person: kept beside the log, never rewritten.

The log alone says what counts. These rows say what was decided at the time, byte for byte, so that
a replay can be held against it. When an earlier event is taken back or arrives late, what changes
by it is added as a new revision that names its cause; the old one stays.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from recoup.records.append_only import AppendOnlyModel
from recoup.records.encryption import EncryptedTextField
from recoup.records.people import Person


class Decision(AppendOnlyModel):
    """One revision of what one event decided."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="decisions")
    event = models.UUIDField(editable=False)
    revision = models.PositiveSmallIntegerField()
    library = models.CharField(max_length=100)
    cause = models.UUIDField(null=True)
    text: models.Field[Any, Any] = EncryptedTextField()
    kept = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "revision"], name="decision_revision")
        ]

    def __str__(self) -> str:
        return f"{self.event} ({self.revision})"


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored decision. ``text`` is canonical JSON, empty where the event no longer counts;
    ``library`` is the version that decided; ``cause`` the event because of which it was decided
    anew, None for the first revision."""

    event: str
    revision: int
    library: str
    cause: str | None
    text: str
    kept: datetime


@dataclass(frozen=True, slots=True)
class New:
    """A decision to keep."""

    event: str
    library: str
    text: str


def keep(person: Person, first: Iterable[New]) -> None:
    """Keep what new events decided, in one query."""
    Decision.objects.bulk_create([_row(person, one, 1, None) for one in first])


def keep_again(person: Person, changed: Iterable[New], cause: str) -> None:
    """Keep what was decided anew because of the event ``cause``, each as its next revision."""
    new = list(changed)
    stored = Decision.objects.filter(person=person, event__in=[one.event for one in new])
    last: dict[str, int] = {}
    for event, revision in stored.values_list("event", "revision"):
        last[str(event)] = max(revision, last.get(str(event), 0))
    Decision.objects.bulk_create(
        [
            _row(person, one, last.get(one.event, 0) + 1, cause if one.event != cause else None)
            for one in new
        ]
    )


def read(person: Person, *, again: bool = False) -> list[Kept]:
    """Return what is kept of a person, the oldest first; ``again``: only what was decided anew."""
    found = Decision.objects.filter(person=person).order_by("pk")
    if again:
        found = found.filter(cause__isnull=False)
    return [
        Kept(str(one.event), one.revision, one.library, one.cause and str(one.cause), one.text,
             one.kept)
        for one in found
    ]


def _row(person: Person, one: New, revision: int, cause: str | None) -> Decision:
    return Decision(
        person_id=person.pk, event=uuid.UUID(one.event), revision=revision, library=one.library,
        cause=None if cause is None else uuid.UUID(cause), text=one.text,
    )
