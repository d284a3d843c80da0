"""Read ``wording/``: texts that screens must show, and words that no text may use."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Literal

from recoup.library.page import Count, Lines, Page, Schema, Words
from recoup.model.wording import (
    Forbidden,
    Notice,
    OwnCard,
    Reading,
    SafetyNet,
    UrgencyWords,
    Wording,
)


class _Notice(Schema):
    title: Words | None = None
    text: Lines


class _Notices(Schema):
    id: Words
    texts: dict[str, _Notice]


class _Level(Schema):
    heading: Words
    lead: Words
    do: list[Words]
    until: Words | None = None
    worse: Words | None = None


class _OwnCard(_Level):
    rules: list[Words]


class _Urgency(Schema):
    id: Words
    levels: dict[Literal["emergency", "same_day", "urgent_2w", "routine", "self_manage"], _Level]
    own_cards: dict[str, _OwnCard] = {}


class _Group(Schema):
    id: Words
    heading: Words
    signs: list[Words]
    action: Words


class _SafetyNet(Schema):
    id: Words
    groups: list[_Group]


class _Fit(Schema):
    text: Words
    means: Words


class _Confidence(Schema):
    id: Words
    words: dict[Literal["fits-well", "could-fit", "not-clear"], _Fit]


class _Modify(Schema):
    id: Words
    texts: dict[str, Words]


class _Phrase(Schema):
    pattern: Words
    why: Words
    instead: Words


class _Forbidden(Schema):
    id: Words
    allowed: list[Words] = []
    phrases: list[_Phrase]


class _Reading(Schema):
    id: Words
    formula: Literal["flesch-kincaid-grade"]
    highest: float
    shortest_words: Count
    exempt_words: list[Words] = []


FILES = (
    "confidence",
    "forbidden",
    "modify",
    "notices",
    "reading",
    "safety-net",
    "urgency",
)
"""The files of ``wording/``: all of them are needed."""

LEVELS = ("emergency", "same_day", "urgent_2w", "routine", "self_manage")
FITS = ("fits-well", "could-fit", "not-clear")


def read_wording(pages: Mapping[str, Page]) -> Wording | None:
    """Return the wording of the pages named in ``FILES``; None when one of them is broken."""
    notices = pages["notices"].shaped(_Notices)
    urgency = pages["urgency"].shaped(_Urgency)
    net = pages["safety-net"].shaped(_SafetyNet)
    confidence = pages["confidence"].shaped(_Confidence)
    modify = pages["modify"].shaped(_Modify)
    forbidden = pages["forbidden"].shaped(_Forbidden)
    reading = pages["reading"].shaped(_Reading)
    if not (notices and urgency and net and confidence and modify and forbidden and reading):
        return None
    _require(pages["urgency"], "levels", LEVELS, urgency.levels)
    _require(pages["confidence"], "words", FITS, confidence.words)
    return Wording(
        notices={id_: _notice(id_, one) for id_, one in notices.texts.items()},
        urgency={word: _level(one) for word, one in urgency.levels.items()},
        own_cards={
            id_: OwnCard(frozenset(one.rules), _level(one))
            for id_, one in urgency.own_cards.items()
        },
        safety_net=tuple(
            SafetyNet(one.id, one.heading, tuple(one.signs), one.action) for one in net.groups
        ),
        confidence={word: (one.text, one.means) for word, one in confidence.words.items()},
        modify=modify.texts,
        forbidden=_phrases(pages["forbidden"], forbidden),
        allowed=tuple(forbidden.allowed),
        reading=Reading(
            reading.highest,
            reading.shortest_words,
            frozenset(word.lower() for word in reading.exempt_words),
        ),
    )


def _require(page: Page, field: str, names: tuple[str, ...], given: Collection[str]) -> None:
    for name in names:
        if name not in given:
            page.report((field,), f"{name} is missing.", "Add it.")


def _notice(id_: str, text: _Notice) -> Notice:
    return Notice(id_, tuple(text.text), text.title or "")


def _level(text: _Level) -> UrgencyWords:
    return UrgencyWords(text.heading, text.lead, tuple(text.do), text.until or "", text.worse or "")


def _phrases(page: Page, text: _Forbidden) -> tuple[Forbidden, ...]:
    found = []
    for place, phrase in enumerate(text.phrases):
        try:
            pattern = re.compile(phrase.pattern, re.IGNORECASE)
        except re.error as error:
            path = ("phrases", place, "pattern")
            page.report(path, f"This is no regular expression: {error}.", "Mend the pattern.")
        else:
            found.append(Forbidden(pattern, phrase.why, phrase.instead))
    return tuple(found)
