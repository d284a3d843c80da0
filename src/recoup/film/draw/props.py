"""Things in the room, as meshes with a segment of their own each: boxes with rounded edges."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recoup.body import Mesh
from recoup.model.motion import Prop
from recoup.model.prop import SOLIDS, axes_of, solids_of
from recoup.model.solid import Solid

Array = NDArray[np.float64]
STEPS = 5


def prop_meshes(props: Sequence[Prop], segments: int, steps: int = STEPS) -> list[Mesh]:
    """Return a mesh for every prop that has solids; the first takes segment ``segments``.

    ``steps`` are the edges of the grid across each rounded edge.
    """
    return [_mesh(prop, segments + k, steps) for k, prop in enumerate(shown(props))]


def shown(props: Sequence[Prop]) -> list[Prop]:
    """Return the props that have solids."""
    return [prop for prop in props if SOLIDS.get(prop.kind)]


def with_props(transforms: Array, moves: Sequence[Array]) -> Array:
    """Return the transforms with those of the props (3, 4) added."""
    return np.concatenate([transforms, np.array(moves, float).reshape(-1, 3, 4)])


def _mesh(prop: Prop, mover: int, steps: int) -> Mesh:
    vertices, normals, faces, colours, begin = [], [], [], [], 0
    turn = np.array(axes_of(prop.turn_deg))
    for solid in solids_of(prop):
        at, out, triangles = rounded_box(solid, steps)
        vertices.append(at @ turn + np.array(prop.at))
        normals.append(out @ turn)
        faces.append(triangles + begin)
        colours.append(np.tile(solid.colour, (len(at), 1)))
        begin += len(at)
    joints, weights = np.zeros((begin, 4)), np.zeros((begin, 4))
    joints[:], weights[:, 0] = mover, 1.0
    return Mesh(
        prop.kind, np.concatenate(vertices).astype(np.float32),
        np.concatenate(normals).astype(np.float32), np.concatenate(faces).astype(np.int32),
        np.concatenate(colours).astype(np.float32), joints.astype(np.int16),
        weights.astype(np.float32),
    )  # fmt: skip


def rounded_box(solid: Solid, steps: int = STEPS) -> tuple[Array, Array, NDArray[np.int32]]:
    """Return vertices, outward normals and triangles of a solid in its prop's frame."""
    half, radius = np.array(solid.half), solid.round_m
    core = half - radius
    places, faces, begin = [], [], 0
    for axis in range(3):
        u, v = (axis + 1) % 3, (axis + 2) % 3
        a, b = _lines(core[u], radius, steps), _lines(core[v], radius, steps)
        for sign in (1.0, -1.0):
            grid = np.zeros((len(a), len(b), 3))
            grid[..., u], grid[..., v] = a[:, None], b[None, :]
            grid[..., axis] = sign * half[axis]
            places.append(grid.reshape(-1, 3))
            faces.append(_triangles(len(a), len(b), sign > 0) + begin)
            begin += len(a) * len(b)
    on_box = np.concatenate(places)
    inner = np.clip(on_box, -core, core)
    out = on_box - inner
    out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)
    return inner + out * radius + np.array(solid.centre), out, np.concatenate(faces)


def _lines(core: float, radius: float, steps: int) -> Array:
    """Return grid lines across one side: dense where the edge is round."""
    bend = radius * np.tan(np.linspace(np.pi / 4, 0, steps))
    middle = np.linspace(-core, core, 4)[1:-1] if core > 1e-6 else np.zeros(0)
    return np.unique(np.round(np.concatenate([-core - bend, middle, core + bend]), 9))


def _triangles(rows: int, columns: int, outward: bool) -> NDArray[np.int32]:
    corner = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)).ravel()
    a, b, c, d = corner, corner + columns, corner + columns + 1, corner + 1
    found = np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)])
    return (found if outward else found[:, ::-1]).astype(np.int32)
