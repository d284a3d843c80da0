"""Write glTF 2.0 binaries: the same values give the same bytes."""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Part = dict[str, Any]

COMPONENTS = {"int8": 5120, "uint8": 5121, "int16": 5122, "uint16": 5123, "uint32": 5125,
              "float32": 5126}  # fmt: skip
KINDS = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4", 16: "MAT4"}
ARRAY, ELEMENTS = 34962, 34963
MAGIC, JSON, BINARY = 0x46546C67, 0x4E4F534A, 0x004E4942


class Container:
    """Gathers arrays and the parts that name them."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._views: list[Part] = []
        self._accessors: list[Part] = []
        self.parts: Part = {}

    def add(
        self,
        values: Array,
        normalised: bool = False,
        bounds: bool = False,
        target: int | None = None,
    ) -> int:
        """Keep an array of numbers or of rows; return its number.

        Rows of vertex data are padded to whole words, as glTF asks.
        """
        values = np.ascontiguousarray(values)
        rows = values.reshape(len(values), -1)
        width = rows.shape[1]
        step = rows.itemsize * width
        part: Part = {
            "bufferView": self._view(rows, target),
            "componentType": COMPONENTS[rows.dtype.name],
            "count": len(rows),
            "type": KINDS[width],
        }
        if target == ARRAY and step % 4:
            self._views[-1]["byteStride"] = -(-step // 4) * 4
        if normalised:
            part["normalized"] = True
        if bounds:
            part["min"] = rows.min(0).tolist()
            part["max"] = rows.max(0).tolist()
        self._accessors.append(part)
        return len(self._accessors) - 1

    def _view(self, rows: Array, target: int | None) -> int:
        step = rows.itemsize * rows.shape[1]
        if target == ARRAY and step % 4:
            padded = np.zeros((len(rows), -(-step // 4) * 4), np.uint8)
            padded[:, :step] = rows.view(np.uint8).reshape(len(rows), step)
            raw = padded.tobytes()
        else:
            raw = rows.astype(rows.dtype.newbyteorder("<")).tobytes()
        self._bytes += bytes(-len(self._bytes) % 4)
        view: Part = {"buffer": 0, "byteOffset": len(self._bytes), "byteLength": len(raw)}
        if target is not None:
            view["target"] = target
        self._bytes += raw
        self._views.append(view)
        return len(self._views) - 1

    def content(self) -> bytes:
        """Return the whole file."""
        binary = bytes(self._bytes) + bytes(-len(self._bytes) % 4)
        whole = {
            "asset": {"version": "2.0", "generator": "recoup"},
            **self.parts,
            "accessors": self._accessors,
            "bufferViews": self._views,
            "buffers": [{"byteLength": len(binary)}],
        }
        text = json.dumps(whole, separators=(",", ":"), allow_nan=False).encode()
        text += b" " * (-len(text) % 4)
        length = 12 + 8 + len(text) + 8 + len(binary)
        return (
            struct.pack("<3I", MAGIC, 2, length)
            + struct.pack("<2I", len(text), JSON) + text
            + struct.pack("<2I", len(binary), BINARY) + binary
        )  # fmt: skip


def rounded(values: Array, digits: int = 6) -> list[Any]:
    """Return plain numbers, short in JSON and the same on every machine."""
    return (np.round(np.asarray(values, float), digits) + 0.0).tolist()  # type: ignore[no-any-return]
