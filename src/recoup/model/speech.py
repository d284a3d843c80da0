"""How texts are said aloud."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``said`` is what is said for a sign, a unit or a short form; ``phonemes`` is how a word is
    said that a voice would get wrong. Words are found in lower case, short forms as written."""

    said: Mapping[str, str] = field(default_factory=dict)
    phonemes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manner:
    """How to speak: the lexicon, and the cues that are said during an exercise, by name."""

    lexicon: Lexicon
    cues: Mapping[str, str]
