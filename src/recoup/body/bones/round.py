"""Make coarse surfaces round: one triangle becomes four (Loop's subdivision)."""

from __future__ import annotations

import numpy as np

from recoup.body.bones.source import Bone
from recoup.body.surface import edges, gathered

COARSE = 1000
"""Surfaces with fewer triangles are divided until they have more than this."""


def rounded(bone: Bone, least: int = COARSE) -> Bone:
    """Return a bone with at least so many triangles: low ones would show corners in a close-up."""
    while len(bone.faces) < least:
        bone = _divided(bone)
    return bone


def _divided(bone: Bone) -> Bone:
    points, faces = bone.vertices, bone.faces
    edge, corner_edge, uses = edges(faces)
    inner = (uses == 2)[:, None]
    opposite = np.zeros((len(edge), 3))
    for k in range(3):
        opposite += gathered(corner_edge[:, k], points[faces[:, (k + 2) % 3]], len(edge))
    ends = points[edge].sum(1)
    middle = np.where(inner, 0.375 * ends + 0.125 * opposite, 0.5 * ends)
    count = np.bincount(edge.ravel(), minlength=len(points))[:, None]
    around = gathered(edge[:, 0], points[edge[:, 1]], len(points))
    around += gathered(edge[:, 1], points[edge[:, 0]], len(points))
    share = 0.375 / np.maximum(count, 3)
    smooth = points * (1 - count * share) + around * share
    a, b, c = (corner_edge[:, k] + len(points) for k in range(3))
    new = np.concatenate([
        np.stack([faces[:, 0], a, c], 1), np.stack([faces[:, 1], b, a], 1),
        np.stack([faces[:, 2], c, b], 1), np.stack([a, b, c], 1),
    ])  # fmt: skip
    return Bone(np.concatenate([smooth, middle]), new)
