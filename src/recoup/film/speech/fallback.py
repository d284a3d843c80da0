"""Plainer voices: a program of the system, or silence. Their word times are estimates."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import wave
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np

from recoup.film.speech.problem import CannotSayError, NoVoiceError
from recoup.film.speech.value import RATE, Samples, Speech
from recoup.script.line import Line
from recoup.script.timing import Word

PROGRAMS = {
    "espeak-ng": ("espeak-ng", "-v", "en-gb", "-s", "150", "-w", "{out}", "--", "{text}"),
    "flite": ("flite", "-voice", "slt", "-t", "{text}", "-o", "{out}"),
}
"""How to have a text spoken into a file, by program; the best first."""

QUIET = 0.01
PATIENCE_S = 60
PAUSE_LETTERS = 4
"""A stop or a comma takes about as long as so many letters."""


@dataclass(frozen=True)
class Silence:
    """Says nothing at a fixed pace: for tests, and for films without sound."""

    words_per_s: float = 2.5

    @property
    def mark(self) -> str:
        return f"silence {self.words_per_s}"

    def speak(self, line: Line) -> Speech:
        one = 1 / self.words_per_s
        words = tuple(Word(w.shown, k * one, (k + 1) * one) for k, w in enumerate(line.words))
        return Speech(np.zeros(round(len(words) * one * RATE), np.float32), words)


@dataclass(frozen=True)
class Program:
    """A speech program of the system, run for each line."""

    name: str

    @property
    def mark(self) -> str:
        return self.name

    def speak(self, line: Line) -> Speech:
        """Return the line as sound; raise NoVoiceError or CannotSayError."""
        place = shutil.which(self.name)
        if place is None:
            raise NoVoiceError(f"{self.name} is not installed. Install it, or run make voices.")
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "said.wav"
            given = {"out": str(out), "text": line.spoken}
            command = [place, *(part.format(**given) for part in PROGRAMS[self.name][1:])]
            done = subprocess.run(  # noqa: S603 - the program found above, no shell
                command, capture_output=True, timeout=PATIENCE_S, check=False
            )
            if done.returncode or not out.is_file():
                said = done.stderr.decode(errors="replace").strip()
                raise CannotSayError(f"{line.place}: {self.name} could not say it. {said}")
            samples = _read(out)
        loud = np.flatnonzero(np.abs(samples) > QUIET)
        if not len(loud):
            raise CannotSayError(f"{line.place}: {self.name} said nothing.")
        return Speech(samples, _shared(line, loud[0] / RATE, (loud[-1] + 1) / RATE))


def installed() -> str | None:
    """Return the best of the speech programs that this system has, or None."""
    return next((name for name in PROGRAMS if shutil.which(name)), None)


def _read(place: Path) -> Samples:
    """Return a 16-bit file's first channel at our rate."""
    with wave.open(str(place), "rb") as file:
        rate, channels = file.getframerate(), file.getnchannels()
        raw = np.frombuffer(file.readframes(file.getnframes()), "<i2")[::channels]
    seconds = len(raw) / rate
    at = np.arange(round(seconds * RATE)) / RATE
    heard = np.interp(at, np.arange(len(raw)) / rate, raw / 32768)
    return heard.astype(np.float32)


def _shared(line: Line, start_s: float, end_s: float) -> tuple[Word, ...]:
    """Share the time among the words by how much there is to say."""
    lengths = [sum(c.isalnum() for c in word.spoken) for word in line.words]
    pauses = [PAUSE_LETTERS if word.spoken[-1:] in ",;:.?!" else 1 for word in line.words]
    pauses[-1] = 0
    total = sum(lengths) + sum(pauses)
    ends = list(accumulate(a + b for a, b in zip(lengths, pauses, strict=True)))
    one = (end_s - start_s) / max(1, total)
    return tuple(
        Word(word.shown, start_s + (end - pause - length) * one, start_s + (end - pause) * one)
        for word, length, pause, end in zip(line.words, lengths, pauses, ends, strict=True)
    )
