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


def read_text(path: str) -> str:
    """Return the text of a file, or of standard input for "-"; exit 2 when it cannot be read."""
    try:
        if path == STANDARD_INPUT:
            return sys.stdin.read()
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        fail([f"{path}: {error}. Name a readable UTF-8 file."])


def parse_json(text: str, name: str) -> Any:
    """Return the parsed JSON; exit 2 with line and column when it is malformed."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        fail([f"{name}: line {error.lineno}, column {error.colno}: {error.msg}. Mend the JSON."])
    except (ValueError, RecursionError) as error:
        fail([f"{name}: {error}. Mend the JSON."])


def print_json(document: object) -> None:
    sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=False) + "\n")


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
