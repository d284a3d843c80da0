"""What the files of a live figure are made from, and the names that follow from it.

Only text is read here: a web process knows the names without the means to make the files.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from recoup.body.figure import FIGURES
from recoup.model.motion import Motion

_PACKAGE = Path(__file__).resolve().parents[2]
_BODY, _ALL = ("body", "film/live"), ("body", "motion", "film", "model/motion.py")


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
        return _name(repr(FIGURES[self.figure]), _sources(data), _code(_BODY))

    def motion_name(self, data: Path) -> str:
        return _name(
            repr(self.shown), repr(FIGURES[self.figure]), _sources(data), _code(_ALL)
        )


def _name(*parts: str) -> str:
    total = hashlib.sha256()
    for part in parts:
        content = part.encode()
        total.update(len(content).to_bytes(8, "big"))
        total.update(content)
    return f"{total.hexdigest()[:32]}.glb"


def _sources(data: Path) -> str:
    return " ".join(sorted(path.name for path in data.glob("*.whl")))


@cache
def _code(parts: tuple[str, ...]) -> str:
    """Return the hash of the code that the files depend on: other code makes other files."""
    total = hashlib.sha256()
    for part in parts:
        place = _PACKAGE / part
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            total.update(path.relative_to(_PACKAGE).as_posix().encode())
            total.update(path.read_bytes())
    return total.hexdigest()
