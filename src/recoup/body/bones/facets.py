"""The facet joints of the low back: where they are, and how far each is closed or opened.

The measure is geometry, no force. A facet joint lies behind and beside the middle of its disc.
Bending back turns the upper bone down onto the lower one there: it closes the joints of both
sides. Bending to a side closes the joint of that side and opens the other. Turning to a side
presses together the joint of the other side: the upper bone's process lies between those of the
lower one, and meets the far one. So, in degrees between two neighbouring bones:

    closed_deg = bending back + bending to this side + turning to the other side

Standing upright is zero; bending forward gives less than zero: the joint opens.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recoup.body.bones.source import Bone
from recoup.body.bones.value import Facet
from recoup.body.value import Body

Array = NDArray[np.float64]

LEVELS = {
    "L5-S1": ("L5", "pelvis"), "L4-L5": ("L4", "L5"), "L3-L4": ("L3", "L4"),
    "L2-L3": ("L2", "L3"), "L1-L2": ("L1", "L2"),
}  # fmt: skip
"""Upper and lower segment of each pair of joints, from below."""
TO = {"left": 1.0, "right": -1.0}
BEHIND_M, BESIDE_M = 0.006, 0.007
"""Processes lie at least so far behind the ends of a vertebra, and so far from the middle."""
TIP = 3
"""So many vertices are a process's tip."""


def find_facets(lumbar: dict[str, Bone]) -> tuple[Facet, ...]:
    """Return the joints of all levels: tip of the lower process above, of the upper one below.

    The sacrum of the package has no such processes: there the joint is where L5's tip is.
    """
    found = []
    for level, (upper, lower) in LEVELS.items():
        for side, sign in TO.items():
            above = _tip(lumbar[upper], sign, -1)
            below = above if lower == "pelvis" else _tip(lumbar[lower], sign, 1)
            found.append(Facet(level, side, upper, lower, above, below))
    return tuple(found)


def _tip(bone: Bone, sign: float, up: int) -> tuple[float, float, float]:
    """Return the highest (``up`` 1) or lowest (-1) point beside the arch of a vertebra.

    The arch lies behind the body. The spinous process, in the middle, does not count.
    """
    v = bone.vertices
    behind = np.quantile(v[:, 2], 0.5) - BEHIND_M
    beside = v[(v[:, 0] * sign > BESIDE_M) & (v[:, 2] < behind)]
    x, y, z = beside[np.argsort(-up * beside[:, 1])[:TIP]].mean(0).tolist()
    return x, y, z


def facet_places(facets: Sequence[Facet], body: Body, transforms: Array) -> Array:
    """Return where each joint is under these transforms: half-way between its two bones."""
    found = []
    for facet in facets:
        above = _moved(transforms[body.index[facet.upper]], facet.upper_at)
        below = _moved(transforms[body.index[facet.lower]], facet.lower_at)
        found.append((above + below) / 2)
    return np.array(found)


def closed_deg(facets: Sequence[Facet], body: Body, transforms: Array) -> Array:
    """Return how far each joint is closed (more than 0) or opened (less), degrees.

    >>> # doctest: +SKIP
    >>> closed_deg(facets, body, bent_back_by_4_degrees_at_each_level)
    array([4., 4., ...])
    """
    found = []
    for facet in facets:
        upper, lower = (transforms[body.index[one], :, :3] for one in (facet.upper, facet.lower))
        back, left, turned = _angles(lower.T @ upper)
        found.append(back + TO[facet.side] * (left - turned))
    return np.array(found)


def _angles(turn: Array) -> tuple[float, float, float]:
    """Return degrees bent back, bent to the left and turned to the left, of a small turn.

    They are the parts of one turn about one axis, so none comes before another.
    """
    axis = np.array([turn[2, 1] - turn[1, 2], turn[0, 2] - turn[2, 0], turn[1, 0] - turn[0, 1]])
    sine = np.linalg.norm(axis) / 2
    if sine < 1e-9:
        return 0.0, 0.0, 0.0
    angle = np.degrees(np.arctan2(sine, (np.trace(turn) - 1) / 2))
    x, y, z = (axis / (2 * sine) * angle).tolist()
    return -x, -z, y


def _moved(transform: Array, at: tuple[float, float, float]) -> Array:
    there: Array = transform[:, :3] @ np.array(at) + transform[:, 3]
    return there
