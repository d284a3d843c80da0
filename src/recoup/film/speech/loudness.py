"""How loud sound is, as a listener hears it (ITU-R BS.1770-4), and making it as loud as wanted."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from recoup.film.speech.value import RATE, Samples

TARGET_LUFS = -16.0
CEILING = 10 ** (-3 / 20)
"""The highest peak: encoders add up to 2 dB, and a file's should stay 1 dB below full scale."""

BLOCK_S, STEP_S = 0.4, 0.1
SILENT_LUFS, BELOW_LU = -70.0, 10.0
"""Blocks below the first count for nothing, nor do those so far below the rest."""

NEAR_S = 0.6
"""What is so near to sound is looked at with it: more than a block, and than filters ring on."""

AHEAD_S = 0.005
"""How long before a peak the limiter begins to turn down."""

TRIES, NEAR_LU = 3, 0.05
"""Turning down peaks costs loudness, which is made up for at most so often, until it is so near."""

MARGIN = 1 << 14
BLOCK = (1 << 18) - 2 * MARGIN
"""Samples of a block, and those on either side that belong to its neighbours: together a power of
two, which Fourier transforms like."""

OFFSET = -0.691
# The two filters of the standard, as coefficients at 48 kHz: the head, then the ear's high-pass.
_HEAD = ((1.53512485958697, -2.69169618940638, 1.19839281085285),
         (1.0, -1.69065929318241, 0.73248077421585))  # fmt: skip
_EAR = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
_EAR_RATE = 48_000


def loudness_lufs(samples: Samples) -> float:
    """Return the integrated loudness of one channel; minus infinity for silence."""
    weighted = _weighted(samples)
    step, steps = round(STEP_S * RATE), round(BLOCK_S / STEP_S)
    if len(weighted) < step * steps:
        weighted = np.pad(weighted, (0, step * steps - len(weighted)))
    rows = weighted[: len(weighted) // step * step].reshape(-1, step)
    squares = np.einsum("ij,ij->i", rows, rows, dtype=np.float64)
    power = np.convolve(squares, np.ones(steps), "valid") / (step * steps)
    heard = power[_lufs(power) > SILENT_LUFS]
    if not len(heard):
        return -np.inf
    heard = heard[_lufs(heard) > float(_lufs(heard.mean())) - BELOW_LU]
    return float(_lufs(heard.mean()))


def true_peak(samples: Samples) -> float:
    """Return the highest level, that between the samples too."""
    if not len(samples):
        return 0.0
    return float(_between(samples).max())


def levelled(samples: Samples, target: float = TARGET_LUFS) -> Samples:
    """Return the sound at the loudness wanted, its peaks held below the ceiling. Silence stays
    silence and costs nothing: a session is silent for most of its time."""
    if not samples.any():
        return samples
    step = round(STEP_S * RATE)
    rows = np.pad(samples, (0, -len(samples) % step)).reshape(-1, step)
    heard = _near((rows != 0).max(axis=1), round(NEAR_S / STEP_S))
    found = np.zeros_like(rows)
    found[heard] = _levelled(rows[heard].reshape(-1), target).reshape(-1, step)
    return found.reshape(-1)[: len(samples)]


def _near(rows: NDArray[np.bool_], most: int) -> NDArray[np.bool_]:
    """Return which rows are at most so far from one that is true."""
    return np.convolve(rows, np.ones(2 * most + 1))[most : most + len(rows)] > 0.5


def _levelled(samples: Samples, target: float) -> Samples:
    loud, gain_db, level = samples, 0.0, _between(samples)
    for attempt in range(TRIES):
        off = target - loudness_lufs(loud)
        if not np.isfinite(off):
            return samples
        if attempt and abs(off) < NEAR_LU:
            break
        gain_db += off
        gain = np.float32(10 ** (gain_db / 20))
        loud = (samples * gain * _held(level * gain)).astype(np.float32)
    return loud


def _between(samples: Samples) -> Samples:
    """Return the highest level from each sample to the next, found at four times the rate."""
    return _by_blocks(samples, _between_block)


def _between_block(samples: Samples) -> Samples:
    fine = np.abs(np.fft.irfft(np.fft.rfft(samples), 4 * len(samples)) * 4).reshape(-1, 4)
    later = np.maximum(np.maximum(fine[:, 1], fine[:, 2]), fine[:, 3])
    return np.asarray(np.maximum(np.maximum(fine[:, 0], later), np.roll(later, 1)), np.float32)


def _held(level: Samples) -> Samples:
    """Return how far to turn down at each sample: in time for each peak, and smoothly."""
    return _by_blocks(level, _held_block)


def _held_block(level: Samples) -> Samples:
    highest = np.float32(CEILING * 0.97)
    if level.max() <= highest:
        return np.ones_like(level)
    ahead = round(AHEAD_S * RATE)
    wanted = np.minimum(np.float32(1), highest / np.maximum(level, 1e-9))
    around = np.pad(wanted, (2 * ahead, 2 * ahead), constant_values=1.0)
    window = 2 * ahead + 1
    least = _least(around, window)
    sums = np.concatenate([[0.0], np.cumsum(least, dtype=np.float64)])
    return np.asarray((sums[window:] - sums[:-window]) / window, np.float32)


def _least(values: Samples, window: int) -> Samples:
    """Return the least of each so many values in a row: windows are doubled, then overlapped."""
    found, size = values, 1
    while size * 2 <= window:
        found = np.minimum(found[:-size], found[size:])
        size *= 2
    rest = window - size
    return np.minimum(found[: len(found) - rest], found[rest:]) if rest else found


def _weighted(samples: Samples) -> Samples:
    return _by_blocks(samples, _weighted_block)


def _weighted_block(samples: Samples) -> Samples:
    heard = np.fft.irfft(np.fft.rfft(samples) * _response(len(samples)), len(samples))
    return np.asarray(heard, np.float32)


@lru_cache(maxsize=4)
def _response(count: int) -> NDArray[np.complex64]:
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(count, 1 / RATE) / _EAR_RATE)
    response: NDArray[np.complex128] = np.ones_like(turn)
    for (b0, b1, b2), (a0, a1, a2) in (_HEAD, _EAR):
        response *= (b0 + b1 * turn + b2 * turn**2) / (a0 + a1 * turn + a2 * turn**2)
    return response.astype(np.complex64)


def _by_blocks(samples: Samples, work: Callable[[Samples], Samples]) -> Samples:
    """Work on a long sound in blocks, with so much before and after each that its edges tell
    nothing: an hour takes no more memory than a minute."""
    found = np.empty(len(samples), np.float32)
    for start in range(0, len(samples), BLOCK):
        block = np.zeros(BLOCK + 2 * MARGIN, np.float32)
        before = min(start, MARGIN)
        piece = samples[start - before : start + BLOCK + MARGIN]
        block[MARGIN - before : MARGIN - before + len(piece)] = piece
        end = min(start + BLOCK, len(samples))
        found[start:end] = work(block)[MARGIN : MARGIN + end - start]
    return found


def _lufs(power: NDArray[np.float64]) -> NDArray[np.float64]:
    return OFFSET + 10 * np.log10(np.maximum(power, 1e-12))
