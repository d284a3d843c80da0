"""What a film of an exercise is made from, and the name that follows from it.

Only text is read here: a web process knows the name of a film without the means to render it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from recoup.body.figure import FIGURES
from recoup.film.room import Room
from recoup.model.motion import Motion

SHAPES: dict[str, tuple[int, int]] = {"4:5": (4, 5), "16:9": (16, 9)}
"""Width against height: upright for the phone, wide for a screen."""

LEAST_HEIGHT, MOST_HEIGHT = 90, 2160
POSTER = "jpg"
PACKAGES = (".whl", ".zip")

_PACKAGE = Path(__file__).resolve().parents[1]
_RENDERERS = ("body", "motion", "film")
_APART = (Path("film/speech"), Path("film/edit"))
"""They draw no figure: speaking or cutting in another way leaves the pictures as they are."""


class OrderError(Exception):
    """A film cannot be made like this. ``problems`` lists everything, each with what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Order:
    """One repetition of a motion by a figure, as a picture of a shape and height (pixels).

    ``side`` is the side that a sided motion is done with. An alternating motion shows both.
    ``view`` is one of the motion's views, by default its first. With ``room`` for type the camera
    sees the way in and out too, so that all of it can be cut together.
    """

    motion: Motion
    figure: str = "woman"
    shape: str = "4:5"
    height: int = 720
    side: str = "left"
    view: str = ""
    room: Room = Room.NONE
    glowing: bool = True
    look: str = "plain"
    closeup: str = ""

    def __post_init__(self) -> None:
        problems = [
            f"{option}: {value!r} is not known. Choose from: {', '.join(known)}."
            for option, value, known in (
                ("--body", self.figure, FIGURES),
                ("--shape", self.shape, SHAPES),
                ("--side", self.side, ("left", "right")),
                ("view", self.seen_from, self.motion.views),
            )
            if value not in known
        ]
        if not LEAST_HEIGHT <= self.height <= MOST_HEIGHT or self.height % 2:
            problems.append(
                f"--height: {self.height} is not an even number from {LEAST_HEIGHT} to "
                f"{MOST_HEIGHT}. 720 is usual."
            )
        if problems:
            raise OrderError(problems)

    @property
    def width(self) -> int:
        """Return the width in pixels: even, as half-size colour planes need."""
        across, down = SHAPES[self.shape]
        return round(self.height * across / down / 2) * 2

    @property
    def seen_from(self) -> str:
        return self.view or self.motion.views[0]

    @property
    def shown(self) -> Motion:
        """Return the motion of the side that is shown."""
        return self.motion.changed(self.side) if self.motion.sided else self.motion

    def key(self, data: str) -> str:
        """Return 32 hex digits of everything that the pictures depend on: the motion's text, the
        figure, the ``sources`` it is built from, shape, size, and the code that draws."""
        parts = (
            repr(self.shown), repr(FIGURES[self.figure]), data, self.shape, str(self.height),
            self.seen_from, f"{self.room} {self.glowing} {self.look} {self.closeup}",
            drawing_code(),
        )  # fmt: skip
        return digest(*parts)


def sources(data: Path) -> str:
    """Return the names of the data packages: a film made from others has another name."""
    kept = (path.name for path in data.glob("*") if path.suffix in PACKAGES)
    return " ".join(sorted(kept))


def digest(*parts: str) -> str:
    """Return 32 hex digits for texts; where one ends and the next begins counts."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode()
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()[:32]


@cache
def drawing_code(folders: tuple[str, ...] = _RENDERERS) -> str:
    """Return the hash of the code that pictures depend on: another renderer makes others."""
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted((_PACKAGE / folder).rglob("*.py")):
            if path.parent in [_PACKAGE / one for one in _APART]:
                continue
            total.update(path.relative_to(_PACKAGE).as_posix().encode())
            total.update(path.read_bytes())
    return total.hexdigest()
