"""The desk of the checks: the library, its texts, and where each problem stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from recoup.library.problem import Path, Problem, path_text
from recoup.library.yaml_text import line_of, parse
from recoup.model.content import Library

KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Shown:
    """A text that a person may see, and where it stands."""

    file: str
    path: Path
    text: str


class Finder:
    """Collects problems. ``data`` is the plain data of each file: checks use it to say where."""

    def __init__(self, library: Library, texts: Mapping[str, str]) -> None:
        self.library = library
        self.texts = texts
        self.problems: list[Problem] = []
        self.data = {file: parse(file, text)[0] for file, text in texts.items()}

    def report(self, file: str, path: Path, text: str, mend: str) -> None:
        line = line_of(self.texts[file], path) if file in self.texts else None
        self.problems.append(Problem(file, path_text(path), text, mend, line))

    def files(self, folder: str) -> Iterator[str]:
        return (file for file in self.texts if file.startswith(f"{folder}/"))

    def found(self, file: str, pattern: str) -> Iterator[tuple[Path, str]]:
        """Yield the texts at ``pattern``, where * stands for any name or place in a list."""
        yield from _found(self.data.get(file), tuple(pattern.split(".")), ())


def _found(data: object, pattern: tuple[str, ...], path: Path) -> Iterator[tuple[Path, str]]:
    if not pattern:
        if isinstance(data, str):
            yield path, data
        return
    first, rest = pattern[0], pattern[1:]
    if isinstance(data, dict):
        for name in data if first == "*" else (first,):
            if name in data:
                yield from _found(data[name], rest, (*path, str(name)))
    elif isinstance(data, list) and first == "*":
        for place, value in enumerate(data):
            yield from _found(value, rest, (*path, place))
