"""One thing that moves, ready to be said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from recoup.script.description.phrases import LEFT_RIGHT, LITTLE_DEG, WAYS, on_scale

Array = NDArray[np.float64]

BOTH = "B"
SIDE_WORD = re.compile(r"\b(?:left|right)\b(?! angle)", re.IGNORECASE)
OTHER_WORD = {"left": "right", "right": "left", "Left": "Right", "Right": "Left"}


@dataclass(frozen=True, slots=True)
class Move:
    """A part (one, several), what it does (one, several), and how far. ``side`` is L, R, B for
    both, or empty for the middle. ``key`` says what was measured; ``weight`` is how much it counts
    beside other moves; one that ``must`` be told is."""

    key: str
    side: str
    parts: tuple[str, str]
    does: tuple[str, str]
    tail: str
    weight: float
    must: bool = False

    def clause(self) -> str:
        """Return it in words: "the left knee bends to about a right angle"."""
        many = self.side == BOTH
        who = {"": f"the {self.parts[0]}", BOTH: f"both {self.parts[1]}"}.get(
            self.side, f"the {LEFT_RIGHT.get(self.side, '')} {self.parts[0]}"
        )
        return f"{who} {self.does[many]} {self.tail}".strip().replace(" ,", ",")

    def mirrored(self) -> Move:
        """Return the move of the other side."""
        tail = swapped(self.tail)
        does = (swapped(self.does[0]), swapped(self.does[1]))
        return replace(self, side={"L": "R", "R": "L"}.get(self.side, self.side), tail=tail,
                       does=does)  # fmt: skip


def swapped(text: str) -> str:
    """Return a text with left and right changed over; a right angle stays one.

    >>> swapped("the left knee bends to about a right angle")
    'the right knee bends to about a right angle'
    """
    return SIDE_WORD.sub(lambda found: OTHER_WORD[found[0]], text)


def measured(key: str, side: str, before: float, after: float) -> Move | None:
    """Return a change of a measure as a move, or None when it is too small to be worth telling."""
    way, change = WAYS[key], after - before
    if abs(change) < way.least:
        return None
    if not way.ends:
        tail = on_scale(way.scale, abs(change))
    elif abs(change) < LITTLE_DEG:
        tail = "a little"
    else:
        tail = on_scale(way.scale, after)
    does = way.grows if change > 0 else way.shrinks
    return Move(
        key, side, (way.part, way.parts), does, tail, way.weight * abs(change),
        abs(change) >= way.must,
    )  # fmt: skip


def merged(moves: list[Move]) -> list[Move]:
    """Return moves with what both sides do alike said once, the weightiest first."""
    found: list[Move] = []
    for one in moves:
        twin = next((k for k, other in enumerate(found) if _twins(one, other)), None)
        if twin is None:
            found.append(one)
            continue
        other = found[twin]
        weight = max(one.weight, other.weight)
        found[twin] = replace(other, side=BOTH, weight=weight, must=one.must or other.must)
    return sorted(found, key=lambda one: -one.weight)


def _twins(one: Move, other: Move) -> bool:
    same = (one.key, one.parts, one.does, one.tail) == (
        other.key, other.parts, other.does, other.tail
    )  # fmt: skip
    return same and {one.side, other.side} == {"L", "R"}


def turned_deg(before: Mapping[str, Array], after: Mapping[str, Array], part: str) -> float:
    """Return how far a part turns in the room."""
    trace = float(np.trace(before[part].T @ after[part]))
    return float(np.degrees(np.arccos(np.clip((trace - 1) / 2, -1, 1))))
