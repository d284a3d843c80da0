"""The x-ray view: what is inside stands out, the skin lies over it like glass."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recoup.body import Mesh
from recoup.film.draw.camera import Camera
from recoup.film.draw.compiled import f4
from recoup.film.draw.light import Studio
from recoup.film.draw.painter import Array, Mat, Painter, Picture
from recoup.film.draw.veil import veil

NIGHT = Studio(floor=(0.125, 0.20, 0.27), mat=(0.16, 0.29, 0.32), haze=(0.15, 0.235, 0.31))
"""Floor, mat and haze behind bones: dark, so that these and the glass stand out."""
GLASS = (158.0, 199.0, 224.0)
FACE_ON, RIM = 0.16, 0.62
"""How much of the skin is seen where it faces the eye, and at its rim."""


class XRay:
    """Paints bones inside a translucent skin. Not for use by two threads at once."""

    def __init__(
        self,
        bones: Sequence[Mesh],
        skin: Sequence[Mesh],
        solid: Sequence[Mesh],
        width: int,
        height: int,
        samples: int = 3,
        mat: Mat | None = None,
    ) -> None:
        """``solid`` things (props) are as plain as ever, and throw their shadow."""
        self._inside = _Inside([*bones, *solid], width, height, samples, studio=NIGHT)
        self._skin = _Skin([*skin, *solid], width, height, samples, mat, studio=NIGHT)
        self._skin.glass_faces(sum(len(mesh.faces) for mesh in skin))

    def look(self, camera: Camera) -> None:
        """Set the camera and paint floor, mat and haze."""
        self._skin.look(camera)
        self._inside.look(camera)

    def tint(self, share: Array, colour: tuple[float, float, float]) -> None:
        """Mix ``colour`` (sRGB) into the vertices of bones and solid things by ``share``."""
        self._inside.tint(share, colour)

    def draw(self, transforms: NDArray[np.float64]) -> Picture:
        """Return the picture of everything under these transforms (n, 3, 4), height first."""
        out = self._inside.over(self._skin.floor(transforms), transforms)
        self._skin.veil(out)
        return out


class _Inside(Painter):
    def over(self, floor: Picture, transforms: NDArray[np.float64]) -> Picture:
        """Return the meshes laid over a painted floor."""
        self._pose(transforms)
        box = self._box()
        self._fill(box)
        self._shine()
        np.copyto(self._out, floor)
        self._paint(box)
        return self._out


class _Skin(Painter):
    def glass_faces(self, count: int) -> None:
        """Only the first ``count`` faces are glass; all throw a shadow."""
        self._glass_faces = self._faces[:count]
        self._glass = np.array((*GLASS, FACE_ON, RIM), f4)

    def floor(self, transforms: NDArray[np.float64]) -> Picture:
        """Return the floor with the shadow of all, also behind the glass."""
        self._pose(transforms)
        self._shine()
        self._look_up()
        np.copyto(self._out, self._empty)
        self._face_at.fill(-1)
        self._darken(self._box())
        return self._out

    def veil(self, out: Picture) -> None:
        """Blend the skin over ``out``."""
        box = self._box()
        faces, self._faces = self._faces, self._glass_faces
        self._fill(box)
        self._faces = faces
        veil(
            out, box, self._face_at, self._slot, self._edge_near, self._edge_face, self._order,
            self._mesh_of, self._back, faces, self._seen, self._points, self._eye, self._lamps,
            self._glass,
        )  # fmt: skip
