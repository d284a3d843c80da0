"""The studio of the films as plain numbers: the live view reads the same ones."""

from __future__ import annotations

from typing import Any

from recoup.film.draw.backdrop import ROUND
from recoup.film.draw.camera import FIELD_DEG, TALL, VIEWS, WIDE, Margins
from recoup.film.draw.colour import linear
from recoup.film.draw.light import Light, Studio
from recoup.film.draw.painter import GLOSS, NEAR_FLOOR, NEAR_FLOOR_M, OCCLUSION_M, Mat
from recoup.film.live.container import rounded
from recoup.film.room import Room

EXPOSURE = 0.92
LIGHT_REACH_M, LIGHT_CELLS = 2.6, 896
OTHER_GLOSS = (0.03, 0.05)


def studio(mat: Mat | None) -> dict[str, Any]:
    """Return lights, colours, mat and cameras. Colours are linear light."""
    light, room = Light(), Studio()
    return {
        "exposure": EXPOSURE,
        "key": rounded(light.key),
        "keyColour": rounded(light.key_colour),
        "rim": rounded(light.rim),
        "rimColour": rounded(light.rim_colour),
        "sky": rounded(light.sky),
        "ground": rounded(light.ground),
        "floor": rounded(linear(room.floor)),
        "matColour": rounded(linear(room.mat)),
        "haze": rounded(linear(room.haze) / EXPOSURE * 1.115),
        "floorAmbient": rounded(light.sky + light.rim_colour * light.rim[1] + 0.02),
        "floorKey": rounded(light.key_colour * light.key[1]),
        "mat": None if mat is None else [mat.x, mat.z, mat.half_width, mat.half_length],
        "matRound": ROUND,
        "gloss": {name: list(pair) for name, pair in GLOSS.items()} | {"": list(OTHER_GLOSS)},
        "nearFloor": [NEAR_FLOOR, NEAR_FLOOR_M],
        "occlusion": OCCLUSION_M,
        "lightReach": LIGHT_REACH_M,
        "lightCells": LIGHT_CELLS,
        "field": FIELD_DEG,
        "margins": {"tall": _same_sides(TALL), "wide": _same_sides(WIDE)},
        "views": {name: list(place) for name, place in VIEWS.items()},
    }


def _same_sides(margins: dict[Room, Margins]) -> list[float]:
    """Return the margins of pictures without type: at the sides, above and below."""
    left, _, above, below = margins[Room.NONE]
    return [left, above, below]
