"""What time it is where a person is."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone

from recoup.records.people import Person


def now_for(person: Person) -> datetime:
    """Return the time where the person is."""
    now = timezone.now()
    try:
        return now.astimezone(ZoneInfo(person.time_zone))
    except ZoneInfoNotFoundError:  # a bare machine may lack the time zone database
        return now
