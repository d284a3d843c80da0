"""Events to store. Importable without Django."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta, timezone
from urllib.parse import quote

from recoup.model.event import Event, MorningReport

MADRID_IN_WINTER = timezone(timedelta(hours=1))
START = datetime(2026, 11, 2, 8, 0, 0, 123456, MADRID_IN_WINTER)


def morning(seq: int, pain: int = 3, device: str = "phone", event_id: str | None = None) -> Event:
    """Return the report of the morning ``seq`` days after the start."""
    return Event(
        id=event_id or str(uuid.uuid4()),
        at=START + timedelta(days=seq),
        device=device,
        seq=seq,
        data=MorningReport(day=date(2026, 11, 2) + timedelta(days=seq), pain=pain),
    )


def database_url() -> str:
    """Return where another process finds the database of the tests."""
    from django.db import connection

    to = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(to['NAME']))}"
    return f"postgres://{to['USER']}@/{to['NAME']}?host={quote(to['HOST'])}"
