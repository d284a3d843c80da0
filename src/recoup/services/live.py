"""Addresses of the live figure's files, when they are there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from recoup.film.live.order import LiveOrder
from recoup.model.motion import Motion

ADDRESS = "/media/"
FOLDER = "films"
"""Where files of the media address lie, in RECOUP_HOME."""


@dataclass(frozen=True, slots=True)
class Live:
    """Addresses of the body's file and the motion's."""

    body: str
    motion: str


def live_of(motion: Motion, figure: str = "woman", side: str = "left") -> Live | None:
    """Return the live figure of a motion when both its files are there, else None."""
    home = Path(settings.RECOUP_HOME)
    order = LiveOrder(motion, figure, side)
    names = order.body_name(home / "data"), order.motion_name(home / "data")
    if not all((home / FOLDER / name).is_file() for name in names):
        return None
    return Live(ADDRESS + names[0], ADDRESS + names[1])
