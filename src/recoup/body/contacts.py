"""Points of the skin that touch the floor, props and the body itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recoup.body.flesh import lain_on
from recoup.body.skeleton import SIGN, Skeleton
from recoup.body.value import SIDES, Contact

Array = NDArray[np.float64]
UP, DOWN = (0.0, 1.0, 0.0), (0.0, -1.0, 0.0)
FRONT, BACK = (0.0, 0.0, 1.0), (0.0, 0.0, -1.0)

THIGH_HOLD_M = 0.15
GRIP_M = 0.03
"""How far from the hand's bones the middle of a rod in the closed hand is."""
CALF_M = 0.14
"""How far below the knee the calf is fullest."""
RIM_M, RIM_AHEAD = 0.155, np.radians(25)
"""How far over the hips the rim of the pelvis is, and how far ahead of straight out the hand
lies on it."""
BLADE_M = 0.004
"""How far from the rearmost point of a shoulder blade its contact may lie."""


@dataclass(frozen=True)
class Surface:
    """The outermost vertices of the figure (clothes and hair included) and their weights."""

    vertices: Array
    weights: Array
    names: list[str]

    def of(self, *segments: str, least: float = 0.6) -> Array:
        columns = [self.names.index(name) for name in segments]
        found: Array = self.vertices[self.weights[:, columns].sum(1) > least]
        return found


def find_contacts(surface: Surface, skeleton: Skeleton) -> tuple[Contact, ...]:
    """Return every contact point of the figure at rest."""
    found = _trunk(surface, skeleton)
    for side in SIDES:
        found += _arm(surface, skeleton, side)
        found += _leg(surface, skeleton, side)
        found += _flank(surface, skeleton, side)
    return tuple(found)


def floor_points(surface: Surface, skeleton: Skeleton, each: int = 7) -> tuple[list[str], Array]:
    """Return segments and points spread over them that may never go below the floor; those of a
    soft belly where it is as flat as it goes.

    None on the buttocks: how far they stick out depends on the hips, and only the posed skin tells.
    """
    segments, points = [], []
    for name in surface.names:
        mine = surface.of(name, least=0.72)
        if len(mine) < 12 or name.startswith(("f1", "f2", "f3", "f4", "f5", "glute")):
            continue
        for point in lain_on(name, _spread(mine, each), skeleton):
            segments.append(_mover(name, skeleton))
            points.append(point)
    return segments, np.array(points)


def _mover(name: str, skeleton: Skeleton) -> str:
    """Return the segment with joints that a following segment belongs to."""
    base, _, side = name.partition("_")
    instead = {"uarmtw": "uarm", "shld": "clav", "farmtw": "farm", "thightw": "thigh"}.get(base)
    return name if instead is None else f"{instead}_{side}"


def _spread(points: Array, count: int) -> Array:
    """Return points far from each other, the outermost first."""
    middle = points.mean(0)
    chosen = [int(np.argmax(np.linalg.norm(points - middle, axis=1)))]
    far = np.linalg.norm(points - points[chosen[0]], axis=1)
    while len(chosen) < min(count, len(points)):
        chosen.append(int(np.argmax(far)))
        far = np.minimum(far, np.linalg.norm(points - points[chosen[-1]], axis=1))
    return points[chosen]


def _contact(
    name: str, segment: str, point: Array | Sequence[float], normal: Array | tuple[float, ...]
) -> Contact:
    x, y, z = (float(one) for one in point)
    nx, ny, nz = (float(one) for one in normal)
    return Contact(name, segment, (x, y, z), (nx, ny, nz))


def _back(surface: Surface, x: float, y: float, *segments: str) -> Array:
    """Return the rearmost point near (x, y)."""
    points = surface.of(*segments, least=0.3)
    near = points[(abs(points[:, 0] - x) < 0.025) & (abs(points[:, 1] - y) < 0.02)]
    return np.array([x, y, near[:, 2].min()])


def _blade(surface: Surface, skeleton: Skeleton, side: str) -> tuple[str, Array]:
    """Return where a lying body rests on its shoulder blade, and rolls up from into a bridge:
    the highest of the points that are rearmost, or nearly.

    From a point further up, the floor would bend the spine as it pushes the rest out.
    """
    low, high = skeleton["Tmid"].joint[1] - 0.04, skeleton["Tup"].joint[1] + 0.05
    across = surface.vertices[:, 0] * SIGN[side]
    y = surface.vertices[:, 1]
    here = (across > 0.05) & (across < 0.11) & (y > low) & (y < high)
    parts = ("Tlow", "Tmid", "Tup")
    held = surface.weights[here][:, [surface.names.index(name) for name in parts]]
    points, held = surface.vertices[here][held.sum(1) > 0.5], held[held.sum(1) > 0.5]
    nearly = points[:, 2] < points[:, 2].min() + BLADE_M
    highest = int(np.where(nearly, points[:, 1], -np.inf).argmax())
    return parts[int(held[highest].argmax())], points[highest]


def _trunk(surface: Surface, skeleton: Skeleton) -> list[Contact]:
    head = surface.of("head", least=0.9)
    crown = head[:, 1].max()
    behind = head[(head[:, 1] < crown - 0.06) & (head[:, 1] > crown - 0.19)]
    brow = head[(head[:, 1] > crown - 0.085) & (head[:, 1] < crown - 0.05)]
    l5, l3, t = skeleton["L5"].joint, skeleton["L3"].joint, skeleton["Tmid"].joint
    chest = surface.of("Tmid", "Tup", "Tlow", least=0.5)
    middle = chest[(abs(chest[:, 0]) < 0.015) & (abs(chest[:, 1] - t[1]) < 0.03)]
    belly = surface.of("L3", "L4", "L2", "L5", least=0.5)
    return [
        _contact("head", "head", behind[behind[:, 2].argmin()], BACK),
        _contact("forehead", "head", brow[brow[:, 2].argmax()], FRONT),
        _contact("sacrum", "pelvis", _back(surface, 0, l5[1] - 0.02, "pelvis", "L5"), BACK),
        _contact("low_back", "L3", _back(surface, 0, l3[1], "L3", "L2", "L4"), BACK),
        _contact("upper_back", "Tmid", _back(surface, 0, t[1], "Tmid", "Tlow", "Tup"), BACK),
        _contact("breastbone", "Tmid", [0, t[1], middle[:, 2].max()], FRONT),
        _contact("chest", "Tmid", chest[chest[:, 2].argmax()], FRONT),
        _contact("belly", "L4", belly[belly[:, 2].argmax()], FRONT),
    ]


def _arm(surface: Surface, skeleton: Skeleton, side: str) -> list[Contact]:
    k = SIGN[side]
    hand, lower = skeleton["hand_" + side], skeleton["farm_" + side]
    knuckles = np.mean([skeleton[f"f{finger}1_{side}"].joint for finger in (2, 3, 4, 5)], 0)
    palmar = -k * hand.frame[:, 0]
    middle = hand.joint * 0.45 + knuckles * 0.55
    skin = surface.of("hand_" + side, least=0.5) - middle
    beside = np.linalg.norm(skin - np.outer(skin @ palmar, palmar), axis=1)
    palm = middle + palmar * (skin[beside < 0.02] @ palmar).max()
    grip = hand.joint * 0.25 + knuckles * 0.75 + palmar * GRIP_M
    tip = skeleton[f"f33_{side}"]
    end = surface.of(f"f33_{side}", least=0.6)
    end = end[(end @ -tip.frame[:, 1]).argmax()]
    segment, blade = _blade(surface, skeleton, side)
    return [
        _contact(f"palm_{side}", "hand_" + side, palm, palmar),
        _contact(f"fingers_{side}", "hand_" + side, end, palmar),
        _contact(f"grip_{side}", "hand_" + side, grip, palmar),
        _contact(f"elbow_{side}", "farm_" + side,
                 lower.joint - lower.frame[:, 2] * 0.035, -lower.frame[:, 2]),
        _contact(f"blade_{side}", segment, blade, BACK),
    ]  # fmt: skip


def _flank(surface: Surface, skeleton: Skeleton, side: str) -> list[Contact]:
    """Return the points on which a body lies on its side, head to ankle."""
    out = np.array([SIGN[side], 0.0, 0.0])
    shoulder, hip = skeleton["uarm_" + side].joint, skeleton["thigh_" + side].joint
    ankle, crown = skeleton["foot_" + side].joint, surface.of("head", least=0.9)[:, 1].max()
    hips = ("pelvis", f"glute_{side}", f"thigh_{side}", f"thightw_{side}")
    arm, leg = (f"uarm_{side}", f"uarmtw_{side}"), (f"shank_{side}", f"foot_{side}")
    return [_rim(surface, skeleton, side)] + [
        _contact(f"{name}_{side}", segment, _outermost(points, at, way, 0.03), way)
        for name, segment, points, at, way in (
            ("ear", "head", surface.of("head", least=0.9), crown - 0.13, out),
            ("shoulder_side", f"clav_{side}", surface.of(*arm), shoulder[1] - 0.05, out),
            ("hip_side", "pelvis", surface.of(*hips), hip[1] + 0.01, out),
            ("ankle_out", f"shank_{side}", surface.of(*leg), ankle[1] + 0.02, out),
            ("ankle_in", f"shank_{side}", surface.of(*leg), ankle[1] + 0.02, -out),
        )
    ]


def _rim(surface: Surface, skeleton: Skeleton, side: str) -> Contact:
    """Return where a hand rests on the rim of the pelvis, beside the belly."""
    way = np.array([SIGN[side] * np.cos(RIM_AHEAD), 0.0, np.sin(RIM_AHEAD)])
    trunk = surface.of("pelvis", "L5", "L4", f"glute_{side}")
    at = _outermost(trunk, skeleton["thigh_" + side].joint[1] + RIM_M, way, 0.015)
    return _contact(f"rim_{side}", "pelvis", at, way)


def _outermost(points: Array, y: float, way: Array, near_m: float) -> Array:
    """Return the point that lies farthest ``way`` of those about as high as ``y``."""
    level = points[abs(points[:, 1] - y) < near_m]
    found: Array = level[(level @ way).argmax()]
    return found


def _round_thigh(thigh: Array, knee: Array, hip: Array, side: str) -> list[Contact]:
    """Return the points straight behind and beside the thigh bone, a hand's width above the
    knee: where hands take hold."""
    bone = knee + (hip - knee) * THIGH_HOLD_M / (hip[1] - knee[1])
    ring = thigh[abs(thigh[:, 1] - bone[1]) < 0.015] - bone
    found = []
    ways = (("back", (0, 0, -1)), ("out", (SIGN[side], 0, 0)), ("in", (-SIGN[side], 0, 0)))
    for name, way in ways:
        out = ring @ np.array(way, float)
        beside = np.linalg.norm(ring - np.outer(out, way), axis=1)
        # Within 25 mm of the line, for the ring's own height counts too.
        point = bone + np.array(way) * out[(beside < 0.025) & (out > 0)].max()
        found.append(_contact(f"thigh_{name}_{side}", "thigh_" + side, point, np.array(way, float)))
    return found


def _calf(shin: Array, knee: Array, ankle: Array) -> Array:
    """Return the rearmost skin behind the bone, which on some legs leads well outward."""
    y = knee[1] - CALF_M
    x = np.interp(y, [ankle[1], knee[1]], [ankle[0], knee[0]])
    near = shin[(abs(shin[:, 1] - y) < 0.02) & (abs(shin[:, 0] - x) < 0.03)]
    rearmost: Array = near[near[:, 2].argmin()]
    return rearmost


def _leg(surface: Surface, skeleton: Skeleton, side: str) -> list[Contact]:
    k = SIGN[side]
    knee, ankle = skeleton["shank_" + side].joint, skeleton["foot_" + side].joint
    hip, toes = skeleton["thigh_" + side].joint, skeleton["toes_" + side].joint
    foot = surface.of("foot_" + side, "toes_" + side, least=0.7)
    heel = foot[foot[:, 2] < ankle[2] - 0.01]
    sole = float(foot[:, 1].min())
    tip = surface.of("toes_" + side, least=0.8)
    shin = surface.of("shank_" + side, "thigh_" + side, least=0.9)
    thigh = surface.of("thigh_" + side, "thightw_" + side, least=0.8)

    def on(points: Array, y: float) -> Array:
        near = points[(abs(points[:, 1] - y) < 0.02) & (abs(points[:, 0] - knee[0]) < 0.03)]
        return np.array([knee[0], y, near[:, 2].max()])

    over = foot[(abs(foot[:, 0] - toes[0]) < 0.03) & (abs(foot[:, 2] - toes[2] + 0.03) < 0.012)]
    instep = over[over[:, 1].argmax()]
    seat = surface.of("pelvis", f"glute_{side}", f"thightw_{side}", least=0.3)
    seat = seat[(abs(seat[:, 0] - k * 0.075) < 0.03) & (seat[:, 1] > hip[1] - 0.09)]
    sit = seat[seat[:, 2] < hip[2] - 0.02]
    low = float(sit[:, 1].min())
    height = hip[1] + 0.01
    front = surface.of("pelvis", "L5", "L4", least=0.4)
    front = front[
        (abs(front[:, 0] - k * 0.095) < 0.02) & (abs(front[:, 1] - hip[1] - 0.075) < 0.02)
    ]
    bone = np.array([k * 0.095, hip[1] + 0.075, front[:, 2].max()])
    buttock = seat[abs(seat[:, 1] - height) < 0.03]
    behind = np.array([k * 0.075, height, buttock[:, 2].min()])
    calf = _calf(shin, knee, ankle)
    far = tip[:, 2].max()
    under_heel = np.array([ankle[0], sole, heel[:, 2].min() + 0.03])
    under_toe = np.array([toes[0], sole, far - 0.012])
    over_toe = np.array([toes[0], tip[tip[:, 2] > far - 0.02, 1].max(), far - 0.01])
    return [
        _contact(f"heel_{side}", "foot_" + side, under_heel, DOWN),
        _contact(f"ball_{side}", "foot_" + side, np.array([toes[0], sole, toes[2] - 0.005]), DOWN),
        _contact(f"toe_{side}", "toes_" + side, under_toe, DOWN),
        _contact(f"toe_top_{side}", "toes_" + side, over_toe, UP),
        _contact(f"instep_{side}", "foot_" + side, instep, UP),
        _contact(f"heel_back_{side}", "foot_" + side, heel[heel[:, 2].argmin()], BACK),
        _contact(f"knee_{side}", "shank_" + side, on(shin, knee[1] - 0.035), FRONT),
        _contact(f"kneecap_{side}", "thigh_" + side, on(shin, knee[1] + 0.02), FRONT),
        _contact(f"shin_{side}", "shank_" + side, on(shin, knee[1] - 0.09), FRONT),
        *_round_thigh(thigh, knee, hip, side),
        _contact(f"thigh_front_{side}", "thigh_" + side, on(thigh, knee[1] + 0.14), FRONT),
        _contact(f"calf_{side}", "shank_" + side, calf, BACK),
        _contact(f"buttock_{side}", "pelvis", behind, BACK),
        _contact(f"hip_front_{side}", "pelvis", bone, FRONT),
        _contact(f"seat_{side}", "pelvis", np.array([k * 0.075, low, hip[2] - 0.025]), DOWN),
    ]  # fmt: skip
