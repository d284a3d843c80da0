"""Ways from the position of one exercise to that of the next: stretches of motions."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass

from recoup.model.exercise import Position


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch of a motion: from one of its positions to another."""

    motion: str
    start: str
    end: str


FLOOR, FRONT = "between-lying-and-kneeling", "between-kneeling-and-prone"
CHAIR, SEAT = "between-standing-and-kneeling", "sit-to-stand"

WITH_A_CHAIR = (CHAIR, SEAT)
"""Motions that need a chair at hand."""

PLACES: dict[str, dict[Position, str]] = {
    FLOOR: {
        Position.SUPINE: "lying-below", Position.SIDE_LYING: "rolled-over",
        Position.QUADRUPED: "all-fours",
    },
    FRONT: {Position.QUADRUPED: "all-fours", Position.PRONE: "on-the-front"},
    CHAIR: {
        Position.QUADRUPED: "all-fours-at-chair", Position.KNEELING: "kneeling-at-seat",
        Position.HALF_KNEELING: "one-knee-down", Position.STANDING: "standing",
    },
    SEAT: {Position.SITTING: "ready", Position.STANDING: "upright"},
}  # fmt: skip
"""Where in which motion a body is as it is when exercises of a position begin."""


def ways(before: Position, after: Position, known: Collection[str]) -> tuple[Leg, ...]:
    """Return the stretches that lead from a position to another, the fewest that do; none when
    no ``known`` motion leads there.

    >>> [leg.motion for leg in ways(Position.SUPINE, Position.SITTING, PLACES)]
    ['between-lying-and-kneeling', 'between-standing-and-kneeling', 'sit-to-stand']
    """
    found: dict[Position, tuple[Leg, ...]] = {before: ()}
    waiting = deque([before])
    while waiting and after not in found:
        here = waiting.popleft()
        for motion, places in PLACES.items():
            if motion not in known or here not in places:
                continue
            for there, name in places.items():
                if there not in found:
                    found[there] = (*found[here], Leg(motion, places[here], name))
                    waiting.append(there)
    return found.get(after, ())
