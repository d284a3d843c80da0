"""What things are made of: solids with rounded edges, and the faces that bodies rest on."""

from __future__ import annotations

from dataclasses import dataclass

Vector = tuple[float, float, float]

WOOD, PAD, PLASTER, BALL, LINEN, CLAY, STONE, CANVAS, POCKET, RUBBER = (
    (0.74, 0.66, 0.55), (0.40, 0.48, 0.55), (0.90, 0.91, 0.90), (0.42, 0.55, 0.72),
    (0.80, 0.82, 0.80), (0.62, 0.38, 0.36), (0.56, 0.60, 0.62), (0.36, 0.47, 0.58),
    (0.30, 0.39, 0.49), (0.52, 0.36, 0.56),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Solid:
    """A box with rounded edges; one whose ``round_m`` is its half size is a ball or a rod."""

    centre: Vector
    half: Vector
    round_m: float
    colour: Vector


@dataclass(frozen=True, slots=True)
class Face:
    """A flat side that bodies rest on: a point of it and where it looks. On a ``grip`` a hand
    does not rest anywhere, but at that very point."""

    point: Vector
    normal: Vector
    grip: bool = False
