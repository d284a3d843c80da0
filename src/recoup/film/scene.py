"""A motion in the studio: body, props, camera and glow; a time in, a picture out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recoup.body import Body, Mesh, Skin
from recoup.body.bones import CREDIT, Bones
from recoup.film.closeup import points_of
from recoup.film.draw import Mat, Painter, frame
from recoup.film.draw.camera import Camera
from recoup.film.draw.glow import WARM, glow
from recoup.film.draw.props import prop_meshes, shown, with_props
from recoup.film.draw.xray import XRay
from recoup.film.marks import HOT, FacetMark, Marks
from recoup.film.room import Room
from recoup.model.motion import Motion
from recoup.motion import Track
from recoup.motion.settle import moved, settled

Picture = NDArray[np.uint8]

SHAPES = {"16:9": (16, 9), "4:5": (4, 5)}
LOOKS = ("plain", "x-ray")
TARGET, TARGET_EVERY = 0.5, 4
"""Skin that glows more than this is the target; every fourth vertex tells where its middle is."""

FRAMED_HZ = 4
"""How many moments a second the camera takes into account."""


class Scene:
    """Paints one motion of one body from one view, in one size."""

    def __init__(
        self, motion: Motion, track: Track, body: Body, height: int, shape: str, view: str,
        samples: int = 3, glowing: bool = True, filmed: tuple[float, float] | None = None,
        room: Room = Room.NONE, look: str = "plain", bones: Bones | None = None,
        closeup: str | None = None,
    ) -> None:  # fmt: skip
        """``filmed`` is the time (from, to) that the camera has to see; by default all of it.
        ``room`` is what the margins leave room for.

        The look "x-ray" shows ``bones`` and the facet joints inside a translucent skin. A
        ``closeup`` is the part of the body that the camera stays on.
        """
        wide, high = SHAPES[shape]
        self.width, self.height = height * wide // high // 2 * 2, height
        self._track, self._body = track, body
        self._things = shown(settled(motion, track))
        self._props = prop_meshes(self._things, len(body.segments))
        start, end = filmed or (0.0, track.seconds)
        times = np.linspace(start, end, max(2, round((end - start) * FRAMED_HZ)))
        points = self._points(body, times)
        low, high_ = points.min(0), points.max(0)
        mat = None
        if any(prop.kind == "mat" for prop in motion.props):
            mat = Mat(float(low[0] + high_[0]) / 2, float(low[2] + high_[2]) / 2)
        self._marks = _marks(look, bones, body, len(self._props))
        self._painter = self._painter_of(bones, samples, mat)
        if closeup is not None:
            points = points_of(closeup, body, [track.pose(t).transforms for t in times])
        self.camera: Camera = frame(points, view, self.width / height, room=room)
        self._painter.look(self.camera)
        self._target: Skin | None = None
        if glowing and motion.target and self._marks is None:
            share = glow(body, motion.target)
            glows = np.flatnonzero(share > TARGET)[::TARGET_EVERY]
            self._target = Skin(body, without=()).only(glows)
            extra = sum(len(mesh.vertices) for mesh in self._props)
            self._painter.tint(np.concatenate([share, np.zeros(extra, np.float32)]), WARM)

    def _painter_of(self, bones: Bones | None, samples: int, mat: Mat | None) -> Painter | XRay:
        if self._marks is None or bones is None:
            meshes: list[Mesh] = [*self._body.meshes, *self._props]
            return Painter(meshes, self.width, self.height, samples, mat)
        inside = [*bones.meshes, *self._marks.meshes]
        return XRay(inside, [bones.shell], self._props, self.width, self.height, samples, mat)

    def _points(self, body: Body, times: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where the skin is at these times, and the props."""
        skin, track = Skin(body, every=5), self._track
        clouds = [skin.vertices(track.pose(t).transforms).astype(float) for t in times]
        for t in times:
            for mesh, move in zip(self._props, moved(self._things, track, t), strict=True):
                clouds.append(mesh.vertices @ move[:, :3].T + move[:, 3])
        return np.concatenate(clouds)

    @property
    def credit(self) -> str | None:
        """Return what a film must say on screen about whose bones it shows, if it shows any."""
        return None if self._marks is None else CREDIT

    def picture(self, t: float) -> Picture:
        """Return the picture at ``t`` seconds of the track, height first, RGB."""
        return self.drawn(self.transforms(t))

    def transforms(self, t: float, breath: float | None = None) -> NDArray[np.float64]:
        """Return where everything is at ``t`` seconds: segments, props, marks, (n, 3, 4). The
        breath is the track's, or ``breath`` (0 out, 1 in)."""
        moves = moved(self._things, self._track, t)
        segments = self._track.pose(t, breath).transforms
        if self._marks is not None:
            moves = [*moves, *self._marks.moves(segments)]
        return with_props(segments, moves)

    def target(self, transforms: NDArray[np.float64]) -> tuple[float, float] | None:
        """Return where the middle of the target is seen, as shares of the picture's width and
        height: of what glows, or of the marked joints. None when there is no target."""
        segments = transforms[: len(self._body.segments)]
        if self._marks is not None:
            points = self._marks.places(segments)
        elif self._target is not None and len(self._target.rest):
            points = self._target.vertices(segments).astype(float)
        else:
            return None
        middle = points.mean(0, keepdims=True)
        x, y, _ = self.camera.project(middle, self.width, self.height)[0]
        return round(x / self.width, 4), round(y / self.height, 4)

    def drawn(self, transforms: NDArray[np.float64]) -> Picture:
        """Return the picture of everything where ``transforms`` say; the caller's to keep."""
        if self._marks is not None:
            extra = sum(len(mesh.vertices) for mesh in self._props)
            share = self._marks.glow(transforms)
            self._painter.tint(np.concatenate([share, np.zeros(extra, np.float32)]), HOT)
        return self._painter.draw(transforms).copy()

    def facets(self, t: float) -> tuple[FacetMark, ...]:
        """Return where each facet joint of the low back is in the picture at ``t`` seconds, and
        how far it is closed (more than 0) or opened, degrees. Only bones have them."""
        if self._marks is None:
            return ()
        segments = self._track.pose(t).transforms
        places = self.camera.project(self._marks.places(segments), self.width, self.height)
        return self._marks.marked(segments, places)


def _marks(look: str, bones: Bones | None, body: Body, props: int) -> Marks | None:
    if look not in LOOKS:
        raise ValueError(f"look: {look!r} is not known. Choose from: {', '.join(LOOKS)}.")
    if look == "plain":
        return None
    if bones is None:
        raise ValueError("look: x-ray needs the bones of the figure; see load_bones.")
    return Marks(bones, body, len(body.segments) + props)
