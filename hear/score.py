"""How much of what was said is heard, and how far from its time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from hear.matching import Pair
from hear.word import Heard, Said, Token

LEAST_HEARD, MOST_OFF_S, NEAR_S, LEAST_NEAR = 0.97, 0.1, 0.2, 0.9
"""The limits: share heard, median offset, and the share within ``NEAR_S``."""

WORST = 10


@dataclass(frozen=True, slots=True)
class Miss:
    """Words in a row that are not heard, or one that is heard off its time.

    ``off_s`` is above zero when the sound comes late, and None when nothing is heard. It is
    infinite when the word is heard but nowhere to be found in the sound.
    """

    start_s: float
    words: tuple[str, ...]
    off_s: float | None = None

    def __str__(self) -> str:
        minutes, seconds = divmod(self.start_s, 60)
        text = f"{minutes:3.0f}:{seconds:04.1f}  {' '.join(self.words)!r}"
        if self.off_s is None:
            return f"{text}: not heard"
        if math.isinf(self.off_s):
            return f"{text}: heard, but its time was not found"
        return f"{text}: {abs(self.off_s) * 1000:.0f} ms {'late' if self.off_s > 0 else 'early'}"


@dataclass(frozen=True, slots=True)
class Score:
    """``offsets_s`` are those of the words heard that have a time of their own on both sides;
    infinite where the aligner found none. ``added`` words are heard but were not said."""

    said: int
    heard: int
    added: int
    offsets_s: tuple[float, ...]
    misses: tuple[Miss, ...]

    @property
    def share(self) -> float:
        return self.heard / self.said if self.said else 0.0

    @property
    def median_off_s(self) -> float:
        return median(abs(off) for off in self.offsets_s) if self.offsets_s else math.inf

    @property
    def near(self) -> float:
        """The share of the words heard that are within ``NEAR_S`` of their time."""
        near = sum(abs(off) <= NEAR_S for off in self.offsets_s)
        return near / len(self.offsets_s) if self.offsets_s else 0.0

    @property
    def passed(self) -> bool:
        return (self.share >= LEAST_HEARD and self.median_off_s <= MOST_OFF_S
                and self.near >= LEAST_NEAR)  # fmt: skip


def score(
    said: Sequence[Said],
    heard: Sequence[Heard],
    tokens: tuple[Sequence[Token], Sequence[Token]],
    pairs: Sequence[Pair],
) -> Score:
    """Return the score of a film. ``tokens`` are what ``pairs`` are places in, said and heard.
    A word is heard when each of its tokens is, and nothing more: "can" is not heard in "can't"."""
    used = {place for pair in pairs for place in pair.places_heard}
    added = {token.owner for place, token in enumerate(tokens[1]) if place not in used}
    whole = [
        pair for pair in pairs
        if not added.intersection(tokens[1][place].owner for place in pair.places_heard)
    ]  # fmt: skip
    found = {place for pair in whole for place in pair.places_said}
    missed = {token.owner for place, token in enumerate(tokens[0]) if place not in found}
    spoken = {token.owner for token in tokens[0]}
    offsets = {owner: off for owner, off in _offsets(heard, tokens, whole) if owner not in missed}
    return Score(
        len(spoken), len(spoken - missed), len(added), tuple(offsets.values()),
        tuple(_worst(said, missed, offsets)),
    )  # fmt: skip


def _offsets(
    heard: Sequence[Heard], tokens: tuple[Sequence[Token], Sequence[Token]], pairs: Sequence[Pair]
) -> Iterator[tuple[int, float]]:
    """Yield the offset of each word said whose beginning pairs with the beginning of a word."""
    for pair in pairs:
        said, other = tokens[0][pair.said], tokens[1][pair.heard]
        if said.first and other.first:
            exact = heard[other.owner].exact
            yield said.owner, other.start_s - said.start_s if exact else math.inf


def _worst(said: Sequence[Said], missed: set[int], offsets: dict[int, float]) -> list[Miss]:
    """Return the worst misses: what is not heard, most words first; then what is most off."""
    runs = [
        Miss(said[run[0]].start_s, tuple(said[place].shown for place in run))
        for run in ([place for _, place in group] for _, group in
                    groupby(enumerate(sorted(missed)), key=lambda one: one[1] - one[0]))
    ]  # fmt: skip
    off = [
        Miss(said[owner].start_s, (said[owner].shown,), off_s)
        for owner, off_s in offsets.items()
        if abs(off_s) > NEAR_S
    ]
    runs.sort(key=lambda miss: len(miss.words), reverse=True)
    off.sort(key=lambda miss: abs(miss.off_s or 0), reverse=True)
    return (runs + off)[:WORST]
