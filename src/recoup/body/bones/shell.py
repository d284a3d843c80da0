"""The whole skin of a figure, without clothes: what bones are seen through, and must lie in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recoup.body.bones.source import Bone
from recoup.body.figure import Figure
from recoup.body.flesh import pressed
from recoup.body.skeleton import Skeleton
from recoup.body.source import SKIN_VERTICES, Source
from recoup.body.surface import compact, normals, smooth, triangles
from recoup.body.value import Body, Mesh
from recoup.body.weights import skin_weights, soften, strongest

Array = NDArray[np.float64]

LEAST_M = 0.004
"""How deep in the skin pressed bones come to lie."""
PRESSES = 12
MIDDLE_M = 0.01
"""How near the middle plane a bone is in the middle."""
SOFT_M, ROUND_M = 0.05, 0.024
"""How far round its point a breast is rounded, and how much."""
GLASS = (0.62, 0.78, 0.88)


def bare_skin(figure: Figure, data: Source, body: Body) -> Mesh:
    """Return the skin that the figure's body was built from, moved by the same segments."""
    vertices = data.shaped(figure.targets())
    vertices[:, 1] -= vertices[:SKIN_VERTICES, 1].min()
    rig = data.bones(vertices)
    skeleton = Skeleton(vertices, rig, figure.soft_belly)
    faces = data.mesh.faces_of("body")
    weights = skin_weights(data, vertices, skeleton)
    weights = soften(weights, faces, list(skeleton.segments), 10)
    # Glass shows each small shape by its rim: here it would draw the eye from the bones.
    for bone in ("breast.L", "breast.R"):
        vertices = _softened(vertices, faces, rig[bone][1])
    used, faces = compact(faces)
    points = vertices[used]
    joints, held = strongest(pressed(weights[used], points, skeleton))
    tri = triangles(faces)
    return Mesh(
        "shell", points.astype(np.float32), normals(points, tri).astype(np.float32),
        tri.astype(np.int32), np.tile(np.array(GLASS, np.float32), (len(points), 1)), joints, held,
    )  # fmt: skip


def pressed_in(bone: Bone, depth: Depth) -> Bone:
    """Return a bone with what stands out of a slim figure's skin pressed in, softly."""
    vertices = bone.vertices
    for _ in range(PRESSES):
        inside, normal = depth(vertices)
        out = np.maximum(LEAST_M - inside, 0)
        if not out.any():
            break
        # What lies in the middle is not pressed aside: there the skin of the other side is next.
        aside = np.clip(np.abs(vertices[:, :1]) / MIDDLE_M, 0, 1)
        way = normal * np.concatenate([aside, np.ones((len(out), 2))], axis=1)
        push = smooth(way * out[:, None], bone.faces, np.full(len(out), 0.4), 3)
        vertices = vertices - push
    return bone.moved(vertices)


def _softened(vertices: Array, faces: NDArray[np.int64], middle: Array) -> Array:
    """Return a surface rounded about a point of it: each place becomes the mean of what is near,
    by area, so that it does not matter how fine the mesh is there."""
    tri = triangles(faces)
    a, b, c = (vertices[tri[:, k]] for k in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    weight = np.bincount(tri.ravel(), np.repeat(area, 3), len(vertices))
    away = np.linalg.norm(vertices - middle, axis=1)
    here = (away < 2 * SOFT_M) & (weight > 0)
    near = vertices[here]
    apart = ((near[:, None] - near[None]) ** 2).sum(2)
    share = np.exp(-apart / ROUND_M**2) * weight[here]
    mean = share @ near / share.sum(1, keepdims=True)
    found = vertices.copy()
    found[here] += np.exp(-((away[here] / SOFT_M) ** 2))[:, None] * (mean - near)
    return found


class Depth:
    """How deep points lie below the skin of a figure."""

    def __init__(self, shell: Mesh, vertices: Array | None = None) -> None:
        """``vertices`` are those of the shell in another pose; by default at rest."""
        points = shell.vertices.astype(float) if vertices is None else vertices
        self._points, self._normals = points, normals(points, shell.faces.astype(np.int64))

    def __call__(self, points: Array) -> tuple[Array, Array]:
        """Return depth (metres, less than 0 outside) and the normal of the nearest skin."""
        low, high = points[:, 1].min() - 0.1, points[:, 1].max() + 0.1
        near = (self._points[:, 1] > low) & (self._points[:, 1] < high)
        skin, normal = self._points[near], self._normals[near]
        size = (skin**2).sum(1)
        place = np.concatenate([
            (size - 2 * some @ skin.T).argmin(1)
            for some in np.array_split(points, max(1, len(points) // 500))
        ])  # fmt: skip
        found = ((skin[place] - points) * normal[place]).sum(1)
        return found, normal[place]
