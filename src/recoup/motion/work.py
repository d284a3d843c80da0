"""One motion on one body, checked from names and text alone: work for any process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from recoup.body import FIGURES, Body, load_body
from recoup.model.motion import Motion
from recoup.motion.check import Findings, check_motion
from recoup.motion.solve import ReachError, load_track

BODIES = 2
"""So many bodies are kept: checks come motion by motion, and a body takes 20 MB."""


def checked(motion: Motion, figure: str, home: Path) -> Findings | tuple[str, ...]:
    """Return what was measured of ``motion`` on the body of this name, or the touches that are
    out of reach. Bodies and tracks are kept in ``home``."""
    try:
        track = load_track(motion, _body(figure, home), home / "tracks")
    except ReachError as error:
        return error.misses
    return check_motion(motion, track)


@lru_cache(maxsize=BODIES)
def _body(name: str, home: Path) -> Body:
    return load_body(FIGURES[name], home / "data", home / "bodies")
