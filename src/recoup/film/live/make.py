"""Make the files of live figures where they are missing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from recoup.body import FIGURES, Mesh, load_body
from recoup.film.draw import Mat
from recoup.film.draw.props import prop_meshes
from recoup.film.live.figure import figure_glb
from recoup.film.live.moves import framing_points, motion_glb
from recoup.film.live.order import LiveOrder
from recoup.model.motion import Motion
from recoup.motion import Track, load_track
from recoup.motion.keys import props_for


@dataclass(frozen=True)
class LiveFiles:
    """The body's file and the motion's."""

    body: Path
    motion: Path

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
        _write(found.body, figure_glb(body))
    if not found.motion.is_file():
        track = load_track(order.shown, body, home / "tracks")
        props = prop_meshes(props_for(order.shown, body), len(body.segments))
        mat = mat_under(order.shown, track, props)
        _write(found.motion, motion_glb(order.shown, track, mat, props))
    return found


def mat_under(motion: Motion, track: Track, props: Sequence[Mesh]) -> Mat | None:
    """Return the mat where it lies in the films, under the middle of everything; None without."""
    if all(prop.kind != "mat" for prop in motion.props):
        return None
    low, high, _ = framing_points(track, props)
    return Mat(float(low[0] + high[0]) / 2, float(low[2] + high[2]) / 2)


def _write(place: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".unfinished-", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, place)
    finally:
        Path(name).unlink(missing_ok=True)
