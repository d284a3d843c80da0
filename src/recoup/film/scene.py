"""A motion in the studio: body, props, camera and glow; a time in, a picture out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recoup.body import Body, Skin
from recoup.film.draw import Mat, Painter, frame
from recoup.film.draw.camera import Camera
from recoup.film.draw.glow import WARM, glow
from recoup.film.draw.props import prop_meshes, shown, with_props
from recoup.model.motion import Motion
from recoup.motion import Track
from recoup.motion.settle import moved, settled

Picture = NDArray[np.uint8]

SHAPES = {"16:9": (16, 9), "4:5": (4, 5)}
FRAMED_HZ = 4
"""How many moments a second the camera takes into account."""


class Scene:
    """Paints one motion of one body from one view, in one size."""

    def __init__(
        self, motion: Motion, track: Track, body: Body, height: int, shape: str, view: str,
        samples: int = 3, glowing: bool = True, filmed: tuple[float, float] | None = None,
    ) -> None:  # fmt: skip
        """``filmed`` is the time (from, to) that the camera has to see; by default all of it."""
        wide, high = SHAPES[shape]
        self.width, self.height = height * wide // high // 2 * 2, height
        self._track = track
        self._things = shown(settled(motion, track))
        self._props = prop_meshes(self._things, len(body.segments))
        points = self._points(body, *(filmed or (0.0, track.seconds)))
        low, high_ = points.min(0), points.max(0)
        mat = None
        if any(prop.kind == "mat" for prop in motion.props):
            mat = Mat(float(low[0] + high_[0]) / 2, float(low[2] + high_[2]) / 2)
        meshes = [*body.meshes, *self._props]
        self._painter = Painter(meshes, self.width, height, samples, mat)
        self.camera: Camera = frame(points, view, self.width / height)
        self._painter.look(self.camera)
        if glowing:
            share = glow(body, motion.target)
            extra = sum(len(mesh.vertices) for mesh in self._props)
            self._painter.tint(np.concatenate([share, np.zeros(extra, np.float32)]), WARM)

    def _points(self, body: Body, start_s: float, end_s: float) -> NDArray[np.float64]:
        """Return where the skin is all through that time, and the props."""
        skin, track = Skin(body, every=5), self._track
        times = np.linspace(start_s, end_s, max(2, round((end_s - start_s) * FRAMED_HZ)))
        clouds = [skin.vertices(track.pose(t).transforms).astype(float) for t in times]
        for t in times:
            for mesh, move in zip(self._props, moved(self._things, track, t), strict=True):
                clouds.append(mesh.vertices @ move[:, :3].T + move[:, 3])
        return np.concatenate(clouds)

    def picture(self, t: float) -> Picture:
        """Return the picture at ``t`` seconds of the track, height first, RGB."""
        return self.drawn(self.transforms(t))

    def transforms(self, t: float) -> NDArray[np.float64]:
        """Return where everything is at ``t`` seconds: segments, then props, (n, 3, 4)."""
        moves = moved(self._things, self._track, t)
        return with_props(self._track.pose(t).transforms, moves)

    def drawn(self, transforms: NDArray[np.float64]) -> Picture:
        """Return the picture of everything where ``transforms`` say; the caller's to keep."""
        return self._painter.draw(transforms).copy()
