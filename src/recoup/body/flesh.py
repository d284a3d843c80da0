"""Flesh that gives way: calf and back of the thigh against each other, a belly to the floor.

Two segments a knee carry it. Each follows its bone and is flattened towards it as the knee bends,
so every user of the skin (films, checks) sees the same pressed surface, at no cost of its own.

A soft belly has a segment for each bone of the low trunk. Each follows its bone and is flattened
as far as the floor asks, and no further than a belly goes: who asks for more sinks in the floor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recoup.body.skeleton import BELLY, Segment, Skeleton
from recoup.body.value import SIDES, Body

Array = NDArray[np.float64]

FLESH = {"ham": "thigh", "calf": "shank"}
"""Each pressed segment, and the bone that carries it."""

FOLDED_DEG = 156.0
"""The bend at which both surfaces meet in the plane that halves the angle between the bones."""
FIRST_DEG = 85.0
"""The bend from which they press."""
THINNEST, WIDER = 0.15, 0.10
"""What is left of the flesh's depth next to the joint, and how much wider it gets."""

FLATTEST = 0.5
"""What is left, at least, of what a belly is deep from there on."""


def bone_of(segment: str) -> str | None:
    """Return the bone that carries a segment of flesh; None for any other segment.

    >>> bone_of("ham_L"), bone_of("belly_L4"), bone_of("thigh_L")
    ('thigh_L', 'L4', None)
    """
    flesh, _, of = segment.partition("_")
    if flesh == "belly":
        return of
    return f"{FLESH[flesh]}_{of}" if flesh in FLESH else None


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
    for bone in BELLY if skeleton.soft_belly else ():
        here, carrier = names.index(f"belly_{bone}"), names.index(bone)
        ahead = points[:, 2] > skeleton[f"belly_{bone}"].joint[2]
        # Whole: at the plane where it begins, flesh that is flattened and bone move alike.
        found[ahead, here] = found[ahead, carrier]
        found[ahead, carrier] = 0
    return found


def lain_on(segment: str, points: Array, skeleton: Skeleton) -> Array:
    """Return points of a segment where they are once the belly is as flat as it goes."""
    if segment not in BELLY or not skeleton.soft_belly:
        return points
    begins = skeleton[f"belly_{segment}"].joint[2]
    found = points.copy()
    found[:, 2] -= (1 - FLATTEST) * np.maximum(points[:, 2] - begins, 0)
    return found


def gives_m(body: Body, point: str) -> float:
    """Return how much a point of the skin gives way where a belly is lain on."""
    contact = body.contact[point]
    place = body.index.get(f"belly_{contact.segment}")
    if place is None:
        return 0.0
    return (1 - FLATTEST) * max(contact.point[2] - float(body.joints[place][2]), 0.0)


def as_bones(weights: NDArray[np.float32], segments: Sequence[str]) -> NDArray[np.float32]:
    """Return weights with the flesh's share given to its bone."""
    found = weights.copy()
    for k, name in enumerate(segments):
        bone = bone_of(name)
        if bone is not None:
            found[:, segments.index(bone)] += found[:, k]
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
