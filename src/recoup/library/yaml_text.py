"""YAML text to plain data, with the line of every value.

Nearly all of the library is mappings, lists, text and numbers. Those are taken from the parser as
they come, three times as fast as by way of PyYAML's tree of nodes. A text with anything else in
it, a mistake above all, is read again by that way: what it finds counts.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

import yaml
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from recoup.library.problem import Path, Problem

TEXT = "tag:yaml.org,2002:str"
FIRST = frozenset(yaml.CSafeLoader.yaml_implicit_resolvers)
"""How words without quotes begin that may stand for something else than themselves."""
PLAIN = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("int", "float", "bool", "null"))


class _Unusual(Exception):
    """There is something in a text that is not taken as it comes."""


class _Plain:
    """A text of one document that holds mappings, lists, text and numbers, and nothing else:
    no tags, no anchors, no key twice."""

    def __init__(self, text: str) -> None:
        self._next: Callable[[], Any] = yaml.CSafeLoader(text).get_event

    def data(self) -> object:
        self._next()  # the beginning of the stream
        first = self._next()
        if type(first) is not DocumentStartEvent:
            return None
        data = self._value(self._next())
        self._next()  # the end of the document
        if type(self._next()) is not StreamEndEvent:
            raise _Unusual
        return data

    def _value(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> object:
        if event.anchor is not None or event.tag is not None:  # an alias has its anchor's name
            raise _Unusual
        if isinstance(event, ScalarEvent):
            word: str = event.value
            return _meaning(word) if event.implicit[0] and word[:1] in FIRST else word
        return self._mapping() if isinstance(event, MappingStartEvent) else self._list()

    def _mapping(self) -> dict[object, object]:
        mapping: dict[object, object] = {}
        while type(event := self._next()) is not MappingEndEvent:
            key = self._value(event)
            if not isinstance(key, Hashable) or key in mapping:
                raise _Unusual
            mapping[key] = self._value(self._next())
        return mapping

    def _list(self) -> list[object]:
        values = []
        while type(event := self._next()) is not SequenceEndEvent:
            values.append(self._value(event))
        return values


@lru_cache(maxsize=4096)
def _meaning(word: str) -> object:
    """Return what a word without quotes stands for: itself, a number, yes or no, or nothing."""
    loader = yaml.CSafeLoader("")
    tag = loader.resolve(yaml.ScalarNode, word, (True, False))  # type: ignore[no-untyped-call]
    if tag == TEXT:
        return word
    if tag not in PLAIN:
        raise _Unusual
    value: object = loader.construct_object(yaml.ScalarNode(tag, word))
    return value


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
    try:
        return _Plain(text).data(), ()
    except (_Unusual, yaml.YAMLError, ValueError):
        return _parse_all(file, text)


def _parse_all(file: str, text: str) -> tuple[object, tuple[Problem, ...]]:
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
