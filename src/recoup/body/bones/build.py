"""Build a figure's bones from the data package once, and keep them as build output."""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recoup.body.bones.discs import as_mesh, discs
from recoup.body.bones.facets import find_facets
from recoup.body.bones.fit import head, legs, neck, pelvis, rib_cage
from recoup.body.bones.round import rounded
from recoup.body.bones.shell import Depth, bare_skin, pressed_in
from recoup.body.bones.source import Bone, BoneSource, find_bones
from recoup.body.bones.spine import CHEST, LUMBAR, spine
from recoup.body.bones.value import Bones
from recoup.body.figure import Figure
from recoup.body.source import Source, find_wheel
from recoup.body.value import Body, Mesh

Array = NDArray[np.float64]

IVORY = (0.93, 0.885, 0.79)
FINE = 3500
"""Triangles of the low back, which is looked at closely."""
NECK = ("neck1", "neck2", "neck3", "head")


def load_bones(figure: Figure, body: Body, data: Path, built: Path) -> Bones:
    """Return the bones of ``figure`` in its ``body``: from ``built`` if they are there, else made
    from ``data``."""
    archive = find_bones(data)
    place = built / f"{body.name}-{_key(body, archive)}.bones"
    if place.exists():
        # Our own build output, named by the hash of what it is made from.
        kept: Bones = pickle.loads(place.read_bytes())  # noqa: S301
        return kept
    bones = build(figure, body, Source(find_wheel(data)), BoneSource(archive))
    built.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=built, delete=False) as file:
        pickle.dump(bones, file)
    os.replace(file.name, place)
    return bones


def _key(body: Body, archive: Path) -> str:
    total = hashlib.sha256(archive.read_bytes())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        total.update(path.read_bytes())
    total.update(body.joints.tobytes())
    for mesh in body.meshes:
        total.update(mesh.vertices.tobytes())
    return total.hexdigest()[:16]


def build(figure: Figure, body: Body, data: Source, source: BoneSource) -> Bones:
    """Fit every bone, round the coarse ones, and give each to its segments."""
    column = spine(source, body)
    basin = pelvis(source, body)
    lumbar = {one.name: one.bone for one in column if one.name in LUMBAR}
    shell = bare_skin(figure, data, body)
    depth = Depth(shell)
    ribs = rib_cage(source, column, depth)
    skull, jaw, fitted = head(source, body)
    cervical = pressed_in(neck(source, body, fitted), depth)
    found = [_mesh(body, name, rounded(bone, FINE), name) for name, bone in lumbar.items()]
    found += [_mesh(body, name, rounded(bone, FINE), "pelvis") for name, bone in basin.items()]
    for one in column[len(LUMBAR) :]:
        bone = rounded(one.bone)
        level = np.full(len(bone.vertices), one.ends[0, 1])
        found.append(_mesh(body, one.name, bone, _spread(body, CHEST, level)))
    ribs = rounded(ribs, 2 * len(ribs.faces))
    found.append(_mesh(body, "ribs", ribs, _spread(body, CHEST, ribs.vertices[:, 1])))
    found.append(_mesh(body, "neck", cervical, _spread(body, NECK, cervical.vertices[:, 1])))
    found += [_mesh(body, name, bone, "head") for name, bone in (("skull", skull), ("jaw", jaw))]
    for name, (bone, segment) in legs(source, body).items():
        found.append(_mesh(body, name, rounded(pressed_in(bone, depth)), segment))
    return Bones((*found, *discs(body, column)), shell, find_facets(lumbar))


def _mesh(body: Body, name: str, bone: Bone, held: str | Array) -> Mesh:
    """Return a bone as a mesh, held by one segment or by weights for all of them."""
    if isinstance(held, str):
        weights = np.zeros((len(bone.vertices), len(body.segments)))
        weights[:, body.index[held]] = 1
    else:
        weights = held
    return as_mesh(name, bone, weights, IVORY)


def _spread(body: Body, names: tuple[str, ...], height: Array) -> Array:
    """Return weights by height: between the middles of two segments they change evenly."""
    joints = [body.joints[body.index[name], 1] for name in names]
    above = [*joints[1:], 2 * joints[-1] - joints[-2]]
    middles = (np.array(joints) + above) / 2
    place = np.interp(height, middles, np.arange(len(names)))
    weights = np.zeros((len(height), len(body.segments)))
    for k, name in enumerate(names):
        weights[:, body.index[name]] = np.clip(1 - np.abs(place - k), 0, 1)
    return weights
