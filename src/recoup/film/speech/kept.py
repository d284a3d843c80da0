"""A voice that says each line once: what it has said is kept in a store."""

from __future__ import annotations

import io
import json
from dataclasses import astuple, dataclass

import numpy as np

from recoup.film.order import digest
from recoup.film.speech.value import Samples, Speech, Voice
from recoup.film.store import Store
from recoup.script.line import Line
from recoup.script.timing import Word

SAID = "said"
LOUDEST = 32767


@dataclass(frozen=True)
class Kept:
    """Speaks with ``voice`` and keeps the speech by everything it depends on: another word,
    pronunciation, voice or model is another speech. Sound is kept in 16 bits, and given back as
    kept, the first time too."""

    voice: Voice
    store: Store

    @property
    def mark(self) -> str:
        return self.voice.mark

    def name(self, line: Line) -> str:
        return f"{digest('speech', self.mark, repr(line.words))}.{SAID}"

    def speak(self, line: Line) -> Speech:
        name = self.name(line)
        kept = self._kept(name)
        if kept is not None:
            return kept
        packed = _pack(self.voice.speak(line))
        self.store.put(name, io.BytesIO(packed))
        return _unpacked(packed)

    def _kept(self, name: str) -> Speech | None:
        """Return what was said before; a damaged file counts as not said."""
        if not self.store.has(name):
            return None
        with self.store.get(name) as file:
            packed = file.read()
        try:
            return _unpacked(packed)
        except ValueError:
            self.store.drop(name)
            return None


def _pack(speech: Speech) -> bytes:
    sound = np.round(np.clip(speech.samples, -1, 1) * LOUDEST).astype("<i2")
    head = {"samples": len(sound), "words": [astuple(word) for word in speech.words]}
    return json.dumps(head).encode() + b"\n" + sound.tobytes()


def _unpacked(packed: bytes) -> Speech:
    """Return the speech of a file; raise ValueError when it is damaged."""
    head, _, sound = packed.partition(b"\n")
    told = json.loads(head)
    samples: Samples = np.frombuffer(sound, "<i2").astype(np.float32) / np.float32(LOUDEST)
    if not isinstance(told, dict) or len(samples) != told.get("samples"):
        raise ValueError("The file is not whole.")
    return Speech(samples, tuple(Word(*word) for word in told["words"]))
