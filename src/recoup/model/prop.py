"""Things that a body uses: of which solids they are made, and which faces it may touch.

Metres, y up; a chair's front and a wall's face look along +z before they are turned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, radians, sin

from recoup.model.motion import Prop

Vector = tuple[float, float, float]
SEAT_M = 0.42
"""Height of a chair's seat for a leg of LEG_M."""
LEG_M = 0.90
YIELDING = ("peanut-ball", "head-pillow", "leg-pillow", "side-pillow")
"""Kinds so soft that the body is not kept out of them: they give way."""
LONG_M = 0.15
FITTED = ("chair",)
"""Kinds whose height is chosen to fit the body, as a person would choose a chair."""

WOOD, PAD, PLASTER, BALL, LINEN = (
    (0.74, 0.66, 0.55), (0.40, 0.48, 0.55), (0.90, 0.91, 0.90), (0.42, 0.55, 0.72),
    (0.80, 0.82, 0.80),
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
    """A flat side that bodies rest on: a point of it and where it looks."""

    point: Vector
    normal: Vector


def _chair() -> tuple[Solid, ...]:
    legs = tuple(
        Solid((x, SEAT_M / 2 - 0.02, z), (0.017, SEAT_M / 2 - 0.02, 0.017), 0.015, WOOD)
        for x in (-0.185, 0.185) for z in (-0.175, 0.175)
    )  # fmt: skip
    posts = tuple(
        Solid((x, SEAT_M + 0.19, -0.192), (0.015, 0.22, 0.013), 0.012, WOOD) for x in (-0.17, 0.17)
    )
    return (
        Solid((0.0, SEAT_M - 0.022, 0.0), (0.215, 0.022, 0.205), 0.02, PAD),
        Solid((0.0, SEAT_M + 0.32, -0.192), (0.205, 0.095, 0.014), 0.013, WOOD),
        Solid((0.0, SEAT_M - 0.06, 0.178), (0.18, 0.018, 0.010), 0.009, WOOD),
        Solid((0.0, SEAT_M - 0.06, -0.178), (0.18, 0.018, 0.010), 0.009, WOOD),
        *legs, *posts,
    )  # fmt: skip


BALL_M, LAIN_ON_M, LEANT_ON_M = 0.052, 0.056, 0.086
"""A lobe's radius, and how thick the ball is where a body lies on it or leans against it."""


def _peanut() -> tuple[Solid, ...]:
    def ball(x: float, radius: float) -> Solid:
        return Solid((x, 0.0, 0.0), (radius, radius, radius), radius - 1e-4, BALL)

    waist = Solid((0.0, 0.0, 0.0), (0.056, 0.036, 0.036), 0.0359, BALL)
    return (ball(0.056, BALL_M), ball(-0.056, BALL_M), waist)


SOLIDS: dict[str, tuple[Solid, ...]] = {
    "mat": (),
    "chair": _chair(),
    "wall": (Solid((0.0, 0.94, -0.03), (0.62, 0.94, 0.03), 0.006, PLASTER),),
    "cushion": (Solid((0.0, 0.045, 0.0), (0.19, 0.045, 0.14), 0.044, LINEN),),
    "peanut-ball": _peanut(),
    "heel-cushion": (Solid((0.0, 0.023, 0.0), (0.17, 0.023, 0.105), 0.0229, LINEN),),
    "pillow": (Solid((0.0, 0.020, 0.0), (0.20, 0.020, 0.15), 0.0199, LINEN),),
    "head-pillow": (Solid((0.0, 0.058, 0.0), (0.25, 0.055, 0.17), 0.045, LINEN),),
    "leg-pillow": (Solid((0.0, 0.0, 0.0), (0.11, 0.064, 0.235), 0.05, LINEN),),
    "side-pillow": (Solid((0.0, 0.098, 0.0), (0.10, 0.098, 0.23), 0.08, LINEN),),
}

FACES: dict[str, dict[str, Face]] = {
    "chair": {
        "seat": Face((0.0, SEAT_M, 0.0), (0.0, 1.0, 0.0)),
        "chair-back": Face((0.0, SEAT_M + 0.32, -0.178), (0.0, 0.0, 1.0)),
    },
    "wall": {
        "wall": Face((0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
        "ball-at-wall": Face((0.0, 1.0, LEANT_ON_M), (0.0, 0.0, 1.0)),
    },
    "peanut-ball": {"ball": Face((0.0, LAIN_ON_M - BALL_M, 0.0), (0.0, 1.0, 0.0))},
    "cushion": {"cushion": Face((0.0, 0.09, 0.0), (0.0, 1.0, 0.0))},
    "pillow": {"pillow": Face((0.0, 0.04, 0.0), (0.0, 1.0, 0.0))},
    "head-pillow": {"head-pillow": Face((0.0, 0.124, 0.0), (0.0, 1.0, 0.0))},
    "leg-pillow": {"leg-pillow": Face((0.0, 0.05, 0.0), (0.0, 1.0, 0.0))},
    "side-pillow": {"side-pillow": Face((0.0, 0.18, 0.0), (0.0, 1.0, 0.0))},
}


def face(props: Sequence[Prop], name: str) -> Face | None:
    """Return a face of one of the props as it stands in the room."""
    for prop in props:
        found = FACES.get(prop.kind, {}).get(name)
        if found is not None:
            x, y, z = turned(found.point, prop.turn_deg)
            at = prop.at
            place = (x + at[0], y * prop.tall + at[1], z + at[2])
            return Face(place, turned(found.normal, prop.turn_deg))
    return None


def fitted(props: Sequence[Prop], leg_m: float) -> tuple[Prop, ...]:
    """Return the props with chairs as high as a leg (floor to hip joint) wants them."""
    return tuple(
        replace(prop, tall=leg_m / LEG_M) if prop.kind in FITTED else prop for prop in props
    )


def solids_of(prop: Prop) -> tuple[Solid, ...]:
    """Return a prop's solids as tall as it stands: long parts grow, a seat only rises."""
    return tuple(_stretched(solid, prop.tall) for solid in SOLIDS.get(prop.kind, ()))


def _stretched(solid: Solid, tall: float) -> Solid:
    x, y, z = solid.centre
    high = solid.half[1] * (tall if solid.half[1] > LONG_M else 1.0)
    centre = (x, (y + solid.half[1]) * tall - high, z)
    return replace(solid, centre=centre, half=(solid.half[0], high, solid.half[2]))


def axes_of(turn_deg: float) -> tuple[Vector, Vector, Vector]:
    """Return where a turn about the upright axis brings x, y and z."""
    x, y, z = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
    return turned(x, turn_deg), turned(y, turn_deg), turned(z, turn_deg)


def turned(point: Vector, turn_deg: float) -> Vector:
    """Return a point turned about the upright axis: 90 brings +z to +x.

    >>> [round(one, 3) for one in turned((0.0, 0.0, 1.0), 90)]
    [1.0, 0.0, 0.0]
    """
    c, s = cos(radians(turn_deg)), sin(radians(turn_deg))
    x, y, z = point
    return (x * c + z * s, y, z * c - x * s)
