"""Which of the words said are heard: the longest chain of pairs that sound alike, in order.

Two tokens pair when they sound alike, so "kneel" is heard though "neal" is written, and when one
side writes in two words what the other writes in one ("table top"). No pair is further apart than
``REACH_S``. Of chains with as many tokens, the one that fits best in time is taken: exercises
repeat their words, and a "two" must pair with its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hear.word import Token

REACH_S = 5.0
"""How far from its time a word is looked for: further off, it is no longer heard in its place."""

SPANS = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1))
"""How many tokens of each side make up one pair."""


@dataclass(frozen=True, slots=True)
class Pair:
    """``said_count`` tokens of what is said sound like ``heard_count`` of what is heard."""

    said: int
    said_count: int
    heard: int
    heard_count: int
    off_s: float

    @property
    def places_said(self) -> range:
        return range(self.said, self.said + self.said_count)

    @property
    def places_heard(self) -> range:
        return range(self.heard, self.heard + self.heard_count)


@dataclass(frozen=True, slots=True)
class Link:
    """The best chain that ends with this pair, and its worth: tokens first, then time."""

    worth: tuple[int, float]
    pair: Pair | None = None
    before: Link | None = None


NOTHING = Link((0, 0.0))


class Best:
    """The best link among those that end at or before a place: a tree of running maxima."""

    def __init__(self, places: int) -> None:
        self._tree = [NOTHING] * (places + 1)

    def up_to(self, place: int) -> Link:
        found = NOTHING
        while place > 0:
            found = max(found, self._tree[place], key=_worth)
            place &= place - 1
        return found

    def add(self, place: int, link: Link) -> None:
        while place < len(self._tree):
            self._tree[place] = max(self._tree[place], link, key=_worth)
            place += place & -place


def matched(said: Sequence[Token], heard: Sequence[Token]) -> list[Pair]:
    """Return the pairs in order; both sides are in order of time."""
    best = Best(len(heard))
    ending: list[list[Link]] = [[] for _ in range(len(said) + 1)]
    for place in range(len(said) + 1):
        for link in ending[place]:
            if link.pair is not None:
                best.add(link.pair.places_heard.stop, link)
        for pair in _pairs(said, heard, place):
            before = best.up_to(pair.heard)
            count, fit = before.worth
            link = Link((count + pair.said_count, fit - pair.off_s), pair, before)
            ending[place + pair.said_count].append(link)
    return _chain(best.up_to(len(heard)))


def _pairs(said: Sequence[Token], heard: Sequence[Token], place: int) -> Iterator[Pair]:
    if place == len(said):
        return
    start_s = said[place].start_s
    at = bisect_left(heard, start_s - REACH_S, key=lambda token: token.start_s)
    wanted = {count: _joined(said, place, count) for count, _ in SPANS}
    while at < len(heard) and heard[at].start_s <= start_s + REACH_S:
        for said_count, heard_count in SPANS:
            sounds = _joined(heard, at, heard_count)
            if sounds and sounds == wanted[said_count]:
                yield Pair(place, said_count, at, heard_count, abs(heard[at].start_s - start_s))
        at += 1


def _joined(tokens: Sequence[Token], start: int, count: int) -> str:
    """Return the sounds of some tokens in a row, or nothing when there are not so many."""
    if start + count > len(tokens):
        return ""
    return " ".join(token.sounds for token in tokens[start : start + count])


def _chain(link: Link) -> list[Pair]:
    found: list[Pair] = []
    while link.pair is not None and link.before is not None:
        found.append(link.pair)
        link = link.before
    return found[::-1]


def _worth(link: Link) -> tuple[int, float]:
    return link.worth
