"""Running the command line as others do: a command, its output, its exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from recoup.cli import app


def run(*words: object, given: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=given)


def answer(*words: object, given: str | None = None) -> Any:
    """Return the JSON that a command printed; it must have gone well."""
    result = run(*words, given=given)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def complaints(*words: object, given: str | None = None) -> list[str]:
    """Return the problems a command listed for bad input."""
    result = run(*words, given=given)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.stderr.splitlines()


def file(folder: Path, name: str, *documents: object) -> Path:
    """Write documents to a file, one a line, and return its path."""
    path = folder / name
    lines = (one if isinstance(one, str) else json.dumps(one) for one in documents)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
