"""Speech, and who speaks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from recoup.script.line import Line
from recoup.script.timing import Word

RATE = 24_000
"""Samples a second."""

Samples = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Speech:
    """Sound from -1 to 1 at ``RATE``, and its words in order: as many as the line has, none
    before another, all within the sound."""

    samples: Samples
    words: tuple[Word, ...]

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE


class Voice(Protocol):
    """Speaks lines. The same line gives the same speech, to the bit, on one machine."""

    @property
    def mark(self) -> str:
        """Everything besides the line that the sound depends on."""
        ...

    def speak(self, line: Line) -> Speech: ...
