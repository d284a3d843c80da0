"""One moment of a track as it is measured: angles, places, turns, and what rests on what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recoup.model.joints import LIMB_ANGLES, SPINE_ANGLES
from recoup.model.motion import OTHER, Mode, Motion, Position, Prop
from recoup.model.prop import FACES, face
from recoup.motion.keys import FLOOR, leg_m
from recoup.motion.measure import where
from recoup.motion.settle import moved, settled
from recoup.motion.solids import Solids
from recoup.motion.track import RATE_HZ, Track

Array = NDArray[np.float64]

DOWN_MM = 25.0
"""A point of the skin this near to the floor rests on it."""

ON_PROP_MM = 40.0
"""So near to its face, a point that the motion puts on a prop rests there: soft things give way."""

GRASPED_MM = 35.0
"""A palm this near to a thing lies against it, or holds it."""

NAMED_FACES = ("chair-back", "chair-top", "armrest")
"""Faces that are told by their own name, not by the thing's."""

HELD_MM: dict[str, float] = {
    "hip_front": 120, "rim": 60, "belly": 90, "chest": 90, "kneecap": 80, "low_back": 90,
    "head": 110, "forehead": 90, "palm": 60, "instep": 90, "heel": 90, "elbow": 70, "buttock": 130,
}  # fmt: skip
"""How near a palm must be to a point of the body to rest on it."""

LIMBS_MM = {"thigh": ("hip", "knee_joint", 140.0), "shin": ("knee_joint", "ankle", 120.0)}
"""How near to a limb's bone a palm must be to rest on the limb, and the joints at its ends."""

JOINTS = ("hip", "knee_joint", "ankle", "shoulder", "elbow_joint", "wrist")
FRAMES = ("pelvis", "Tup", "head", "thigh_L", "thigh_R", "uarm_L", "uarm_R")


@dataclass(frozen=True)
class Rest:
    """What something rests on: the floor, a prop by its kind, or a part of the body (then with
    the part's side, empty for the middle)."""

    on: str
    side: str = ""


FLOOR_REST = Rest("floor")


@dataclass(frozen=True)
class Moment:
    """What is measured at one time. ``at`` holds joints and points of the skin in metres;
    ``turns`` holds how parts are turned in the room; ``rests`` what carries points of the skin."""

    t: float
    angles: Mapping[str, float]
    at: Mapping[str, Array]
    turns: Mapping[str, Array]
    rests: Mapping[str, Rest]
    breath: float
    leg_m: float
    things: tuple[tuple[Prop, Array], ...]
    """The props, and the transform that brings each to where it is now."""

    def trunk(self) -> Array:
        """Return the way from the pelvis to the neck, of length 1."""
        way: Array = self.at["Tup"] - self.at["pelvis"]
        return way / np.linalg.norm(way)

    def lean_deg(self) -> float:
        """Return how far the trunk is from upright: 90 is level."""
        return float(np.degrees(np.arccos(np.clip(self.trunk()[1], -1, 1))))

    def leans_deg(self) -> tuple[float, float]:
        """Return how far the trunk leans forward and how far back, seen from the side; one of
        them is 0."""
        way = self.trunk()
        lean = float(np.degrees(np.arctan2(way @ self.ahead(), way[1])))
        return max(lean, 0.0), max(-lean, 0.0)

    def ahead(self) -> Array:
        """Return the level way ahead: however far an upright body leans over, and for one on
        hands and knees or on the front, toward the head; for one on the back, toward the feet."""
        way: Array = np.cross(self.turns["pelvis"][:, 0], np.array([0.0, 1.0, 0.0]))
        if self.on_side():  # it looks ahead
            way = self.turns["pelvis"][:, 2] * np.array([1.0, 0.0, 1.0])
        return way / max(float(np.linalg.norm(way)), 1e-9)

    def on_side(self) -> bool:
        """Return whether the hips lie one above the other, more or less."""
        return float(np.hypot(*self.turns["pelvis"][[0, 2], 0])) < 0.5

    def chest_up(self) -> float:
        """Return how far up the chest looks: 1 straight up, -1 straight down."""
        return float(self.turns["Tup"][1, 2])

    def foot_mm(self, side: str) -> float:
        """Return how high a foot's lowest point is."""
        points = ("heel", "ball", "toe", "toe_top", "heel_back")
        return float(min(self.at[f"{one}_{side}"][1] for one in points)) * 1e3

    def sole_down(self, side: str) -> bool:
        return all(self.rests.get(f"{one}_{side}") == FLOOR_REST for one in ("heel", "ball"))

    def carried(self, *points: str) -> Rest | None:
        """Return what the first of these points that rests on something rests on."""
        return next((self.rests[one] for one in points if one in self.rests), None)

    def pelvis_mm(self) -> float:
        return float(self.at["pelvis"][1]) * 1e3


def moment(motion: Motion, track: Track, position: Position, t: float) -> Moment:
    """Measure ``track`` at ``t`` seconds, where the motion is in ``position``."""
    rig, q = track.rig, track.coordinates(t)
    props = settled(motion, track)
    rig.set(q)
    sided = [f"{name}_{side}" for name in LIMB_ANGLES for side in "LR"]
    angles = {name: float(np.degrees(q[7:][rig.index[name]])) for name in sided}
    angles |= {name: rig.total(q, name) for name in SPINE_ANGLES}
    at = {name: rig.point(name).copy() for name in rig.point_body if not name.startswith("floor_")}
    at |= {f"{name}_{side}": where(rig, f"{name}_{side}") for name in JOINTS for side in "LR"}
    at |= {name: rig.data.xpos[rig.body_id[name]].copy() for name in ("pelvis", "Tup")}
    turns = {name: rig.data.xmat[rig.body_id[name]].reshape(3, 3).copy() for name in FRAMES}
    things = tuple(zip(props, moved(props, track, t), strict=True))
    rests = _rests(position, things, at, turns)
    breath = float(np.interp(t * RATE_HZ, np.arange(len(track.breath)), track.breath))
    return Moment(t, angles, at, turns, rests, breath, leg_m(rig.body), things)


def _rests(
    position: Position,
    things: tuple[tuple[Prop, Array], ...],
    at: Mapping[str, Array],
    turns: Mapping[str, Array],
) -> dict[str, Rest]:
    props = tuple(prop for prop, _ in things)
    found = {
        name: FLOOR_REST for name, place in at.items()
        if name.partition("_")[0] not in {*JOINTS, "pelvis", "Tup"} and place[1] * 1e3 < DOWN_MM
    }  # fmt: skip
    for side in "LR":
        palm = f"palm_{side}"
        touch = position.touches.get(palm)
        # A hand that only hangs beside a thigh does not rest on it: the motion brings it there.
        to = touch.to if touch is not None and touch.mode is Mode.ATTACHED else None
        held = None if palm in found or to is None else _held(to, side, at, turns)
        if held is not None:
            found[palm] = held
    for point, touch in position.touches.items():
        if touch.mode is Mode.ATTACHED or touch.against is None:
            continue
        side_ = face(props, touch.against) or FLOOR
        far = abs(float((at[point] - np.array(side_.point)) @ np.array(side_.normal))) * 1e3
        kind = _kind(props, touch.against)
        if kind is not None and far - abs(touch.height_mm) < ON_PROP_MM:
            found[point] = Rest(kind)
    for side in "LR":
        near = None if f"palm_{side}" in found else _grasped(at[f"palm_{side}"], things)
        if near is not None:
            found[f"palm_{side}"] = near
    return found


def _grasped(palm: Array, things: tuple[tuple[Prop, Array], ...]) -> Rest | None:
    """Return the thing that a palm lies against, wherever the thing has gone by now."""
    for prop, transform in things:
        solids = Solids((prop,))
        if len(solids):
            where_ = transform[:, :3].T @ (palm - transform[:, 3])
            if float(solids.distance(where_[None])[0][0]) * 1e3 < GRASPED_MM:
                return Rest(prop.kind)
    return None


def _kind(props: tuple[Prop, ...], face_name: str) -> str | None:
    """Return the kind of thing that a face belongs to; a ball before the wall that it rolls on."""
    if face_name.startswith("ball"):
        rolling = next((prop.kind for prop in props if "ball" in prop.kind), None)
        if rolling is not None:
            return rolling
    part = face_name.removesuffix("-left").removesuffix("-right")
    owner = next((prop.kind for prop in props if face_name in FACES.get(prop.kind, {})), None)
    return part if owner is not None and part in NAMED_FACES else owner


ALONG_A_LEG = {
    "thigh": ((), ("thigh",)), "knee": (("kneecap",), ("thigh", "shin")),
    "kneecap": (("kneecap",), ("thigh", "shin")), "shin": (("kneecap",), ("thigh", "shin")),
    "calf": (("kneecap",), ("thigh", "shin")),
}  # fmt: skip
"""Where a hand may rest that the motion brings to a part of a leg: points, and whole limbs."""


def _held(to: str, side: str, at: Mapping[str, Array], turns: Mapping[str, Array]) -> Rest | None:
    """Return the part of the body that a palm rests on, brought ``to`` a point: of the points
    there, then of the limbs, the one that it is nearest to, by its reach."""
    base = "thigh" if to.startswith("thigh") else to.removesuffix("_L").removesuffix("_R")
    points, limbs = ALONG_A_LEG.get(base, (tuple(HELD_MM), ()))
    for near in (_near_points(points, side, at), _near_limbs(limbs, side, at, turns)):
        ratio, found = min(near, key=lambda one: one[0], default=(1.0, None))
        if ratio < 1:
            return found
    return None


def _near_points(
    points: tuple[str, ...], side: str, at: Mapping[str, Array]
) -> Iterator[tuple[float, Rest]]:
    for name in points:
        for owner in ("", side, OTHER[side]):
            point = f"{name}_{owner}" if owner else name
            if point in at and not (name in ("palm", "elbow") and owner == side):
                far = float(np.linalg.norm(at[point] - at[f"palm_{side}"])) * 1e3
                yield far / HELD_MM[name], Rest(name, owner)


def _near_limbs(
    limbs: tuple[str, ...], side: str, at: Mapping[str, Array], turns: Mapping[str, Array]
) -> Iterator[tuple[float, Rest]]:
    for limb in limbs:
        top, end, reach = LIMBS_MM[limb]
        for owner in (side, OTHER[side]):
            bone = at[f"{top}_{owner}"], at[f"{end}_{owner}"]
            off = _off(at[f"palm_{side}"], *bone)
            both = off + _off(at[f"fingers_{side}"], *bone)
            behind = limb == "thigh" and _behind(both, turns[f"thigh_{owner}"])
            far = float(np.linalg.norm(off)) * 1e3
            yield far / reach, Rest("thigh_back" if behind else limb, owner)


def _behind(off: Array, thigh: Array) -> bool:
    """Return whether an offset from the thigh bone points more to its back than to its sides."""
    across, _, ahead = thigh.T @ off
    return float(ahead) < -abs(float(across)) / 2


def _off(point: Array, top: Array, end: Array) -> Array:
    """Return how a point lies off the bone from ``top`` to ``end``; far when beyond its ends."""
    bone = end - top
    share = float((point - top) @ bone / (bone @ bone))
    nearest: Array = top + bone * min(max(share, 0.0), 1.0)
    return point - nearest
