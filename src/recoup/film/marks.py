"""Marks at the facet joints of the low back: larger and warmer the further a joint is closed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recoup.body import Body, Mesh
from recoup.body.bones import Bones, Facet, closed_deg, facet_places
from recoup.model.joints import SEGMENT_RANGES

Array = NDArray[np.float64]

PALE = (0.97, 0.72, 0.44)
HOT = (1.14, 0.42, 0.09)
"""The colours of a joint that is open, and of one that is closed as far as it goes."""
FULL_DEG = -SEGMENT_RANGES["lumbar"]["flexion"][0]
"""Bent back to the end of its range: then a mark is as large and as warm as it gets."""
SMALL_M, LARGE_M = 0.0038, 0.0078
"""Radius of a mark: fully open, fully closed."""
REACH_M = 0.015
"""How far a closed joint warms the bone round it."""
ON_BONE = 0.8
STEPS = 12


@dataclass(frozen=True)
class FacetMark:
    """A facet joint in the picture: pixels from the left and from the top, and degrees closed."""

    level: str
    side: str
    x: float
    y: float
    closed_deg: float


class Marks:
    """The marks of one figure's bones; each has a mover of its own, from ``first`` on."""

    def __init__(self, bones: Bones, body: Body, first: int) -> None:
        self._facets: tuple[Facet, ...] = bones.facets
        self._body = body
        self.meshes = [_ball(first + k) for k in range(len(bones.facets))]
        points = np.concatenate([mesh.vertices for mesh in bones.meshes]).astype(float)
        own = np.repeat(np.arange(len(self._facets)), [len(mesh.vertices) for mesh in self.meshes])
        at = [(np.array(one.upper_at) + one.lower_at) / 2 for one in bones.facets]
        # How much each joint warms each vertex: bones by nearness, its own mark wholly.
        near = np.stack([np.linalg.norm(points - one, axis=1) for one in at], 1)
        warms = ON_BONE * np.exp(-((near / REACH_M) ** 2)) * (near < 3 * REACH_M)
        self._warms = np.concatenate([warms, np.eye(len(at))[own]])

    def places(self, segments: Array) -> Array:
        """Return where the joints are, metres."""
        return facet_places(self._facets, self._body, segments)

    def closed_deg(self, segments: Array) -> Array:
        return closed_deg(self._facets, self._body, segments)

    def moves(self, segments: Array) -> list[Array]:
        """Return the transforms of the marks: to their joints, in their size."""
        share = np.clip(self.closed_deg(segments) / FULL_DEG, -1, 1)
        size = SMALL_M + (LARGE_M - SMALL_M) * (1 + share) / 2
        places = self.places(segments)
        return [
            np.concatenate([np.eye(3) * one, at[:, None]], axis=1)
            for one, at in zip(size, places, strict=True)
        ]

    def glow(self, segments: Array) -> NDArray[np.float32]:
        """Return how warm each vertex is, bones first, then marks: 0 where no joint is closed."""
        share = np.clip(self.closed_deg(segments) / FULL_DEG, 0, 1)
        found: NDArray[np.float32] = (self._warms * share).max(1).astype(np.float32)
        return found

    def marked(self, segments: Array, places: Array) -> tuple[FacetMark, ...]:
        """Return each joint with its place in the picture."""
        closed = self.closed_deg(segments)
        return tuple(
            FacetMark(one.level, one.side, float(x), float(y), float(deg))
            for one, (x, y, _), deg in zip(self._facets, places, closed, strict=True)
        )


def _ball(mover: int) -> Mesh:
    """Return a ball of radius 1 that one segment moves."""
    polar = np.linspace(0, np.pi, STEPS + 1)
    round_ = np.arange(2 * STEPS) / STEPS * np.pi
    x = np.sin(polar)[:, None] * np.cos(round_)
    z = np.sin(polar)[:, None] * np.sin(round_)
    y = np.repeat(np.cos(polar)[:, None], 2 * STEPS, axis=1)
    points = np.stack([x, y, z], 2).reshape(-1, 3).astype(np.float32)
    row, column = (one.ravel() for one in np.mgrid[0:STEPS, 0 : 2 * STEPS])
    next_ = (column + 1) % (2 * STEPS)
    a, b = row * 2 * STEPS + column, row * 2 * STEPS + next_
    c, d = a + 2 * STEPS, b + 2 * STEPS
    faces = np.concatenate([np.stack([a, b, c], 1), np.stack([b, d, c], 1)]).astype(np.int32)
    joints, weights = np.zeros((len(points), 4)), np.zeros((len(points), 4))
    joints[:], weights[:, 0] = mover, 1
    return Mesh(
        "mark", points, points, faces, np.tile(np.array(PALE, np.float32), (len(points), 1)),
        joints.astype(np.int16), weights.astype(np.float32),
    )  # fmt: skip
