"""Cameras by name, and framing that never cuts a limb."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FIELD_DEG = 26.0

VIEWS: dict[str, tuple[float, float]] = {
    "front": (0, 8),
    "three-quarter": (52, 15),
    "side": (82, 10),
    "other-side": (-82, 10),
    "far-three-quarter": (118, 15),
    "back-three-quarter": (140, 22),
    "back": (180, 12),
    "above": (70, 55),
}
"""Where the camera stands: degrees from the front (+z) towards the figure's left (+x), and up."""


@dataclass(frozen=True)
class Camera:
    """Looks from ``position`` along ``axes[2]``; rows of ``axes`` are right, up and ahead."""

    position: Array
    axes: Array
    field_deg: float = FIELD_DEG

    def project(self, points: Array, width: int, height: int) -> Array:
        """Return pixels (x, y) and depth of points."""
        seen = (points - self.position) @ self.axes.T
        focal = height / 2 / np.tan(np.radians(self.field_deg / 2))
        x = width / 2 + focal * seen[:, 0] / seen[:, 2]
        return np.stack([x, height / 2 - focal * seen[:, 1] / seen[:, 2], seen[:, 2]], axis=1)


def frame(
    points: Array,
    view: str | tuple[float, float],
    aspect: float,
    margin: float = 0.07,
    field_deg: float = FIELD_DEG,
) -> Camera:
    """Return the nearest camera of a view that shows all ``points`` with ``margin`` around them.

    ``margin`` is a share of the picture at each edge. The result is exact: at least two opposite
    edges are touched.
    """
    yaw, rise = np.radians(VIEWS[view] if isinstance(view, str) else view)
    away = np.array([np.sin(yaw) * np.cos(rise), np.sin(rise), np.cos(yaw) * np.cos(rise)])
    ahead = -away
    right = np.cross(ahead, (0, 1, 0))
    right /= np.linalg.norm(right)
    axes = np.stack([right, np.cross(right, ahead), ahead])
    seen = points @ axes.T
    high = np.tan(np.radians(field_deg / 2)) * (1 - 2 * margin)
    place, depth = [], []
    for k, slope in ((0, high * aspect), (1, high)):
        low_edge = (seen[:, k] - slope * seen[:, 2]).max()
        high_edge = (seen[:, k] + slope * seen[:, 2]).min()
        place.append((low_edge + high_edge) / 2)
        depth.append((high_edge - low_edge) / 2 / slope)
    return Camera(np.array([*place, min(depth)]) @ axes, axes, field_deg)
