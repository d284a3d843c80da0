"""A motion on both stages: the rasteriser's, and a page with three.js."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from recoup.body import FIGURES, load_body
from recoup.film.draw import Painter, frame
from recoup.film.draw.glow import WARM, glow
from recoup.film.draw.props import with_props
from recoup.film.live.figure import figure_glb
from recoup.film.live.make import furniture, mat_under
from recoup.film.live.moves import framing_points, motion_glb
from recoup.library import read_texts
from recoup.library.motions import read_motions
from recoup.library.texts import default_folder
from recoup.motion import load_track

WIDTH, HEIGHT = 1280, 720
ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "src/recoup/web/static"
PAGE = (
    '<!doctype html><html lang="en"><title>Stage</title><link rel="icon" href="none.png">'
    '<link rel="stylesheet" href="figure.css"><link rel="stylesheet" href="stage.css">'
    '<script type="module" src="figure.js"></script>'
    '<recoup-figure body="body.glb" motion="motion.glb" name="Stage" {choose}>'
    '<img alt="The picture that was there" src="none.png" width="400" height="500">'
    "</recoup-figure></html>"
)
SIZE = f"body {{ margin: 0 }} recoup-figure {{ width: {WIDTH}px; height: {HEIGHT}px }}"


class Stage:
    """One motion of one figure, built and solved where that is not done yet."""

    def __init__(self, motion: str, figure: str) -> None:
        home = Path(os.environ.get("RECOUP_HOME", ROOT / "var"))
        built = home if (home / "data").is_dir() else ROOT / "var"
        self.motion = read_motions(read_texts(default_folder()))[motion]
        self.body = load_body(FIGURES[figure], built / "data", built / "bodies")
        self.track = load_track(self.motion, self.body, built / "tracks")
        self.props, self.moves = furniture(self.motion, self.track)
        self.mat = mat_under(self.motion, self.track, self.props, self.moves)

    def film(
        self, view: str, at_s: float, glowing: bool = False
    ) -> tuple[np.ndarray, tuple[int, int, int, int]]:
        """Return the rasteriser's picture and the rectangle round the figure."""
        camera = frame(framing_points(self.track, self.props, self.moves)[2], view, WIDTH / HEIGHT)
        painter = Painter([*self.body.meshes, *self.props], WIDTH, HEIGHT, mat=self.mat)
        painter.look(camera)
        if glowing:
            share = glow(self.body, self.motion.target)
            plain = np.zeros(len(painter.vertices) - len(share), np.float32)
            painter.tint(np.concatenate([share, plain]), WARM)
        t = self.track.cycle.start_s + at_s
        moves = self.moves(t, len(self.props))
        picture = painter.draw(with_props(self.track.pose(t).transforms, moves)).copy()
        seen = camera.project(painter.vertices, WIDTH, HEIGHT)[:, :2]
        left, top = np.maximum(seen.min(0), 0).astype(int)
        right, bottom = (seen.max(0) + 1).astype(int)
        return picture, (int(left), int(top), int(right), int(bottom))

    def files(self, choose: str = 'choose="always"') -> dict[str, bytes]:
        """Return a page with the live figure and all it loads."""
        return {
            "stage.html": PAGE.format(choose=choose).encode(),
            "stage.css": SIZE.encode(),
            "figure.css": (STATIC / "web/figure.css").read_bytes(),
            "figure.js": (STATIC / "dist/figure.js").read_bytes(),
            "body.glb": figure_glb(self.body),
            "motion.glb": motion_glb(
                self.motion, self.track, self.mat, self.props, self.moves
            ),
        }
