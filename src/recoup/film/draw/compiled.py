"""How the renderer's loops are compiled: numba, to machine code kept in a cache.

All arithmetic is single precision. Fast maths may differ between machines, never between runs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import numba
import numpy as np
from numpy.typing import NDArray

f4 = np.float32
Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Loop = TypeVar("Loop", bound=Callable[..., object])


class _Compiler(Protocol):
    def __call__(self, loop: Loop, /) -> Loop: ...


_OPTIONS: dict[str, Any] = {
    "fastmath": True, "cache": True, "nogil": True, "error_model": "numpy",
}  # fmt: skip
parallel: _Compiler = numba.njit(parallel=True, **_OPTIONS)
compiled: _Compiler = numba.njit(**_OPTIONS)
inlined: _Compiler = numba.njit(inline="always", **_OPTIONS)
