"""Texts that screens must show, and the words that no text may use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    id: str
    text: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class UrgencyWords:
    heading: str
    lead: str
    do: tuple[str, ...]
    until: str = ""
    worse: str = ""


@dataclass(frozen=True, slots=True)
class OwnCard:
    """What stands in place of the card of an urgency when only these rules fired at its level."""

    rules: frozenset[str]
    words: UrgencyWords


@dataclass(frozen=True, slots=True)
class SafetyNet:
    id: str
    heading: str
    signs: tuple[str, ...]
    action: str


@dataclass(frozen=True, slots=True)
class Forbidden:
    pattern: re.Pattern[str]
    why: str
    instead: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Reading-age rule: Flesch-Kincaid grade at most ``highest`` for blocks of at least
    ``shortest_words`` words; ``exempt`` words count as two syllables at most."""

    highest: float
    shortest_words: int
    exempt: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wording:
    """``allowed`` phrases are taken out of a text before it is searched for forbidden ones."""

    notices: Mapping[str, Notice]
    urgency: Mapping[str, UrgencyWords]
    own_cards: Mapping[str, OwnCard]
    safety_net: tuple[SafetyNet, ...]
    confidence: Mapping[str, tuple[str, str]]
    modify: Mapping[str, str]
    forbidden: tuple[Forbidden, ...]
    reading: Reading
    allowed: tuple[str, ...] = ()
