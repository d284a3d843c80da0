"""Addresses of the live figure's files, when they are there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from recoup.film.live.order import LiveOrder
from recoup.model.exercise import Exercise
from recoup.services import shelf
from recoup.services.figures import USUAL
from recoup.services.films import folder


@dataclass(frozen=True, slots=True)
class Live:
    """Names in the store of the body's file and the motion's."""

    body: str
    motion: str


def live_of(exercise: Exercise, figure: str = USUAL) -> Live | None:
    """Return the live figure of an exercise when both its files are there, else None."""
    order = order_of(exercise, figure)
    if order is None:
        return None
    data = Path(settings.RECOUP_HOME) / "data"
    names = order.body_name(data), order.motion_name(data)
    return Live(*names) if all((folder() / name).is_file() for name in names) else None


def order_of(exercise: Exercise, figure: str = USUAL) -> LiveOrder | None:
    """Return the order of an exercise's live figure in the app, None without a motion."""
    motion = shelf.motion_of(exercise)
    return None if motion is None else LiveOrder(motion, figure)
