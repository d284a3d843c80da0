"""How a word sounds, in the phones of the aligner's dictionary."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType

LookUp = Callable[[str], str | None]

SOUNDS = MappingProxyType({
    "tch": "CH", "dge": "JH", "sh": "SH", "ch": "CH", "th": "TH", "ph": "F", "wh": "W", "ck": "K",
    "ng": "NG", "qu": "K W", "ee": "IY", "ea": "IY", "oo": "UW", "ou": "AW", "ow": "AW", "oa": "OW",
    "ai": "EY", "ay": "EY", "oi": "OY", "oy": "OY", "au": "AO", "aw": "AO", "er": "ER", "ur": "ER",
    "ir": "ER", "ar": "AA R", "or": "AO R", "a": "AE", "b": "B", "c": "K", "d": "D", "e": "EH",
    "f": "F", "g": "G", "h": "HH", "i": "IH", "j": "JH", "k": "K", "l": "L", "m": "M", "n": "N",
    "o": "AA", "p": "P", "q": "K", "r": "R", "s": "S", "t": "T", "u": "AH", "v": "V", "w": "W",
    "x": "K S", "y": "IY", "z": "Z",
})  # fmt: skip
LETTERS = re.compile("|".join(SOUNDS))
TWICE = re.compile(r"([b-df-hj-np-tv-z])\1")


def sounds(word: str, look_up: LookUp) -> str:
    """Return the phones of a word: the dictionary's, else as its letters usually sound.

    Rough is enough: the consonants tell an aligner where the word is, and words that are written
    in two ways come out alike.

    >>> sounds("flattens", {}.get), sounds("flatens", {}.get)
    ('F L AE T EH N S', 'F L AE T EH N S')
    """
    return look_up(word) or " ".join(
        SOUNDS[letters] for letters in LETTERS.findall(TWICE.sub(r"\1", word.lower()))
    )
