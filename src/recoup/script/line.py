"""A line: one sentence as it is shown, and as it is said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """A word of a text, with its punctuation, and what the voice says for it.

    ``phonemes`` is how to say it where the voice would get it wrong.

    >>> Said("10", "ten")
    Said(shown='10', spoken='ten', phonemes=None)
    """

    shown: str
    spoken: str
    phonemes: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, and the file and line of the text that it comes from."""

    words: tuple[Said, ...]
    place: str = ""

    @property
    def shown(self) -> str:
        return " ".join(word.shown for word in self.words)

    @property
    def spoken(self) -> str:
        return " ".join(word.spoken for word in self.words)
