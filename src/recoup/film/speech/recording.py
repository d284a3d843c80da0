"""Recordings: lines said in a row, as files that a page plays and an index with every time."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from pathlib import Path

from recoup.film.speech.kept import Kept
from recoup.film.speech.kokoro import load
from recoup.film.speech.order import INDEX, Recording
from recoup.film.speech.track import FORMS, Track, encoded, track
from recoup.film.speech.value import Speech
from recoup.film.store import FolderStore, Store
from recoup.script.line import Line

MEDIA = {"weba": "audio/webm", "m4a": "audio/mp4"}


def say(line: Line, folder: Path, voice: str, said: FolderStore) -> Speech:
    """Say one line with the voice built in ``folder``, or give back what was said before."""
    return Kept(load(folder, voice), said).speak(line)


def record(
    order: Recording, mark: str, say: Callable[[Line], Speech], into: Store, executor: Executor
) -> str:
    """Make a recording and return the name of its index, which is kept last: where the index is,
    the sound is. ``say`` speaks a line with the voice of that mark, several at a time.

    Raises VoiceError, StoreError or BrokenProcessPool.
    """
    key = order.key(mark)
    speeches = list(executor.map(say, [line for _, line in order.lines]))
    made = track(speeches, [order.pause_s] * len(speeches))
    sound = []
    for ending, form in FORMS.items():
        into.put(f"{key}.{ending}", io.BytesIO(encoded(made.samples, form)))
        sound.append({"file": f"{key}.{ending}", "type": MEDIA[ending]})
    index = {"sound": sound, "lines": _told(order.lines, made)}
    into.put(f"{key}.{INDEX}", io.BytesIO(json.dumps(index, separators=(",", ":")).encode()))
    return f"{key}.{INDEX}"


def _told(lines: Sequence[tuple[str, Line]], made: Track) -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "start": _ms(start),
            "end": _ms(end),
            "words": [[word.text, _ms(word.start_s), _ms(word.end_s)] for word in words],
        }
        for (name, _), words, (start, end) in zip(lines, made.speeches, made.spans, strict=True)
    ]


def _ms(seconds: float) -> float:
    return round(seconds, 3)
