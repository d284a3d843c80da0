"""Rows that are added and read, never changed: only a whole person is erased."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AppendOnly(Exception):
    """Somebody tried to change or remove one row of a person's history."""

    def __init__(self) -> None:
        super().__init__(
            "What happened is never changed: append a 'corrected' event, or erase(person)."
        )


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Reads and inserts only."""

    def update(self, **kwargs: object) -> NoReturn:
        raise AppendOnly

    def bulk_update(self, *args: object, **kwargs: object) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly


class AppendOnlyModel(models.Model):
    """A row that is inserted once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Insert it. Raises AppendOnly when it is stored already."""
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        """Raise AppendOnly: only a whole person is erased."""
        raise AppendOnly
