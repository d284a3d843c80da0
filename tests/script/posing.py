"""A body put into a pose by its angles alone, lowered until it stands or lies on the floor."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
from figures import figure

from recoup.model.motion import Motion, Phase, Position, Prop, Touch
from recoup.motion.keys import quaternion
from recoup.motion.rig import Rig
from recoup.motion.track import Part, Track

Facing = tuple[float, float, float]


@cache
def rig(body: str) -> Rig:
    return Rig(figure(body))


def both(**angles: float) -> dict[str, float]:
    """Return angles of limbs for both sides."""
    return {f"{name}_{side}": value for name, value in angles.items() for side in "LR"}


def posed(
    angles: dict[str, float],
    facing: Facing = (0.0, 0.0, 0.0),
    props: tuple[Prop, ...] = (),
    touches: dict[str, Touch] | None = None,
    lying_on: str = "",
    body: str = "woman",
) -> tuple[Motion, Track]:
    """Return a motion and a track of one pose. The point ``lying_on`` lies on the floor;
    without it, the lowest of all."""
    one = rig(body)
    q = np.zeros(one.model.nq)
    q[3:7] = quaternion(*facing)
    q[7:] = one.angles(angles)
    one.set(q)
    names = [lying_on] if lying_on else list(one.point_body)
    low = min(float(one.point(name)[1]) for name in names)
    q[1] = -low
    position = Position("held", facing, angles, touches or {})
    phases = (Phase("held", 1.0),)
    motion = Motion("posed", {"held": position}, (), phases, (), "held", props=props)
    rows = 61
    track = Track(
        "posed", body, np.repeat(q[None], rows, 0), np.zeros((rows, 2, 4)), np.zeros((rows, 2)),
        np.zeros(rows), (Part("cycle", 0.0, 1.0),), {"held": 1.0}, one,
    )  # fmt: skip
    return motion, track


def between(start: tuple[Motion, Track], end: tuple[Motion, Track]) -> tuple[Motion, Track]:
    """Return a motion of one second from a pose to another, evenly; the pelvis keeps its way."""
    motion, one = start
    ahead = np.linspace(0, 1, len(one.q))[:, None]
    q = one.q + ahead * (end[1].q[-1] - one.q[0])
    q[:, 3:7] /= np.linalg.norm(q[:, 3:7], axis=1)[:, None]
    there = replace(motion.positions["held"], id="there")
    motion = replace(
        motion, positions={**motion.positions, "there": there}, cycle=(Phase("there", 1.0),)
    )
    return motion, replace(one, q=q, reached={"held": 0.0, "there": 1.0})
