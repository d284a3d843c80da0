"""An audio description: what is said for a motion, by its phases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recoup.model.speech import Lexicon
from recoup.script.line import Line
from recoup.script.speaking import lines

WORDS_A_SECOND = 2.5
"""How fast a description is said: 150 words a minute, slow enough to be followed."""


@dataclass(frozen=True, slots=True)
class Described:
    """What moves in one phase: its part (get_in, cycle or get_out), its time on the track's
    clock, and what is said: ``text`` in full, ``short`` with the largest move alone."""

    part: str
    start_s: float
    end_s: float
    text: str
    short: str

    @property
    def texts(self) -> tuple[str, str]:
        return self.text, self.short


@dataclass(frozen=True, slots=True)
class Description:
    """How somebody lies, sits or stands at the start, and then each phase."""

    motion: str
    start: str
    phases: tuple[Described, ...]

    def texts(self) -> Iterator[str]:
        """Yield everything that may be said."""
        yield self.start
        for phase in self.phases:
            yield from phase.texts

    def lines(self, lexicon: Lexicon) -> list[Line]:
        """Return the start and the full text of every phase as lines to be said; raise
        UnspeakableError."""
        place = f"motions/{self.motion}.yaml"
        texts = (self.start, *(phase.text for phase in self.phases))
        return [line for text in texts for line in lines(text, lexicon, place)]


def said_in_s(text: str) -> float:
    """Return how long a text takes to say.

    >>> said_in_s("The left foot lifts off the floor.")
    2.8
    """
    return len(text.split()) / WORDS_A_SECOND


def fitting(texts: Iterable[str], seconds: float) -> str:
    """Return the longest of the texts that can be said in so many seconds; empty when none can.

    >>> fitting(("The left knee bends to about a right angle.", "The left knee bends."), 2)
    'The left knee bends.'
    """
    short = [text for text in texts if said_in_s(text) <= seconds]
    return max(short, key=said_in_s, default="")
