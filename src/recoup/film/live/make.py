"""Make the files of live figures where they are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recoup.body import FIGURES, Mesh, load_body
from recoup.film.draw import Mat
from recoup.film.draw.props import prop_meshes, shown
from recoup.film.live.figure import figure_glb
from recoup.film.live.moves import Moves, framing_points, motion_glb, standing
from recoup.film.live.order import LiveOrder
from recoup.film.store import whole_file
from recoup.model.motion import Motion
from recoup.motion import Track, load_track
from recoup.motion.settle import moved, settled


@dataclass(frozen=True)
class LiveFiles:
    """The body's file and the motion's."""

    body: Path
    motion: Path


PROP_STEPS = 3
"""Props have fewer edges than in films: their files travel."""


def make_live(order: LiveOrder, home: Path, into: Path) -> LiveFiles:
    """Return the files of ``order`` in ``into``, made when they are not there yet.

    ``home`` holds the data packages, built bodies and solved tracks. Each file appears whole or
    not at all. Raises MissingDataError, ReachError and OSError.
    """
    data = home / "data"
    found = LiveFiles(into / order.body_name(data), into / order.motion_name(data))
    if found.body.is_file() and found.motion.is_file():
        return found
    into.mkdir(parents=True, exist_ok=True)
    body = load_body(FIGURES[order.figure], data, home / "bodies")
    if not found.body.is_file():
        with whole_file(found.body) as file:
            file.write(figure_glb(body))
    if not found.motion.is_file():
        track = load_track(order.shown, body, home / "tracks")
        props, moves = furniture(order.shown, track)
        mat = mat_under(order.shown, track, props, moves)
        with whole_file(found.motion) as file:
            file.write(motion_glb(order.shown, track, mat, props, moves))
    return found


def furniture(motion: Motion, track: Track) -> tuple[list[Mesh], Moves]:
    """Return the meshes of the props where the cycle begins, and how they move from there."""
    things = shown(settled(motion, track))

    def moves(t: float, _: int) -> list[NDArray[np.float64]]:
        return moved(things, track, t)

    return prop_meshes(things, len(track.rig.body.segments), PROP_STEPS), moves


def mat_under(
    motion: Motion, track: Track, props: Sequence[Mesh], moves: Moves = standing
) -> Mat | None:
    """Return the mat where it lies in the films, under the middle of everything; None without."""
    if all(prop.kind != "mat" for prop in motion.props):
        return None
    low, high, _ = framing_points(track, props, moves)
    return Mat(float(low[0] + high[0]) / 2, float(low[2] + high[2]) / 2)
