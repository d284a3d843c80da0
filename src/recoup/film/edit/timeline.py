"""A film before it is made: pieces of picture in a row, and what is said when.

The clock is one row of whole numbers, the frames. Sound is placed by frames too: a frame is 800
samples, so nothing drifts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from recoup.film.edit.marks import Mark
from recoup.film.edit.reel import Reel
from recoup.film.encode import FPS
from recoup.script.line import Line


@dataclass(frozen=True, slots=True)
class Run:
    """Frames of a reel, from ``first`` on, over and over: ``step`` 0 is a still picture, -1 runs
    backward."""

    reel: Reel
    first: int
    count: int
    step: int = 1

    def frame(self, k: int) -> int:
        """Return which frame of the reel is shown as the run's frame ``k``."""
        return (self.first + k * self.step) % self.reel.frames


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a film that is encoded alone: runs one after the other, with marks on them.

    ``after`` is the picture before it, from which the first frames come slowly.
    """

    runs: tuple[Run, ...]
    marks: tuple[Mark, ...] = ()
    after: tuple[Reel, int] | None = None

    @property
    def frames(self) -> int:
        return sum(run.count for run in self.runs)

    def pictures(self) -> Iterator[tuple[Reel, int]]:
        """Yield reel and frame of every picture, in order."""
        for run in self.runs:
            for k in range(run.count):
                yield run.reel, run.frame(k)

    @property
    def reels(self) -> tuple[Reel, ...]:
        before = () if self.after is None else (self.after[0],)
        return (*before, *(run.reel for run in self.runs))

    @property
    def last(self) -> tuple[Reel, int]:
        run = self.runs[-1]
        return run.reel, run.frame(run.count - 1)


class Part(StrEnum):
    """What a sentence is: told with the picture, a cue to the second, or what the picture shows."""

    NARRATION = "narration"
    CUE = "cue"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence that begins with a frame and is over before ``end``."""

    line: Line
    part: Part
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    first: int


class OverlapError(Exception):
    """Two sentences would be heard at once. The message names both, and where they are written."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """``poster`` is the frame that shows best what the film is about."""

    title: str
    pieces: tuple[Piece, ...]
    chapters: tuple[Chapter, ...]
    spoken: tuple[Spoken, ...]
    poster: int

    def __post_init__(self) -> None:
        for before, after in pairwise(sorted(self.spoken, key=lambda one: one.first)):
            if after.first < before.end:
                raise OverlapError(
                    f"{after.line.place}: {after.line.shown!r} is spoken over "
                    f"{before.line.shown!r} ({before.line.place}). Move one of them."
                )

    @property
    def frames(self) -> int:
        return sum(piece.frames for piece in self.pieces)

    @property
    def seconds(self) -> float:
        return self.frames / FPS

    def heard(self, described: bool) -> tuple[Spoken, ...]:
        """Return what is said in order of time; a description only for who wants it."""
        found = [one for one in self.spoken if described or one.part is not Part.DESCRIPTION]
        return tuple(sorted(found, key=lambda one: one.first))

    def picture(self, k: int) -> tuple[Piece, int]:
        """Return the piece that frame ``k`` is in, and the frame's number in it."""
        for piece in self.pieces:
            if k < piece.frames:
                return piece, k
            k -= piece.frames
        raise IndexError(k)
