"""Where the body's weight is: segment masses (de Leva 1996), by how full each is, over the skin."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recoup.body import Body, Skin

Array = NDArray[np.float64]

SHARES: tuple[tuple[tuple[str, ...], float], ...] = (
    (("head", "neck1", "neck2", "neck3"), 0.068),
    (("Tup", "Tmid", "clav", "shld"), 0.158),
    (("Tlow", "L1", "L2", "L3"), 0.155),
    (("L4", "L5", "pelvis", "glute"), 0.118),
    (("uarm", "uarmtw"), 0.053),
    (("farm", "farmtw"), 0.030),
    (("hand", "f1", "f2", "f3", "f4", "f5"), 0.012),
    (("thigh", "thightw"), 0.290),
    (("shank",), 0.091),
    (("foot", "toes"), 0.026),
)
"""Share of an average adult's mass, both sides together."""


DIRECTIONS = 16


def vertex_masses(body: Body, skin: Skin) -> Array:
    """Return the share of the mass that each vertex stands for.

    A part that is twice the volume it has on an average body weighs twice as much.
    """
    total = np.zeros(len(skin.rest))
    for starts, share in SHARES:
        columns = [k for k, name in enumerate(body.segments) if _base(name) in starts]
        fuller = body.volumes[columns].sum() / body.usual_volumes[columns].sum()
        part = skin.held[:, columns].sum(1).astype(float)
        total += share * fuller * part / part.sum()
    found: Array = total / total.sum()
    return found


def _base(name: str) -> str:
    base = name.partition("_")[0]
    return base[:2] if base[0] == "f" and base[1:].isdigit() else base


def inside(point: Array, cloud: Array) -> float:
    """Return how far a point (x, z) lies inside the hull of a cloud, metres; negative outside."""
    hull = _hull(cloud)
    if len(hull) < 3:
        return -float(np.linalg.norm(cloud - point, axis=1).min()) if len(cloud) else -np.inf
    edge = np.roll(hull, -1, axis=0) - hull
    normal = np.stack([-edge[:, 1], edge[:, 0]], axis=1)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
    return float(((point - hull) * normal).sum(1).min())


def _hull(points: Array) -> Array:
    """Return the convex hull, counter-clockwise (monotone chain)."""
    order = np.unique(_outer(np.round(points, 4)), axis=0)
    if len(order) < 3:
        return order

    def chain(some: Array) -> list[Array]:
        found: list[Array] = []
        for point in some:
            while len(found) > 1 and _cross(found[-2], found[-1], point) <= 0:
                found.pop()
            found.append(point)
        return found[:-1]

    return np.array(chain(order) + chain(order[::-1]))


def _outer(points: Array) -> Array:
    """Drop points that lie inside the polygon of the farthest in each of sixteen directions."""
    if len(points) < 3:
        return points
    turn = np.arange(DIRECTIONS) * 2 * np.pi / DIRECTIONS
    far = points[(points @ np.stack([np.cos(turn), np.sin(turn)])).argmax(0)]
    edge = np.roll(far, -1, axis=0) - far
    apart = points[:, None, :] - far
    within = edge[:, 0] * apart[..., 1] - edge[:, 1] * apart[..., 0] > 0
    # An edge of no length bounds nothing: the same point was farthest in two directions.
    outer: Array = points[~(within | ~edge.any(axis=1)).all(axis=1)]
    return outer


def _cross(a: Array, b: Array, c: Array) -> float:
    return float((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
