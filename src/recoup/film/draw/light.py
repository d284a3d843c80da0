"""The studio's light: a warm key, a cool rim, soft sky and ground."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recoup.film.draw.colour import linear

Array = NDArray[np.float32]


def _unit(v: ArrayLike) -> Array:
    found: NDArray[np.float64] = np.asarray(v, float)
    unit: Array = (found / np.linalg.norm(found)).astype(np.float32)
    return unit


def _lamp(strength: float, colour: ArrayLike) -> Array:
    return (strength / np.pi * linear(colour)).astype(np.float32)


@dataclass(frozen=True)
class Light:
    """Directions point towards the lamps; colours are linear light."""

    key: Array = field(default_factory=lambda: _unit((1.7, 4.2, 2.0)))
    key_colour: Array = field(default_factory=lambda: _lamp(2.55, (1, 0.955, 0.90)))
    rim: Array = field(default_factory=lambda: _unit((-3, 2.4, -3)))
    rim_colour: Array = field(default_factory=lambda: _lamp(1.25, (0.875, 0.918, 1)))
    sky: Array = field(default_factory=lambda: np.array((0.56, 0.56, 0.575), np.float32))
    ground: Array = field(default_factory=lambda: np.array((0.25, 0.25, 0.24), np.float32))


@dataclass(frozen=True)
class Studio:
    """Floor, mat and haze; sRGB."""

    floor: tuple[float, float, float] = (0.85, 0.862, 0.868)
    mat: tuple[float, float, float] = (0.335, 0.535, 0.50)
    haze: tuple[float, float, float] = (0.915, 0.926, 0.934)
