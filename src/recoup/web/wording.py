"""Rests, lengths and sides in plain words. Pure: values in, text out."""

from __future__ import annotations

from recoup.model.exercise import Dose, Position
from recoup.script.pace import length_in_words

POSITIONS = {
    Position.STANDING: "Standing",
    Position.SITTING: "Sitting",
    Position.SUPINE: "Lying on your back",
    Position.SIDE_LYING: "Lying on your side",
    Position.PRONE: "Lying on your front",
    Position.QUADRUPED: "On hands and knees",
    Position.HALF_KNEELING: "Kneeling on one knee",
    Position.KNEELING: "Kneeling",
}
FIGURE_WORDS = {
    "woman": "the woman",
    "man": "the man",
    "older": "the older woman",
    "larger": "the larger man",
    "pregnant": "the pregnant woman",
}
"""Who shows the exercises, as they are called within a sentence."""


def rest_in_words(dose: Dose) -> str:
    """Return how long to rest between sets; empty when there is nothing to rest between."""
    if dose.sets < 2 or not dose.rest_s:
        return ""
    return f"Rest for {length_in_words(dose.rest_s)} in between."


def order_in_words(order: tuple[str, ...]) -> str:
    """Return which side starts; empty when the exercise has no sides."""
    if not order:
        return ""
    return f"Start with your {order[0]} side."


def minutes_in_words(minutes: int) -> str:
    return "about 1 minute" if minutes == 1 else f"about {minutes} minutes"


def left_in_words(seconds: float) -> str:
    """Return how long something still takes, as far as that can be said.

    >>> left_in_words(40), left_in_words(100)
    ('less than a minute left', 'about 2 minutes left')
    """
    if seconds < 60:
        return "less than a minute left"
    return f"{minutes_in_words(round(seconds / 60))} left"
