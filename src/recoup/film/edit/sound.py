"""What is said, mixed for the whole film: one track at the usual loudness."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from recoup.film.edit.timeline import Part, Spoken
from recoup.film.encode import FPS
from recoup.film.speech.loudness import levelled
from recoup.film.speech.value import RATE, Samples, Speech
from recoup.script.line import Line
from recoup.script.timing import Word

SAMPLES = RATE // FPS
"""Samples of a frame: a whole number, so that sound and picture share one clock."""

FADE_S = 0.006
"""Speech begins and ends this softly: no click."""

DESCRIBED = 10 ** (-2 / 20)
"""A description is a little quieter than what the film itself says."""


def mixed(spoken: Iterable[Spoken], frames: int, say: Callable[[Line], Speech]) -> Samples:
    """Return the sound of a film so many frames long: exactly as long as its pictures."""
    sound = np.zeros(frames * SAMPLES, np.float32)
    for one in spoken:
        samples = _soft(say(one.line).samples)
        if one.part is Part.DESCRIPTION:
            samples = samples * np.float32(DESCRIBED)
        start = one.first * SAMPLES
        end = min(len(sound), start + len(samples))
        sound[start:end] += samples[: end - start]
    return levelled(sound)


def words(spoken: Iterable[Spoken], say: Callable[[Line], Speech]) -> list[tuple[Word, ...]]:
    """Return the words of every sentence at their times in the film."""
    return [
        tuple(word.later(one.first / FPS) for word in say(one.line).words) for one in spoken
    ]


def length(speech: Speech) -> int:
    """Return how many frames a speech takes: the last may be partly silent."""
    return -(-len(speech.samples) // SAMPLES)


def _soft(samples: Samples) -> Samples:
    edge = min(round(FADE_S * RATE), len(samples) // 2)
    if not edge:
        return samples
    ramp = np.linspace(0, 1, edge, dtype=np.float32)
    found = samples.copy()
    found[:edge] *= ramp
    found[-edge:] *= ramp[::-1]
    return found
