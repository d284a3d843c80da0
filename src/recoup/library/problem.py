"""What is wrong with a text, and how to mend it.

Exceptions of this package::

    Exception
    └── ProblemsError         holds every problem found, never only the first
        ├── LibraryError      the library's text cannot be read
        └── InputError        answers or an event from outside cannot be read
"""

from __future__ import annotations

import difflib
import reprlib
from collections.abc import Iterable
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Where a value stands in a file: ``("rules", 3, "when")``."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: ``path`` leads to it inside ``file``; ``mend`` says what to do about it.

    ``line`` counts from 1; None when the place is not a line of a file.
    """

    file: str
    path: str
    text: str
    mend: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        where = f"{place}: {self.path}" if self.path else place
        return f"{where}: {self.text} {self.mend}".rstrip()


class ProblemsError(Exception):
    """Something from outside cannot be read; ``problems`` lists every reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class LibraryError(ProblemsError):
    """The library's text cannot be read."""


class InputError(ProblemsError):
    """Answers or an event from outside cannot be read."""


def path_text(path: Path) -> str:
    """Write a path the way people point at it.

    >>> path_text(("rules", 3, "when"))
    'rules[3].when'
    """
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def said(value: object) -> str:
    """Write a value from outside into a message: short, whatever it is."""
    return reprlib.repr(value)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return how to mend an unknown ``word``: the nearest known one, or the known ones."""
    names = sorted(known)
    close = difflib.get_close_matches(word[:LONGEST_NAME], names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {close[0]}?"
    if 0 < len(names) <= MOST_NAMES:
        return f"Use one of: {', '.join(names)}."
    return "Use a name that exists."


MOST_NAMES = 24
"""Longer lists of names are not printed: nobody reads them."""

LONGEST_NAME = 60
