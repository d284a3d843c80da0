"""Marks: what is written and drawn over the picture, and from which frame to which.

Every mark is a value. How it looks is another matter (``drawing``), so that large type and high
contrast change nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ALWAYS = 1 << 30
"""As many frames as there are."""


class Tone(StrEnum):
    """What a tag is about: a step, something wrong, the same put right, or a reason to stop."""

    STEP = "step"
    WRONG = "wrong"
    RIGHT = "right"
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Shown from frame ``first`` of its piece for ``count`` frames; all the piece by default."""

    first: int = 0
    count: int = ALWAYS

    def shows(self, k: int) -> bool:
        return self.first <= k < self.first + self.count


@dataclass(frozen=True, slots=True)
class Tag(Mark):
    """What is going on, in the upper left corner: a few words, and a line of smaller ones."""

    text: str
    small: str = ""
    tone: Tone = Tone.STEP


@dataclass(frozen=True, slots=True)
class Count(Mark):
    """The number of a repetition, to be read from the floor, in the upper right corner. Of how
    many stands below it where ``of`` says so."""

    number: int
    of: int = 0


@dataclass(frozen=True, slots=True)
class Ring(Mark):
    """A dial that empties, with the time left in it: one turn is a minute, so what is left looks
    the same however long the whole is. At the mark's beginning ``left`` frames are left. In the
    upper right corner."""

    left: int


@dataclass(frozen=True, slots=True)
class Label(Mark):
    """A name with a line to the middle of the target, wherever it goes."""

    text: str


@dataclass(frozen=True, slots=True)
class Points(Mark):
    """Short lines to remember, on a panel at the right; upright pictures have it below."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card(Mark):
    """Large words over a veiled picture: the beginning of a film or of its parts."""

    text: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Credit(Mark):
    """Whose work is shown, small, in the lower right corner."""

    text: str
