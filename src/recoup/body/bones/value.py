"""What built bones are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recoup.body.value import Mesh

Array = NDArray[np.float64]

CREDIT = "Bones: OpenSim project, CC BY 3.0, changed"
"""To be read on screen in every film that shows bones."""


@dataclass(frozen=True)
class Facet:
    """One of the small joints behind the low back: between two neighbouring segments, on a side.

    ``upper_at`` is the tip of the upper bone's lower process, ``lower_at`` the tip of the lower
    bone's upper process, both at rest.
    """

    level: str
    side: str
    upper: str
    lower: str
    upper_at: tuple[float, float, float]
    lower_at: tuple[float, float, float]


@dataclass(frozen=True)
class Bones:
    """Bones and discs of one figure at rest, each held by its segments; the skin round them, whole
    and without clothes; and the facet joints."""

    meshes: tuple[Mesh, ...]
    shell: Mesh
    facets: tuple[Facet, ...]
