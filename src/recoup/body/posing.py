"""From the rig's joints to the transforms of every segment, fingers and followers included."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from recoup.body.flesh import FLATTEST, FLESH, bone_of, flattened
from recoup.body.value import SIDES, Body

Array = NDArray[np.float64]

HANDS: dict[str, tuple[float, float, float, float]] = {
    "flat": (3, 4, 4, 0),
    "rest": (3, 4, 4, 22),
    "relaxed": (16, 24, 14, 0),
    "cup": (32, 34, 20, 0),
    "hold": (48, 36, 24, 30),
    "fist": (80, 85, 50, 0),
}
"""How far each finger joint bends, degrees from a straight hand; then how far the thumb lies out
of the palm's way: ``hold`` is a hand round a thigh, thumb beside the fingers; ``rest`` a hand on a
table, thumb beside the palm and not under it."""

FINGER_RADIUS, THUMB_RADIUS = 0.0115, 0.0145
BREATHING = {"L4": 0.7, "L3": 1.0, "L2": 1.1, "L1": 1.0, "Tlow": 0.8, "Tmid": 0.5, "Tup": 0.2}
"""How much each part of the trunk takes part in a breath."""
MOVED = 0.1
"""From what share on a segment moves a vertex so much that it must keep it above the floor."""

GLUTE, SHOULDER = 0.45, 0.30
"""Share of the swing of hip and shoulder that buttock and shoulder cap follow."""

TWIST = {"uarmtw": 0.45, "thightw": 0.40, "farmtw": 0.55}
"""Share of a limb's twist that its root follows."""


def place(
    body: Body,
    rotation: Array,
    position: Array,
    curl: Array | None = None,
    on_floor: tuple[float, float] = (0.0, 0.0),
    breath: float = 0.0,
) -> Array:
    """Return one 3x4 transform by segment, from rest to posed.

    ``rotation`` and ``position`` are the world frames and joints of ``body.moved``. ``curl`` bends
    the fingers: degrees by side and joint, the thumb's way out last. Fingers of a hand
    ``on_floor`` (0 to 1) come to lie on it. ``breath`` runs from 0 (out) to 1 (in).
    """
    rig = _rig(body)
    count = len(body.segments)
    turn, joint = np.zeros((count, 3, 3)), np.zeros((count, 3))
    turn[rig.moved] = rotation @ np.transpose(body.frames[rig.moved], (0, 2, 1))
    joint[rig.moved] = position
    _follow(body, rig, turn, joint)
    _bend_fingers(body, rig, turn, joint, curl, on_floor)
    _press(body, turn, joint)
    _lie_on_belly(body, rig, turn, joint, breath)
    shift = joint - np.einsum("nij,nj->ni", turn, body.joints)
    found = np.concatenate([turn, shift[:, :, None]], axis=2)
    return _breathe(body, rig, found, breath)


class _Belly:
    """One segment of a soft belly: its bone, and the skin that it moves."""

    def __init__(self, body: Body, name: str) -> None:
        bone = bone_of(name) or ""
        self.here, self.carrier = body.index[name], body.index[bone]
        self.breathes = BREATHING.get(bone, 0.0)
        found = []
        for mesh in body.meshes:
            mine = (mesh.weights * (mesh.joints == self.here)).sum(1) > MOVED
            found.append(mesh.vertices[mine])
        self.skin = np.concatenate(found).astype(float)

    def share(self, body: Body, turn: Array, joint: Array, breath: float) -> float:
        """Return what is left of the belly's depth where the floor is under this pose."""
        back, grow = _breath(body, self.carrier, self.breathes, breath)
        out = back + (self.skin - back) @ grow - body.joints[self.here]
        level = joint[self.here, 1] + out[:, :2] @ turn[self.carrier, 1, :2]
        down = -out[:, 2] * turn[self.carrier, 1, 2]
        room = np.where(down > 1e-6, level / np.maximum(down, 1e-6), 1.0)
        return float(np.clip(room.min(initial=1.0), FLATTEST, 1.0))


class _Rig:
    """What can be worked out once for a body."""

    def __init__(self, body: Body) -> None:
        index = body.index
        self.moved = np.array([index[name] for name in body.moved])
        self.parents = np.array(body.parents)
        self.fingers = [
            np.array(
                [index[f"f{finger}{joint}_{side}"] for side in SIDES for finger in range(1, 6)]
            )
            for joint in (1, 2, 3)
        ]
        self.axis = [np.zeros((10, 3)) for _ in range(3)]
        self.rest = np.zeros((3, 10))
        self.length = np.zeros((3, 10))
        for place_, (side, finger) in enumerate((s, f) for s in SIDES for f in range(1, 6)):
            self._finger(body, side, finger, place_)
        names = list(BREATHING)
        names += [one for one in body.segments if one.startswith("belly") and bone_of(one) in names]
        self.breathing = [
            (index[name], index[bone_of(name) or name], BREATHING[bone_of(name) or name])
            for name in names
        ]
        self.belly = [_Belly(body, name) for name in body.segments if name.startswith("belly")]

    def _finger(self, body: Body, side: str, finger: int, column: int) -> None:
        hand = body.frames[body.index["hand_" + side]]
        palmar = hand[:, 0] * (-1 if side == "L" else 1)
        before = 0.0
        for joint in range(3):
            segment = body.index[f"f{finger}{joint + 1}_{side}"]
            along = -body.frames[segment][:, 1]
            if finger == 1:
                axis = np.cross(along, palmar)
            else:
                axis = np.cross(-hand[:, 1], palmar)
                lean = np.degrees(np.arctan2(along @ palmar, np.linalg.norm(
                    along - palmar * (along @ palmar))))  # fmt: skip
                self.rest[joint, column] = lean - before
                before = lean
            self.axis[joint][column] = axis / np.linalg.norm(axis)
            child = body.index.get(f"f{finger}{joint + 2}_{side}")
            tip = 0.024 if child is None else np.linalg.norm(
                body.joints[child] - body.joints[segment])  # fmt: skip
            self.length[joint, column] = tip


@lru_cache(maxsize=8)
def _rig_of(holder: _Held) -> _Rig:
    return _Rig(holder.body)


class _Held:
    """A body as a cache key: equal when it is the same object."""

    def __init__(self, body: Body) -> None:
        self.body = body

    def __hash__(self) -> int:
        return id(self.body)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.body is self.body


def _rig(body: Body) -> _Rig:
    return _rig_of(_Held(body))


def _follow(body: Body, rig: _Rig, turn: Array, joint: Array) -> None:
    """Place the segments that share bending and twist."""
    index = body.index
    for side in SIDES:
        upper, root = index["uarm_" + side], index["clav_" + side]
        swing, twist, axis = _split(body, turn, upper, root, index["farm_" + side])
        here = index["uarmtw_" + side]
        turn[here] = turn[root] @ swing @ _turn(axis, TWIST["uarmtw"] * twist)
        joint[here] = joint[upper]
        here = index["shld_" + side]
        turn[here] = turn[root] @ _part(swing, SHOULDER)
        joint[here] = _carried(body, turn, joint, here)
        thigh, pelvis = index["thigh_" + side], index["pelvis"]
        swing, twist, axis = _split(body, turn, thigh, pelvis, index["shank_" + side])
        here = index["thightw_" + side]
        turn[here] = turn[pelvis] @ swing @ _turn(axis, TWIST["thightw"] * twist)
        joint[here] = joint[thigh]
        here = index["glute_" + side]
        turn[here] = turn[pelvis] @ _part(swing, GLUTE)
        joint[here] = joint[thigh]
        lower, hand = index["farm_" + side], index["hand_" + side]
        _, twist, axis = _split(body, turn, hand, lower, None, along=lower)
        here = index["farmtw_" + side]
        turn[here] = turn[lower] @ _turn(axis, TWIST["farmtw"] * twist)
        joint[here] = _carried(body, turn, joint, here)


def _press(body: Body, turn: Array, joint: Array) -> None:
    """Flatten the flesh behind each knee as far as the knee is bent."""
    index = body.index
    for side in SIDES:
        thigh, shank = index["thigh_" + side], index["shank_" + side]
        bones = [turn[one] @ body.frames[one] for one in (thigh, shank)]
        cosine = np.clip(bones[0][:, 1] @ bones[1][:, 1], -1, 1)
        scale = flattened(float(np.degrees(np.arccos(cosine))))
        for flesh, bone in FLESH.items():
            here, carrier = index[f"{flesh}_{side}"], index[f"{bone}_{side}"]
            frame = body.frames[carrier]
            turn[here] = turn[carrier] @ (frame * scale) @ frame.T
            joint[here] = joint[shank]


def _lie_on_belly(body: Body, rig: _Rig, turn: Array, joint: Array, breath: float) -> None:
    """Flatten a soft belly as far as the floor asks."""
    for belly in rig.belly:
        here, carrier = belly.here, belly.carrier
        joint[here] = _carried(body, turn, joint, here)
        flat = np.diag([1.0, 1.0, belly.share(body, turn, joint, breath)])
        turn[here] = turn[carrier] @ flat


def _carried(body: Body, turn: Array, joint: Array, segment: int) -> Array:
    parent = body.parents[segment]
    at: Array = joint[parent] + turn[parent] @ (body.joints[segment] - body.joints[parent])
    return at


def _split(
    body: Body, turn: Array, limb: int, parent: int, end: int | None, along: int | None = None
) -> tuple[Array, float, Array]:
    """Split a limb's rotation against its parent into swing and twist (radians) about its axis."""
    if along is not None:
        axis = body.joints[limb] - body.joints[along]
    else:
        axis = body.joints[end] - body.joints[limb]
    axis = axis / np.linalg.norm(axis)
    relative = turn[parent].T @ turn[limb]
    w, v = _quaternion(relative)
    twist = 2 * np.arctan2(v @ axis, w)
    twist = (twist + np.pi) % (2 * np.pi) - np.pi
    return relative @ _turn(axis, -twist), twist, axis


def _bend_fingers(
    body: Body,
    rig: _Rig,
    turn: Array,
    joint: Array,
    curl: Array | None,
    on_floor: tuple[float, float],
) -> None:
    bend = np.tile(HANDS["relaxed"], (2, 1)) if curl is None else np.asarray(curl)
    floor = np.repeat(on_floor, 5)
    thumb = np.tile([1, 0, 0, 0, 0], 2) > 0
    for k, here in enumerate(rig.fingers):
        parent = rig.parents[here]
        joint[here] = joint[parent] + np.einsum(
            "nij,nj->ni", turn[parent], body.joints[here] - body.joints[parent]
        )
        degrees = np.repeat(bend[:, k], 5) - rig.rest[k]
        degrees = np.where(thumb, np.repeat(_thumb(bend, k), 5), degrees)
        turn[here] = turn[parent] @ _turns(rig.axis[k], np.radians(degrees))
        if joint[here, 1].min() < 0.1:
            _lay(body, rig, turn, joint, k, floor)


def _thumb(bend: Array, joint: int) -> Array:
    """Return how far a joint of the thumb bends: half as far as the fingers, less its way out."""
    share = np.clip(bend[:, joint] - 10, 0, 40) * 0.5
    return np.where(bend[:, 3] > 0, -bend[:, 3] * (joint == 0), share)


def _lay(body: Body, rig: _Rig, turn: Array, joint: Array, k: int, floor: Array) -> None:
    """Turn each phalanx so that its end is not below the floor; on a hand on the floor, lay it
    down."""
    here = rig.fingers[k]
    down = -np.einsum("nij,nj->ni", turn[here], body.frames[here][:, :, 1])
    axis = np.einsum("nij,nj->ni", turn[here], rig.axis[k])
    side = np.cross(axis, down)
    length = rig.length[k]
    reach = length * np.hypot(down[:, 1], side[:, 1])
    radius = np.tile([THUMB_RADIUS] + [FINGER_RADIUS] * 4, 2)
    wanted = np.clip((radius - joint[here, 1]) / np.maximum(reach, 1e-6), -1, 1)
    middle = np.arctan2(side[:, 1], down[:, 1])
    spread = np.arccos(wanted)
    first, second = (_wrapped(middle + sign * spread) for sign in (1, -1))
    angle = np.where(abs(first) < abs(second), first, second)
    end = joint[here, 1] + length * down[:, 1]
    share = np.where(end < radius, 1.0, floor)
    angle = share * np.clip(angle, -1.6, 1.6)
    turn[here] = turn[here] @ _turns(rig.axis[k], angle)


def _wrapped(angle: Array) -> Array:
    return (angle + np.pi) % (2 * np.pi) - np.pi


def _breathe(body: Body, rig: _Rig, found: Array, breath: float) -> Array:
    """Widen chest and belly: forward and sideways, never backward, so a lying back stays put."""
    if breath == 0:
        return found
    for segment, carrier, share in rig.breathing:
        back, grow = _breath(body, carrier, share, breath)
        found[segment, :, 3] += found[segment, :, :3] @ (back - grow @ back)
        found[segment, :, :3] = found[segment, :, :3] @ grow
    return found


def _breath(body: Body, segment: int, share: float, breath: float) -> tuple[Array, Array]:
    """Return the place that a breath leaves where it is, and how it widens what is round it."""
    back = body.joints[segment] - np.array([0, 0, 0.06])
    return back, np.diag([1 + 0.018 * share * breath, 1, 1 + 0.045 * share * breath])


def _turn(axis: Array, angle: float) -> Array:
    turn: Array = _turns(axis[None], np.array([angle]))[0]
    return turn


def _turns(axis: Array, angle: Array) -> Array:
    """Return rotations about unit axes (radians)."""
    cos, sin = np.cos(angle)[:, None, None], np.sin(angle)[:, None, None]
    x, y, z = axis.T
    zero = np.zeros_like(x)
    cross = np.stack([zero, -z, y, z, zero, -x, -y, x, zero], axis=1).reshape(-1, 3, 3)
    outer = axis[:, :, None] * axis[:, None, :]
    found: Array = cos * np.eye(3) + sin * cross + (1 - cos) * outer
    return found


def _part(rotation: Array, share: float) -> Array:
    """Return a rotation about the same axis by a share of the angle."""
    w, v = _quaternion(rotation)
    size = np.linalg.norm(v)
    if size < 1e-9:
        return np.eye(3)
    angle = 2 * np.arctan2(size, w)
    angle = (angle + np.pi) % (2 * np.pi) - np.pi
    return _turn(v / size, share * angle)


def _quaternion(m: Array) -> tuple[float, Array]:
    """Return scalar and vector part, by the largest component (stable at half turns)."""
    trace = m[0, 0] + m[1, 1] + m[2, 2]
    squares = np.array([trace, m[0, 0], m[1, 1], m[2, 2]])
    k = int(np.argmax(squares))
    if k == 0:
        w = np.sqrt(max(1 + trace, 0)) / 2
        v = np.array([m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1]]) / (4 * w)
        return float(w), v
    i, j, n = k - 1, k % 3, (k + 1) % 3
    s = np.sqrt(max(1 + m[i, i] - m[j, j] - m[n, n], 0)) * 2
    v = np.zeros(3)
    v[i], v[j], v[n] = s / 4, (m[j, i] + m[i, j]) / s, (m[n, i] + m[i, n]) / s
    return float((m[n, j] - m[j, n]) / s), v
