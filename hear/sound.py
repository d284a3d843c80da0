"""A film's sound, in stretches of speech: cut at pauses, so that no word is cut in two."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from hear.problem import FilmError

RATE = 16_000
"""Samples a second: what the transcriber and the aligner were trained on."""

PIECE = RATE // 100
"""Samples of the least piece that is loud or quiet: 10 ms."""

QUIET = 0.004
"""The effective level of silence. Films are as loud as -16 LUFS, some 30 dB above it."""

PAUSE, LEAD, MOST, CUT = 150, 20, 2500, 30
"""In pieces: the silence that ends a stretch, what of it stays on both sides of the speech, the
longest stretch (the transcriber hears 30 s at once), and the length of the quiet that a longer one
is cut in."""

GAP_S = 0.02
"""Jumps of the film's clock up to this are rounding."""

Samples = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Stretch:
    """Sound that holds speech, and when in the film it begins."""

    start_s: float
    samples: Samples


def blocks(film: Path) -> Iterator[Samples]:
    """Yield the film's sound from its time zero, without gaps; raise FilmError."""
    try:
        with av.open(str(film)) as container:
            if not container.streams.audio:
                raise FilmError(f"{film}: it has no sound.")
            yield from _decoded(container)
    except (OSError, av.FFmpegError) as error:
        raise FilmError(f"{film}: {error.strerror}. Name a film that can be played.") from None


def _decoded(container: av.container.InputContainer) -> Iterator[Samples]:
    resampler = av.AudioResampler("flt", "mono", RATE)
    at = 0
    for frame in container.decode(audio=0):
        late = 0 if frame.time is None else round(frame.time * RATE) - at
        if late > GAP_S * RATE:  # the sound begins late, or stands still
            yield np.zeros(late, np.float32)
            at += late
        for piece in resampler.resample(frame):
            samples = piece.to_ndarray()[0]
            if late < -GAP_S * RATE:  # it begins before the picture
                dropped = min(-late, len(samples))
                samples, late = samples[dropped:], late + dropped
            at += len(samples)
            yield samples
    for piece in resampler.resample(None):
        yield piece.to_ndarray()[0]


def stretches(sound: Iterable[Samples]) -> Iterator[Stretch]:
    """Yield the stretches of a sound that hold more than silence, in order. None is longer than
    ``MOST``; only so much is held in memory."""
    held: deque[tuple[Samples, float]] = deque()
    start, speech, quiet = 0, False, 0
    for piece in _pieces(sound):
        level = float(np.sqrt(np.mean(piece**2)))
        held.append((piece, level))
        quiet = 0 if level > QUIET else quiet + 1
        speech = speech or level > QUIET
        done = 0
        if not speech:
            done = max(0, len(held) - LEAD)
        elif quiet >= PAUSE:
            yield _taken(held, start, len(held) - quiet + LEAD)
            done = len(held) - LEAD
        elif len(held) >= MOST:
            done = _quietest([level for _, level in held])
            yield _taken(held, start, done)
        for _ in range(done):
            held.popleft()
        start += done
        if done:
            speech = any(level > QUIET for _, level in held)
    if speech:
        yield _taken(held, start, len(held))


def _pieces(sound: Iterable[Samples]) -> Iterator[Samples]:
    rest = np.zeros(0, np.float32)
    for block in sound:
        rest = np.concatenate([rest, block])
        whole = len(rest) // PIECE * PIECE
        yield from rest[:whole].reshape(-1, PIECE)
        rest = rest[whole:]
    if len(rest):
        yield np.pad(rest, (0, PIECE - len(rest)))


def _quietest(levels: list[float]) -> int:
    """Return the middle of the quietest ``CUT`` pieces in the later half."""
    half = len(levels) // 2
    sums = np.convolve(np.square(levels[half:]), np.ones(CUT), mode="valid")
    return half + int(np.argmin(sums)) + CUT // 2


def _taken(held: deque[tuple[Samples, float]], start: int, count: int) -> Stretch:
    pieces = [piece for piece, _ in held][:count]
    return Stretch(start * PIECE / RATE, np.concatenate(pieces))
