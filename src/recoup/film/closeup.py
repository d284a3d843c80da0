"""Parts of the body that a camera can stay on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recoup.body import Body

Array = NDArray[np.float64]

CLOSEUPS = {"low-back": ("L5", "L4", "L3", "L2", "L1", "Tlow")}
"""The joints in the middle of each part."""
ROUND_M = 0.06
"""How far round each joint the camera sees at least: room for the skin of the back."""


def points_of(closeup: str, body: Body, moments: Sequence[Array]) -> Array:
    """Return points round a part of the body, under the transforms of each moment."""
    if closeup not in CLOSEUPS:
        raise ValueError(f"closeup: {closeup!r} is not known. Choose from: {', '.join(CLOSEUPS)}.")
    corners = np.array(np.meshgrid(*[(-ROUND_M, ROUND_M)] * 3)).reshape(3, -1).T
    found = []
    for transforms in moments:
        for name in CLOSEUPS[closeup]:
            place = body.index[name]
            middle = transforms[place, :, :3] @ body.joints[place] + transforms[place, :, 3]
            found.append(middle + corners)
    return np.concatenate(found)
