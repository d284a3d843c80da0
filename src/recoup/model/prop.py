"""Things that a body uses: of which solids they are made, and which faces it may touch.

Metres, y up; a chair's front and a wall's face look along +z before they are turned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from math import cos, radians, sin

from recoup.model.furniture import FURNITURE, FURNITURE_FACES, ROLLER_M
from recoup.model.motion import Prop
from recoup.model.solid import (
    BALL,
    CANVAS,
    CLAY,
    LINEN,
    PAD,
    PLASTER,
    POCKET,
    RUBBER,
    STONE,
    WOOD,
    Face,
    Solid,
    Vector,
)  # fmt: skip

SEAT_M = 0.42
"""Height of a chair's seat for a leg of LEG_M."""
LEG_M = 0.90
YIELDING = (
    "peanut-ball", "knee-cushion", "chest-pillow", "folded-pillow", "warm-pack", "head-pillow",
    "leg-pillow", "side-pillow", "foam-roller",
)  # fmt: skip
"""Kinds so soft that the body is not kept out of them: they give way."""
LONG_M = 0.15
FITTED = ("chair", "armchair", "stool", "bench", "sofa")
"""Kinds whose height is chosen to fit the body, as a person would choose a chair."""


class Way(StrEnum):
    """How a held thing goes along. It hangs from the middle of its points and keeps its turn;
    it lies along a line from the first of its points to the last; it stretches from where it is
    fixed to the middle of its points, or comes back from there."""

    HANGS = "hangs"
    LIES = "lies"
    STRETCHES = "stretches"
    COMES_BACK = "comes-back"


WAYS = {"bag": Way.HANGS, "backpack": Way.HANGS, "stick": Way.LIES, "band": Way.STRETCHES,
        "band-end": Way.COMES_BACK}  # fmt: skip
"""Kinds that are held."""
LENGTHS = {"band": ("band", "band-end")}
"""Kinds that are drawn as several."""


def _board() -> Solid:
    return Solid((0.0, SEAT_M + 0.32, -0.192), (0.205, 0.095, 0.014), 0.013, WOOD)


def _seat(half_m: float = 0.215) -> tuple[Solid, ...]:
    """Return a padded seat, twice ``half_m`` wide, with two rails under it."""
    rail = (half_m - 0.035, 0.018, 0.010)
    return (
        Solid((0.0, SEAT_M - 0.022, 0.0), (half_m, 0.022, 0.205), 0.02, PAD),
        Solid((0.0, SEAT_M - 0.06, 0.178), rail, 0.009, WOOD),
        Solid((0.0, SEAT_M - 0.06, -0.178), rail, 0.009, WOOD),
    )


def _legs(half_m: float = 0.215) -> tuple[Solid, ...]:
    x, high = half_m - 0.03, SEAT_M / 2 - 0.02
    return tuple(
        Solid((at, high, z), (0.017, high, 0.017), 0.015, WOOD)
        for at in (-x, x) for z in (-0.175, 0.175)
    )  # fmt: skip


def _posts() -> tuple[Solid, ...]:
    return tuple(
        Solid((x, SEAT_M + 0.19, -0.192), (0.015, 0.22, 0.013), 0.012, WOOD) for x in (-0.17, 0.17)
    )


def _chair() -> tuple[Solid, ...]:
    return (*_seat(), _board(), *_legs(), *_posts())


def _stool() -> tuple[Solid, ...]:
    return (*_seat(), *_legs())


WIDE_M = 0.30
"""Half the width of a bench, on which hands find room beside the hips."""


def _bench() -> tuple[Solid, ...]:
    return (*_seat(WIDE_M), *_legs(WIDE_M))


ARMREST_M = SEAT_M + 0.20
"""How high the armrests of a chair for a leg of LEG_M are."""


def _armchair() -> tuple[Solid, ...]:
    """Return a chair whose legs go on up to its armrests."""
    rests = tuple(
        Solid((x, ARMREST_M - 0.014, 0.01), (0.034, 0.014, 0.235), 0.013, WOOD)
        for x in (-0.262, 0.262)
    )
    legs = tuple(
        Solid((x, ARMREST_M / 2 - 0.012, z), (0.018, ARMREST_M / 2 - 0.012, 0.018), 0.016, WOOD)
        for x in (-0.250, 0.250) for z in (-0.180, 0.178)
    )  # fmt: skip
    rails = tuple(
        Solid((x, SEAT_M - 0.06, 0.0), (0.010, 0.018, 0.178), 0.009, WOOD) for x in (-0.250, 0.250)
    )
    return (*_seat(), _board(), *rests, *legs, *rails, *_posts())


BALL_M, LAIN_ON_M, LEANT_ON_M = 0.052, 0.056, 0.086
"""A lobe's radius, and how thick the ball is where a body lies on it or leans against it."""


def _peanut() -> tuple[Solid, ...]:
    def ball(x: float, radius: float) -> Solid:
        return Solid((x, 0.0, 0.0), (radius, radius, radius), radius - 1e-4, BALL)

    waist = Solid((0.0, 0.0, 0.0), (0.056, 0.036, 0.036), 0.0359, BALL)
    return (ball(0.056, BALL_M), ball(-0.056, BALL_M), waist)


FOLDED_M, PACK_M = 0.036, 0.030
"""Half the thickness of a folded pillow where thighs hold it, and how thick a wrapped warm pack
is."""


def _folded_pillow() -> tuple[Solid, ...]:
    """Return a pillow that bulges out in front of where the thighs hold it, between the knees."""
    return (Solid((0.0, 0.0, 0.055), (0.058, 0.088, 0.115), 0.0575, LINEN),)


def _warm_pack() -> tuple[Solid, ...]:
    """Return a pack in its cloth, which hangs over: the pack's own colour shows at the edges."""
    half = PACK_M / 2
    return (
        Solid((0.0, 0.0, 0.0), (0.178, 0.085, half), half - 1e-4, CLAY),
        Solid((0.0, 0.0, 0.0), (0.166, 0.092, half + 0.003), half, LINEN),
    )


COUNTER_M, BAND_M = 0.90, 0.72
"""How high a kitchen counter is; how long each of the two lengths is that a band is drawn as:
they slide over each other as it stretches, so neither changes."""


def _counter() -> tuple[Solid, ...]:
    """A stretch of kitchen counter: its front, where people stand, looks along +z."""
    top = Solid((0.0, COUNTER_M - 0.018, 0.0), (0.52, 0.018, 0.24), 0.012, STONE)
    cabinet = Solid((0.0, 0.473, -0.015), (0.50, 0.391, 0.205), 0.008, PLASTER)
    plinth = Solid((0.0, 0.05, -0.04), (0.49, 0.05, 0.17), 0.004, STONE)
    handles = tuple(
        Solid((x, 0.78, 0.198), (0.075, 0.007, 0.010), 0.0069, STONE) for x in (-0.25, 0.25)
    )
    return (top, cabinet, plinth, *handles)


LOW_STOOL_M, STICK_M = 0.22, 0.0125
"""How high a low stool is; a broomstick's radius."""


def _low_stool() -> tuple[Solid, ...]:
    legs = tuple(
        Solid((x, 0.10, z), (0.018, 0.10, 0.018), 0.014, WOOD)
        for x in (-0.155, 0.155) for z in (-0.08, 0.08)
    )  # fmt: skip
    return (Solid((0.0, LOW_STOOL_M - 0.016, 0.0), (0.20, 0.016, 0.12), 0.014, WOOD), *legs)


def _bag() -> tuple[Solid, ...]:
    """A carrier bag with a handle that runs fore and aft; all lengths are from the grip."""
    straps = tuple(
        Solid((0.0, -0.075, z), (0.012, 0.075, 0.010), 0.008, POCKET) for z in (-0.075, 0.075)
    )
    handle = Solid((0.0, 0.0, 0.0), (0.012, 0.010, 0.085), 0.009, POCKET)
    return (Solid((0.0, -0.275, 0.0), (0.065, 0.145, 0.17), 0.035, CANVAS), handle, *straps)


BACKPACK_M = 0.36
"""From the bottom of a backpack to its grip."""


def _backpack() -> tuple[Solid, ...]:
    """A packed backpack with a broad grip on top; its pocket looks along +z."""
    grip = Solid((0.0, 0.0, 0.0), (0.14, 0.012, 0.012), 0.0119, POCKET)
    ends = tuple(
        Solid((x, -0.03, 0.0), (0.012, 0.035, 0.014), 0.010, POCKET) for x in (-0.13, 0.13)
    )
    body = Solid((0.0, -BACKPACK_M / 2 - 0.015, 0.03), (0.15, 0.165, 0.08), 0.055, CANVAS)
    pocket = Solid((0.0, -0.255, 0.10), (0.105, 0.085, 0.04), 0.035, POCKET)
    return (body, pocket, grip, *ends)


def _band() -> tuple[Solid, ...]:
    return (Solid((0.0, 0.0, BAND_M / 2), (0.003, 0.022, BAND_M / 2), 0.0029, RUBBER),)


def _door() -> tuple[Solid, ...]:
    posts = tuple(Solid((x, 0.99, 0.0), (0.035, 0.99, 0.045), 0.006, PLASTER)
                  for x in (-0.425, 0.425))  # fmt: skip
    lintel = Solid((0.0, 2.01, 0.0), (0.46, 0.035, 0.045), 0.006, PLASTER)
    leaf = Solid((0.0, 0.99, 0.0), (0.385, 0.985, 0.02), 0.006, WOOD)
    knob = Solid((0.31, 1.0, 0.05), (0.028, 0.028, 0.028), 0.0279, STONE)
    return (leaf, *posts, lintel, knob)


SOLIDS: dict[str, tuple[Solid, ...]] = {
    "mat": (),
    "chair": _chair(),
    "armchair": _armchair(),
    "stool": _stool(),
    "bench": _bench(),
    "wall": (Solid((0.0, 0.94, -0.03), (0.62, 0.94, 0.03), 0.006, PLASTER),),
    "cushion": (Solid((0.0, 0.045, 0.0), (0.19, 0.045, 0.14), 0.044, LINEN),),
    "peanut-ball": _peanut(),
    "heel-cushion": (Solid((0.0, 0.023, 0.0), (0.17, 0.023, 0.105), 0.0229, LINEN),),
    "folded-pillow": _folded_pillow(),
    "warm-pack": _warm_pack(),
    "pillow": (Solid((0.0, 0.020, 0.0), (0.20, 0.020, 0.15), 0.0199, LINEN),),
    "counter": _counter(),
    "low-stool": _low_stool(),
    "door": _door(),
    "bag": _bag(),
    "backpack": _backpack(),
    "stick": (Solid((0.0, 0.26, 0.0), (STICK_M, 0.58, STICK_M), STICK_M - 1e-4, WOOD),),
    "band": _band(),
    "band-end": _band(),
    "chest-pillow": (Solid((0.0, 0.019, 0.0), (0.22, 0.019, 0.13), 0.0189, LINEN),),
    "towel": (Solid((0.0, 0.013, 0.0), (0.15, 0.013, 0.09), 0.0129, LINEN),),
    "knee-cushion": (Solid((0.0, 0.028, 0.0), (0.16, 0.028, 0.13), 0.0279, PAD),),
    "head-pillow": (Solid((0.0, 0.058, 0.0), (0.25, 0.055, 0.17), 0.045, LINEN),),
    "leg-pillow": (Solid((0.0, 0.0, 0.0), (0.11, 0.064, 0.235), 0.05, LINEN),),
    "side-pillow": (Solid((0.0, 0.098, 0.0), (0.10, 0.098, 0.23), 0.08, LINEN),),
    **FURNITURE,
}

ROLLS_ON_M = {"peanut-ball": 0.043, "foam-roller": ROLLER_M}
"""The radius on which each kind rolls that is pressed as it does."""

GRIP_M = 0.12
"""How far from the middle of a chair's back each hand holds it."""
KNELT_ON_M = 0.042
"""How thick the cushion is where a knee presses it."""

SEAT = {"seat": Face((0.0, SEAT_M, 0.0), (0.0, 1.0, 0.0))}
CHAIR = {
    **SEAT,
    "chair-back": Face((0.0, SEAT_M + 0.32, -0.178), (0.0, 0.0, 1.0)),
    "chair-top-left": Face((GRIP_M, SEAT_M + 0.415, -0.192), (0.0, 1.0, 0.0), grip=True),
    "chair-top-right": Face((-GRIP_M, SEAT_M + 0.415, -0.192), (0.0, 1.0, 0.0), grip=True),
}

FACES: dict[str, dict[str, Face]] = {
    "chair": CHAIR,
    "armchair": {**CHAIR, "armrest": Face((0.0, ARMREST_M, 0.0), (0.0, 1.0, 0.0))},
    "stool": SEAT,
    "bench": SEAT,
    "wall": {
        "wall": Face((0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
        "ball-at-wall": Face((0.0, 1.0, LEANT_ON_M), (0.0, 0.0, 1.0)),
    },
    "peanut-ball": {"ball": Face((0.0, LAIN_ON_M - BALL_M, 0.0), (0.0, 1.0, 0.0))},
    "folded-pillow": {
        "pillow-left": Face((FOLDED_M, 0.0, 0.0), (1.0, 0.0, 0.0)),
        "pillow-right": Face((-FOLDED_M, 0.0, 0.0), (-1.0, 0.0, 0.0)),
    },
    "warm-pack": {"warm-pack": Face((0.0, 0.0, PACK_M / 2), (0.0, 0.0, 1.0))},
    "cushion": {"cushion": Face((0.0, 0.09, 0.0), (0.0, 1.0, 0.0))},
    "pillow": {"pillow": Face((0.0, 0.04, 0.0), (0.0, 1.0, 0.0))},
    "towel": {"towel": Face((0.0, 0.024, 0.0), (0.0, 1.0, 0.0))},
    "knee-cushion": {"knee-cushion": Face((0.0, KNELT_ON_M, 0.0), (0.0, 1.0, 0.0))},
    "counter": {"counter": Face((0.0, COUNTER_M, 0.0), (0.0, 1.0, 0.0))},
    "head-pillow": {"head-pillow": Face((0.0, 0.124, 0.0), (0.0, 1.0, 0.0))},
    "leg-pillow": {"leg-pillow": Face((0.0, 0.05, 0.0), (0.0, 1.0, 0.0))},
    "side-pillow": {"side-pillow": Face((0.0, 0.18, 0.0), (0.0, 1.0, 0.0))},
    **FURNITURE_FACES,
}


def face(props: Sequence[Prop], name: str) -> Face | None:
    """Return a face of one of the props as it stands in the room."""
    for prop in props:
        found = FACES.get(prop.kind, {}).get(name)
        if found is not None:
            x, y, z = turned(found.point, prop.turn_deg)
            at = prop.at
            place = (x + at[0], y * prop.tall + at[1], z + at[2])
            return replace(found, point=place, normal=turned(found.normal, prop.turn_deg))
    return None


def place_on(props: Sequence[Prop], name: str, offset_mm: Vector) -> Vector | None:
    """Return a place on a face, ``offset_mm`` from its middle in the prop's own directions."""
    side = face(props, name)
    turn = next((one.turn_deg for one in props if name in FACES.get(one.kind, {})), 0.0)
    if side is None:
        return None
    x, y, z = turned(offset_mm, turn)
    return (side.point[0] + x / 1e3, side.point[1] + y / 1e3, side.point[2] + z / 1e3)


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
