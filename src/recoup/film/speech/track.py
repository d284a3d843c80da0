"""Speeches in a row as one track, and the track as files that a browser plays."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import cast

import av
import numpy as np
from av import AudioStream

from recoup.film.speech.loudness import levelled
from recoup.film.speech.value import RATE, Samples, Speech
from recoup.script.timing import Word


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of sound file is encoded."""

    ending: str
    container: str
    codec: str
    bit_rate: int


OPUS = Form("weba", "webm", "libopus", 32_000)
AAC = Form("m4a", "mp4", "aac", 80_000)  # with fewer bits its peaks rise by up to 3 dB
FORMS = MappingProxyType({one.ending: one for one in (OPUS, AAC)})
"""The free one first; the other for players that do not know it."""

# No random numbers and no dates in the files: the same sound gives the same bytes.
_EXACT = {"fflags": "+bitexact"}
_MUX = {"webm": _EXACT, "mp4": {"movflags": "+faststart", **_EXACT}}


@dataclass(frozen=True, eq=False)
class Track:
    """Sound at the usual loudness, and the words of each speech at their times in it."""

    samples: Samples
    speeches: tuple[tuple[Word, ...], ...]
    spans: tuple[tuple[float, float], ...]
    """From when to when each speech sounds, in seconds."""


def track(speeches: Sequence[Speech], pauses_s: Sequence[float]) -> Track:
    """Return the speeches one after the other, each with the silence behind it."""
    pieces: list[Samples] = []
    words: list[tuple[Word, ...]] = []
    spans: list[tuple[float, float]] = []
    at = 0
    for speech, pause in zip(speeches, pauses_s, strict=True):
        words.append(tuple(word.later(at / RATE) for word in speech.words))
        spans.append((at / RATE, at / RATE + speech.seconds))
        silence = np.zeros(round(pause * RATE), np.float32)
        pieces += [speech.samples, silence]
        at += len(speech.samples) + len(silence)
    sound = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
    return Track(levelled(sound), tuple(words), tuple(spans))


def encoded(samples: Samples, form: Form) -> bytes:
    """Return the sound as a file of one channel."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / f"track.{form.ending}"
        _encode(samples, form, place)
        return place.read_bytes()


def _encode(samples: Samples, form: Form, place: Path) -> None:
    with av.open(str(place), "w", format=form.container, options=_MUX[form.container]) as out:
        stream = cast(AudioStream, out.add_stream(form.codec, rate=RATE, layout="mono"))
        stream.bit_rate = form.bit_rate
        sound = np.ascontiguousarray(samples, np.float32).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(sound, format="flt", layout="mono")
        frame.sample_rate = RATE
        frame.pts = 0
        resampler = av.AudioResampler(stream.format, "mono", RATE, stream.frame_size or None)
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            out.mux(stream.encode(piece))
        out.mux(stream.encode(None))
