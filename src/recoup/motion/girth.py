"""Hands that go round a thigh reach as far round a thick one as round a slim one."""

from __future__ import annotations

from dataclasses import replace

from recoup.body import Body
from recoup.model.motion import Motion, Position, Touch

USUAL_M = 0.145
"""How wide the thigh is that offsets round a thigh are given for: the woman's, at the hold."""
ROUND = ("thigh_back", "thigh_out", "thigh_in")


def fitted_hands(motion: Motion, body: Body) -> Motion:
    """Return the motion with offsets round a thigh as much larger as the body's thigh is wider
    than usual: across and from front to back, not along it."""
    wide = body.contact["thigh_out_L"].point[0] - body.contact["thigh_in_L"].point[0]
    share = wide / USUAL_M
    positions = {name: _fitted(one, share) for name, one in motion.positions.items()}
    return replace(motion, positions=positions)


def _fitted(position: Position, share: float) -> Position:
    touches = {
        point: _wider(touch, share) if (touch.to or "").startswith(ROUND) else touch
        for point, touch in position.touches.items()
    }
    return replace(position, touches=touches)


def _wider(touch: Touch, share: float) -> Touch:
    def grown(offset: tuple[float, float, float]) -> tuple[float, float, float]:
        return offset[0] * share, offset[1], offset[2] * share

    via = None if touch.via_mm is None else grown(touch.via_mm)
    return replace(touch, offset_mm=grown(touch.offset_mm), via_mm=via)
