"""The list of a film's words, FILM.words.json, which the film's maker writes beside it.

    [{"text": "Lie on your back.", "words": [["Lie", 0.10, 0.22], ...]}, ...]
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from hear.problem import FilmError
from hear.word import Said

ENDING = ".words.json"


def beside(film: Path) -> Path:
    """Return where the list of a film's words stands.

    >>> beside(Path("films/bridge.mp4")).name
    'bridge.words.json'
    """
    return film.with_suffix(ENDING)


def read(place: Path) -> list[Said]:
    """Return the words in order of time; raise FilmError with what is wrong and where."""
    try:
        lines = json.loads(place.read_text("utf-8"))
    except OSError as error:
        raise FilmError(f"{place}: {error.strerror}. It should stand beside the film.") from None
    except ValueError as error:
        raise FilmError(f"{place}: {error}. Make the film again.") from None
    if not isinstance(lines, list):
        raise FilmError(f"{place}: it should be a list of lines. Make the film again.")
    words = [word for number, line in enumerate(lines) for word in _words(line, number, place)]
    if not words:
        raise FilmError(f"{place}: it holds no words, so there is nothing to hear.")
    return sorted(words, key=lambda word: word.start_s)


def _words(line: Any, number: int, place: Path) -> list[Said]:
    try:
        return [_word(*entry) for entry in line["words"]]
    except (TypeError, KeyError, ValueError) as error:
        raise FilmError(f"{place}: line {number + 1}: {error}. Make the film again.") from None


def _word(shown: str, start_s: float, end_s: float) -> Said:
    if not isinstance(shown, str) or not 0 <= start_s <= end_s < math.inf:
        raise ValueError(f"{shown!r} cannot be said from {start_s} s to {end_s} s")
    return Said(shown, float(start_s), float(end_s))
