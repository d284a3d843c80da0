"""Words with their times, from both sides: what a film says, and what is heard of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """A word that a film says, as it is shown, and when by the film's own account."""

    shown: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Heard:
    """A word as it was heard. ``exact`` is false when its time is only about right."""

    text: str
    start_s: float
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Token:
    """The least that is compared: one spelled-out word and its sounds.

    ``owner`` is the place of the word that it belongs to. ``start_s`` is its own only when
    ``first``: "forty-two" has one time for two tokens.
    """

    text: str
    sounds: str
    owner: int
    start_s: float
    first: bool
