"""How much each segment moves each vertex."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from recoup.body.skeleton import SPINE, Skeleton
from recoup.body.source import Source
from recoup.body.surface import smooth

Array = NDArray[np.float64]

TRUNK_BONES = ("root", "spine05", "spine04", "spine03", "spine02", "spine01", "breast")
SEGMENT_OF = {
    "neck01": "neck1", "neck02": "neck2", "neck03": "neck3", "clavicle": "clav",
    "shoulder01": "shld", "upperarm01": "uarmtw", "upperarm02": "uarm", "lowerarm01": "farm",
    "lowerarm02": "farmtw", "wrist": "hand", "upperleg01": "thightw", "upperleg02": "thigh",
    "lowerleg01": "shank", "lowerleg02": "shank", "foot": "foot",
}  # fmt: skip
SOFT = (
    "pelvis", *SPINE, "neck1", *(f"{name}_{side}" for side in "LR" for name in (
        "clav", "shld", "uarmtw", "glute", "thightw")),
)  # fmt: skip
SPREAD = 0.62
"""Width of a spinal segment's influence, in segments."""


def skin_weights(source: Source, vertices: Array, skeleton: Skeleton) -> Array:
    """Return weights by vertex and segment; rows sum to one."""
    names = list(skeleton.segments)
    index = {name: place for place, name in enumerate(names)}
    weights = np.zeros((len(vertices), len(names)))
    spinal = _along_spine(vertices, skeleton)
    columns = [index[name] for name in ("pelvis", *SPINE)]
    for bone, (where, how_much) in source.weights().items():
        base, _, side = bone.partition(".")
        if base in TRUNK_BONES:
            weights[where[:, None], columns] += how_much[:, None] * spinal[where]
        elif base == "pelvis":
            low = np.clip((skeleton.hips[1] + 0.07 - vertices[where, 1]) / 0.08, 0, 1) * 0.55
            weights[where, index["glute_" + side]] += how_much * low
            weights[where[:, None], columns] += (how_much * (1 - low))[:, None] * spinal[where]
        else:
            weights[where, index[_segment(base, side)]] += how_much
    weights /= np.maximum(weights.sum(1, keepdims=True), 1e-9)
    return weights


def soften(weights: Array, faces: NDArray[np.int64], names: list[str], times: int) -> Array:
    """Spread the weights of the trunk and its joints over their neighbours."""
    columns = [names.index(name) for name in SOFT]
    how_much = 0.5 * np.clip(weights[:, columns].sum(1) * 1.2 - 0.1, 0, 1)
    weights = smooth(weights, faces, how_much, times)
    shares: Array = weights / np.maximum(weights.sum(1, keepdims=True), 1e-9)
    return shares


def strongest(weights: Array) -> tuple[NDArray[np.int16], NDArray[np.float32]]:
    """Keep the four strongest segments of every vertex."""
    index = np.argsort(-weights, 1)[:, :4]
    found = np.take_along_axis(weights, index, axis=1)
    found /= found.sum(1, keepdims=True)
    return index.astype(np.int16), found.astype(np.float32)


def _segment(bone: str, side: str) -> str:
    if bone.startswith("metacarpal"):
        return "hand_" + side
    if bone.startswith("finger"):
        return f"f{bone[6]}{bone[8]}_{side}"
    if bone.startswith("toe"):
        return "toes_" + side
    name = SEGMENT_OF.get(bone, "head")
    return f"{name}_{side}" if side and name != "head" else name


def _along_spine(vertices: Array, skeleton: Skeleton) -> Array:
    """Return how much the pelvis and each spinal segment holds a vertex of this height."""
    y = [skeleton[name].joint[1] for name in SPINE] + [skeleton["neck1"].joint[1]]
    middle = [y[0] - 0.03] + [(low + high) / 2 for low, high in pairwise(y)]
    place = np.interp(vertices[:, 1], middle, np.arange(len(middle)))
    found: Array = np.exp(-0.5 * ((place[:, None] - np.arange(len(middle))) / SPREAD) ** 2)
    found /= found.sum(1, keepdims=True)
    return found
