"""Colours of skin, eyes and brows, by vertex."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray

from recoup.body.figure import SKIN_TONES, Figure
from recoup.body.source import SKIN_VERTICES, Source

Array = NDArray[np.float64]

MASKS = (
    ("mpfb_lips.jpg", (0.80, 0.70, 0.72), 0.85),
    ("mpfb_fingernails.jpg", (1.06, 1.06, 1.08), 0.7),
    ("mpfb_toenails.jpg", (1.06, 1.06, 1.08), 0.7),
)
"""Which mask tints the skin, by how much of each colour, how strongly."""

IRIS, PUPIL, WHITE = (0.26, 0.17, 0.11), (0.02, 0.02, 0.02), (0.90, 0.90, 0.885)


def skin_colours(source: Source, skin: Array, eye: Array, figure: Figure) -> Array:
    """Return the colour of every vertex of the skin, brows included."""
    rgb = np.tile(np.array(SKIN_TONES[figure.skin]), (SKIN_VERTICES, 1))
    uv = source.mesh.uv[:SKIN_VERTICES]
    for file, tint, strength in MASKS:
        share = _mask(source, file, uv)[:, None] * strength
        rgb = rgb * (1 - share) + rgb * np.array(tint) * share
    across = np.abs(skin[:, 0]) - eye[0]
    line = eye[1] + 0.0205 + 0.0025 * np.clip(across / 0.02, -1, 1)
    line = line - 14 * np.maximum(across - 0.006, 0) ** 2
    brow = np.exp(-0.5 * ((skin[:, 1] - line) / 0.0019) ** 2)
    brow = brow * (np.abs(across - 0.001) < 0.021) * (skin[:, 2] > eye[2]) * 0.75
    mixed: Array = rgb * (1 - brow[:, None]) + np.array(figure.hair) * brow[:, None]
    return np.clip(mixed, 0, 1)


def eye_colours(points: Array, bones: dict[str, Array]) -> Array:
    """Return white, iris and pupil."""
    rgb = np.tile(np.array(WHITE), (len(points), 1))
    for side, sign in (("L", 1), ("R", -1)):
        centre, ahead = bones[f"eye.{side}"]
        out = points - centre
        out /= np.linalg.norm(out, axis=1, keepdims=True)
        along = out @ ((ahead - centre) / np.linalg.norm(ahead - centre))
        mine = np.sign(points[:, 0]) == sign
        rgb[mine & (along > 0.88)] = IRIS
        rgb[mine & (along > 0.985)] = PUPIL
    return rgb


def _mask(source: Source, file: str, uv: Array) -> Array:
    from PIL import Image  # noqa: PLC0415 - only where a body is built

    image = np.asarray(Image.open(io.BytesIO(source.bytes("textures/" + file))).convert("L"))
    height, width = image.shape
    row = np.clip(((1 - uv[:, 1]) * height).astype(int), 0, height - 1)
    column = np.clip((uv[:, 0] * width).astype(int), 0, width - 1)
    found: Array = image[row, column] / 255
    return 1 - found if found.mean() > 0.5 else found
