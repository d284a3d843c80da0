"""What a built body is: plain arrays and names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
SIDES = ("L", "R")


@dataclass(frozen=True)
class Hinge:
    """One clinical angle: a rotation of ``segment`` about ``axis`` (in the segment's rest frame).

    Zero is the anatomical position; ``low`` and ``high`` bound the range of motion in degrees.
    """

    name: str
    segment: str
    axis: tuple[float, float, float]
    low: float
    high: float


@dataclass(frozen=True)
class Contact:
    """A point of the skin that touches things; ``normal`` points out of the body there."""

    name: str
    segment: str
    point: tuple[float, float, float]
    normal: tuple[float, float, float]


@dataclass(frozen=True)
class Mesh:
    """A skinned surface at rest. ``colour`` is sRGB by vertex; four segments move each vertex."""

    name: str
    vertices: NDArray[np.float32]
    normals: NDArray[np.float32]
    faces: NDArray[np.int32]
    colour: NDArray[np.float32]
    joints: NDArray[np.int16]
    weights: NDArray[np.float32]
    two_sided: bool = False


@dataclass(frozen=True)
class Body:
    """A figure ready to move: metres, y up, facing +z, standing in its rest pose.

    ``joints`` are the rest places of the segments' joints, ``frames`` their rest orientations
    (the anatomical position is where all frames agree with their parents'). ``volumes`` are how
    much each segment holds, ``usual_volumes`` how much it would on an average adult of that sex.
    """

    name: str
    segments: tuple[str, ...]
    parents: tuple[int, ...]
    joints: Array
    frames: Array
    hinges: tuple[Hinge, ...]
    contacts: tuple[Contact, ...]
    meshes: tuple[Mesh, ...]
    volumes: Array
    usual_volumes: Array

    @cached_property
    def index(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.segments)}

    @cached_property
    def moved(self) -> tuple[str, ...]:
        """The segments that have joints of their own (the others follow: fingers, twist)."""
        return tuple(name for name in self.segments if not name.startswith(FOLLOWERS))

    @cached_property
    def contact(self) -> dict[str, Contact]:
        return {one.name: one for one in self.contacts}

    @cached_property
    def height(self) -> float:
        return float(max(mesh.vertices[:, 1].max() for mesh in self.meshes))


FOLLOWERS = ("f1", "f2", "f3", "f4", "f5", "uarmtw", "shld", "farmtw", "thightw", "glute",
             "ham", "calf", "belly")  # fmt: skip
