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
from recoup.film.draw.compiled import f4
from recoup.film.draw.fill import lbs, project, raster
from recoup.film.draw.light import Light, Studio
from recoup.film.draw.occlusion import aoblur, ssao
from recoup.film.draw.shade import composite
from recoup.film.draw.shadow import tables

Array = NDArray[np.float32]
Picture = NDArray[np.uint8]

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
NO_PLANE = np.array((-99, 0, 0), f4)


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
        self._gloss = np.repeat(gloss, [len(mesh.vertices) for mesh in meshes], 0).astype(f4)
        self._colour = self._plain
        self.vertices = np.empty_like(self._rest)
        self._normals = np.empty_like(self._rest)

    def _allocate(self) -> None:
        width, height, s, cells = self.width, self.height, self._samples, self._cells
        faces = len(self._faces)
        self._all = np.zeros(faces, bool)
        self._back, self._back_light = np.zeros(faces, bool), np.zeros(faces, bool)
        self._seen = np.empty((3, 3, len(self._rest)), f4)
        self._rows = np.empty((faces, 2), np.int32)
        self._depth = np.zeros((height * s, width * s), f4)
        self._face_at = np.full((height * s, width * s), -1, np.int32)
        self._light_depth = np.empty((cells, cells), f4)
        self._light_face = np.empty((cells, cells), np.int32)
        self._sums = np.zeros((cells // 2 + 1, cells // 2 + 1, 2), f4)
        self._near = np.empty((NEAR_FLOOR, NEAR_FLOOR), f4)
        self._near_face = np.empty((NEAR_FLOOR, NEAR_FLOOR), np.int32)
        self._near_sum, self._near_map = np.zeros_like(self._near), np.zeros_like(self._near)
        self._open = np.empty(((height + 1) // 2, (width + 1) // 2), f4)
        self._open_soft = np.empty_like(self._open)
        self._ambient, self._key, self._base = (np.zeros((height, width, 3), f4) for _ in range(3))
        self._empty = np.zeros((height, width, 3), np.uint8)
        self._out = np.zeros((height, width, 3), np.uint8)

    def look(self, camera: Camera) -> None:
        """Set the camera and paint floor, mat and haze."""
        self._eye = camera.position.astype(f4)
        self._axes = camera.axes.astype(f4)
        shift = -(self._axes @ self._eye)[:, None]
        self._view = np.concatenate([self._axes, shift], axis=1).astype(f4)
        self._focal = f4(self.height / 2 / np.tan(np.radians(camera.field_deg / 2)))
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
        self._colour = (
            self._plain * (1 - share[:, None]) + linear(colour) * share[:, None]
        ).astype(f4)

    def draw(self, transforms: NDArray[np.float64]) -> Picture:
        """Return the picture of the meshes under these transforms (n, 3, 4), height first."""
        lbs(
            np.ascontiguousarray(transforms, f4), self._rest, self._rest_normal, self._joints,
            self._weights, self.vertices, self._normals,
        )  # fmt: skip
        box = self._fill()
        light = self._shine()
        self._floor_map()
        self._occlude(box)
        np.copyto(self._out, self._empty)
        cell = self._texel * 2
        s, lamp = self._samples, self._light
        x, y, z = self._seen[0]
        composite(
            self._out, self._back, self._base, self._ambient, self._key, self._window(box), box,
            self._depth, self._face_at, s, x, y, z, self._faces, self._mesh_of, self.vertices,
            self._normals, self._colour, self._gloss, self._eye, self._axes, self._focal,
            lamp.key, lamp.rim, lamp.key_colour, lamp.rim_colour, lamp.sky, lamp.ground,
            light, self._light_depth, f4(self._texel), self._sums, self._near_map,
            self._near_grid(), np.array([0.06 / cell, 0.06 / cell, 0.004 / cell], f4),
            self._open_soft, TO_SRGB,
        )  # fmt: skip
        return self._out

    def _fill(self) -> NDArray[np.int64]:
        """Fill the camera's depth buffer; return the box that the meshes cover, in samples."""
        s, (x, y, z) = self._samples, self._seen[0]
        width, height = self.width * s, self.height * s
        focal = self._focal * s
        project(self.vertices, self._view, True, f4(focal), width / 2, height / 2, x, y, z)
        q = -self._axes[:, 1] / self._eye[1]
        plane = np.array(
            (
                q[2]
                + q[0] * (0.5 - width / 2) / focal
                + q[1] * (height / 2 - 0.5) / focal
                + 0.0005,
                q[0] / focal,
                -q[1] / focal,
            ),
            f4,
        )
        box = np.array(
            [
                max(int(x.min()) - 2, 0) // s * s,
                max(int(y.min()) - 2, 0) // s * s,
                max(min(int(x.max()) + 3 + s, width), 0) // s * s,
                max(min(int(y.max()) + 3 + s, height), 0) // s * s,
            ],
            np.int64,
        )
        raster(
            x, y, z, self._faces, self._cull, self._back, self._depth, self._face_at, f4(0), plane,
            box, self._rows, 24,
        )  # fmt: skip
        return box

    def _shine(self) -> Array:
        """Fill the key light's depth buffer and its sums; return its view."""
        lamp, cells = self._light.key, self._cells
        right = np.cross((0, 1, 0), lamp)
        right = right / np.linalg.norm(right)
        up = np.cross(lamp, right)
        low, high = self.vertices.min(0), self.vertices.max(0)
        # Whole texels, or the shadow's edge would crawl when the figure moves.
        centre = np.round((low + high) / 2 * 4) / 4
        view, k = np.zeros((3, 4), f4), 1 / self._texel
        view[0, :3], view[0, 3] = right * k, cells / 2 - right @ centre * k
        view[1, :3], view[1, 3] = -up * k, cells / 2 + up @ centre * k
        view[2, :3] = lamp
        flipped = view.copy()
        flipped[1] *= -1
        x, y, z = self._seen[1]
        project(self.vertices, flipped, False, f4(1), f4(0), f4(0), x, y, z)
        raster(
            x, y, z, self._faces, self._all, self._back_light, self._light_depth,
            self._light_face, NOWHERE, NO_PLANE, np.array([0, 0, cells, cells]), self._rows, 16,
        )  # fmt: skip
        ground = np.array([[view[0, 0], view[0, 2]], [view[1, 0], view[1, 2]]], float)
        slope = np.array([lamp[0], lamp[2]]) @ np.linalg.inv(ground)
        self._floor_plane = np.array([-slope @ [view[0, 3], view[1, 3]], *slope], f4)
        return view

    def _near_grid(self) -> Array:
        x, z = self.mat.x - NEAR_FLOOR_M / 2, self.mat.z - NEAR_FLOOR_M / 2
        return np.array([x, NEAR_FLOOR / NEAR_FLOOR_M, z], f4)

    def _floor_map(self) -> None:
        """Look up from below: how near the floor is everything?"""
        left, k, front = (float(one) for one in self._near_grid())
        below = np.zeros((3, 4), f4)
        below[0, 0] = k
        below[1, 2] = -k
        below[0, 3], below[1, 3] = -left * k, front * k
        below[2, 1] = -1
        x, y, z = self._seen[2]
        project(self.vertices, below, False, f4(1), f4(0), f4(0), x, y, z)
        raster(
            x, y, z, self._faces, self._all, self._back_light, self._near, self._near_face,
            NOWHERE, NO_PLANE, np.array([0, 0, NEAR_FLOOR, NEAR_FLOOR]), self._rows, 4,
        )  # fmt: skip
        tables(
            self._light_depth, NOWHERE, self._floor_plane, self._texel, self._sums, self._near,
            self._near_sum, self._near_map,
        )  # fmt: skip

    def _occlude(self, box: NDArray[np.int64]) -> None:
        s = self._samples
        ssao(
            self._depth, self._face_at, self._faces, self.vertices, self._normals, s, box,
            self._eye, self._axes, f4(self._focal * s), f4(self.width * s / 2),
            f4(self.height * s / 2), self._open, f4(OCCLUSION_M),
        )  # fmt: skip
        aoblur(self._open, self._open_soft, box, s)

    def _window(self, box: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the pixels to paint: the meshes and the shadow that they can throw."""
        v, lamp, s = self.vertices, self._light.key, self._samples
        along = v[:, 1] / lamp[1]
        shadow = np.stack([v[:, 0] - lamp[0] * along, v[:, 2] - lamp[2] * along], axis=1)
        low = np.minimum(shadow.min(0), v[:, [0, 2]].min(0)) - 0.15
        high = np.maximum(shadow.max(0), v[:, [0, 2]].max(0)) + 0.15
        corners = np.array([(x, 0, z) for x in (low[0], high[0]) for z in (low[1], high[1])])
        seen = corners @ self._view[:, :3].T + self._view[:, 3]
        if (seen[:, 2] <= 0.05).any():
            return np.array([0, 0, self.width, self.height], np.int64)
        x = self.width / 2 + self._focal * seen[:, 0] / seen[:, 2]
        y = self.height / 2 - self._focal * seen[:, 1] / seen[:, 2]
        return np.array(
            [
                max(0, min(box[0] // s, int(x.min()))),
                max(0, min(box[1] // s, int(y.min()))),
                min(self.width, max(box[2] // s, int(x.max()) + 1)),
                min(self.height, max(box[3] // s, int(y.max()) + 1)),
            ],
            np.int64,
        )
