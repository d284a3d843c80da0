"""YAML text to plain data, with the line of every value."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

import yaml

from recoup.library.problem import Path, Problem


class _Loader(yaml.CSafeLoader):
    """The C loader, which also notes keys that stand twice in one mapping."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.twice: list[tuple[str, int]] = []

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, object]:
        mapping: dict[Hashable, object] = super().construct_mapping(node, deep)
        if len(mapping) != len(node.value):
            seen: set[str] = set()
            for key, _ in node.value:
                if key.value in seen:
                    self.twice.append((key.value, key.start_mark.line + 1))
                seen.add(key.value)
        return mapping


@lru_cache(maxsize=1024)
def parse(file: str, text: str) -> tuple[object, tuple[Problem, ...]]:
    """Return the data of ``text`` and the problems of its form; data is None when it has none.

    The data is shared, so nobody may change it: reading and checking want the same files.
    """
    loader = _Loader(text)
    try:
        data = loader.get_single_data()
    except (yaml.YAMLError, ValueError) as error:
        return None, (_broken(file, error),)
    finally:
        loader.dispose()
    problems = tuple(
        Problem(file, key, f"The key {key} stands twice.", "Keep one of them.", line)
        for key, line in loader.twice
    )
    return data, problems


def line_of(text: str, path: Path) -> int | None:
    """Return the line (from 1) of the value at ``path``, or of the deepest part that exists."""
    try:
        node = _nodes(text)
    except yaml.YAMLError:
        return None
    line = None if node is None else node.start_mark.line + 1
    for step in path:
        found = _step(node, step)
        if found is None:
            return line
        line, node = found
    return line


@lru_cache(maxsize=8)
def _nodes(text: str) -> yaml.Node | None:
    return yaml.compose(text, yaml.CSafeLoader)


def _step(node: yaml.Node | None, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        value = node.value[step]
        return value.start_mark.line + 1, value
    return None


def _broken(file: str, error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error)
    line = None if mark is None else mark.line + 1
    return Problem(file, "", f"This is not YAML: {what}.", "Mend the text at this line.", line)
