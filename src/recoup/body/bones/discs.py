"""Discs: soft rings between neighbouring vertebrae, each end held by the bone that it lies on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from recoup.body.bones.source import Bone
from recoup.body.bones.spine import LUMBAR, Vertebra
from recoup.body.surface import normals
from recoup.body.value import Body, Mesh
from recoup.body.weights import strongest

Array = NDArray[np.float64]

BLUE = (0.66, 0.76, 0.80)
BULGE = 0.05
"""How much further its middle reaches than its ends."""
INSET = 0.93
"""A disc's ends, as a share of the bone's: the rim of the bone stays in sight."""
CORNERS, RINGS = 32, 9


def discs(body: Body, column: Sequence[Vertebra]) -> list[Mesh]:
    """Return the discs of the low back, from L5/S1 up to L1/T12."""
    low = column[: len(LUMBAR) + 1]
    return [_disc(body, None, low[0])] + [_disc(body, *two) for two in pairwise(low)]


def _disc(body: Body, below: Vertebra | None, above: Vertebra) -> Mesh:
    """Return the disc under a vertebra; without one ``below``, the sacrum holds it."""
    upper = above.ends[0]
    joint = body.joints[body.index[SEGMENT.get(above.name, above.name)]]
    lower = 2 * joint - upper if below is None else below.ends[1]
    turns = [_axes(above), _axes(above) if below is None else _axes(below)]
    halves = [above.half, above.half if below is None else below.half]
    angle = np.arange(CORNERS) / CORNERS * 2 * np.pi
    round_ = np.stack([np.cos(angle), np.zeros(CORNERS), np.sin(angle)], 1)
    rings, share = [], np.linspace(0, 1, RINGS)
    for s in share:
        half = (halves[0] * (1 - s) + halves[1] * s) * (INSET + BULGE * 4 * s * (1 - s))
        axes = turns[0] * (1 - s) + turns[1] * s
        middle = upper * (1 - s) + lower * s
        rings.append(round_ * [half[0], 1, half[1]] @ axes.T + middle)
    corner = np.arange(CORNERS)
    next_ = (corner + 1) % CORNERS
    faces = [
        np.stack([a + k * CORNERS for a, k in rows], 1)
        for r in range(RINGS - 1)
        for rows in (((corner, r), (next_, r), (corner, r + 1)),
                     ((next_, r), (next_, r + 1), (corner, r + 1)))
    ]  # fmt: skip
    weights = np.zeros((RINGS * CORNERS, len(body.segments)))
    high = SEGMENT.get(above.name, above.name)
    low = "pelvis" if below is None else below.name
    weights[:, body.index[low]] = np.repeat(share, CORNERS)
    weights[:, body.index[high]] = 1 - np.repeat(share, CORNERS)
    bone = Bone(np.concatenate(rings), np.concatenate(faces))
    return as_mesh(f"disc-{above.name}", bone, weights, BLUE)


SEGMENT = {"T12": "Tlow"}
"""The segment of the vertebra above the low back."""


def _axes(vertebra: Vertebra) -> Array:
    """Return to the left, up and ahead, as the vertebra stands."""
    up = vertebra.ends[1] - vertebra.ends[0]
    up = up / np.linalg.norm(up)
    left = np.array([1.0, 0, 0])
    return np.stack([left, up, np.cross(left, up)], 1)


def as_mesh(name: str, bone: Bone, weights: Array, colour: tuple[float, float, float]) -> Mesh:
    """Return a surface of one colour as a mesh that the segments move by ``weights``."""
    joints, held = strongest(weights)
    return Mesh(
        name, bone.vertices.astype(np.float32),
        normals(bone.vertices, bone.faces).astype(np.float32), bone.faces.astype(np.int32),
        np.tile(np.array(colour, np.float32), (len(bone.vertices), 1)), joints, held,
    )  # fmt: skip
