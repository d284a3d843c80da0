"""Touches fitted to a body: hands reach round a thick thigh as round a slim one, and a large belly
is lain on until it is flat."""

from __future__ import annotations

import math
from dataclasses import replace

from recoup.body import Body
from recoup.body.flesh import gives_m
from recoup.model.motion import Motion, Touch

USUAL_M = (0.145, 0.164)
"""How wide and how deep the thigh is that offsets round a thigh are given for: the woman's."""
ROUND = ("thigh_back", "thigh_out", "thigh_in")


def fitted_touches(motion: Motion, body: Body) -> Motion:
    """Return the motion with offsets round a thigh fitted to the body's own: across, as much
    larger as the thigh is wider than usual; from front to back, as much further as it is deeper;
    along it, as they are. A point of a soft belly comes as much nearer to the floor as it gives
    way."""
    contact = body.contact
    wide = contact["thigh_out_L"].point[0] - contact["thigh_in_L"].point[0]
    deep = contact["thigh_front_L"].point[2] - contact["thigh_back_L"].point[2]
    share, further_mm = wide / USUAL_M[0], (deep - USUAL_M[1]) * 1e3

    def fitted(point: str, touch: Touch) -> Touch:
        if (touch.to or "").startswith(ROUND):
            return _wider(touch, share, further_mm)
        gives_mm = gives_m(body, point) * 1e3
        if touch.to is not None or touch.against is not None or not gives_mm:
            return touch
        return replace(touch, height_mm=touch.height_mm - gives_mm)

    positions = {
        name: replace(one, touches={p: fitted(p, touch) for p, touch in one.touches.items()})
        for name, one in motion.positions.items()
    }
    return replace(motion, positions=positions)


def _wider(touch: Touch, share: float, further_mm: float) -> Touch:
    def grown(offset: tuple[float, float, float]) -> tuple[float, float, float]:
        across, along, ahead = offset
        return across * share, along, ahead + math.copysign(further_mm, ahead)

    via = None if touch.via_mm is None else grown(touch.via_mm)
    return replace(touch, offset_mm=grown(touch.offset_mm), via_mm=via)
