"""Build a body from the data package once, and keep it as build output."""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recoup.body.clothes import Pattern, arm_share, garment
from recoup.body.contacts import Surface, find_contacts, floor_points
from recoup.body.figure import Colour, Figure
from recoup.body.flesh import pressed
from recoup.body.hair import bun, scalp_hair
from recoup.body.paint import eye_colours, skin_colours
from recoup.body.seat import seated
from recoup.body.skeleton import Skeleton
from recoup.body.source import SKIN_VERTICES, Source, find_wheel
from recoup.body.surface import compact, nearest_mix, normals, smooth, subdivide, triangles
from recoup.body.value import Body, Contact, Mesh
from recoup.body.volume import volumes
from recoup.body.weights import skin_weights, soften, strongest
from recoup.model.joints import LIMB_RANGES, SEGMENT_RANGES

Array = NDArray[np.float64]
Index = NDArray[np.int64]

HIDDEN = 0.016
"""Skin further than this inside a garment's hem is left out."""


def load_body(figure: Figure, data: Path, built: Path) -> Body:
    """Return the body of ``figure``: from ``built`` if it is there, else made from ``data``."""
    place = built / f"{figure.name}-{_key(figure, find_wheel(data))}.body"
    if place.exists():
        # Our own build output, named by the hash of what it is made from.
        kept: Body = pickle.loads(place.read_bytes())  # noqa: S301
        return kept
    body = build(figure, Source(find_wheel(data)))
    built.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=built, delete=False) as file:
        pickle.dump(body, file)
    os.replace(file.name, place)
    return body


def _key(figure: Figure, wheel: Path) -> str:
    """Hash what the result depends on: parameters, data, and the code of this package."""
    made_by = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    ranges = f"{LIMB_RANGES}{SEGMENT_RANGES}"
    text = f"{figure}|{ranges}|{wheel.name}|{wheel.stat().st_size}".encode()
    return hashlib.sha256(text + made_by).hexdigest()[:16]


@dataclass(frozen=True)
class _Part:
    """A surface on its way to a mesh, with weights for all segments."""

    name: str
    points: Array
    weights: Array
    faces: Index
    colour: Array


@dataclass(frozen=True)
class _Shape:
    """A whole figure without clothes: vertices of skin and helpers, and what moves them."""

    vertices: Array
    bones: dict[str, Array]
    skeleton: Skeleton
    weights: Array

    def volumes(self, source: Source) -> Array:
        skin, faces = slice(SKIN_VERTICES), source.mesh.faces_of("body")
        return volumes(self.vertices[skin], self.weights[skin], faces, self.skeleton)


def build(figure: Figure, source: Source) -> Body:
    """Make the body: shape, rig, weights, clothes, hair, colours, contact points."""
    shape = _shaped(figure, source)
    names = list(shape.skeleton.segments)
    parts = _parts(figure, source, shape)
    outer = [part for part in parts if part.name not in ("eyes", "bun")]
    surface = Surface(
        np.concatenate([part.points for part in outer]),
        np.concatenate([part.weights for part in outer]),
        names,
    )
    usual = _shaped(figure.usual, source)
    both = (shape.volumes(source), usual.volumes(source))
    return _assembled(figure.name, shape.skeleton, surface, parts, both)


def _shaped(figure: Figure, source: Source) -> _Shape:
    vertices = source.shaped(figure.targets())
    floor = vertices[:SKIN_VERTICES, 1].min()
    vertices[:, 1] -= floor
    bones = source.bones(vertices)
    skeleton = Skeleton(vertices, bones, figure.soft_belly)
    weights = skin_weights(source, vertices, skeleton)
    names = list(skeleton.segments)
    weights = soften(weights, source.mesh.faces_of("body"), names, 10)
    return _Shape(vertices, bones, skeleton, weights)


def _assembled(
    name: str,
    skeleton: Skeleton,
    surface: Surface,
    parts: list[_Part],
    held: tuple[Array, Array],
) -> Body:
    segments = list(skeleton.segments.values())
    order = [segment.name for segment in segments]
    floor_segments, floor_at = floor_points(surface, skeleton)
    guards = tuple(
        Contact(f"floor_{k}", segment, (x, y, z), (0.0, 0.0, 0.0))
        for k, (segment, (x, y, z)) in enumerate(
            zip(floor_segments, floor_at.tolist(), strict=True)
        )
    )
    standing = Body(
        name=name,
        segments=tuple(order),
        parents=tuple(-1 if one.parent is None else order.index(one.parent) for one in segments),
        joints=np.array([one.joint for one in segments]),
        frames=np.array([one.frame for one in segments]),
        hinges=tuple(hinge for one in segments for hinge in one.hinges),
        contacts=find_contacts(surface, skeleton) + guards,
        meshes=tuple(_mesh(part, skeleton) for part in parts),
        volumes=held[0],
        usual_volumes=held[1],
    )
    return seated(standing)


def _mesh(part: _Part, skeleton: Skeleton) -> Mesh:
    joints, weights = strongest(pressed(part.weights, part.points, skeleton))
    faces = triangles(part.faces)
    return Mesh(
        name=part.name,
        vertices=part.points.astype(np.float32),
        normals=normals(part.points, faces).astype(np.float32),
        faces=faces.astype(np.int32),
        colour=part.colour.astype(np.float32),
        joints=joints,
        weights=weights,
        two_sided=part.name in ("top", "bottom"),
    )


def _parts(figure: Figure, source: Source, shape: _Shape) -> list[_Part]:
    vertices, weights, skeleton = shape.vertices, shape.weights, shape.skeleton
    names = list(skeleton.segments)
    pattern = Pattern(skeleton, figure.short_legs, figure.long_top)
    body = source.mesh.faces_of("body")
    skin, skin_weight = vertices[:SKIN_VERTICES], weights[:SKIN_VERTICES]
    bottom, top = _clothes(source, vertices, weights, pattern, names, figure)
    arm = arm_share(skin_weight, names)
    inside = np.maximum(pattern.leggings(skin, arm), pattern.top(skin, arm)) > HIDDEN
    used, faces = compact(body[~inside[body].all(1)])
    eye = shape.bones["eye.L"][0]
    colour = skin_colours(source, skin, eye, figure)
    seen = _Part("skin", skin[used], skin_weight[used], faces, colour[used])
    heads = [names.index(name) for name in ("head", "neck3", "neck2", "neck1")]
    on_head = skin_weight[:, heads].sum(1)
    shell = scalp_hair(skin, skin_weight, body, skeleton["head"].joint, on_head, figure.hair_m)
    parts = [seen, bottom, top, _plain("hair", *shell, figure.hair)]
    if figure.bun:
        points, ball = bun(skin)
        to_head = np.zeros((len(points), len(names)))
        to_head[:, names.index("head")] = 1
        parts.append(_plain("bun", points, to_head, ball, figure.hair))
    used, faces = compact(source.mesh.faces_of("helper-l-eye", "helper-r-eye"))
    colour = eye_colours(vertices[used], shape.bones)
    parts.append(_Part("eyes", vertices[used], weights[used], faces, colour))
    return parts


def _clothes(
    source: Source,
    vertices: Array,
    weights: Array,
    pattern: Pattern,
    names: list[str],
    figure: Figure,
) -> tuple[_Part, _Part]:
    used, faces = compact(source.mesh.faces_of("helper-tights"))
    points, faces = subdivide(vertices[used], faces)
    near = nearest_mix(points, vertices[:SKIN_VERTICES], weights[:SKIN_VERTICES], 12)
    near = soften(near, faces, names, 6)
    # A collar stays one line: it does not follow each muscle under it.
    near = smooth(near, faces, 0.6 * pattern.at_collar(points), 30)
    arm = arm_share(near, names)
    tri = triangles(faces)
    bottom = garment(points, near, tri, pattern.leggings(points, arm), 0.0010)
    top = garment(points, near, tri, pattern.top(points, arm), 0.0058)
    return _plain("bottom", *bottom, figure.bottom), _plain("top", *top, figure.top)


def _plain(name: str, points: Array, weights: Array, faces: Index, colour: Colour) -> _Part:
    return _Part(name, points, weights, faces, np.tile(np.array(colour), (len(points), 1)))
