"""How the pain and the strength of a made-up person answer what they do.

A plain model, so that its every step can be read: pain has a part that heals by itself, a part
that yesterday's load left behind, and flare-ups that come from nowhere or from too much. Load is
the time of a session, strength work counting more than easing; above what the body is used to
it hurts, and regular load makes the body used to more. It imitates no real person.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recoup.lab.people import Person
from recoup.model.content import Library
from recoup.model.session import Session

EASING_COUNTS = 0.35
HEALS = 0.5
TRAINS = 0.02
FADES = 0.006
WRONG_HURTS = 0.12
SPILLS_OVER = 1.6
NOISE = 0.6


@dataclass(slots=True)
class Body:
    """``excess`` is pain above the person's floor, ``sore`` what load left behind, ``flare`` a
    flare-up's pain. ``capacity`` is the load that does no harm, None before the first session."""

    person: Person
    rng: np.random.Generator
    excess: float
    sore: float = 0.0
    flare: float = 0.0
    capacity: float | None = None
    overloads: int = 0
    flares: int = 0

    @classmethod
    def of(cls, person: Person, rng: np.random.Generator) -> Body:
        return cls(person, rng, max(0.0, person.pain - person.floor))

    @property
    def usual(self) -> float:
        return min(10.0, self.person.floor + self.excess + self.sore + self.flare)

    def night(self) -> None:
        """Pass one night."""
        self.excess *= 1 - self.person.recovery
        self.sore *= HEALS
        self.flare = self.flare * 0.8 if self.flare > 0.3 else 0.0
        if self.capacity is not None:
            self.capacity *= 1 - FADES
        if self.rng.random() < self.person.flare:
            self._flares()

    def exercise(self, load: float) -> tuple[int, int, int]:
        """Do a load; return the worst pain during, the pain after, and the effort, 0 to 10."""
        if self.capacity is None:
            self.capacity = max(60.0, load * self.person.tolerance)
        strain = load / self.capacity
        over = max(0.0, strain - 1)
        hurts = self.person.touchy * (0.35 * strain + 2.0 * over)
        if over > 0.25:
            self.overloads += 1
        if over > 0.6 and self.rng.random() < 0.5:
            self._flares()
        during = self.shown(0.5 * self.usual + hurts)
        self.sore += self.person.touchy * SPILLS_OVER * over
        if self.person.wrong_program:
            self.excess = min(9.0, self.excess + WRONG_HURTS)
        self.capacity *= 1 + TRAINS * min(1.2, strain)
        return during, self.shown(self.usual + hurts / 3), self.shown(1.5 + 4 * strain)

    def shown(self, value: float) -> int:
        """Return a number as a person would tell it: whole, and not always the same."""
        return int(min(10, max(0, round(value + self.rng.normal(0, NOISE)))))

    def _flares(self) -> None:
        self.flare += float(self.rng.uniform(2, 4))
        self.flares += 1


def load_of(session: Session, library: Library, share: dict[str, float]) -> float:
    """Return the load of what was done of a session; ``share`` by exercise, 1 where not named."""
    return sum(
        one.clock_s * share.get(one.exercise, 1.0)
        * (1.0 if library.exercises[one.exercise].is_loaded else EASING_COUNTS)
        for one in session.slots
    )
