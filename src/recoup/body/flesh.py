"""Flesh that gives way in a deep bend: calf and back of the thigh flatten against each other.

Two segments a knee carry it. Each follows its bone and is flattened towards it as the knee bends,
so every user of the skin (films, checks) sees the same pressed surface, at no cost of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recoup.body.skeleton import Segment, Skeleton
from recoup.body.value import SIDES

Array = NDArray[np.float64]

FLESH = {"ham": "thigh", "calf": "shank"}
"""Each pressed segment, and the bone that carries it."""

FOLDED_DEG = 156.0
"""The bend at which both surfaces meet in the plane that halves the angle between the bones."""
FIRST_DEG = 85.0
"""The bend from which they press."""
THINNEST, WIDER = 0.15, 0.10
"""What is left of the flesh's depth next to the joint, and how much wider it gets."""


@dataclass(frozen=True)
class _Place:
    """Where a vertex is at a knee: metres along the bone away from the joint, and behind it."""

    along: Array
    behind: Array


def pressed(weights: Array, points: Array, skeleton: Skeleton) -> Array:
    """Return the weights with the share of each vertex that gives way moved to its flesh."""
    names = list(skeleton.segments)
    found = weights.copy()
    for side in SIDES:
        for flesh, bone in FLESH.items():
            knee = skeleton[f"shank_{side}"].joint
            place = _place(points, skeleton[f"{bone}_{side}"], knee)
            here, carrier = names.index(f"{flesh}_{side}"), names.index(f"{bone}_{side}")
            moved = found[:, carrier] * _gives(place)
            found[:, here] += moved
            found[:, carrier] -= moved
    return found


def as_bones(weights: NDArray[np.float32], segments: Sequence[str]) -> NDArray[np.float32]:
    """Return weights with the flesh's share given to its bone."""
    found = weights.copy()
    for k, name in enumerate(segments):
        flesh, _, side = name.partition("_")
        if flesh in FLESH:
            found[:, segments.index(f"{FLESH[flesh]}_{side}")] += found[:, k]
            found[:, k] = 0
    return found


def flattened(knee_deg: float) -> Array:
    """Return how flesh is scaled in its bone's frame: across, along, front to back.

    >>> flattened(60).tolist()
    [1.0, 1.0, 1.0]
    """
    share = max((knee_deg - FIRST_DEG) / (FOLDED_DEG - FIRST_DEG), 0.0) ** 1.5
    share = min(share, 1.0)
    return np.array([1 + WIDER * share, 1.0, 1 - (1 - THINNEST) * share])


def _place(points: Array, bone: Segment, knee: Array) -> _Place:
    local = (points - knee) @ bone.frame
    return _Place(np.abs(local[:, 1]), -local[:, 2])


def _gives(place: _Place) -> Array:
    """Return how much of a vertex's depth gives way when folded, as a share of the most."""
    half = np.radians(180 - FOLDED_DEG) / 2
    room = place.along * np.tan(half)
    left = np.clip(room / np.maximum(place.behind, 1e-4), THINNEST, 1)
    return np.where(place.behind > 0, (1 - left) / (1 - THINNEST), 0.0)
