"""A closed smooth way through poses: a periodic cubic spline."""

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
