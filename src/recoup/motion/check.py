"""Check a solved motion on the skinned figure, at times off the solver's own grid."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from recoup.body import Body, Skin
from recoup.model.joints import JOINTS
from recoup.model.motion import Claim, Held, Mode, Motion, Phase, Prop
from recoup.motion.keys import Rest, leg_m, props_for, resting
from recoup.motion.mass import inside, vertex_masses
from recoup.motion.measure import measure
from recoup.motion.press import Presses
from recoup.motion.settle import moved, settled
from recoup.motion.solids import Solids
from recoup.motion.track import RATE_HZ, Part, Track

Array = NDArray[np.float64]

OFF_GRID = 0.37
"""Samples stand this share of a step after the grid times."""

SUPPORT_M = 0.012
"""Skin lower than this carries weight."""

HOVERS_MM = 20
"""What is higher over a prop than this does not rest on it."""

BALANCE_HZ = 10
"""Balance is looked at this often, whatever the rate: it asks for the whole skin's weight."""

RESTING_M = 0.03
"""A point nearer than this to where it rests on a prop still presses it."""

FAR_OUT_M = -0.01
"""How far outside the support the centre of mass may stray between two positions."""


@dataclass
class Findings:
    """What was measured. Lengths in mm, angles in degrees; ``failed`` says what broke."""

    motion: str
    body: str
    slip_mm: float = 0.0
    floor_mm: float = 0.0
    limit_deg: float = 0.0
    drift_mm: float = 0.0
    pierce_mm: float = 0.0
    soft_mm: float = 0.0
    loop_mm: float = 0.0
    seam_mm_s: float = 0.0
    spine_deg: float = 0.0
    balanced: bool = True
    claims: list[str] = field(default_factory=list)
    where: dict[str, str] = field(default_factory=dict)

    LIMITS = {
        "slip_mm": 5, "floor_mm": 5, "limit_deg": 0.5, "drift_mm": 1, "pierce_mm": 15,
        "soft_mm": 30, "loop_mm": 1, "seam_mm_s": 20, "spine_deg": 5,
    }  # fmt: skip

    @property
    def failed(self) -> list[str]:
        """Return every limit that is passed, in words."""
        broken = [
            f"{name} is {getattr(self, name):.2f}, at most {limit}: {self.where.get(name, '')}"
            for name, limit in self.LIMITS.items()
            if getattr(self, name) > limit
        ]
        if not self.balanced:
            broken.append(f"The body would fall {self.where['balanced']}")
        return broken + self.claims

    def worst(self, name: str, value: float, where: str) -> None:
        if value > getattr(self, name):
            setattr(self, name, float(value))
            self.where[name] = where

    def as_dict(self) -> dict[str, object]:
        """Return plain values, rounded for reading."""
        numbers = {name: round(getattr(self, name), 2) for name in self.LIMITS}
        return {
            "motion": self.motion, "body": self.body, **numbers, "balanced": self.balanced,
            "claims": self.claims, "where": self.where,
        }  # fmt: skip


def check_motion(motion: Motion, track: Track, rate_hz: float = RATE_HZ) -> Findings:
    """Return the findings of a motion on one body; ``rate_hz`` must not change them."""
    found = Findings(motion.id, track.body)
    _contacts(motion, track, found, rate_hz)
    _skinned(motion, track, found, rate_hz)
    if motion.balanced:
        _balance(motion, track, found)
    _presses(motion, track, found)
    _seam(motion, track, found)
    _spine(motion, track, found)
    for claim in motion.claims:
        _claim(claim, motion, track, found, rate_hz)
    return found


def _times(start: float, end: float, rate_hz: float) -> Array:
    count = int(np.floor((end - start) * rate_hz - OFF_GRID)) + 1
    inner = start + (np.arange(max(count, 0)) + OFF_GRID) / rate_hz
    return np.concatenate([[start], inner, [end]])


def _phases(motion: Motion, track: Track) -> Iterator[tuple[str, str, float, float]]:
    """Yield every phase: from and to which position, from when to when."""
    t = 0.0
    before = motion.get_in[0].to if motion.get_in else motion.start
    for phase in (*motion.get_in[1:], *motion.cycle, *motion.get_out):
        end = t + _steps(phase) / RATE_HZ
        yield before, phase.to, t, end
        before, t = phase.to, end


def _at(t: float, before: str, after: str) -> str:
    """Return a moment in words: when, and between which positions."""
    return f"at {t:.2f} s, {before if before == after else f'{before} to {after}'}"


def _when(motion: Motion, track: Track, t: float) -> str:
    """Return in words the moment ``t``: the phase that it ends or lies in."""
    ways = [(before, after) for before, after, _, end in _phases(motion, track) if t <= end + 1e-9]
    return _at(t, *ways[0]) if ways else f"at {t:.2f} s"


def _steps(phase: Phase) -> int:
    return max(1, round(phase.seconds * RATE_HZ))


def _contacts(motion: Motion, track: Track, found: Findings, rate_hz: float) -> None:
    """Measure how far pinned points slip while both ends of a phase hold them."""
    rig = track.rig
    pace = motion.pace * leg_m(rig.body)
    for before, after, start, end in _phases(motion, track):
        first, last = motion.positions[before].touches, motion.positions[after].touches
        held = [
            point for point, touch in last.items()
            if touch.mode is Mode.PINNED and point in first and first[point].mode is Mode.PINNED
            and first[point].height_mm == touch.height_mm and first[point].against == touch.against
        ]  # fmt: skip
        rig.set(track.coordinates(start))
        anchors = {point: rig.point(point).copy() for point in held}
        for t in _times(start, end, rate_hz):
            rig.set(track.coordinates(t))
            for point, anchor in anchors.items():
                ground = np.array([0.0, 0.0, -pace * (t - start)])
                slip = float(np.linalg.norm(rig.point(point) - anchor - ground)) * 1e3
                found.worst("slip_mm", slip, f"{point} {_at(t, before, after)}")


def _skinned(motion: Motion, track: Track, found: Findings, rate_hz: float) -> None:
    """Measure floor, ranges and limb lengths on the skinned figure."""
    rig = track.rig
    skin = Skin(rig.body)
    names = rig.body.segments
    limbs = _limbs(track)
    order = sorted(rig.index, key=rig.index.__getitem__)
    for before, after, start, end in _phases(motion, track):
        for t in _times(start, end, rate_hz):
            pose = track.pose(t)
            at = _at(t, before, after)
            beyond = np.maximum(pose.q[7:] - rig.high, rig.low - pose.q[7:])
            worst = int(beyond.argmax())
            found.worst("limit_deg", float(np.degrees(beyond[worst])), f"{order[worst]} {at}")
            for a, b, length in limbs:
                drift = abs(np.linalg.norm(rig.data.xpos[a] - rig.data.xpos[b]) - length) * 1e3
                found.worst("drift_mm", float(drift), at)
            points = skin.vertices(pose.transforms)
            low = int(points[:, 1].argmin())
            found.worst("floor_mm", -float(points[low, 1]) * 1e3, f"{names[skin.owner[low]]} {at}")


def resting_points(track: Track, raised: Mapping[str, Rest]) -> Array:
    """Return where points rest on props now, on the floor plan: one that has left its prop
    carries nothing."""
    places = {name: track.rig.point(name) for name in raised}
    found = [
        at[[0, 2]] for name, at in places.items()
        if abs(at[raised[name].axis] - raised[name].at) < RESTING_M
    ]  # fmt: skip
    return np.array(found).reshape(-1, 2)


def _raised(motion: Motion, body: Body) -> dict[str, Rest]:
    """Return points that rest on a prop in some position, and where; a hand that hovers over one
    carries nothing."""
    props = props_for(motion, body)
    return {
        point: resting(touch, props)
        for one in motion.positions.values() for point, touch in one.touches.items()
        if (touch.height_mm < HOVERS_MM if touch.against else touch.height_mm > 40)
        and touch.mode is not Mode.ATTACHED
    }  # fmt: skip


def _balance(motion: Motion, track: Track, found: Findings) -> None:
    """Hold the centre of mass against what carries it; say where it is farthest outside."""
    skin = Skin(track.rig.body)
    mass, raised = vertex_masses(track.rig.body, skin), _raised(motion, track.rig.body)
    worst = FAR_OUT_M
    for before, after, start, end in _phases(motion, track):
        for t in _times(start, end, BALANCE_HZ):
            points = skin.vertices(track.pose(t).transforms)
            centre = (points * mass[:, None]).sum(0)[[0, 2]]
            support = points[points[:, 1] < SUPPORT_M][:, [0, 2]].astype(float)
            margin = inside(centre, np.concatenate([support, resting_points(track, raised)]))
            if margin < worst:
                worst, found.balanced = margin, False
                found.where["balanced"] = (
                    f"{_at(t, before, after)}: its weight is {-margin * 1e3:.0f} mm outside what "
                    f"carries it, at most {-FAR_OUT_M * 1e3:.0f}"
                )


def _limbs(track: Track) -> list[tuple[int, int, float]]:
    body, ids = track.rig.body, track.rig.body_id
    pairs = [(f"{a}_{s}", f"{b}_{s}") for s in "LR" for a, b in (
        ("uarm", "farm"), ("farm", "hand"), ("thigh", "shank"), ("shank", "foot"))]  # fmt: skip
    return [
        (ids[a], ids[b], float(np.linalg.norm(
            body.joints[body.index[a]] - body.joints[body.index[b]])))
        for a, b in pairs
    ]  # fmt: skip


def _presses(motion: Motion, track: Track, found: Findings) -> None:
    """Measure presses at every position and half-way between."""
    presses = Presses(track.rig.body)
    times = sorted({0.0, *track.reached.values()})
    middles = [(a + b) / 2 for a, b in pairwise(times)]
    skin = Skin(track.rig.body)
    lain = [replace(one, under=None) for one in settled(motion, track) if not one.rolls]
    solids = Solids(lain)
    held = _Held(motion, track, skin)
    for t in [*times, *middles]:
        pose = track.pose(t)
        press, at = presses.measure(pose.transforms), _when(motion, track, t)
        for deep_mm, where in held.depths(skin.vertices(pose.transforms), t):
            found.worst("pierce_mm", deep_mm, f"{where} {at}")
        if len(solids):
            far, _, which = solids.distance(skin.vertices(pose.transforms).astype(float))
            deep = int(far.argmin())
            part = track.rig.body.segments[skin.owner[deep]]
            where = f"{part} in {solids.kinds[which[deep]]} {at}"
            found.worst("pierce_mm", -float(far[deep]) * 1e3, where)
        found.worst("pierce_mm", press.pierce_mm, f"{' in '.join(press.parts)} {at}")
        found.worst("soft_mm", press.soft_mm, f"{' on '.join(press.soft_parts)} {at}")


class _Held:
    """What a motion holds, against all of the body but the hands."""

    def __init__(self, motion: Motion, track: Track, skin: Skin) -> None:
        self._track, self._names = track, track.rig.body.segments
        self._props = [one for one in settled(motion, track) if isinstance(one, Held)]
        self._solids = [Solids([_laid_down(prop)]) for prop in self._props]
        hand = [name.startswith("hand") or (name[0] == "f" and name[1].isdigit())
                for name in self._names]  # fmt: skip
        self._owner = skin.owner
        self._mine = np.flatnonzero(~np.array(hand)[skin.owner])

    def depths(self, points: NDArray[np.float32], t: float) -> Iterator[tuple[float, str]]:
        """Yield how deep each thing is in the body at ``t``, in mm, and in which part."""
        moves = moved(self._props, self._track, t)
        for prop, solids, move in zip(self._props, self._solids, moves, strict=True):
            local = (points[self._mine].astype(float) - move[:, 3]) @ move[:, :3]
            far = solids.distance(local)[0]
            deep = int(far.argmin())
            part = self._names[self._owner[self._mine[deep]]]
            yield -float(far[deep]) * 1e3, f"{part} in {prop.kind}"


def _laid_down(prop: Held) -> Prop:
    return Prop(prop.kind, prop.at, prop.turn_deg, prop.tall)


def _seam(motion: Motion, track: Track, found: Findings) -> None:
    """Compare where and how fast everything is at both ends of the cycle."""
    rig, step = track.rig, 1 / 480
    cycle = track.cycle

    def places(t: float) -> Array:
        rig.set(track.coordinates(t))
        found: Array = rig.data.xpos.copy()
        return found

    start, end = places(cycle.start_s), places(cycle.end_s)
    where = f"between {cycle.start_s:.2f} s and {_at(cycle.end_s, motion.start, motion.start)}"
    found.worst("loop_mm", float(np.linalg.norm(start - end, axis=1).max()) * 1e3, where)
    if motion.flows:
        found.worst("seam_mm_s", _jolt(places, cycle), where)
        return
    after = (places(cycle.start_s + step) - start) / step
    before = (end - places(cycle.end_s - step)) / step
    found.worst("seam_mm_s", float(np.linalg.norm(after - before, axis=1).max()) * 1e3, where)


def _jolt(places: Callable[[float], Array], cycle: Part) -> float:
    """Return how much speeds differ on both sides of the seam of a cycle that never rests, mm/s.

    Each side's speed is that of the cubic through its four frames: exact for the solver's curve.
    """
    step = 1 / RATE_HZ
    share = np.array([-11, 18, -9, 2]) / 6 / step
    after = np.array([places(cycle.start_s + k * step) for k in range(4)])
    before = np.array([places(cycle.end_s - k * step) for k in range(4)])
    apart = np.einsum("k,kij->ij", share, after) + np.einsum("k,kij->ij", share, before)
    return float(np.linalg.norm(apart, axis=1).max()) * 1e3


def _spine(motion: Motion, track: Track, found: Findings) -> None:
    """Compare the spine's asked and achieved angles in every position."""
    for name, t in track.reached.items():
        q, angles = track.coordinates(t), motion.positions[name].angles
        for part in ("lumbar_flexion", "thoracic_flexion", "lumbar_bend", "lumbar_rotation"):
            apart = abs(track.rig.total(q, part) - angles.get(part, 0.0))
            found.worst("spine_deg", apart, f"{part} {_at(t, name, name)}")


def claimed(claim: Claim, track: Track, rate_hz: float = RATE_HZ) -> tuple[Array, Array]:
    """Return the moments that a claim is about, in seconds, and its measure at each."""
    cycle: Part = track.cycle
    times = _times(cycle.start_s, cycle.end_s, rate_hz)
    if claim.at is not None:
        times = np.array([track.reached[claim.at]])
    at = [measure(track.rig, track.coordinates(t), claim.measure, claim.of) for t in times]
    return times, np.array(at)


def _claim(claim: Claim, motion: Motion, track: Track, found: Findings, rate_hz: float) -> None:
    for name in claim.of:
        base = name.rpartition("_")[0]
        if claim.measure != "joint" and name not in track.rig.point_body and base not in JOINTS:
            found.claims.append(f"{claim.text} (there is no place {name})")
            return
    times, values = claimed(claim, track, rate_hz)
    for which, bound, word, sign in (
        (int(values.argmin()), claim.least, "least", 1),
        (int(values.argmax()), claim.most, "most", -1),
    ):
        if bound is not None and sign * (bound - values[which]) > 1e-6:
            t = float(times[which])
            at = _at(t, claim.at, claim.at) if claim.at else _when(motion, track, t)
            said = f"{claim.measure} {values[which]:.1f}, at {word} {bound:g}"
            found.claims.append(f"{claim.text} ({said}, {at})")
