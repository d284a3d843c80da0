"""How the renderer's loops are compiled: numba, to machine code kept in a cache.

All arithmetic is single precision. Fast maths may differ between machines, never between runs.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

f4 = np.float32
u8 = np.uint64
"""Places in an array that cannot be negative: without it, loops are not stepped LANES at once."""
LANES = 8
"""How many numbers the compiler works on at once. Flat buffers have as many cells to spare."""

_OPTIONS: dict[str, Any] = {
    "fastmath": True, "cache": True, "nogil": True, "error_model": "numpy",
}  # fmt: skip
parallel = numba.njit(parallel=True, **_OPTIONS)
compiled = numba.njit(**_OPTIONS)
inlined = numba.njit(inline="always", **_OPTIONS)
