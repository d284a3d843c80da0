"""Surfaces: compacting, normals, subdivision, cutting along a line, smoothing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.int64]


def gathered(index: Index, values: Array, count: int) -> Array:
    """Sum the rows of ``values`` that share an index."""
    columns = [np.bincount(index, values[:, k], count) for k in range(values.shape[1])]
    return np.stack(columns, axis=1)


def compact(faces: Index) -> tuple[Index, Index]:
    """Return the vertices in use and the faces renumbered to them."""
    used, inverse = np.unique(faces, return_inverse=True)
    return used, inverse.reshape(faces.shape)


def triangles(faces: Index) -> Index:
    """Split quads; triangles pass unchanged."""
    if faces.shape[1] == 3:
        return faces
    return np.concatenate([faces[:, [0, 1, 2]], faces[:, [0, 2, 3]]])


def normals(vertices: Array, faces: Index) -> Array:
    """Return the area-weighted unit normal of every vertex."""
    tri = triangles(faces)
    a, b, c = (vertices[tri[:, k]] for k in range(3))
    face = np.cross(b - a, c - a)
    found = sum(gathered(tri[:, k], face, len(vertices)) for k in range(3))
    unit: Array = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)
    return unit


def edges(faces: Index) -> tuple[Index, Index, Index]:
    """Return the edges (two vertices, ascending), each corner's edge, and faces per edge."""
    pairs = np.stack([faces, np.roll(faces, -1, axis=1)], axis=2)
    flat = np.sort(pairs.reshape(-1, 2), axis=1)
    found, inverse, count = np.unique(flat, axis=0, return_inverse=True, return_counts=True)
    return found, inverse.reshape(faces.shape), count


def subdivide(values: Array, faces: Index) -> tuple[Array, Index]:
    """One Catmull-Clark step of quads; ``values`` may hold positions and anything else by column.

    Borders stay curves of their own, so an open sleeve keeps its shape.
    """
    count = len(values)
    edge, corner_edge, uses = edges(faces)
    face_point = values[faces].mean(1)
    inner = uses == 2
    middle = values[edge].mean(1)
    each = np.repeat(face_point, faces.shape[1], axis=0)
    by_edge = gathered(corner_edge.ravel(), each, len(edge))
    edge_point = np.where(inner[:, None], middle / 2 + by_edge / 4, middle)
    valence = np.bincount(edge.ravel(), minlength=count)[:, None].astype(float)
    by_face = gathered(faces.ravel(), each, count)
    by_middle = gathered(edge[:, 0], middle, count) + gathered(edge[:, 1], middle, count)
    n = np.maximum(valence, 1)
    face_count = np.maximum(np.bincount(faces.ravel(), minlength=count)[:, None], 1)
    moved = by_face / face_count / n + 2 * by_middle / n / n + values * (n - 3) / n
    rim = edge[~inner]
    border = gathered(rim[:, 0], values[rim[:, 1]], count)
    border += gathered(rim[:, 1], values[rim[:, 0]], count)
    on_border = np.bincount(edge[~inner].ravel(), minlength=count)
    moved[on_border == 2] = 0.75 * values[on_border == 2] + 0.125 * border[on_border == 2]
    moved[(on_border > 2) | (valence[:, 0] == 0)] = values[(on_border > 2) | (valence[:, 0] == 0)]
    first_edge, first_face = count, count + len(edge)
    around = np.arange(len(faces)) + first_face
    new = [
        np.stack(
            [
                faces[:, k],
                corner_edge[:, k] + first_edge,
                around,
                corner_edge[:, k - 1] + first_edge,
            ],
            axis=1,
        )
        for k in range(faces.shape[1])
    ]
    return np.concatenate([moved, edge_point, face_point]), np.concatenate(new)


def smooth(values: Array, faces: Index, how_much: Array, times: int) -> Array:
    """Move ``values`` towards the mean of their neighbours, each vertex by ``how_much``."""
    edge, _, _ = edges(faces)
    degree = np.bincount(edge.ravel(), minlength=len(values))[:, None]
    some = degree[:, 0] > 0
    for _ in range(times):
        total = gathered(edge[:, 0], values[edge[:, 1]], len(values))
        total += gathered(edge[:, 1], values[edge[:, 0]], len(values))
        step = total[some] / degree[some] - values[some]
        values = values.copy()
        values[some] += how_much[some, None] * step
    return values


def cut(values: Array, faces: Index, field: Array) -> tuple[Array, Index]:
    """Keep the surface where ``field`` is positive, splitting triangles along its zero line."""
    tri = triangles(faces)
    inside = field[tri] > 0
    number = inside.sum(1)
    rows = list(tri[number == 3].tolist())
    made: list[Array] = []
    seen: dict[tuple[int, int], int] = {}

    def between(i: int, j: int) -> int:
        key = (min(i, j), max(i, j))
        if key not in seen:
            share = field[i] / (field[i] - field[j])
            seen[key] = len(values) + len(made)
            made.append(values[i] * (1 - share) + values[j] * share)
        return seen[key]

    for corners, kept in zip(tri[number == 1].tolist(), inside[number == 1].tolist(), strict=True):
        k = kept.index(True)
        a, b, c = corners[k], corners[(k + 1) % 3], corners[(k + 2) % 3]
        rows.append([a, between(a, b), between(a, c)])
    for corners, kept in zip(tri[number == 2].tolist(), inside[number == 2].tolist(), strict=True):
        k = kept.index(False)
        a, b, c = corners[k], corners[(k + 1) % 3], corners[(k + 2) % 3]
        x, y = between(a, b), between(a, c)
        rows += [[x, b, c], [x, c, y]]
    everything = np.concatenate([values, np.array(made).reshape(-1, values.shape[1])])
    used, index = compact(np.array(rows))
    return everything[used], index


def border_edges(faces: Index) -> Index:
    """Return the directed edges that only one triangle uses."""
    pairs = np.stack([faces, np.roll(faces, -1, axis=1)], axis=2).reshape(-1, 2)
    size = pairs.max() + 1
    key, other = pairs[:, 0] * size + pairs[:, 1], pairs[:, 1] * size + pairs[:, 0]
    return pairs[~np.isin(key, other)]


def nearest_mix(points: Array, cloud: Array, values: Array, count: int = 8) -> Array:
    """Return ``values`` of the nearest points of ``cloud``, mixed by distance."""
    found = np.empty((len(points), values.shape[1]))
    size = (cloud**2).sum(1)
    for start in range(0, len(points), 1024):
        some = points[start : start + 1024]
        square = size - 2 * some @ cloud.T + (some**2).sum(1)[:, None]
        near = np.argpartition(square, count, axis=1)[:, :count]
        distance = np.sqrt(np.maximum(np.take_along_axis(square, near, axis=1), 0))
        share = 1 / (distance + 0.006) ** 2
        share /= share.sum(1, keepdims=True)
        found[start : start + 1024] = np.einsum("pk,pkv->pv", share, values[near])
    return found
