"""Paint a posed figure and its props: meshes and transforms in, picture out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recoup.body import Mesh
from recoup.film.draw.backdrop import backdrop
from recoup.film.draw.camera import Camera
from recoup.film.draw.colour import TO_SRGB, linear
from recoup.film.draw.compiled import LANES, f4
from recoup.film.draw.edges import find_edges, sample_edges
from recoup.film.draw.fill import depths, fill, pose
from recoup.film.draw.ground import paint_floor
from recoup.film.draw.light import Light, Studio
from recoup.film.draw.occlusion import SPIRAL, occlusion, soften, view_depths
from recoup.film.draw.shade import paint
from recoup.film.draw.shadow import MARGIN, STRIDE, look_round, near_floor, shadow_sums

Array = NDArray[np.float32]
Picture = NDArray[np.uint8]
Box = NDArray[np.int64]
"""Left, top, and right and bottom just outside."""

GLOSS: dict[str, tuple[float, float]] = {
    "skin": (0.09, 0.20), "bottom": (0.02, 0.03), "top": (0.02, 0.03), "hair": (0.06, 0.0),
    "bun": (0.06, 0.0), "eyes": (0.5, 0.0),
}  # fmt: skip
"""How much each surface shines, and how far light wraps round it."""

NEAR_FLOOR = 240
"""Cells of the map of what is near the floor, on a side."""
NEAR_FLOOR_M = 3.2
OCCLUSION_M = 0.13
NOWHERE = f4(-50)
NO_MAT = (0, 0, -1, -1)
"""An outline with nothing inside."""
EDGES = 4
"""At most one of so many pixels is at an edge: more are not smoothed."""
FLOOR = 0.0005
"""How much nearer than the floor, in 1/m, a thing must be to be seen."""
HIGH_M = f4(0.55)
"""Higher things close no floor."""


@dataclass(frozen=True)
class Mat:
    """The mat on the floor: middle and half sizes, metres; its top is at height 0."""

    x: float = 0.0
    z: float = 0.0
    half_width: float = 0.40
    half_length: float = 1.05


class Painter:
    """Paints one set of meshes in one size, on a mat or on the bare floor.

    ``samples`` on a side are taken of pixels at edges. Not for use by two threads at once.

    The same transforms, camera and glow give the same bytes, whatever was painted before.
    """

    def __init__(
        self,
        meshes: Sequence[Mesh],
        width: int,
        height: int,
        samples: int = 3,
        mat: Mat | None = None,
        reach_m: float = 2.6,
        light_cells: int = 896,
        studio: Studio | None = None,
    ) -> None:
        self.width, self.height, self._samples = width, height, samples
        self.mat = mat
        self._light, self._studio = Light(), studio or Studio()
        self._cells, self._texel = light_cells, reach_m / light_cells
        self._gather(meshes)
        self._allocate()
        self._allocate_light(light_cells)

    def _gather(self, meshes: Sequence[Mesh]) -> None:
        """Put all meshes into one list of vertices and triangles."""
        start = np.cumsum([0] + [len(mesh.vertices) for mesh in meshes])
        self._rest = np.concatenate([mesh.vertices for mesh in meshes]).astype(f4)
        self._rest_normal = np.concatenate([mesh.normals for mesh in meshes]).astype(f4)
        colour = np.concatenate([mesh.colour for mesh in meshes])
        self._plain = linear(colour).astype(f4)
        self._joints = np.concatenate([mesh.joints for mesh in meshes]).astype(np.int16)
        self._weights = np.concatenate([mesh.weights for mesh in meshes]).astype(f4)
        pairs = zip(meshes, start, strict=False)
        self._faces = np.concatenate([mesh.faces + begin for mesh, begin in pairs]).astype(np.int32)
        count = [len(mesh.faces) for mesh in meshes]
        self._mesh_of = np.repeat(np.arange(len(meshes)), count).astype(np.int8)
        self._cull = np.repeat([not mesh.two_sided for mesh in meshes], count)
        shine = [GLOSS.get(mesh.name, (0.03, 0.05)) for mesh in meshes]
        gloss = np.repeat(shine, [len(mesh.vertices) for mesh in meshes], 0)
        # Place, normal, colour, gloss and wrap of each vertex: together, for the cache's sake.
        self._points = np.zeros((len(self._rest), 16), f4)
        self._points[:, 6:9], self._points[:, 9:11] = self._plain, gloss

    def _allocate(self) -> None:
        picture, room = (self.height, self.width), self.height * self.width
        self._back = np.zeros(len(self._faces), bool)
        self._seen, self._lit = (np.zeros((len(self._rest), 3), f4) for _ in range(2))
        self._bounds = np.zeros((6, 2), f4)
        self._near_flat, self._near = _roomy(picture)
        self._face_flat, self._face_at = _roomy(picture, np.int32)
        self._deep, self._surface = np.empty(picture, f4), np.empty(picture, np.int8)
        self._edge, self._slot = np.zeros(picture, bool), np.full(picture, -1, np.int32)
        n = self._samples
        k = np.arange(n * n)
        self._spots = (np.stack([k % n, k // n]) + 0.5).astype(f4) / f4(n)
        self._order = ((k * 5 + n * n // 2) % (n * n)).astype(np.int32)
        self._blocks = np.zeros((self.height // 4 + 1, self.width // 4 + 1), bool)
        self._edges = np.empty((room // EDGES, 2), np.int32)
        self._edge_near = np.empty(len(self._edges) * n * n, f4)
        self._edge_face = np.empty(len(self._edges) * n * n, np.int32)
        self._open = np.zeros(((self.height + 1) // 2, (self.width + 1) // 2), f4)
        self._open_soft = np.zeros_like(self._open)
        self._ambient, self._key, self._base = (np.zeros((*picture, 3), f4) for _ in range(3))
        self._empty, self._out = (np.zeros((*picture, 3), np.uint8) for _ in range(2))

    def _allocate_light(self, cells: int) -> None:
        self._light_flat, self._light_depth = _roomy((cells, cells))
        half, places = cells // 2 + 1, (cells // 2 + 2 * MARGIN) // STRIDE + 2
        self._cover, self._high = (np.zeros((half, half), f4) for _ in range(2))
        self._wide = np.zeros((places, places, 2), f4)
        self._soft = (np.array([0.06, 0.06, 0.004]) / (2 * self._texel)).astype(f4)
        self._low_flat, self._low = _roomy((NEAR_FLOOR, NEAR_FLOOR))
        self._spare, self._near_map = np.zeros_like(self._low), np.zeros_like(self._low)
        lamp = self._light
        key = lamp.key.astype(float)
        right = np.cross((0, 1, 0), key)
        right /= np.linalg.norm(right)
        self._lamp_axes = np.stack([right, -np.cross(key, right), key]).astype(f4)
        self._lamps = np.stack(
            [lamp.key, lamp.rim, lamp.key_colour, lamp.rim_colour, lamp.sky, lamp.ground]
        )

    @property
    def vertices(self) -> Array:
        """Where the last picture's vertices are, metres."""
        return self._points[:, :3]

    def look(self, camera: Camera) -> None:
        """Set the camera and paint floor, mat and haze."""
        self._eye = camera.position.astype(f4)
        self._axes = camera.axes.astype(f4)
        shift = -(self._axes @ self._eye)[:, None]
        self._view = np.concatenate([self._axes, shift], axis=1).astype(f4)
        self._focal = f4(self.height / 2 / np.tan(np.radians(camera.field_deg / 2)))
        self._centre = np.array((self.width / 2, self.height / 2, self._focal), f4)
        x, y, f = self._centre.astype(float)
        # The ray of a pixel is ``rays @ (x, y, 1)``; so the floor's 1/depth is a plane, too.
        self._rays = camera.axes.T @ np.array([[1 / f, 0, -x / f], [0, -1 / f, y / f], [0, 0, 1]])
        self._floor_plane = (-self._rays[1] / float(self._eye[1]) + (0, 0, FLOOR)).astype(f4)
        light, studio, mat = self._light, self._studio, self.mat
        outline = np.array((mat.x, mat.z, mat.half_width, mat.half_length) if mat else NO_MAT, f4)
        backdrop(
            self._empty, self._ambient, self._key, self._base, self._eye, self._axes, self._focal,
            outline,
            linear(studio.mat).astype(f4), linear(studio.floor).astype(f4),
            (linear(studio.haze) / 0.92 * 1.115).astype(f4),
            (light.sky + light.rim_colour * light.rim[1] + 0.02).astype(f4),
            (light.key_colour * light.key[1]).astype(f4), TO_SRGB,
        )  # fmt: skip

    def tint(self, share: Array, colour: tuple[float, float, float]) -> None:
        """Mix ``colour`` (sRGB) into every vertex by ``share``: the glow of the target."""
        self._points[:, 6:9] = self._plain * (1 - share[:, None]) + linear(colour) * share[:, None]

    def draw(self, transforms: NDArray[np.float64]) -> Picture:
        """Return the picture of the meshes under these transforms (n, 3, 4), height first."""
        self._pose(transforms)
        box = self._box()
        self._fill(box)
        self._shine()
        self._look_up()
        np.copyto(self._out, self._empty)
        self._darken(box)
        self._paint(box)
        return self._out

    def _pose(self, transforms: NDArray[np.float64]) -> None:
        pose(
            np.ascontiguousarray(transforms, f4), self._rest, self._rest_normal, self._joints,
            self._weights, self._view, self._centre, self._lamp_axes, f4(1 / self._texel),
            self._points, self._seen, self._lit, self._bounds,
        )  # fmt: skip

    def _paint(self, box: Box) -> None:
        """Lay the meshes over what is in the picture."""
        self._occlude(box)
        paint(
            self._out, box, self._face_at, self._slot, self._edge_near, self._edge_face,
            self._order, self._mesh_of, self._back, self._faces, self._seen, self._points,
            self._eye, self._lamps, self._light_view,
            self._light_depth, self._open_soft, TO_SRGB,
        )  # fmt: skip

    def _box(self) -> Box:
        """Return the pixels that the meshes cover, with some around."""
        (left, right), (top, bottom) = np.clip(self._bounds[:2], -1e6, 1e6).tolist()
        return np.array(
            [
                min(max(int(left) - 2, 0), self.width), min(max(int(top) - 2, 0), self.height),
                max(min(int(right) + 3, self.width), 0), max(min(int(bottom) + 3, self.height), 0),
            ],
            np.int64,
        )  # fmt: skip

    def _fill(self, box: Box) -> None:
        """See what stands at every pixel, and at every place of the edges' pixels."""
        fill(
            self._seen, self._faces, self._cull, self._back, self._near_flat, self._face_flat,
            self.width, self._floor_plane, box,
        )  # fmt: skip
        count = find_edges(
            self._near, self._face_at, self._mesh_of, self._surface, self._edge, self._slot,
            self._edges, self._blocks, box,
        )  # fmt: skip
        sample_edges(
            self._seen, self._faces, self._cull, self._back, self._floor_plane, box,
            self._spots, self._slot, self._blocks, self._edges, count, self._edge_near,
            self._edge_face,
        )  # fmt: skip

    def _shine(self) -> None:
        """See what the key light meets, and add it up for the soft shadow."""
        cells, lamp = self._cells, self._light.key
        # Whole cells, or the shadow's edge would crawl when the figure moves.
        left, top = (round(x / 2) * 2 - cells // 2 for x in self._bounds[2:4].mean(1).tolist())
        depths(
            self._lit, self._faces, (0, 1, 2), np.ones(3, f4),
            np.array((left, top), f4), NOWHERE, NOWHERE, cells, self._light_flat,
        )  # fmt: skip
        view = np.zeros((2, 4))
        view[:, :3], view[:, 3] = self._lamp_axes[:2] / self._texel, (-left, -top)
        self._light_view = view.astype(f4)
        slope = np.array([lamp[0], lamp[2]]) @ np.linalg.inv(view[:, [0, 2]])
        floor = np.array([-slope @ view[:, 3], *slope], f4)
        (u0, u1), (v0, v1) = self._bounds[2:4].tolist()
        first = [max(0, int(a) // 2 * 2 - 2) for a in (u0 - left, v0 - top)]
        after = [min(cells, int(a) // 2 * 2 + 4) for a in (u1 - left, v1 - top)]
        self._part = np.array([*first, *after], np.int64)
        shadow_sums(self._light_depth, NOWHERE, floor, self._part, self._cover, self._high)
        look_round(self._cover, self._high, self._part, self._soft[0], self._wide)

    def _look_up(self) -> None:
        """Look up from below: how near the floor is everything?"""
        k = NEAR_FLOOR / NEAR_FLOOR_M
        # Round the figure, by whole cells, or what is near would crawl.
        self._near_from = np.round(self._bounds[4:].mean(1) * k) - NEAR_FLOOR / 2
        depths(
            self._points, self._faces, (0, 2, 1), np.array((k, k, -1), f4),
            self._near_from.astype(f4), -HIGH_M, NOWHERE, NEAR_FLOOR, self._low_flat,
        )  # fmt: skip
        near_floor(self._low, NOWHERE, self._spare, self._near_map)

    def _darken(self, box: Box) -> None:
        """Lay shadow and closeness over the empty floor."""
        eye, rays = self._eye.astype(float), self._rays

        def place(along: ArrayLike, shift: float) -> NDArray[np.float64]:
            """Return what times (x, y, 1) is ``along`` times a pixel's floor point, + ``shift``.

            The product is to be divided by the last row, which tells how the ray rises.
            """
            found: NDArray[np.float64] = rays[1] * (eye @ along + shift)
            found -= eye[1] * (np.asarray(along) @ rays)
            return found

        view, k = self._light_view.astype(float), NEAR_FLOOR / NEAR_FLOOR_M
        rows = [
            place(view[0, :3], view[0, 3] - self._part[0]) / 2,
            place(view[1, :3], view[1, 3] - self._part[1]) / 2,
            place((k, 0, 0), -self._near_from[0] - 0.5),
            place((0, 0, k), -self._near_from[1] - 0.5),
            rays[1],
        ]
        paint_floor(
            self._out, self._ambient, self._key, self._face_at, self._slot, box,
            np.array(rows, f4), self._wide, self._cover, self._part, self._soft, self._near_map,
            TO_SRGB,
        )  # fmt: skip

    def _occlude(self, box: Box) -> None:
        view_depths(self._near, self._face_at, box, self._deep)
        occlusion(
            self._deep, self._face_at, self._faces, self._points, self._axes, self._centre, box,
            SPIRAL, f4(OCCLUSION_M), self._open,
        )  # fmt: skip
        soften(self._open, box, self._open_soft)


def _roomy(shape: tuple[int, int], kind: type = f4) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return a flat buffer with LANES to spare, and its part without them as a picture."""
    room = shape[0] * shape[1]
    flat: NDArray[Any] = np.zeros(room + LANES, kind)
    return flat, flat[:room].reshape(shape)
