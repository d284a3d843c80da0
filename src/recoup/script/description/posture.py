"""How somebody lies, kneels, sits or stands: recognised from turns, heights and what carries
them, never from a name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from recoup.script.description.moment import FLOOR_REST, Moment, Rest

UPRIGHT_DEG = 50.0
"""A trunk that leans less is upright."""

LOOKS_UP = 0.6
"""How far up a chest looks that lies on its back: the sine of 37 degrees."""

KNEE_MM, FOLDED_KNEE_MM, LOW_HIPS, HIGH_HIPS = 60.0, 130.0, 0.28, 0.62
"""How low a knee that is knelt on is, open or folded; hips are low or high below or
above these shares of a leg."""

FOLDED_MM = 220.0
"""Buttocks nearer than this to the heels sit back on them."""


OPEN_DEG = 45.0
"""Hips bent less than this belong to somebody who lies on the front, not who sits."""

ELBOW_M = 0.06
IN_THE_AIR_MM = 120.0
"""A foot of a lying body this high is in the air."""


class Base(StrEnum):
    """What carries the body, and how it is turned."""

    BACK = "lies on the back"
    BRIDGE = "lies on the shoulders and feet, with the hips up"
    LEFT = "lies on the left side"
    RIGHT = "lies on the right side"
    FRONT = "lies on the front"
    FOREARMS = "lies on the front, propped on the forearms"
    HANDS = "lies on the front, with the chest pushed up on the hands"
    PLANK = "holds the body up on the hands and toes"
    FOREARM_PLANK = "holds the body up on the forearms and toes"
    FOURS = "is on hands and knees"
    FOREARM_FOURS = "is on forearms and knees"
    FOLDED = "kneels, folded forward over the thighs"
    HEELS = "kneels, sitting back on the heels"
    KNEEL = "kneels upright"
    HALF_LEFT = "kneels on the left knee, with the right foot in front"
    HALF_RIGHT = "kneels on the right knee, with the left foot in front"
    SEAT = "sits"
    FLOOR = "sits on the floor"
    STAND = "stands"
    ON_LEFT = "stands on the left leg"
    ON_RIGHT = "stands on the right leg"
    BENT = "stands, bent forward at the hips"


LYING = (Base.BACK, Base.BRIDGE, Base.LEFT, Base.RIGHT, Base.FRONT, Base.FOREARMS, Base.HANDS)
STANDING = (Base.STAND, Base.ON_LEFT, Base.ON_RIGHT, Base.BENT)
KIN = ({Base.BACK, Base.BRIDGE}, set(STANDING), {Base.FRONT, Base.FOREARMS, Base.HANDS},
       {Base.SEAT, Base.FLOOR})  # fmt: skip
"""Bases between which moves tell enough: no new position is announced."""


@dataclass(frozen=True, slots=True)
class Posture:
    """A base, and for one that sits, what it sits on."""

    base: Base
    on: str = ""

    def like(self, other: Posture) -> bool:
        return self.base == other.base or any({self.base, other.base} <= kin for kin in KIN)


def posture(now: Moment) -> Posture:
    """Return how the body is held."""
    seat = _seat(now)
    if seat is not None:
        return Posture(Base.SEAT, seat.on)
    if now.lean_deg() < UPRIGHT_DEG:
        return Posture(_upright(now))
    if abs(now.chest_up()) < LOOKS_UP and not _knelt_or_stood(now):
        low = now.at["shoulder_L"][1] < now.at["shoulder_R"][1]
        return Posture(Base.LEFT if low else Base.RIGHT)
    return Posture(_on_back(now) if now.chest_up() > 0 else _face_down(now))


def knelt(now: Moment, side: str) -> bool:
    """Return whether a knee carries the body."""
    points = [now.at[f"{one}_{side}"] for one in ("knee", "kneecap")]
    lowest = min(float(one[1]) for one in points) * 1e3
    knee = now.angles[f"knee_flexion_{side}"]
    return lowest < (FOLDED_KNEE_MM if knee > 120 else KNEE_MM) and knee > 40


def _knelt_or_stood(now: Moment) -> bool:
    high = now.pelvis_mm() / 1e3 > LOW_HIPS * now.leg_m
    return high and any(knelt(now, side) or now.sole_down(side) for side in "LR")


def _seat(now: Moment) -> Rest | None:
    rest = now.carried("seat_L", "seat_R", "thigh_back_L", "thigh_back_R")
    return None if rest is None or rest == FLOOR_REST else rest


def _upright(now: Moment) -> Base:
    left, right = knelt(now, "L"), knelt(now, "R")
    if left and right:
        return Base.HEELS if _on_heels(now) else Base.KNEEL
    if left or right:
        return Base.HALF_LEFT if left else Base.HALF_RIGHT
    if now.pelvis_mm() / 1e3 < LOW_HIPS * now.leg_m:
        open_ = all(now.angles[f"hip_flexion_{side}"] < OPEN_DEG for side in "LR")
        return _propped(now) if open_ else Base.FLOOR
    return _standing(now)


def _standing(now: Moment) -> Base:
    up = [side for side in "LR" if now.foot_mm(side) > 30]
    if len(up) == 1:
        return Base.ON_LEFT if up == ["R"] else Base.ON_RIGHT
    return Base.STAND


def _on_back(now: Moment) -> Base:
    level = min(now.at[f"buttock_{side}"][1] for side in "LR") * 1e3
    return Base.BRIDGE if level > 60 and any(now.sole_down(one) for one in "LR") else Base.BACK


def _face_down(now: Moment) -> Base:
    hips = now.pelvis_mm() / 1e3 / now.leg_m
    palms = any(now.rests.get(f"palm_{side}") == FLOOR_REST for side in "LR")
    elbows = all(now.at[f"elbow_{side}"][1] < ELBOW_M for side in "LR")
    if any(knelt(now, side) for side in "LR") and hips > LOW_HIPS * 0.7:
        if _on_heels(now):
            return Base.FOLDED
        return Base.FOREARM_FOURS if elbows else Base.FOURS
    if hips > HIGH_HIPS:
        return Base.BENT
    off = min(now.at[f"{one}_{side}"][1] for one in ("kneecap", "knee") for side in "LR") > 0.05
    if off and (palms or elbows):
        return Base.FOREARM_PLANK if elbows else Base.PLANK
    return _propped(now) if now.lean_deg() < 80 and (elbows or palms) else Base.FRONT


def _propped(now: Moment) -> Base:
    elbows = all(now.at[f"elbow_{side}"][1] < ELBOW_M for side in "LR")
    return Base.FOREARMS if elbows else Base.HANDS


def _on_heels(now: Moment) -> bool:
    return all(
        np.linalg.norm(now.at[f"seat_{side}"] - now.at[f"heel_{side}"]) * 1e3 < FOLDED_MM
        for side in "LR"
    )


def legs(now: Moment) -> list[tuple[str, str]]:
    """Return what each leg does, left first: straight, flat (knee bent, foot flat), on something,
    up (knee bent, foot in the air), raised, or bent."""
    return [(side, _leg(now, side)) for side in "LR"]


def _leg(now: Moment, side: str) -> str:
    knee = now.angles[f"knee_flexion_{side}"]
    rest = now.carried(f"calf_{side}", f"heel_back_{side}")
    if rest is not None and rest != FLOOR_REST:
        return f"on {rest.on}"
    if now.sole_down(side) and knee > 45:
        return "flat"
    if now.foot_mm(side) > IN_THE_AIR_MM and abs(now.chest_up()) > LOOKS_UP:
        return "up" if knee > 40 else "raised"
    return "straight" if knee < 30 else "bent"
