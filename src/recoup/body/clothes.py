"""T-shirt and leggings, cut from MakeHuman's helper tights along clean lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recoup.body.skeleton import Skeleton
from recoup.body.surface import border_edges, cut, normals

Array = NDArray[np.float64]
Index = NDArray[np.int64]

SLEEVE = 0.46
"""Length of the sleeve, share of the upper arm."""

COLLAR, SLOPE, RISE = 0.015, 0.6, 0.2
"""How far above the lowest joint of the neck the collar lies behind, metres, how steeply it falls
in front, and rises to the sides: further out it would break over the edge of the shoulder."""


OVERLAP = 0.06
"""How far the top hangs over the leggings, metres."""

LONG_TOP = 0.015
"""How far above the hips a long top ends: below the belly, above where the legs part."""


@dataclass(frozen=True)
class Pattern:
    """Fields over space, positive where a garment covers the body (metres from its hem)."""

    skeleton: Skeleton
    short_legs: bool
    long_top: bool = False

    def leggings(self, points: Array, arm: Array) -> Array:
        if self.short_legs:
            hem = self.skeleton["shank_L"].joint[1] + 0.075
        else:
            hem = self.skeleton["foot_L"].joint[1] + 0.05
        covered = np.minimum(points[:, 1] - hem, self._waist - points[:, 1])
        return np.where(arm > 0.4, -1, covered)

    def top(self, points: Array, arm: Array) -> Array:
        sleeve = np.where(arm > 0.25, self._sleeve(points), 1.0)
        hem = points[:, 1] - (self._waist - OVERLAP)
        field: Array = np.minimum.reduce([hem, sleeve, self._collar(points)])
        return field

    def at_collar(self, points: Array) -> Array:
        """Return 1 along the collar's line, falling to 0 where the rest of the shirt begins."""
        return np.clip(1.6 - np.abs(self._collar(points)) / 0.03, 0, 1)

    def _collar(self, points: Array) -> Array:
        """A line round the base of the neck, level at the nape and falling to the throat."""
        across, up, ahead = (points - self.skeleton["neck1"].joint).T
        fall = (ahead + 0.01 + np.hypot(ahead + 0.01, 0.03)) / 2
        line: Array = COLLAR + RISE * (np.hypot(across, 0.02) - 0.02) - SLOPE * fall - up
        return line

    @property
    def _waist(self) -> float:
        """How high the leggings reach: under the top, whose hem lies below."""
        if self.long_top:
            return float(self.skeleton.hips[1]) + LONG_TOP + OVERLAP
        return float(self.skeleton["L4"].joint[1]) + 0.012

    def _sleeve(self, points: Array) -> Array:
        left = points[:, :1] > 0
        shoulder = np.where(left, self.skeleton["uarm_L"].joint, self.skeleton["uarm_R"].joint)
        elbow = np.where(left, self.skeleton["farm_L"].joint, self.skeleton["farm_R"].joint)
        length = np.linalg.norm(elbow - shoulder, axis=1)
        along = ((points - shoulder) * (elbow - shoulder)).sum(1) / length
        field: Array = SLEEVE * length - along
        return field


def arm_share(weights: Array, names: list[str]) -> Array:
    """Return how much of each vertex the arm moves."""
    arm = [k for k, name in enumerate(names) if name.startswith(("uarm", "farm", "hand", "f"))
           and not name.startswith("foot")]  # fmt: skip
    share: Array = weights[:, arm].sum(1)
    return share


def garment(
    points: Array, weights: Array, faces: Index, field: Array, away: float
) -> tuple[Array, Array, Index]:
    """Cut one garment ``away`` from the tights and turn its hems in, so that no edge is open."""
    offset = points + normals(points, faces) * away
    values, found = cut(np.concatenate([offset, weights], axis=1), faces, field)
    values, found = _hemmed(values, found)
    return values[:, :3], values[:, 3:], found


HEM = (0.0008, 0.0045)
"""How far the rolled edge stands out, and how far in its lining reaches, metres."""


def _hemmed(values: Array, faces: Index) -> tuple[Array, Index]:
    """Add a rim that turns inwards along every open border."""
    border = border_edges(faces)
    rim = np.unique(border)
    place = {vertex: k for k, vertex in enumerate(rim.tolist())}
    normal = normals(values[:, :3], faces)[rim]
    outer, inner = values[rim].copy(), values[rim].copy()
    inner[:, :3] -= normal * HEM[1]
    start, count = len(values), len(rim)
    a = np.array([place[one] for one in border[:, 0].tolist()])
    b = np.array([place[one] for one in border[:, 1].tolist()])
    quads = np.stack([start + b, start + a, start + count + a, start + count + b], axis=1)
    both = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    return np.concatenate([values, outer, inner]), np.concatenate([faces, both])
