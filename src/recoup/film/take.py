"""A take: one cycle of an order, frame by frame on the film's clock."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recoup.body import FIGURES, load_body
from recoup.body.bones import Bones, load_bones
from recoup.film.encode import FPS
from recoup.film.order import Order, sources
from recoup.film.room import Room
from recoup.film.scene import Picture, Scene
from recoup.motion import Track, load_track

SAMPLES = 2
"""Samples across and down each pixel."""


@dataclass(frozen=True)
class Built:
    """Where data and build output are: the data packages, built bodies, solved tracks."""

    data: Path
    bodies: Path
    tracks: Path

    @classmethod
    def at(cls, home: Path) -> Built:
        return cls(home / "data", home / "bodies", home / "tracks")

    @property
    def sources(self) -> str:
        return sources(self.data)


@dataclass(frozen=True)
class Clock:
    """When the frames of a cycle are: it starts, takes a while, in a whole number of frames.

    ``poster`` is the frame that shows best what the exercise is.
    """

    start_s: float
    seconds: float
    frames: int
    poster: int

    def time_s(self, k: int) -> float:
        """Return when frame ``k`` is on the track. Frame ``frames`` would be frame 0 again.

        A cycle that is no whole number of frames is played faster or slower by at most half a
        frame in all: 2.51 s are 75 frames, 33.47 ms of the track apart.
        """
        return self.start_s + self.seconds * k / self.frames

    def frame_at(self, t: float) -> int:
        """Return the first frame that is not before ``t``."""
        return math.ceil((t - self.start_s) / self.seconds * self.frames - 1e-6) % self.frames


class Take:
    """Draws the frames of one order. Not for use by two threads at once."""

    def __init__(self, order: Order, built: Built) -> None:
        self._order, self._motion, self._built = order, order.shown, built
        self._body = load_body(FIGURES[order.figure], built.data, built.bodies)
        self.track = load_track(self._motion, self._body, built.tracks)
        self._scene: Scene | None = None
        cycle = self.track.cycle
        seconds = cycle.end_s - cycle.start_s
        frames = max(1, round(seconds * FPS))
        self.clock = Clock(cycle.start_s, seconds, frames, 0)
        self.best_s = _best_s(self.track, self._order)
        best = self.clock.frame_at(self.best_s)
        self.clock = Clock(cycle.start_s, seconds, frames, best)

    @property
    def scene(self) -> Scene:
        """Return the studio, made when it is first needed: the camera sees the whole cycle."""
        if self._scene is None:
            order, cycle = self._order, self.track.cycle
            filmed = None if order.room is not Room.NONE else (cycle.start_s, cycle.end_s)
            self._scene = Scene(
                self._motion, self.track, self._body, order.height, order.shape,
                order.seen_from, SAMPLES, order.glowing, filmed, order.room,
                order.look, self._bones(), order.closeup or None,
            )  # fmt: skip
        return self._scene

    def _bones(self) -> Bones | None:
        if self._order.look == "plain":
            return None
        figure, built = FIGURES[self._order.figure], self._built
        return load_bones(figure, self._body, built.data, built.bodies)

    def pictures(self, first: int, count: int) -> Iterator[Picture]:
        """Draw frames in order. While the figure holds still, the same object is given again."""
        before: NDArray[np.float64] | None = None
        picture: Picture | None = None
        for k in range(first, first + count):
            now = self.scene.transforms(self.clock.time_s(k))
            if picture is None or before is None or not np.array_equal(now, before):
                picture, before = self.scene.drawn(now), now
            yield picture

    def picture(self, k: int) -> Picture:
        """Draw one frame; the picture is the caller's to keep."""
        return self.scene.picture(self.clock.time_s(k))

    def seen(
        self, t: float, breathed: tuple[float, float] | None = None
    ) -> tuple[Picture, tuple[float, float] | None]:
        """Draw any moment of the track; return the picture and where the target is in it.

        ``breathed`` is how far the breath has gone from what it is there, and to what.
        """
        breath = None
        if breathed is not None:
            share, end = breathed
            breath = self.track.pose(t).breath * (1 - share) + end * share
        now = self.scene.transforms(t, breath)
        return self.scene.drawn(now), self.scene.target(now)

    def positions(self) -> dict[str, int]:
        """Return the frame at which each position of the cycle is arrived at, in order."""
        named = dict.fromkeys(phase.to for phase in self._motion.cycle)
        return {name: self.clock.frame_at(self.track.reached[name]) for name in named}


def _best_s(track: Track, order: Order) -> float:
    """Return when the motion shows what it is: at the first position that it makes a claim of."""
    positions = [phase.to for phase in order.shown.cycle]
    claimed = [claim.at for claim in order.shown.claims if claim.at in positions]
    at = track.reached[claimed[0] if claimed else positions[0]]
    return at if track.cycle.start_s <= at <= track.cycle.end_s else track.cycle.start_s
