"""How far points are from the props, and which way out leads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recoup.model.motion import Held, Prop
from recoup.model.prop import YIELDING, axes_of, solids_of, turned

Array = NDArray[np.float64]
FAR_M = 1e3


class Solids:
    """The solids of some props, where they stand: held ones go along and stop nobody, and one that
    lies under a point is put where the body comes to lie."""

    def __init__(self, props: Sequence[Prop]) -> None:
        self.props = tuple(props)
        pairs = [
            (prop, solid)
            for prop in props
            if prop.kind not in YIELDING and not isinstance(prop, Held) and prop.under is None
            for solid in solids_of(prop)
        ]
        self.kinds = [prop.kind for prop, _ in pairs]
        turns = [axes_of(prop.turn_deg) for prop, _ in pairs]
        self._turn = np.array(turns, float).reshape(-1, 3, 3)  # rows: the solid's axes
        self._at = np.array(
            [np.add(turned(solid.centre, prop.turn_deg), prop.at) for prop, solid in pairs],
            float,
        ).reshape(-1, 3)
        self._round = np.array([solid.round_m for _, solid in pairs], float)
        half = np.array([solid.half for _, solid in pairs], float).reshape(-1, 3)
        self._core = half - self._round[:, None]

    def __len__(self) -> int:
        return len(self._at)

    def distance(self, points: Array) -> tuple[Array, Array, NDArray[np.intp]]:
        """Return each point's distance from the nearest solid (negative inside), the direction
        out, and which solid."""
        count = len(points)
        best, out = np.full(count, FAR_M), np.zeros((count, 3))
        which = np.zeros(count, np.intp)
        for k in range(len(self)):
            local = (points - self._at[k]) @ self._turn[k].T
            over = np.abs(local) - self._core[k]
            beyond = np.maximum(over, 0)
            length = np.linalg.norm(beyond, axis=1)
            deep = np.minimum(over.max(1), 0)
            found = length + deep - self._round[k]
            nearer = np.flatnonzero(found < best)
            if not len(nearer):
                continue
            sign = np.where(local < 0, -1.0, 1.0)
            away = sign * beyond / np.maximum(length, 1e-9)[:, None]
            inner = length < 1e-9
            away[inner] = (sign * (over == over.max(1, keepdims=True)))[inner]
            best[nearer], which[nearer] = found[nearer], k
            out[nearer] = away[nearer] @ self._turn[k]
        return best, out, which
