"""Where a body comes to sit: flesh hangs lower under bent hips than it does in standing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from recoup.body.posing import place
from recoup.body.skinning import Skin
from recoup.body.value import SIDES, Body, Contact

Array = NDArray[np.float64]

ROLLED_DEG, LEVEL_DEG = 28.0, 88.0
"""How far the pelvis rolls back in a slumped seat, where most flesh comes under it, and how far
hips bend when the thighs are level under an upright trunk."""
GIVES_M = 0.013
"""How much the flesh under a slumped body gives way to the seat."""
LEG = ("thigh", "shank", "foot", "toes")
BEHIND_M, AHEAD_M, INNER_M = -0.06, 0.10, 0.03
"""From where to where, ahead of the hips, a body sits on itself, and how far from its middle
that begins."""


def seated(body: Body) -> Body:
    """Return the body with its seats at least as low as its skin is when it sits."""
    lowest = _lowest(body) + GIVES_M
    contacts = tuple(
        _lowered(one, body, lowest) if one.name.startswith("seat_") else one
        for one in body.contacts
    )
    return replace(body, contacts=contacts)


def _lowered(seat: Contact, body: Body, lowest: float) -> Contact:
    """Return the seat no higher than ``lowest``, a height over the hips once rolled back."""
    hip = body.joints[body.index["thigh_L"]]
    x, y, z = seat.point
    angle = np.radians(ROLLED_DEG)
    there = hip[1] + (lowest - np.sin(angle) * (z - hip[2])) / np.cos(angle)
    return replace(seat, point=(x, min(y, float(there)), z))


def _lowest(body: Body) -> float:
    """Return how high over the hips (negative) the lowest skin is in a slumped seat in the air."""
    moved = [body.index[name] for name in body.moved]
    turn, joint = body.frames[moved].copy(), body.joints[moved].copy()
    forward = _back(LEVEL_DEG - ROLLED_DEG)
    for side in SIDES:
        hip = body.joints[body.index[f"thigh_{side}"]]
        for row, name in enumerate(body.moved):
            if name in [f"{part}_{side}" for part in LEG]:
                turn[row] = forward @ turn[row]
                joint[row] = hip + forward @ (joint[row] - hip)
    skin = Skin(body)
    mine = [name.startswith(("pelvis", "glute", "thigh")) for name in body.segments]
    points = skin.vertices(place(body, turn, joint))[np.array(mine)[skin.owner]]
    over = (points - hip) @ _back(ROLLED_DEG).T
    under = (over[:, 2] > BEHIND_M) & (over[:, 2] < AHEAD_M) & (np.abs(points[:, 0]) > INNER_M)
    return float(over[under, 1].min())


def _back(degrees: float) -> Array:
    """Return the turn that brings what is ahead up: a pelvis rolls back, a thigh bends."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[1, 0, 0], [0, cos, sin], [0, -sin, cos]])
