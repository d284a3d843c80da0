"""Every table in one place, for Django; each is written beside the functions that use it."""

from __future__ import annotations

from recoup.records.decisions import Decision
from recoup.records.log import Event
from recoup.records.people import Person, User
from recoup.records.versions import LibraryText, LibraryVersion

__all__ = ["Decision", "Event", "LibraryText", "LibraryVersion", "Person", "User"]
