"""Spelling out: "8-10", "eight to ten" and "you're" become the same words on both sides.

How a word is written is the film's affair or the transcriber's. What counts is what is said.
"""

from __future__ import annotations

import re
from types import MappingProxyType

from recoup.model.speech import Lexicon
from recoup.script.speaking import UnspeakableError, lines

WORDS = re.compile(r"[a-zà-öø-ÿ]+(?:'[a-z]+)*'?")
PIECES = re.compile(r"\d+(?:[.:/,-]\d+)*(?:st|nd|rd|th)?|[^\W\d_]+(?:'[^\W\d_]+)*'?")

WHOLE = MappingProxyType(
    {"let's": "let us", "can't": "can not", "cannot": "can not", "won't": "will not"}
    | {f"{word}'s": f"{word} is" for word in ("it", "that", "there", "here", "what", "who",
                                              "he", "she")}
)  # fmt: skip
ENDINGS = MappingProxyType(
    {"n't": "not", "'re": "are", "'ll": "will", "'ve": "have", "'m": "am"}
)


def plain(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the words that are said for a word as it is written, in lower case.

    >>> plain("8-10", Lexicon()), plain("You're", Lexicon())
    (('eight', 'to', 'ten'), ("you're",))
    """
    return tuple(WORDS.findall(_said(word.replace("’", "'"), lexicon).lower()))  # noqa: RUF001


def spelled_out(word: str) -> tuple[str, ...]:
    """Return a plain word without its short form.

    >>> spelled_out("you're"), spelled_out("fingers'")
    (('you', 'are'), ('fingers',))
    """
    word = word.rstrip("'")
    if word in WHOLE:
        return tuple(WHOLE[word].split())
    for ending, full in ENDINGS.items():
        if word.endswith(ending) and word != ending:
            return (word[: -len(ending)], full)
    return (word,)


def _said(word: str, lexicon: Lexicon) -> str:
    try:
        return " ".join(line.spoken for line in lines(word, lexicon))
    except UnspeakableError:
        pieces = PIECES.findall(word)
        if pieces == [word] or not pieces:
            return word
        return " ".join(_said(piece, lexicon) for piece in pieces)
