"""Large things and things that roll: sofa, bed, step, foam roller. Fronts look along +z."""

from __future__ import annotations

from math import cos, radians, sin

from recoup.model.solid import CANVAS, CLAY, LINEN, PAD, RUBBER, WOOD, Face, Solid

SOFA_M, SOFA_EDGE_M = 0.437, 0.06
"""How high a sofa's seat is for a usual leg, and the radius of the edge of its padding."""
LEANT_AT_DEG = 40.0
"""Where on that rounded edge a back leans that tips over it: so far forward from the top."""


def sofa() -> tuple[Solid, ...]:
    """Return a sofa without arms whose front edge is at z = 0."""
    block = Solid((0.0, 0.165, -0.42), (0.66, 0.125, 0.40), 0.02, CANVAS)
    seat = Solid((0.0, SOFA_M - 0.075, -0.36), (0.68, 0.075, 0.36), SOFA_EDGE_M, PAD)
    back = Solid((0.0, SOFA_M + 0.06, -0.79), (0.68, 0.28, 0.09), 0.07, PAD)
    feet = tuple(
        Solid((x, 0.02, z), (0.025, 0.02, 0.025), 0.012, WOOD)
        for x in (-0.58, 0.58) for z in (-0.08, -0.64)
    )  # fmt: skip
    return (seat, block, back, *feet)


def _edge() -> Face:
    at, r = radians(LEANT_AT_DEG), SOFA_EDGE_M
    place = (0.0, SOFA_M - r + r * cos(at), -r + r * sin(at))
    return Face(place, (0.0, 1.0, 0.0), grip=True)


BED_M = 0.46
"""How high a bed is that feet reach the floor from."""


def bed() -> tuple[Solid, ...]:
    """Return a bed along z with its head at -z; one side of it is at x = 0, the bed at -x."""
    mattress = Solid((-0.5, BED_M - 0.10, 0.0), (0.5, 0.10, 1.0), 0.05, LINEN)
    frame = Solid((-0.5, 0.22, 0.0), (0.49, 0.06, 1.0), 0.012, WOOD)
    board = Solid((-0.5, 0.46, -1.03), (0.5, 0.32, 0.022), 0.02, WOOD)
    feet = tuple(
        Solid((x, 0.09, z), (0.03, 0.09, 0.03), 0.012, WOOD)
        for x in (-0.05, -0.95) for z in (-0.92, 0.92)
    )  # fmt: skip
    return (mattress, frame, board, *feet)


STEP_M = 0.14
"""How high a low step is."""


def step() -> tuple[Solid, ...]:
    """Return a low step whose front edge is at z = 0: one goes up towards -z."""
    top = Solid((0.0, STEP_M - 0.016, -0.16), (0.32, 0.016, 0.16), 0.012, PAD)
    block = Solid((0.0, 0.06, -0.16), (0.30, 0.06, 0.145), 0.01, WOOD)
    return (top, block)


ROLLER_M = 0.06
"""Radius of a foam roller."""
RIBS_DEG = (13.0, 26.0, 39.0, 51.0, 64.0, 77.0)


def foam_roller() -> tuple[Solid, ...]:
    """Return a roller along x with ribs, which show how it turns."""
    core = Solid((0.0, 0.0, 0.0), (0.225, 0.054, 0.054), 0.0539, CLAY)
    ribs = tuple(
        Solid((0.0, 0.0, 0.0), (0.22, ROLLER_M * cos(a), ROLLER_M * sin(a)), 0.008, RUBBER)
        for a in map(radians, RIBS_DEG)
    )
    return (core, *ribs)


FURNITURE: dict[str, tuple[Solid, ...]] = {
    "sofa": sofa(),
    "bed": bed(),
    "step": step(),
    "foam-roller": foam_roller(),
}

FURNITURE_FACES: dict[str, dict[str, Face]] = {
    "sofa": {"sofa-edge": _edge(), "sofa": Face((0.0, SOFA_M, 0.0), (0.0, 1.0, 0.0))},
    "bed": {"bed": Face((0.0, BED_M, 0.0), (0.0, 1.0, 0.0))},
    "step": {"step": Face((0.0, STEP_M, 0.0), (0.0, 1.0, 0.0))},
    "mat": {"mat": Face((0.0, 0.0, 0.0), (0.0, 1.0, 0.0))},
    "foam-roller": {"roller": Face((0.0, ROLLER_M - 0.006, 0.0), (0.0, 1.0, 0.0))},
}
