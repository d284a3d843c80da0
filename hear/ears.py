"""Ears in processes of their own. The transcriber and the aligner are in an environment of their
own, `.venv-hear`, and never part of the app."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from hear.problem import EarError
from hear.sound import Samples

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv-hear/bin/python"
COMMAND = (str(PYTHON), "-m", "hear.ear")
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class Ear:
    """Speaks with one process; see hear.ear. Every answer may raise EarError."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def words(self, samples: Samples) -> list[str]:
        """Return the words heard in a sound, as they are written."""
        answer: list[str] = self._ask({"hear": len(samples)}, samples.tobytes())
        return answer

    def starts(self, words: Sequence[str]) -> list[float] | None:
        """Return when the words begin in the last sound; None when they do not fit it."""
        answer: list[float] | None = self._ask({"lay": list(words)})
        return answer

    def sounds(self, words: Sequence[str]) -> list[str]:
        answer: list[str] = self._ask({"sound": list(words)})
        return answer

    def _ask(self, request: dict[str, Any], data: bytes = b"") -> Any:
        asked, answered = self._process.stdin, self._process.stdout
        if asked is None or answered is None:
            raise EarError("The listener has no pipe. Start it with ears().")
        try:
            asked.write(json.dumps(request).encode() + b"\n" + data)
            asked.flush()
            line = answered.readline()
        except OSError:
            line = b""
        if not line:
            raise EarError("The listener stopped; what it said stands above. Run make hear again.")
        return json.loads(line)


@contextmanager
def ears(count: int, command: Sequence[str] = COMMAND) -> Iterator[list[Ear]]:
    """Start ears, and end them afterwards; raise EarError when they are not installed."""
    with ExitStack() as ending:
        yield [Ear(ending.enter_context(_started(command))) for _ in range(count)]


@contextmanager
def _started(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **ONE_THREAD},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
    except FileNotFoundError:
        raise EarError("The listener is not installed. Run make hear FILM=...") from None
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
