"""Hands that go round a thigh reach as far round a thick one as round a slim one."""

from __future__ import annotations

import math
from dataclasses import replace

from recoup.body import Body
from recoup.model.motion import Motion, Position, Touch

USUAL_M = (0.145, 0.164)
"""How wide and how deep the thigh is that offsets round a thigh are given for: the woman's."""
ROUND = ("thigh_back", "thigh_out", "thigh_in")


def fitted_hands(motion: Motion, body: Body) -> Motion:
    """Return the motion with offsets round a thigh fitted to the body's own: across, as much
    larger as the thigh is wider than usual; from front to back, as much further as it is deeper;
    along it, as they are."""
    contact = body.contact
    wide = contact["thigh_out_L"].point[0] - contact["thigh_in_L"].point[0]
    deep = contact["thigh_front_L"].point[2] - contact["thigh_back_L"].point[2]
    share, further_mm = wide / USUAL_M[0], (deep - USUAL_M[1]) * 1e3
    positions = {
        name: _fitted(one, share, further_mm) for name, one in motion.positions.items()
    }
    return replace(motion, positions=positions)


def _fitted(position: Position, share: float, further_mm: float) -> Position:
    touches = {
        point: _wider(touch, share, further_mm) if (touch.to or "").startswith(ROUND) else touch
        for point, touch in position.touches.items()
    }
    return replace(position, touches=touches)


def _wider(touch: Touch, share: float, further_mm: float) -> Touch:
    def grown(offset: tuple[float, float, float]) -> tuple[float, float, float]:
        across, along, ahead = offset
        return across * share, along, ahead + math.copysign(further_mm, ahead)

    via = None if touch.via_mm is None else grown(touch.via_mm)
    return replace(touch, offset_mm=grown(touch.offset_mm), via_mm=via)
