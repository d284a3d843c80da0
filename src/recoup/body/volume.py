"""How much of a body each segment is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recoup.body.skeleton import Skeleton
from recoup.body.surface import triangles

Array = NDArray[np.float64]
Index = NDArray[np.int64]


def volumes(points: Array, weights: Array, faces: Index, skeleton: Skeleton) -> Array:
    """Return the volume of every segment in m³, in the order of the skeleton: the wedges between
    the closed skin and the segment's long axis, shared as the skin is.

    Exact for a limb that is a prism round its axis; round ends are missed, so they are for
    comparing one body with another.
    """
    tri = triangles(faces)
    corner = points[tri]
    middle, held = corner.mean(1), weights[tri].mean(1)
    area = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]) / 2
    found = []
    for k, segment in enumerate(skeleton.segments.values()):
        out = middle - segment.joint
        along = segment.frame[:, 1]
        out -= np.outer(out @ along, along)
        found.append(float(held[:, k] @ (area * out).sum(1)) / 2)
    return np.maximum(found, 0.0)
