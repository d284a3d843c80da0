"""Linear blend skinning."""

from __future__ import annotations

from copy import copy

import numpy as np
from numpy.typing import NDArray

from recoup.body.flesh import as_bones
from recoup.body.value import Body, Mesh

Array = NDArray[np.float64]
Single = NDArray[np.float32]


def skin(mesh: Mesh, transforms: Array) -> Array:
    """Return the vertices of ``mesh`` moved by the transforms of the segments (n, 3, 4)."""
    rows = transforms.reshape(len(transforms), 12)
    blended = np.zeros((len(mesh.vertices), 12))
    for k in range(4):
        blended += mesh.weights[:, k, None] * rows[mesh.joints[:, k]]
    matrix = blended.reshape(-1, 3, 4)
    found: Array = np.einsum("vij,vj->vi", matrix[:, :, :3], mesh.vertices) + matrix[:, :, 3]
    return found


class Skin:
    """All meshes of a body as one, for checks that skin many poses (about 3 ms each).

    ``owner`` is the segment that moves each vertex most, ``held`` how much each does; flesh
    that gives way counts as its bone.
    """

    def __init__(self, body: Body, every: int = 1, without: tuple[str, ...] = ("eyes",)) -> None:
        meshes = [mesh for mesh in body.meshes if mesh.name not in without]
        self.rest = np.concatenate([mesh.vertices[::every] for mesh in meshes])
        self.rest_normal = np.concatenate([mesh.normals[::every] for mesh in meshes])
        count = len(self.rest)
        self.weights = np.zeros((count, len(body.segments)), np.float32)
        joints = np.concatenate([mesh.joints[::every] for mesh in meshes])
        weights = np.concatenate([mesh.weights[::every] for mesh in meshes])
        for k in range(4):
            np.add.at(self.weights, (np.arange(count), joints[:, k]), weights[:, k])
        self.held = as_bones(self.weights, body.segments)
        self.owner = self.held.argmax(1)

    def only(self, which: NDArray[np.int64]) -> Skin:
        """Return the skin of these vertices alone."""
        found = copy(self)
        for name in ("rest", "rest_normal", "weights", "held", "owner"):
            setattr(found, name, getattr(self, name)[which])
        return found

    def vertices(self, transforms: Array) -> Single:
        """Return every vertex under these transforms."""
        matrix = self._matrices(transforms)
        return _applied(matrix, self.rest) + matrix[:, :, 3]

    def normals(self, transforms: Array) -> Single:
        """Return every vertex's outward unit normal under these transforms."""
        a, b, c = np.moveaxis(self._matrices(transforms)[:, :, :3], 2, 0)
        # Cofactors: where flesh is flattened, its normals turn the other way than its edges.
        turned = np.stack([np.cross(b, c), np.cross(c, a), np.cross(a, b)], axis=2)
        found = _applied(turned, self.rest_normal)
        found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
        return found

    def _matrices(self, transforms: Array) -> Single:
        rows = transforms.reshape(len(transforms), 12).astype(np.float32)
        return (self.weights @ rows).reshape(-1, 3, 4)


def _applied(matrix: Single, to: Single) -> Single:
    """Return each matrix's first three columns applied to its row: sums in place are quicker."""
    found: Single = matrix[:, :, 0] * to[:, :1]
    found += matrix[:, :, 1] * to[:, 1:2]
    found += matrix[:, :, 2] * to[:, 2:]
    return found
