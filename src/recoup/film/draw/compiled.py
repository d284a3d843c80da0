"""How the renderer's loops are compiled: numba, to machine code kept in a cache.

All arithmetic is single precision. Fast maths may differ between machines, never between runs.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

Loop = Callable[..., Any]
"""A loop's types are inferred when it is compiled."""

f4 = np.float32
Floats = NDArray[np.float32]
u8 = np.uint64
"""Places in an array that cannot be negative: without it, loops are not stepped LANES at once."""
LANES = 8
"""How many numbers the compiler works on at once. Flat buffers have as many cells to spare."""

_OPTIONS: dict[str, Any] = {
    "fastmath": True, "cache": True, "nogil": True, "error_model": "numpy",
}  # fmt: skip
_CONFIG: Any = numba.config


def _cache() -> str:
    """Return a folder of its own for the loops as they are now.

    numba looks only at the file of a function. Code that is drawn in from another file would stay
    as it was when that one changes.
    """
    here = Path(__file__).parent
    texts = b"".join(path.read_bytes() for path in sorted(here.glob("*.py")))
    own = here if os.access(here, os.W_OK) else Path.home() / ".cache" / "recoup"
    under = Path(_CONFIG.CACHE_DIR or own / "__pycache__")
    return str(under / f"loops-{hashlib.sha256(texts).hexdigest()[:12]}")


_CACHE = _cache()


def _compiler(**more: bool | str) -> Callable[[Loop], Loop]:
    def compile_it(function: Loop) -> Loop:
        before, _CONFIG.CACHE_DIR = _CONFIG.CACHE_DIR, _CACHE
        options: dict[str, Any] = {**_OPTIONS, **more}
        try:
            found: Loop = numba.njit(**options)(function)
        finally:
            _CONFIG.CACHE_DIR = before
        return found

    return compile_it


parallel = _compiler(parallel=True)
compiled = _compiler()
inlined = _compiler(inline="always")
