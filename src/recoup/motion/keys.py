"""Solve a motion's positions: the poses between which it moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from recoup.body import Body, Skin
from recoup.body.flesh import bone_of
from recoup.body.posing import HANDS
from recoup.model.motion import Mode, Motion, Phase, Position, Prop, Touch
from recoup.model.prop import face, fitted, place_on
from recoup.model.solid import Face
from recoup.motion.girth import fitted_touches
from recoup.motion.reach import CONTACT, Goal, Guard, Reach
from recoup.motion.rig import Rig
from recoup.motion.solids import Solids

Array = NDArray[np.float64]
SKIN_ROUNDS = 5
FLOW_ROUNDS = 4
FLOWING = 20.0
"""How firmly the pelvis of a walk keeps its place over the moving ground."""
"""Rounds until the steps of a walk follow one another."""
SUNKEN_M = 0.0035
PRESSED_M = 0.011
"""How deep in a prop the skin may be before it is watched."""
SEEN_M = 0.06
MM = 0.001


@dataclass(frozen=True)
class Key:
    """A solved position: coordinates, and where its touching points came to rest:
    their places, outward normals, and offsets from what they are attached to."""

    position: Position
    q: Array
    at: dict[str, Array]
    normals: dict[str, Array]
    offsets: dict[str, Array]


class Keys:
    """Solves positions in turn, so that what stays in contact stays in place."""

    def __init__(self, rig: Rig, motion: Motion) -> None:
        self._rig, self._motion = rig, fitted_touches(motion, rig.body)
        self.props = props_for(motion, rig.body)
        self.solids = Solids(self.props)
        self.pace_m_s = motion.pace * leg_m(rig.body)
        self._reach = Reach(rig, self.solids)
        self.found: dict[str, Key] = {}
        self.guards: list[Guard] = []
        self._skin = Skin(rig.body)
        fingers = [name[0] == "f" and name[1].isdigit() for name in rig.body.segments]
        self._guarded = ~np.array(fingers)[self._skin.owner]
        self._mover = np.array([_mover(rig, k) for k in range(len(rig.body.segments))])[
            self._skin.owner
        ]

    def solve(self) -> dict[str, Key]:
        """Solve the cycle from its start, then the ways in (backwards) and out.

        Twice: what the first round learns about the skin holds for every position of the second.
        """
        self._round()
        for _ in range(FLOW_ROUNDS if self._motion.flows else 1):
            before = self._last() if self._motion.flows else None
            self.found = {}
            self._round(before)
        return self.found

    def _round(self, before: Key | None = None) -> None:
        motion = self._motion
        first = self._key(motion.start, before, motion.cycle[-1].seconds)
        self._chain(first, motion.cycle)
        self._chain(first, motion.get_in[::-1])
        self._chain(first, motion.get_out)

    def _last(self) -> Key:
        """Return the key before the one where the cycle closes."""
        cycle = self._motion.cycle
        return self.found[cycle[-2].to if len(cycle) > 1 else cycle[-1].to]

    def _chain(self, first: Key, phases: Sequence[Phase]) -> None:
        before = first
        for phase in phases:
            before = self._key(phase.to, before, phase.seconds)

    def _key(self, name: str, before: Key | None, seconds: float) -> Key:
        if name not in self.found:
            if before is not None and self.pace_m_s:
                gone = np.array([0.0, 0.0, -self.pace_m_s * seconds])
                before = replace(before, at={p: at + gone for p, at in before.at.items()})
            self.found[name] = self._solved(self._motion.positions[name], before)
        return self.found[name]

    def _solved(self, position: Position, before: Key | None) -> Key:
        rig = self._rig
        wish = np.zeros(rig.model.nq)
        wish[7:] = np.clip(rig.angles(position.angles), rig.low, rig.high)
        wish[3:7] = quaternion(*position.facing_deg)
        wish[:3] = 0 if before is None else before.q[:3]
        wish[1] = self._height(wish, position) if before is None else wish[1]
        start = wish
        if before is not None:
            start = wish.copy()
            start[:3] = before.q[:3]
            wish[1] = start[1] = self._height(wish, position)
        goals = self.goals(position, before)
        if self._motion.flows:
            start[:3:2] = wish[:3:2] = 0
        if position.pelvis_at is not None:
            start[1] = wish[1] = position.pelvis_at * leg_m(rig.body)
        ahead = FLOWING if self._motion.flows else None
        place = (0.02 if position.pelvis_at is None else FLOWING, 1.0)
        q = self._around(start, wish, position, before)
        if len(self.solids):
            q = self._reach.solve(q, wish, goals, 120, guards=self.guards, through=True)
        q = self._reach.solve(q, wish, goals, 120, place, self.guards, forward=ahead)
        for _ in range(SKIN_ROUNDS):
            if not self.learn(q, curl(position), on_floor(position)):
                break
            q = self._reach.solve(q, wish, goals, 60, place, self.guards, forward=ahead)
        rig.set(q)
        at = {point: rig.point(point).copy() for point in position.touches}
        normals = {point: rig.normal(point).copy() for point in position.touches}
        offsets = {
            point: rig.back_to_rest(touch.to, rig.point(point) - rig.point(touch.to))
            for point, touch in position.touches.items()
            if touch.to is not None
        }
        return Key(position, q, at, normals, offsets)

    def _around(self, start: Array, wish: Array, position: Position, before: Key | None) -> Array:
        """Bring hands to the places that they pass on their way round a limb."""
        if all(touch.via_mm is None for touch in position.touches.values()):
            return start
        touches = {
            point: touch if touch.via_mm is None else replace(touch, offset_mm=touch.via_mm)
            for point, touch in position.touches.items()
        }
        goals = self.goals(replace(position, touches=touches), before)
        return self._reach.solve(start, wish, goals, steps=80, guards=self.guards)

    def learn(self, q: Array, bend: Array, floor: tuple[float, float]) -> bool:
        """Guard the deepest vertices of the skin below the floor, one for each segment; return
        whether there were any.

        A bent joint bulges: where the skin really is, is known only once it is posed.
        """
        rig = self._rig
        skin = self._skin.vertices(rig.transforms(q, bend, floor, 0.0))
        above = skin[:, 1] + SUNKEN_M
        if len(self.solids):
            far = self.solids.distance(skin.astype(float))[0]
            above = np.minimum(above, np.maximum(far + PRESSED_M, -SEEN_M))
        deep = np.flatnonzero((above < 0) & self._guarded)
        for owner in np.unique(self._mover[deep]):
            mine = deep[self._mover[deep] == owner]
            point = skin[mine[above[mine].argmin()]].astype(float)
            frame = rig.data.xmat[owner].reshape(3, 3)
            x, y, z = frame.T @ (point - rig.data.xpos[owner])
            self.guards.append(Guard(int(owner), (float(x), float(y), float(z))))
        return len(deep) > 0

    def _height(self, q: Array, position: Position) -> float:
        """Return the pelvis' height that puts the touching points at their heights."""
        self._rig.set(q)
        heights = [
            self._rig.point(point)[1] - rest.at
            for point, touch in position.touches.items()
            if touch.mode is not Mode.ATTACHED and (rest := resting(touch, self.props)).axis == 1
        ]
        if not heights:
            return float(q[1])
        return float(q[1] - np.median(heights))

    def goals(self, position: Position, before: Key | None) -> list[Goal]:
        found = []
        for point, touch in position.touches.items():
            anchor = _placed(touch, self.props)
            earlier = None if before is None else before.position.touches.get(point)
            if anchor is None and before is not None and _stays(touch, earlier):
                anchor = before.at[point]
            found.append(goal_of(point, touch, anchor, props=self.props))
        return found


def leg_m(body: Body) -> float:
    """Return how high the hips are when standing."""
    return float(body.joints[body.index["thigh_L"]][1])


def props_for(motion: Motion, body: Body) -> tuple[Prop, ...]:
    """Return a motion's props, chairs as high as the body wants them."""
    return fitted(motion.props, leg_m(body))


def _mover(rig: Rig, segment: int) -> int:
    """Return the skeleton's body that carries a segment: itself, or the limb it follows."""
    name = rig.body.segments[segment]
    while name not in rig.body_id:
        bone = bone_of(name)
        if bone is not None:
            name = bone
            continue
        base, _, side = name.partition("_")
        limb = {"uarmtw": "uarm", "shld": "clav", "farmtw": "farm", "thightw": "thigh"}.get(base)
        name = "pelvis" if base == "glute" else f"{limb or 'hand'}_{side}"
    return rig.body_id[name]


def curl(position: Position) -> Array:
    """Return how far the fingers bend in a position: degrees by side and joint."""
    return np.array([HANDS[shape] for shape in position.hands], float)


def on_floor(position: Position) -> tuple[float, float]:
    """Return which hands lie on the floor (1) in a position."""
    left, right = (
        1.0
        if touch is not None and touch.flat and not touch.against and touch.height_mm < 20
        else 0.0
        for touch in (position.touches.get(f"palm_{side}") for side in "LR")
    )
    return (left, right)


@dataclass(frozen=True)
class Rest:
    """Where a touch rests: at ``at`` metres along ``axis``, pressed along ``down``; on a grip at
    ``place``."""

    axis: int
    at: float
    down: Array
    place: Array | None = None


FLOOR = Face((0.0, 0.0, 0.0), (0.0, 1.0, 0.0))


def resting(touch: Touch, props: Sequence[Prop]) -> Rest:
    """Return the face that a touch rests on: a prop's, or the floor."""
    side = (None if touch.against is None else face(props, touch.against)) or FLOOR
    normal = np.array(side.normal)
    axis = int(np.abs(normal).argmax())
    place = np.array(side.point) + normal * touch.height_mm * MM
    return Rest(axis, float(place[axis]), -normal, place if side.grip else None)


def _placed(touch: Touch, props: Sequence[Prop]) -> Array | None:
    """Return the place on a prop that a touch is pinned to, when it names one."""
    if touch.mode is not Mode.PINNED or touch.against is None or not any(touch.offset_mm):
        return None
    x, _, z = touch.offset_mm
    place = place_on(props, touch.against, (x, touch.height_mm, z))
    return None if place is None else np.array(place)


def goal_of(
    point: str,
    touch: Touch,
    anchor: Array | None,
    weight: float = 1.0,
    props: Sequence[Prop] = (),
) -> Goal:
    """Return what a touch asks of the solver; without an anchor only the height counts."""
    weight *= CONTACT * touch.firm
    if touch.mode is Mode.ATTACHED:
        offset = np.array(touch.offset_mm) * MM
        facing = point.startswith("palm")
        return Goal(point, np.zeros(3), to=touch.to, facing=facing, offset=offset, weight=weight)
    rest = resting(touch, props)
    normal = rest.down if touch.flat else None
    level = np.zeros(3)
    level[rest.axis] = rest.at
    if anchor is None and touch.mode is Mode.PINNED:
        anchor = rest.place
    free = anchor is None or touch.mode is Mode.SLIDING
    at = level if anchor is None or free else anchor
    return Goal(point, at, rows=(rest.axis,) if free else (0, 1, 2), normal=normal, weight=weight)


def _stays(touch: Touch, before: Touch | None) -> bool:
    return (
        before is not None
        and touch.mode is Mode.PINNED
        and before.mode is Mode.PINNED
        and touch.height_mm == before.height_mm
        and touch.against == before.against
    )


def quaternion(pitch_deg: float, roll_deg: float, yaw_deg: float) -> Array:
    """Return the pelvis' turn: pitch forward, then roll to the left side, then yaw.

    >>> quaternion(0, 0, 0).tolist()
    [1.0, 0.0, 0.0, 0.0]
    """
    x, z, y = (np.radians(one) / 2 for one in (pitch_deg, roll_deg, yaw_deg))
    about_x = np.array([np.cos(x), np.sin(x), 0, 0])
    about_z = np.array([np.cos(z), 0, 0, np.sin(z)])
    about_y = np.array([np.cos(y), 0, np.sin(y), 0])
    return _times(_times(about_y, about_x), about_z)


def _times(a: Array, b: Array) -> Array:
    w, v = a[0] * b[0] - a[1:] @ b[1:], a[0] * b[1:] + b[0] * a[1:] + np.cross(a[1:], b[1:])
    return np.concatenate([[w], v])
