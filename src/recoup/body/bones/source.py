"""Read bone surfaces, and where each lies, from the package that carries them.

Inside, everything is turned to the figure's axes: x to the left, y up, z ahead, metres.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree as Xml

import numpy as np
from numpy.typing import NDArray

from recoup.body.source import MissingDataError
from recoup.body.surface import compact

Array = NDArray[np.float64]
Index = NDArray[np.int64]

ARCHIVE = "bones-*.zip"
CHAINS = {
    "torso": "torso/assets/myotorso_bimanual_chain.xml",
    "head": "head/assets/myohead_rigid_chain.xml",
    "leg": "leg/assets/myolegs_chain.xml",
}
"""Where each bone hangs on which; the head's chain hangs on the torso's body HEAD."""
HEAD = "head_attach"
RIBS = "ribcage_s"
TURNED = np.array([[0, 0, -1], [0, 1, 0], [1, 0, 0]], float)
"""From the package's axes (x ahead, y up, z to the right)."""
TRIANGLE = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("spare", "<u2")])


def find_bones(folder: Path) -> Path:
    """Return the bones' archive in ``folder``."""
    archives = sorted(folder.glob(ARCHIVE))
    if not archives:
        raise MissingDataError(f"No {ARCHIVE} in {folder}. Run: make data")
    return archives[-1]


@dataclass(frozen=True)
class Bone:
    """A surface of triangles."""

    vertices: Array
    faces: Index

    def moved(self, vertices: Array) -> Bone:
        return Bone(vertices, self.faces)

    @property
    def pieces(self) -> Index:
        """Return for each vertex the first vertex of the piece that it hangs together with."""
        found = np.arange(len(self.vertices))
        pairs = np.concatenate([self.faces[:, :2], self.faces[:, 1:]])
        before = None
        while before is None or not np.array_equal(found, before):
            before = found.copy()
            least = found[pairs].min(1)
            np.minimum.at(found, pairs[:, 0], least)
            np.minimum.at(found, pairs[:, 1], least)
            found = found[found]
        return found

    def without(self, gone: NDArray[np.bool_]) -> Bone:
        """Return the bone without these vertices and all triangles that have one of them."""
        used, faces = compact(self.faces[~gone[self.faces].any(1)])
        return Bone(self.vertices[used], faces)


class BoneSource:
    """The bones as the package's model puts them together at rest."""

    def __init__(self, archive: Path) -> None:
        self._zip = zipfile.ZipFile(archive)

    def bone(self, name: str) -> Bone:
        """Return one bone where it is in the model."""
        raw = self._zip.read(f"meshes/{name}.stl")
        count = int.from_bytes(raw[80:84], "little")
        corners = np.frombuffer(raw, TRIANGLE, count, 84)["corners"].reshape(-1, 3)
        # The format repeats a corner in every triangle: equal ones become one vertex again.
        vertices, index = np.unique(np.round(corners, 6), axis=0, return_inverse=True)
        faces = index.reshape(-1, 3)
        apart = (faces != np.roll(faces, 1, axis=1)).all(1)
        turn, shift = self._places[name]
        return Bone((vertices @ turn.T + shift) @ TURNED.T, faces[apart])

    def joint(self, body: str) -> Array:
        """Return where a body of the model hangs on the one before it."""
        at: Array = TURNED @ self._bodies[body][1]
        return at

    @cached_property
    def _bodies(self) -> dict[str, tuple[Array, Array]]:
        self._read()
        return self._found_bodies

    @cached_property
    def _places(self) -> dict[str, tuple[Array, Array]]:
        self._read()
        return self._found_places

    def _read(self) -> None:
        self._found_bodies: dict[str, tuple[Array, Array]] = {}
        self._found_places: dict[str, tuple[Array, Array]] = {}
        still = (np.eye(3), np.zeros(3))
        for chain, start in (("torso", None), ("head", HEAD), ("leg", None)):
            # Our own copy, checked by its hash when it was fetched.
            root = Xml.fromstring(self._zip.read(CHAINS[chain]))  # noqa: S314
            for body in root.findall("body"):
                # Both halves of the model stand in one frame, turned upright as a whole.
                at = still if start is None else self._found_bodies[start]
                for name, place, mesh in _walk(body, at, start is None):
                    if mesh is None:
                        self._found_bodies[name] = place
                    else:
                        self._found_places[_file(mesh)] = place


def _file(mesh: str) -> str:
    """Return the file of a mesh: names repeat the geometry's before it."""
    name = mesh.rpartition("geom_")[2].partition("_")[2] if "geom_" in mesh else mesh
    return "thorax" if name == RIBS else name


def _walk(
    body: Xml.Element, at: tuple[Array, Array], first: bool = False
) -> Iterator[tuple[str, tuple[Array, Array], str | None]]:
    """Yield every body and mesh below one, with its turn and shift."""
    here = at if first else _after(at, body)
    yield body.get("name", ""), here, None
    for geometry in body.findall("geom"):
        mesh = geometry.get("mesh")
        if mesh is not None:
            yield "", _after(here, geometry), mesh
    for child in body.findall("body"):
        yield from _walk(child, here)


def _after(at: tuple[Array, Array], element: Xml.Element) -> tuple[Array, Array]:
    turn, shift = at
    place = _numbers(element, "pos", "0 0 0")
    if element.get("quat"):
        own = _quaternion(_numbers(element, "quat", ""))
    else:
        own = _euler(_numbers(element, "euler", "0 0 0"))
    return turn @ own, shift + turn @ place


def _numbers(element: Xml.Element, name: str, default: str) -> Array:
    return np.array([float(one) for one in element.get(name, default).split()])


def _quaternion(q: Array) -> Array:
    w, x, y, z = q / np.linalg.norm(q)
    return np.array([
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ])  # fmt: skip


def _euler(angles: Array) -> Array:
    """Return a turn about x, then the new y, then the new z (radians)."""
    found = np.eye(3)
    for axis, angle in enumerate(angles):
        half = np.zeros(4)
        half[0], half[1 + axis] = np.cos(angle / 2), np.sin(angle / 2)
        found = found @ _quaternion(half)
    return found
