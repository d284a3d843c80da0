"""A solved motion: coordinates on a grid of 60 a second, and the pose at any time."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from recoup.model.motion import Motion
from recoup.motion.rig import Rig

Array = NDArray[np.float64]
RATE_HZ = 60


def mark(motion: Motion) -> str:
    """Return a short hash of all that a motion says, for notes on what was looked at."""
    return hashlib.sha256(f"{motion}".encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Pose:
    """A moment: coordinates, finger bends, hands on the floor, breath, segment transforms."""

    q: Array
    curl: Array
    on_floor: tuple[float, float]
    breath: float
    transforms: Array


@dataclass(frozen=True)
class Part:
    """One of get_in, cycle and get_out on the common clock of the track."""

    name: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Track:
    """What the solver found, by grid time. ``reached`` says when each position is arrived at."""

    motion: str
    body: str
    q: Array
    curl: Array
    on_floor: Array
    breath: Array
    parts: tuple[Part, ...]
    reached: Mapping[str, float]
    rig: Rig = field(repr=False, compare=False)

    @property
    def seconds(self) -> float:
        return (len(self.q) - 1) / RATE_HZ

    @property
    def cycle(self) -> Part:
        return next(part for part in self.parts if part.name == "cycle")

    def coordinates(self, t: float) -> Array:
        """Return ``q`` at ``t`` seconds: the same whatever the frame rate of the caller."""
        k, share = self._between(t)
        a: Array = self.q[k]
        if share == 0:
            return a
        b: Array = self.q[k + 1]
        found: Array = a * (1 - share) + b * share
        if a[3:7] @ b[3:7] < 0:
            found[3:7] = a[3:7] * (1 - share) - b[3:7] * share
        found[3:7] /= np.linalg.norm(found[3:7])
        return found

    def pose(self, t: float, breath: float | None = None) -> Pose:
        """Return the pose at ``t`` seconds from the start of the track, breathing as it does
        there or as far as ``breath`` says (0 out, 1 in)."""
        k, share = self._between(t)
        n = min(k + 1, len(self.q) - 1)

        def mixed(values: Array) -> Array:
            both: Array = values[k] * (1 - share) + values[n] * share
            return both

        q = self.coordinates(t)
        curl = mixed(self.curl)
        breath = float(mixed(self.breath)) if breath is None else breath
        left, right = mixed(self.on_floor)
        floor = (float(left), float(right))
        return Pose(q, curl, floor, breath, self.rig.transforms(q, curl, floor, breath))

    def _between(self, t: float) -> tuple[int, float]:
        place = min(max(t * RATE_HZ, 0), len(self.q) - 1)
        k = int(place)
        return (k, 0.0) if k == len(self.q) - 1 else (k, place - k)
