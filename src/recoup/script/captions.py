"""Captions from the times of the words, as WebVTT."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from recoup.script.timing import Word

LETTERS, ROWS = 42, 2
"""The most that is read at a glance: letters of a row, and rows of a caption."""

LINGER_S = 0.7
"""How long a caption stays after its last word, when nothing follows."""

SHORTEST_S = 1.0
"""A caption stays so long when there is time, however short the word."""

CLAUSE_END = (",", ";", ":", ".", "!", "?", "…", "–")  # noqa: RUF001 - the dash of a clause
STARTERS = frozenset({"and", "or", "but", "so", "then", "until", "when", "while", "if", "as",
                      "because", "with", "to", "from"})  # fmt: skip
"""Words that a row had better begin with than end with."""

LEADERS = STARTERS | {"a", "an", "the", "your"}
"""Words that lead on to the next: no row should end with one."""


@dataclass(frozen=True, slots=True)
class Caption:
    """One or two rows, shown from ``start_s`` until just before ``end_s``."""

    start_s: float
    end_s: float
    rows: tuple[str, ...]


def captions(sentences: Iterable[Sequence[Word]]) -> tuple[Caption, ...]:
    """Return the captions of spoken sentences, in order of time. None holds more than one
    sentence, and none overlaps the next; each begins with its first word.

    Raises ValueError when two sentences are spoken at once, or a word is longer than a row.
    """
    groups = [group for words in sentences for group in _grouped(tuple(words))]
    found: list[Caption] = []
    for place, group in enumerate(groups):
        start, end = group[0].start_s, group[-1].end_s
        after = groups[place + 1][0].start_s if place + 1 < len(groups) else float("inf")
        if after < end:
            raise ValueError(f"{_text(groups[place + 1])!r} is spoken over {_text(group)!r}.")
        until = min(after, max(end + LINGER_S, start + SHORTEST_S))
        found.append(Caption(start, until, _rows(group)))
    return tuple(found)


def webvtt(shown: Iterable[Caption]) -> str:
    """Return the captions as a WebVTT file.

    >>> print(webvtt([Caption(0, 1.5, ("Lie on your back.",))]))
    WEBVTT
    <BLANKLINE>
    00:00:00.000 --> 00:00:01.500
    Lie on your back.
    <BLANKLINE>
    """
    cues = ["WEBVTT\n"]
    for one in shown:
        rows = "\n".join(_escaped(row) for row in one.rows)
        cues.append(f"{_time(one.start_s)} --> {_time(one.end_s)}\n{rows}\n")
    return "\n".join(cues)


def _grouped(words: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    """Split a sentence into as few captions as hold it, at the best place: after a clause, and
    with about as much on either side."""
    if not words:
        return
    if _rows(words):
        yield words
        return
    if len(words) == 1:
        raise ValueError(f"{words[0].text!r} is longer than {LETTERS} letters.")
    cut = min(range(1, len(words)), key=lambda k: _cost(words, k))
    yield from _grouped(words[:cut])
    yield from _grouped(words[cut:])


def _rows(words: Sequence[Word]) -> tuple[str, ...]:
    """Return the words as one or two rows; none when they do not fit."""
    text = _text(words)
    if len(text) <= LETTERS:
        return (text,)
    halves = [(_text(words[:k]), _text(words[k:])) for k in range(1, len(words))]
    fitting = [k for k, rows in enumerate(halves, 1) if max(map(len, rows)) <= LETTERS]
    if not fitting:
        return ()
    return halves[min(fitting, key=lambda k: _cost(words, k)) - 1]


def _cost(words: Sequence[Word], k: int) -> float:
    """Return how bad a break before word ``k`` is: in letters out of balance."""
    uneven = abs(len(_text(words[:k])) - len(_text(words[k:])))
    after_clause = words[k - 1].text.endswith(CLAUSE_END)
    before_starter = words[k].text.lower() in STARTERS
    after_leader = words[k - 1].text.lower() in LEADERS
    return uneven - 24 * after_clause - 12 * before_starter + 16 * after_leader


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _time(seconds: float) -> str:
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
