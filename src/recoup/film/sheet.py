"""A contact sheet: the positions of motions, labelled, for the eye."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PIL import Image, ImageDraw

from recoup.body import Body
from recoup.film.scene import Scene
from recoup.model.motion import Motion
from recoup.motion import Track

HEIGHT = 330
LABEL = 26


def sheet(motions: Iterable[tuple[Motion, Track, Body]]) -> Image.Image:
    """Return one row for every motion and view: its positions in the order they are reached."""
    rows = [row for motion, track, body in motions for row in _rows(motion, track, body)]
    width = max(row.width for row in rows)
    found = Image.new("RGB", (width, sum(row.height for row in rows)), "white")
    top = 0
    for row in rows:
        found.paste(row, (0, top))
        top += row.height
    return found


def _rows(motion: Motion, track: Track, body: Body) -> list[Image.Image]:
    reached = sorted(track.reached.items(), key=lambda pair: pair[1])
    return [_row(motion, track, body, view, reached) for view in motion.views]


def _row(
    motion: Motion, track: Track, body: Body, view: str, reached: list[tuple[str, float]]
) -> Image.Image:
    scene = Scene(motion, track, body, HEIGHT, "16:9", view, samples=2)
    pictures = [scene.picture(t) for _, t in reached]
    row = Image.new("RGB", (scene.width * len(pictures), HEIGHT + LABEL), "white")
    row.paste(Image.fromarray(np.hstack(pictures)), (0, LABEL))
    draw = ImageDraw.Draw(row)
    for place, (name, t) in enumerate(reached):
        text = f"{motion.id} · {body.name} · {name} · {t:.1f} s · {view}"
        draw.text((place * scene.width + 8, 6), text, fill="black")
    return row
