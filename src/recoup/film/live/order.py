"""What the files of a live figure are made from, and the names that follow from it.

Only text is read here: a web process knows the names without the means to make the files.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from recoup.body.figure import FIGURES
from recoup.film.order import digest, drawing_code, sources
from recoup.model.motion import Motion

GLB = "glb"
_BODY = ("body", "film/live")


@dataclass(frozen=True)
class LiveOrder:
    """One repetition of a motion by a figure, to be drawn in the page."""

    motion: Motion
    figure: str = "woman"
    side: str = "left"

    @property
    def shown(self) -> Motion:
        """Return the motion of the side that is shown."""
        return self.motion.changed(self.side) if self.motion.sided else self.motion

    def body_name(self, data: Path) -> str:
        """Return the name of the body's file: the same for every motion."""
        return _name(repr(FIGURES[self.figure]), sources(data), drawing_code(_BODY))

    def motion_name(self, data: Path) -> str:
        return _name(repr(self.shown), repr(FIGURES[self.figure]), sources(data), drawing_code())


def _name(*parts: str) -> str:
    return f"{digest(*parts)}.{GLB}"
