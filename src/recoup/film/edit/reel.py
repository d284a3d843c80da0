"""A reel: the frames of one stretch of a motion, rendered once and used as often as one likes.

Reels are rendered in lengths of about a second, each kept without loss by the name of what it is
made from. Beside the pictures stands where the target was seen, so that labels can point at it.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from recoup.film.encode import FPS, Converter, DamagedError
from recoup.film.order import Order, digest
from recoup.film.store import FolderStore
from recoup.film.take import Take

Planes = NDArray[np.uint8]
"""A frame in YUV 4:2:0 as PyAV gives it: the height times 3/2 rows of bytes."""

Spot = tuple[float, float]
"""A place in the picture, as shares of its width and height from the upper left."""

LENGTH = 40
"""Frames of a length: about a second's work for one renderer."""

AT_HAND = 8
"""Lengths that a renderer remembers: those of a repetition of ten seconds, 440 MB at 720 lines."""

PICTURES, SPOTS = "mkv", "json"
_LOSSLESS = {"qp": "0", "preset": "ultrafast", "x264-params": "threads=1"}


@dataclass(frozen=True, slots=True)
class Reel:
    """Frames from ``start_s`` to just before ``end_s`` of a track, named by ``key``.

    With a ``breath`` the figure stays as it is at ``start_s``, and the breath goes from what it is
    there to that one, once: run forward and backward, the chest rises and falls.
    """

    key: str
    order_key: str = field(compare=False)
    order: Order = field(compare=False, repr=False)
    start_s: float = field(compare=False)
    end_s: float = field(compare=False)
    frames: int = field(compare=False)
    breath: float | None = field(default=None, compare=False)

    def moment(self, k: int) -> tuple[float, float]:
        """Return when frame ``k`` is on the track, and how far the breath has gone, 0 to 1."""
        if self.breath is None:
            return self.start_s + (self.end_s - self.start_s) * k / self.frames, 0.0
        return self.start_s, (1 - math.cos(math.pi * k / max(1, self.frames - 1))) / 2

    @property
    def lengths(self) -> int:
        return math.ceil(self.frames / LENGTH)

    def name(self, length: int, ending: str) -> str:
        return f"{digest(self.key, 'length', str(length))}.{ending}"

    def is_there(self, length: int, store: FolderStore) -> bool:
        return all(store.has(self.name(length, ending)) for ending in (SPOTS, PICTURES))


def reel(
    order: Order, data: str, start_s: float, end_s: float, frames: int, breath: float | None = None
) -> Reel:
    """Return the reel of a stretch; ``data`` names the data packages that figures come from."""
    studio = order.key(data)
    key = digest(studio, f"{start_s} {end_s} {frames} {breath}")
    return Reel(key, studio, order, start_s, end_s, frames, breath)


@dataclass(frozen=True)
class Lengths:
    """Lengths of reels of one order, rendered together: the studio is set up once."""

    reels: tuple[tuple[Reel, int], ...]

    @property
    def frames(self) -> int:
        return sum(min(LENGTH, one.frames - k * LENGTH) for one, k in self.reels)


def shoot(work: Lengths, take: Take, store: FolderStore) -> None:
    """Render lengths and keep each when it is whole."""
    for one, k in work.reels:
        _shoot(one, k, take, store)


def _shoot(one: Reel, length: int, take: Take, store: FolderStore) -> None:
    first = length * LENGTH
    numbers = range(first, min(one.frames, first + LENGTH))
    convert, spots = Converter(), []
    with io.BytesIO() as file:
        with av.open(file, "w", format="matroska", options={"fflags": "+bitexact"}) as out:
            stream = out.add_stream("libx264", rate=FPS, options=dict(_LOSSLESS))
            stream.width, stream.height = one.order.width, one.order.height
            stream.pix_fmt, stream.thread_count = "yuv420p", 1
            for place, k in enumerate(numbers):
                t, breath = one.moment(k)
                picture, spot = take.seen(t, None if one.breath is None else (breath, one.breath))
                frame = convert.planes(picture)
                frame.pts, frame.time_base = place, Fraction(1, FPS)
                out.mux(stream.encode(frame))
                spots.append(spot)
            out.mux(stream.encode(None))
        store.put(one.name(length, SPOTS), io.BytesIO(json.dumps(spots).encode()))
        file.seek(0)
        store.put(one.name(length, PICTURES), file)


class Shelf:
    """Frames of reels, read from the store. The last lengths read stay at hand, for the next film
    piece too: the repetitions of an exercise are the same pictures under other numbers."""

    def __init__(self, store: FolderStore) -> None:
        self._store = store

    def frame(self, one: Reel, k: int) -> Planes:
        """Return frame ``k`` of a reel: not to be written to. Raises DamagedError."""
        return self._length(one, k)[0][k % LENGTH]

    def spot(self, one: Reel, k: int) -> Spot | None:
        """Return where the target is seen in frame ``k``, if the motion has one."""
        return self._length(one, k)[1][k % LENGTH]

    def _length(self, one: Reel, k: int) -> tuple[list[Planes], list[Spot | None]]:
        names = one.name(k // LENGTH, PICTURES), one.name(k // LENGTH, SPOTS)
        return _read(self._store.folder, *names)


@lru_cache(maxsize=AT_HAND)
def _read(folder: Path, pictures: str, spots: str) -> tuple[list[Planes], list[Spot | None]]:
    store = FolderStore(folder)
    try:
        with store.get(pictures) as file, av.open(file, "r") as film:
            film.streams.video[0].thread_count = 1
            frames = [cast(Planes, frame.to_ndarray()) for frame in film.decode(video=0)]
        with store.get(spots) as file:
            found = json.load(file)
    except (av.error.InvalidDataError, ValueError):
        store.drop(pictures)
        raise DamagedError(pictures) from None
    return frames, [None if spot is None else (spot[0], spot[1]) for spot in found]


def as_frame(planes: Planes) -> VideoFrame:
    """Return planes as a frame to encode."""
    return VideoFrame.from_ndarray(planes, format="yuv420p")


def missing(reels: Sequence[Reel], store: FolderStore) -> list[list[tuple[Reel, int]]]:
    """Return the lengths that are not in the store: those of one order stand together."""
    found: dict[str, list[tuple[Reel, int]]] = {}
    for one in dict.fromkeys(reels):
        lacking = [(one, k) for k in range(one.lengths) if not one.is_there(k, store)]
        if lacking:
            found.setdefault(one.order_key, []).extend(lacking)
    return list(found.values())
