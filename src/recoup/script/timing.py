"""Words with their times, as a voice has spoken them."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is shown, and when it is heard; seconds from the start of the sound."""

    text: str
    start_s: float
    end_s: float

    def later(self, seconds: float) -> Word:
        return replace(self, start_s=self.start_s + seconds, end_s=self.end_s + seconds)
