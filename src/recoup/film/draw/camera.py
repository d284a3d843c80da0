"""Cameras by name, and framing that never cuts a limb."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recoup.film.room import Room
from recoup.model.motion import MIDDLE_VIEWS

Array = NDArray[np.float64]

FIELD_DEG = 26.0

Margins = tuple[float, float, float, float]
"""Left, right, above and below: shares of the picture's width and height."""

WIDE: dict[Room, Margins] = {
    Room.NONE: (0.07, 0.07, 0.07, 0.07),
    Room.TYPE: (0.06, 0.06, 0.17, 0.06),
    Room.PANEL: (0.04, 0.40, 0.17, 0.06),
}
TALL: dict[Room, Margins] = {
    Room.NONE: (0.05, 0.05, 0.13, 0.13),
    Room.TYPE: (0.05, 0.05, 0.17, 0.10),
    Room.PANEL: (0.05, 0.05, 0.17, 0.36),
}
"""On the phone, buttons lie over the upper and the lower edge."""


def margins(aspect: float, room: Room = Room.NONE) -> Margins:
    """Return the margins of a picture of this width against height."""
    return TALL[room] if aspect < 1 else WIDE[room]


_VIEWS: dict[str, tuple[float, float]] = {
    "front": (0, 8),
    "three-quarter": (52, 15),
    "side": (82, 10),
    "far-three-quarter": (118, 15),
    "back-three-quarter": (140, 22),
    "back": (180, 12),
    "above": (70, 55),
}
VIEWS = _VIEWS | {
    f"other-{name}": (-yaw, rise)
    for name, (yaw, rise) in _VIEWS.items()
    if name not in MIDDLE_VIEWS
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
    field_deg: float = FIELD_DEG,
    room: Room = Room.NONE,
) -> Camera:
    """Return the nearest camera of a view that shows all ``points`` within the margins.

    The result is exact: at least two opposite margins are touched.
    """
    yaw, rise = np.radians(VIEWS[view] if isinstance(view, str) else view)
    away = np.array([np.sin(yaw) * np.cos(rise), np.sin(rise), np.cos(yaw) * np.cos(rise)])
    ahead = -away
    right = np.cross(ahead, (0, 1, 0))
    right /= np.linalg.norm(right)
    axes = np.stack([right, np.cross(right, ahead), ahead])
    left, right_, above, below = margins(aspect, room)
    high = np.tan(np.radians(field_deg / 2))
    wide = high * aspect
    across = _Edges(points @ axes.T, 0, wide * (1 - 2 * left), wide * (1 - 2 * right_))
    upright = _Edges(points @ axes.T, 1, high * (1 - 2 * below), high * (1 - 2 * above))
    depth = min(across.depth, upright.depth)
    place = np.array([across.place(depth), upright.place(depth), depth])
    return Camera(place @ axes, axes, field_deg)


class _Edges:
    """Two opposite margins as slopes from the line of sight; points as seen along the axes."""

    def __init__(self, seen: Array, axis: int, low: float, high: float) -> None:
        self._slopes = (low, high)
        self._least = float((seen[:, axis] - high * seen[:, 2]).max())
        self._most = float((seen[:, axis] + low * seen[:, 2]).min())

    @property
    def depth(self) -> float:
        """Return how far ahead a camera may go that still sees all points."""
        return (self._most - self._least) / sum(self._slopes)

    def place(self, depth: float) -> float:
        """Return where along the axis a camera at this depth has the same room on both sides."""
        low, high = self._slopes
        return (self._least + high * depth + self._most - low * depth) / 2
