"""Paint a posed figure and its props: meshes and transforms in, picture out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
    """Paints one set of meshes in one size. Not for use by two threads at once.

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
    ) -> None:
        self.width, self.height, self._samples = width, height, samples
        self.mat = mat or Mat()
        self._light, self._studio = Light(), Studio()
        self._cells, self._texel = light_cells, reach_m / light_cells
        key = self._light.key.astype(float)
        right = np.cross((0, 1, 0), key)
        right /= np.linalg.norm(right)
        self._lamp_axes = np.stack([right, -np.cross(key, right), key]).astype(f4)
        one = self._light
        self._lamps = np.stack(
            [one.key, one.rim, one.key_colour, one.rim_colour, one.sky, one.ground]
        )
        self._gather(meshes)
        self._allocate()

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
        gloss = [GLOSS.get(mesh.name, (0.03, 0.05)) for mesh in meshes]
        gloss = np.repeat(gloss, [len(mesh.vertices) for mesh in meshes], 0)
        # Place, normal, colour, gloss and wrap of each vertex: together, for the cache's sake.
        self._points = np.zeros((len(self._rest), 16), f4)
        self._points[:, 6:9], self._points[:, 9:11] = self._plain, gloss

    def _allocate(self) -> None:
        width, height, cells, picture = self.width, self.height, self._cells, (self.height, self.width)
        n = self._samples
        faces = len(self._faces)
        self._back = np.zeros(faces, bool)
        self._seen, self._lit = (np.zeros((len(self._rest), 3), f4) for _ in range(2))
        self._bounds = np.zeros((6, 2), f4)
        room = width * height
        self._near_flat = np.zeros(room + LANES, f4)
        self._face_flat = np.full(room + LANES, -1, np.int32)
        self._near = self._near_flat[:room].reshape(picture)
        self._face_at = self._face_flat[:room].reshape(picture)
        self._deep, self._surface = np.empty(picture, f4), np.empty(picture, np.int8)
        self._edge = np.zeros(picture, bool)
        self._slot, self._edges = np.full(picture, -1, np.int32), np.empty((room // 4, 2), np.int32)
        self._edge_near = np.empty(room // 4 * n * n, f4)
        self._edge_face = np.empty(room // 4 * n * n, np.int32)
        self._order = np.array([(k * 5 + n * n // 2) % (n * n) for k in range(n * n)], np.int32)
        k = np.arange(n * n)
        self._spots = (np.stack([k % n, k // n]) + 0.5).astype(f4) / f4(n)
        self._light_flat = np.empty(cells * cells + LANES, f4)
        self._light_depth = self._light_flat[:cells * cells].reshape(cells, cells)
        self._cover, self._high = (np.zeros((cells // 2 + 1, cells // 2 + 1), f4) for _ in range(2))
        places = (cells // 2 + 2 * MARGIN) // STRIDE + 2
        self._wide = np.zeros((places, places, 2), f4)
        self._soft = (np.array([0.06, 0.06, 0.004]) / (2 * self._texel)).astype(f4)
        self._low_flat = np.zeros(NEAR_FLOOR**2 + LANES, f4)
        self._low = self._low_flat[: NEAR_FLOOR**2].reshape(NEAR_FLOOR, NEAR_FLOOR)
        self._spare, self._near_map = np.zeros_like(self._low), np.zeros_like(self._low)
        self._open = np.zeros(((height + 1) // 2, (width + 1) // 2), f4)
        self._open_soft = np.zeros_like(self._open)
        self._ambient, self._key, self._base = (np.zeros((*picture, 3), f4) for _ in range(3))
        self._empty, self._out = (np.zeros((*picture, 3), np.uint8) for _ in range(2))

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
        middle = (self.width / 2, self.height / 2)
        self._centre = np.array((*middle, self._focal), f4)
        # The ray of pixel (x, y, 1) is ``rays`` times it; the floor's 1/depth is affine in x and y.
        f = float(self._focal)
        pixel = np.array([[1 / f, 0, -middle[0] / f], [0, -1 / f, middle[1] / f], [0, 0, 1]])
        self._rays = camera.axes.T @ pixel
        a, b, c = -self._rays[1] / float(self._eye[1])
        self._floor_plane = np.array((a, b, c + 0.0005), f4)
        light, studio, mat = self._light, self._studio, self.mat
        backdrop(
            self._empty, self._ambient, self._key, self._base, self._eye, self._axes, self._focal,
            np.array((mat.x, mat.z, mat.half_width, mat.half_length), f4),
            linear(studio.mat).astype(f4), linear(studio.floor).astype(f4),
            (linear(studio.haze) / 0.92 * 1.115).astype(f4),
            (light.sky + light.rim_colour * light.rim[1] + 0.02).astype(f4),
            (light.key_colour * light.key[1]).astype(f4), TO_SRGB,
        )  # fmt: skip

    def tint(self, share: Array, colour: tuple[float, float, float]) -> None:
        """Mix ``colour`` (sRGB) into every vertex by ``share``: the glow of the target."""
        self._points[:, 6:9] = (
            self._plain * (1 - share[:, None]) + linear(colour) * share[:, None]
        )

    def draw(self, transforms: NDArray[np.float64]) -> Picture:
        """Return the picture of the meshes under these transforms (n, 3, 4), height first."""
        pose(
            np.ascontiguousarray(transforms, f4), self._rest, self._rest_normal, self._joints,
            self._weights, self._view, self._centre, self._lamp_axes, f4(1 / self._texel),
            self._points, self._seen, self._lit, self._bounds,
        )  # fmt: skip
        box = self._box()
        self._fill(box)
        self._shine()
        self._look_up()
        np.copyto(self._out, self._empty)
        self._darken(box)
        self._occlude(box)
        paint(
            self._out, box, self._face_at, self._slot, self._edge_near, self._edge_face,
            self._order, self._mesh_of, self._back, self._faces, self._seen, self._points,
            self._eye, self._lamps, self._light_view,
            self._light_depth, self._open_soft, TO_SRGB,
        )  # fmt: skip
        return self._out

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
            self._near, self._face_at, self._mesh_of, self._surface, self._edge, self._slot, self._edges, box,
            len(self._edges),
        )  # fmt: skip
        sample_edges(
            self._seen, self._faces, self._cull, self._back, self._floor_plane, box,
            self._spots, self._slot, self._edges, count, self._edge_near, self._edge_face,
        )  # fmt: skip

    def _shine(self) -> None:
        """See what the key light meets, and add it up for the soft shadow."""
        cells, lamp = self._cells, self._light.key
        # Whole cells, or the shadow's edge would crawl when the figure moves.
        left, top = (int(round(x / 2)) * 2 - cells // 2 for x in self._bounds[2:4].mean(1))
        depths(
            self._lit, self._faces, self._cull, f4(-1), (0, 1, 2), np.ones(3, f4),
            np.array((left, top), f4), NOWHERE, NOWHERE, cells, self._light_flat,
        )  # fmt: skip
        k = 1 / self._texel
        view = np.zeros((2, 4))
        view[:, :3], view[:, 3] = self._lamp_axes[:2] * k, (-left, -top)
        self._light_view = view.astype(f4)
        ground = np.linalg.inv(view[:, [0, 2]])
        slope = np.array([lamp[0], lamp[2]]) @ ground
        plane = np.array([-slope @ view[:, 3], *slope], f4)
        (u0, u1), (v0, v1) = self._bounds[2:4].tolist()
        self._part = np.array(
            [
                *(max(0, int(a) // 2 * 2 - 2) for a in (u0 - left, v0 - top)),
                *(min(cells, int(a) // 2 * 2 + 4) for a in (u1 - left, v1 - top)),
            ],
            np.int64,
        )
        shadow_sums(self._light_depth, NOWHERE, plane, self._part, self._cover, self._high)
        look_round(self._cover, self._high, self._part, self._soft[0], self._wide)

    def _look_up(self) -> None:
        """Look up from below: how near the floor is everything?"""
        k = NEAR_FLOOR / NEAR_FLOOR_M
        middle = self._bounds[4:].mean(1) * k
        self._near_from = np.round(middle) - NEAR_FLOOR / 2
        depths(
            self._points, self._faces, self._cull, f4(1), (0, 2, 1), np.array((k, k, -1), f4),
            self._near_from.astype(f4), -HIGH_M, NOWHERE, NEAR_FLOOR, self._low_flat,
        )  # fmt: skip
        near_floor(self._low, NOWHERE, self._spare, self._near_map)

    def _darken(self, box: Box) -> None:
        """Lay shadow and closeness over the empty floor."""
        rows = np.zeros((5, 3))
        w, rays = self._rays[1], self._rays
        eye = self._eye.astype(float)
        part, k = self._part, NEAR_FLOOR / NEAR_FLOOR_M

        def place(x: float, y: float, z: float, shift: float) -> Array:
            """Return the row that gives this linear function of the floor point, times w."""
            away = eye @ (x, y, z) + shift
            return w * away - eye[1] * np.array([x, y, z]) @ rays

        view = self._light_view.astype(float)
        rows[0] = place(*view[0, :3], view[0, 3] - part[0]) / 2
        rows[1] = place(*view[1, :3], view[1, 3] - part[1]) / 2
        rows[2] = place(k, 0, 0, -self._near_from[0] - 0.5)
        rows[3] = place(0, 0, k, -self._near_from[1] - 0.5)
        rows[4] = w
        paint_floor(
            self._out, self._ambient, self._key,
            np.array([0, 0, self.width, self.height]), self._face_at, self._slot, box,
            rows.astype(f4), self._wide, self._cover, part, self._soft, self._near_map,
            TO_SRGB,
        )  # fmt: skip

    def _occlude(self, box: Box) -> None:
        view_depths(self._near, self._face_at, box, self._deep)
        occlusion(
            self._deep, self._face_at, self._faces, self._points, self._axes, self._centre, box,
            SPIRAL, f4(OCCLUSION_M), self._open,
        )  # fmt: skip
        soften(self._open, box, self._open_soft)
