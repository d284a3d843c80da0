"""Smooth ways through poses: a closed one that never rests, and one from rest to rest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recoup.motion.rig import Rig

Array = NDArray[np.float64]


class Curve:
    """Passes through ``poses`` and back to the first, at even speed where it can.

    ``steps`` says how long each way is, from the first pose on; place and speed are continuous
    everywhere, also where the curve closes.
    """

    def __init__(self, rig: Rig, poses: Sequence[Array], steps: Sequence[int]) -> None:
        self._rig, self._first = rig, poses[0]
        self._values = np.array([rig.difference(poses[0], pose) for pose in poses])
        self._length = np.array(steps, float)
        self._knots = np.concatenate([[0.0], np.cumsum(self._length)])
        self._bend = self._second_derivatives()

    def _second_derivatives(self) -> Array:
        count, h = len(self._values), self._length
        matrix, right = np.zeros((count, count)), np.zeros_like(self._values)
        for k in range(count):
            before, after = (k - 1) % count, (k + 1) % count
            matrix[k, before] += h[before] / 6
            matrix[k, k] += (h[before] + h[k]) / 3
            matrix[k, after] += h[k] / 6
            ahead = (self._values[after] - self._values[k]) / h[k]
            right[k] = ahead - (self._values[k] - self._values[before]) / h[before]
        return np.linalg.solve(matrix, right)

    def at(self, step: float) -> Array:
        """Return the pose ``step`` grid steps after the first; whole turns change nothing."""
        step = step % self._knots[-1]
        k = min(int(np.searchsorted(self._knots, step, side="right")) - 1, len(self._values) - 1)
        after, h = (k + 1) % len(self._values), self._length[k]
        b = (step - self._knots[k]) / h
        a = 1 - b
        value = a * self._values[k] + b * self._values[after]
        value += ((a**3 - a) * self._bend[k] + (b**3 - b) * self._bend[after]) * h * h / 6
        return self._rig.step(self._first, value)


def progress(share: float, starts: float = 0.0, ends: float = 0.0) -> float:
    """Return how far a move has come after a ``share`` of its time: slow, quick, slow when it
    ``starts`` and ``ends`` at rest (0), even at the end that is passed at speed (1).

    >>> progress(0.25, 1, 1), progress(0.5)
    (0.25, 0.5)
    """
    there, leaving, coming = _blends(share)
    return there + starts * leaving + ends * coming


def _blends(u: float) -> tuple[float, float, float]:
    """Return what place, first and last speed add at ``u``; they add no acceleration at ends."""
    cube = u * u * u
    leaving = u + cube * (u * (8 - 3 * u) - 6)
    return cube * (u * (6 * u - 15) + 10), leaving, cube * (u * (7 - 3 * u) - 4)


class Passage:
    """Passes through ``poses`` from rest to rest, and never beyond any of them."""

    def __init__(self, rig: Rig, poses: Sequence[Array], steps: Sequence[int]) -> None:
        self._rig, self._first = rig, poses[0]
        self._values = np.array([rig.difference(poses[0], pose) for pose in poses])
        self._length = np.array(steps, float)
        self._knots = np.concatenate([[0.0], np.cumsum(self._length)])
        self._speed = self._speeds()

    def _speeds(self) -> Array:
        """Return the speed at every pose: none where a coordinate turns back, so that the way
        keeps between the poses; else the mean that favours the slower side."""
        h = self._length[:, None]
        slope = np.diff(self._values, axis=0) / h
        before, after = slope[:-1], slope[1:]
        one, two = 2 * h[1:] + h[:-1], h[1:] + 2 * h[:-1]
        onward = before * after > 0
        safe = [np.where(onward, side, 1.0) for side in (before, after)]
        middle = np.where(onward, (one + two) / (one / safe[0] + two / safe[1]), 0.0)
        rest = np.zeros((1, self._values.shape[1]))
        return np.concatenate([rest, middle, rest])

    def at(self, step: float) -> Array:
        """Return the pose ``step`` grid steps after the first."""
        last = len(self._length) - 1
        k = min(int(np.searchsorted(self._knots, step, side="right")) - 1, last)
        h = self._length[k]
        there, leaving, coming = _blends((step - self._knots[k]) / h)
        value = self._values[k] * (1 - there) + self._values[k + 1] * there
        value += h * (leaving * self._speed[k] + coming * self._speed[k + 1])
        return self._rig.step(self._first, value)
