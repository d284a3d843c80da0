"""Hair: a shell offset from the scalp, cut along the hair line, and a bun."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recoup.body.surface import cut, normals, subdivide, triangles

Array = NDArray[np.float64]
Index = NDArray[np.int64]

DEPTH = (-0.12, -0.075, -0.035, -0.005, 0.02, 0.05, 0.075, 0.1, 0.13)
LINE = (0.205, 0.2, 0.17, 0.115, 0.088, 0.062, 0.048, 0.041, 0.02)
"""How far below the crown the hair line runs, from the back of the head to the forehead."""


def scalp_hair(
    skin: Array, weights: Array, faces: Index, head: Array, on_head: Array, thick_m: float
) -> tuple[Array, Array, Index]:
    """Return the hair's vertices, weights and triangles. ``on_head`` is the head's and neck's
    share of every vertex."""
    crown = skin[:, 1].max()
    field = _hair_line(skin, crown, head[2], _ear(skin, on_head))
    shell = faces[_on_scalp(skin, faces, head, crown, on_head, field)]
    values = np.concatenate([skin, weights], axis=1)
    used, index = np.unique(shell, return_inverse=True)
    values, shell = values[used], index.reshape(shell.shape)
    for _ in range(2):
        values, shell = subdivide(values, shell)
    points = values[:, :3]
    field = _hair_line(points, crown, head[2], _ear(skin, on_head))
    thick = thick_m * np.clip(field / 0.03, 0, 1) ** 0.55 + 0.0005
    values[:, :3] = points + normals(points, shell) * thick[:, None]
    values, found = cut(values, shell, field)
    return values[:, :3], values[:, 3:], found


def bun(skin: Array, radius: float = 0.036) -> tuple[Array, Index]:
    """Return a ball high on the back of the head, clear of the floor when lying."""
    crown = skin[:, 1].max()
    skull = skin[skin[:, 1] > crown - 0.12]
    centre = np.array([0, crown - 0.095, (skull[:, 2].min() + skull[:, 2].max()) / 2 - 0.012])
    points, faces = _ball(3)
    points = points * radius * np.array([1.08, 0.9, 1.0])
    return points + centre + np.array([0, 0.93, -0.36]) * (crown - centre[1] + 0.016), faces


def _ear(skin: Array, on_head: Array) -> Array:
    head = skin[on_head > 0.8]
    widest = np.abs(head[:, 0]).max()
    ear: Array = head[head[:, 0] > widest - 0.012].mean(0)
    return ear


def _hair_line(points: Array, crown: float, middle: float, ear: Array) -> Array:
    """Return a field that is positive where hair grows: above the line and not on the ears."""
    limit = np.interp(points[:, 2] - middle, DEPTH, LINE)
    away = np.stack([np.abs(points[:, 0]) - ear[0], points[:, 1] - ear[1], points[:, 2] - ear[2]])
    around = np.linalg.norm(away / np.array([[0.03], [0.036], [0.026]]), axis=0)
    found: Array = np.minimum(limit - (crown - points[:, 1]), (around - 1) * 0.03)
    return found


def _on_scalp(
    skin: Array, faces: Index, head: Array, crown: float, on_head: Array, field: Array
) -> NDArray[np.bool_]:
    """Return the faces that look away from the middle of the skull: no ears' insides, no mouth."""
    centre = np.array([0, crown - 0.1, head[2]])
    corner = skin[faces]
    normal = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
    normal /= np.linalg.norm(normal, axis=1, keepdims=True) + 1e-12
    out = corner.mean(1) - centre
    far = np.linalg.norm(out, axis=1)
    facing = (normal * out).sum(1) / far > 0.2
    near = facing & (far < 0.17)
    kept: NDArray[np.bool_] = (on_head[faces].mean(1) > 0.9) & (field[faces].max(1) > -0.03) & near
    return kept


def _ball(steps: int) -> tuple[Array, Index]:
    """Return a unit sphere of triangles, from a cube."""
    points = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float)
    faces = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4],
                      [1, 5, 7, 3]])  # fmt: skip
    for _ in range(steps):
        points, faces = subdivide(points, faces)
    return points / np.linalg.norm(points, axis=1, keepdims=True), triangles(faces)
