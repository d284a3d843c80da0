"""Reading JSON and writing it, and how bad input is told."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:
    from recoup.library import Problem
    from recoup.model.content import Library

BAD_INPUT = 2
FAILED_CHECK = 1
STANDARD_INPUT = "-"
WHO = "Who shows it: woman, man, older, larger, pregnant."


def read_text(path: str) -> str:
    """Return the text of a file, or of standard input for "-"; exit 2 when it cannot be read."""
    try:
        if path == STANDARD_INPUT:
            return sys.stdin.read()
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        fail([f"{path}: {error}. Name a readable UTF-8 file."])


def parse(text: str) -> Any:
    """Return the parsed JSON; raise ValueError when it is malformed or a key stands twice.

    Python would keep the last of two: a danger sign in the first would be lost without a word.
    """
    return json.loads(text, object_pairs_hook=_each_once)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"The key {twice} stands twice")
    return found


def parse_json(text: str, name: str) -> Any:
    """Return the parsed JSON; exit 2 with line and column when it is malformed."""
    try:
        return parse(text)
    except json.JSONDecodeError as error:
        fail([f"{name}: line {error.lineno}, column {error.colno}: {error.msg}. Mend the JSON."])
    except (ValueError, RecursionError) as error:
        fail([f"{name}: {error}. Mend the JSON."])


def print_json(document: object, indent: int | None = 2) -> None:
    """Print a document. Half a character, such as a lone surrogate, is written as its escape."""
    text = json.dumps(document, indent=indent, ensure_ascii=False) + "\n"
    sys.stdout.write(text.encode("utf-8", "backslashreplace").decode("utf-8"))


def fail(problems: Iterable[object], status: int = BAD_INPUT) -> NoReturn:
    for problem in problems:
        typer.echo(str(problem), err=True)
    raise typer.Exit(status)


def load_library(folder: str | None = None) -> Library:
    """Return the library; exit 2 listing every problem when its text is broken."""
    from pathlib import Path

    from recoup.library import LibraryError, load

    try:
        return load(Path(folder)) if folder else load()
    except LibraryError as error:
        fail(error.problems)


def told(problems: Iterable[Problem]) -> list[str]:
    return [str(problem) for problem in problems]
