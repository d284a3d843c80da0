"""A body as one glTF binary: meshes at rest, skin, colours.

Places are 16-bit shares of one cube round the whole body; the skin's inverse bind matrices turn
them back into metres, so a viewer needs to know nothing about it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recoup.body import Body, Mesh
from recoup.film.draw.colour import linear
from recoup.film.live.container import ARRAY, ELEMENTS, Container, Part, rounded

Array = NDArray[np.float64]

FULL = 65535
"""The largest 16-bit share."""


def figure_glb(body: Body) -> bytes:
    """Return the glTF binary of ``body``."""
    file = Container()
    low, size = _cube(body)
    meshes = [_mesh(file, mesh, place, low, size) for place, mesh in enumerate(body.meshes)]
    nodes = segments(body)
    first = len(nodes)
    nodes += [
        {"name": mesh.name, "mesh": place, "skin": 0} for place, mesh in enumerate(body.meshes)
    ]
    bind = np.zeros((len(body.segments), 4, 4))
    bind[:, [0, 1, 2], [0, 1, 2]] = size
    bind[:, :3, 3] = low - body.joints
    bind[:, 3, 3] = 1
    columns = np.transpose(bind, (0, 2, 1)).reshape(-1, 16)
    file.parts = {
        "extensionsUsed": ["KHR_mesh_quantization"],
        "extensionsRequired": ["KHR_mesh_quantization"],
        "scene": 0,
        "scenes": [{"nodes": [0, *range(first, len(nodes))]}],
        "nodes": nodes,
        "meshes": meshes,
        "materials": [_material(mesh) for mesh in body.meshes],
        "skins": [{
            "joints": list(range(len(body.segments))),
            "skeleton": 0,
            "inverseBindMatrices": file.add(columns.astype(np.float32)),
        }],
        "extras": {"body": body.name},
    }  # fmt: skip
    return file.content()


def segments(body: Body) -> list[Part]:
    """Return one node by segment, at its joint, turned as at rest."""
    nodes = []
    for place, name in enumerate(body.segments):
        parent = body.parents[place]
        at = body.joints[place] - (body.joints[parent] if parent >= 0 else 0)
        node: Part = {"name": name, "translation": rounded(at)}
        children = [child for child, its in enumerate(body.parents) if its == place]
        if children:
            node["children"] = children
        nodes.append(node)
    return nodes


def _cube(body: Body) -> tuple[Array, float]:
    every = np.concatenate([mesh.vertices for mesh in body.meshes]).astype(float)
    low, high = every.min(0), every.max(0)
    return np.round(low - 1e-4, 4), float(np.round((high - low).max() + 2e-4, 4))


def _mesh(file: Container, mesh: Mesh, material: int, low: Array, size: float) -> Part:
    place = np.round((mesh.vertices - low) / size * FULL).astype(np.uint16)
    attributes = {
        "POSITION": file.add(place, normalised=True, bounds=True, target=ARRAY),
        "NORMAL": file.add(signed_bytes(mesh.normals), normalised=True, target=ARRAY),
        "JOINTS_0": file.add(_joints(mesh), target=ARRAY),
        "WEIGHTS_0": file.add(_weights(mesh), normalised=True, target=ARRAY),
    }
    if _varied(mesh):
        colour = np.concatenate([linear(mesh.colour), np.ones((len(mesh.colour), 1))], axis=1)
        shares = np.round(colour * FULL).astype(np.uint16)
        attributes["COLOR_0"] = file.add(shares, normalised=True, target=ARRAY)
    index = np.uint16 if len(mesh.vertices) <= FULL else np.uint32
    faces = file.add(mesh.faces.astype(index).ravel(), target=ELEMENTS)
    part = {"attributes": attributes, "indices": faces, "material": material}
    return {"name": mesh.name, "primitives": [part]}


def signed_bytes(normals: NDArray[np.float32]) -> NDArray[np.int8]:
    length = np.linalg.norm(normals, axis=1, keepdims=True)
    found: NDArray[np.int8] = np.round(normals / np.maximum(length, 1e-9) * 127).astype(np.int8)
    return found


def _weights(mesh: Mesh) -> NDArray[np.uint16]:
    """Return 16-bit shares that add up to exactly one; the largest takes what rounding leaves."""
    found = np.round(mesh.weights * FULL).astype(np.int64)
    rows = np.arange(len(found))
    found[rows, found.argmax(1)] += FULL - found.sum(1)
    return found.astype(np.uint16)


def _joints(mesh: Mesh) -> NDArray[np.uint8]:
    """Return the segments; where a share is nothing, segment 0, as glTF asks."""
    return np.where(_weights(mesh) > 0, mesh.joints, 0).astype(np.uint8)


def _varied(mesh: Mesh) -> bool:
    return bool(np.ptp(mesh.colour, axis=0).max() > 1e-6)


def _material(mesh: Mesh) -> Part:
    colour = [1.0, 1.0, 1.0] if _varied(mesh) else rounded(linear(mesh.colour[0]))
    return {
        "name": mesh.name,
        "pbrMetallicRoughness": {
            "baseColorFactor": [*colour, 1.0], "metallicFactor": 0.0, "roughnessFactor": 0.8,
        },
        "doubleSided": mesh.two_sided,
    }  # fmt: skip
