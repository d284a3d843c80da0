"""Reading age: the Flesch-Kincaid grade of a text.

``grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59`` (Kincaid 1975). Grade 6 is
read at about 11 years. Syllables are counted from the spelling: groups of vowels, less a silent
ending, plus the pairs of vowels that are spoken apart. Numbers count one syllable a figure group.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['\u2019][A-Za-z]+)*|\d+(?:[.,]\d+)*")
_SENTENCE_END = re.compile(r"[.!?]+(?=[\s\"')\]]|$)")
_VOWELS = re.compile(r"[aeiouy\u00e0-\u00ff]+")
_APART = re.compile(
    r"(?<![cgst])i(?:a|o(?!n)|um)|i(?:er|est)$|(?<!q)u(?:a(?!r)|ous|ids?$)|(?<!g)eo(?!us|ple)"
    r"|(?<=[rd])eas?$|(?<=[aeoy])ing$"
)
_SILENT = re.compile(
    r"(?<=[^aeiouy])e$|(?<=[^aeiouydt])ed$|(?<=[^aeiouysxzcg])es$"
    r"|(?<=[^aeiouyl])e(?=(?:ments?|ful|ty|ly|thing|one|where)$)"
)
_SPOKEN = re.compile(r"[^aeiouylr]le[sd]?$|(?:ch|sh)es$")


def words(text: str) -> list[str]:
    """Return the words of ``text``; parts of hyphened words count alone."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Return the sentences of ``text``; the end of the text ends one."""
    return [part for part in _SENTENCE_END.split(text) if words(part)]


@cache
def syllables(word: str) -> int:
    """Return the syllables of an English word, at least 1.

    >>> [syllables(word) for word in ("knee", "gentle", "moved", "rested", "area", "exercises")]
    [1, 2, 1, 2, 3, 4]
    """
    small = word.lower().removesuffix("'s").removesuffix("\u2019s")
    count = len(_VOWELS.findall(small)) + len(_APART.findall(small))
    if _SILENT.search(small) and not _SPOKEN.search(small):
        count -= 1
    return max(1, count)


def grade(text: str, exempt: Collection[str] = ()) -> float:
    """Return the grade of ``text``; words of ``exempt`` count two syllables at most.

    An empty text has grade 0.
    """
    found = words(text)
    if not found:
        return 0.0
    spoken = sum(
        min(2, syllables(word)) if word.lower() in exempt else syllables(word) for word in found
    )
    return 0.39 * len(found) / len(sentences(text)) + 11.8 * spoken / len(found) - 15.59
