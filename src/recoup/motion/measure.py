"""Measures that claims are made of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recoup.model.joints import JOINTS
from recoup.motion.rig import Rig

Array = NDArray[np.float64]


def measure(rig: Rig, q: Array, what: str, of: tuple[str, ...]) -> float:
    """Return one measure of a pose.

    angle of three places;
    line: their degrees from straight, seen from the side; lumbar, thoracic: flexion in degrees;
    joint: a named angle; height_mm; distance_mm of two places; pelvis_level, pelvis_tilt in
    degrees; trunk_flat_mm: height of the lowest point of the low back;
    ahead_mm: how far the first of two places is in front of the second (towards +z).
    """
    if what in ("lumbar", "thoracic"):
        return rig.total(q, f"{what}_flexion")
    if what == "joint":
        return float(np.degrees(q[7:][rig.index[of[0]]]))
    rig.set(q)
    if what.startswith("pelvis"):
        return _pelvis(rig, what)
    places = [where(rig, name) for name in (of or ("low_back",))]
    if what in ("height_mm", "trunk_flat_mm"):
        return float(places[0][1] * 1e3)
    a = places[0] - places[1]
    if what in ("distance_mm", "ahead_mm"):
        return float(np.linalg.norm(a) if what == "distance_mm" else a[2]) * 1e3
    b = places[2] - places[1]
    if what == "line":
        # Seen from the side, as it is judged: shoulders are wider than hips.
        across = rig.data.xmat[rig.body_id["pelvis"]].reshape(3, 3)[:, 0]
        a, b = a - across * (a @ across), b - across * (b @ across)
    angle = np.degrees(np.arccos(np.clip(a @ b / np.linalg.norm(a) / np.linalg.norm(b), -1, 1)))
    return float(180 - angle if what == "line" else angle)


def where(rig: Rig, name: str) -> Array:
    """Return a joint's or a skin point's place."""
    base, _, side = name.rpartition("_")
    segment = JOINTS.get(base)
    if segment is not None:
        at: Array = rig.data.xpos[rig.body_id[f"{segment}_{side}"]].copy()
        return at
    return rig.lain(name).copy()


def _pelvis(rig: Rig, what: str) -> float:
    frame = rig.data.xmat[rig.body_id["pelvis"]].reshape(3, 3)
    if what == "pelvis_level":
        return float(np.degrees(np.arcsin(np.clip(abs(frame[1, 0]), 0, 1))))
    return float(np.degrees(np.arctan2(frame[1, 2], frame[1, 1])))
