"""sRGB and linear light."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

STEPS = 4096


def linear(colour: ArrayLike) -> NDArray[np.float64]:
    """Return linear light of sRGB values from 0 to 1."""
    c = np.asarray(colour, float)
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def _to_srgb() -> NDArray[np.float32]:
    x = np.arange(STEPS + 1) / STEPS
    found = 255 * np.where(x <= 0.0031308, 12.92 * x, 1.055 * x ** (1 / 2.4) - 0.055)
    return found.astype(np.float32)


TO_SRGB = _to_srgb()
"""Table from linear light (0 to 1 in STEPS) to sRGB (0 to 255)."""
