"""Solve a motion for a body: keys, then every grid time between them.

Each grid time is solved from the smooth curve between two keys, never from the time before: the
result does not depend on history, so a cycle closes exactly and a release cannot jump.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recoup.body import Body
from recoup.model.joints import SPINE_SHARES
from recoup.model.motion import Breath, Mode, Motion, Passing, Phase, Prop, Touch, in_words
from recoup.model.prop import FACES, SOLIDS
from recoup.motion.curve import Curve, Passage, progress
from recoup.motion.keys import Key, Keys, curl, goal_of, on_floor, props_for, resting
from recoup.motion.reach import Goal, Reach
from recoup.motion.rig import Rig
from recoup.motion.track import RATE_HZ, Part, Track

Array = NDArray[np.float64]

FRAME_STEPS = 8
LEARN_AT = (0.02, 0.15, 0.4, 0.6, 0.85, 0.98)
LEARN_ROUNDS = 2
FRAME_ROOT = (0.6, 3.0)


class ReachError(Exception):
    """Positions cannot be reached: each of ``misses`` names file and line of the touch, points,
    distance, position, body, and what to do."""

    def __init__(self, misses: Sequence[str]) -> None:
        self.misses = tuple(misses)
        super().__init__("\n".join(misses))


@dataclass(frozen=True)
class _Way:
    """Where a move leads: along a curve from one of its steps on, or (None) straight; and
    whether its ends are passed at speed (1) or rested in (0)."""

    curve: Curve | Passage | None = None
    first_step: int = 0
    speeds: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class _Span:
    """One phase on the grid: from a key to a key in a whole number of grid steps."""

    start: Key
    end: Key
    steps: int
    breathe: tuple[float, float]
    way: _Way


def solve(motion: Motion, body: Body) -> Track:
    """Return the track of ``motion`` for ``body``; raise ReachError when a position is out of
    reach."""
    rig = Rig(body)
    solver = Keys(rig, motion)
    keys = solver.solve()
    _reachable(rig, motion, keys)
    reach = Reach(rig, solver.solids)
    rows: list[tuple[Array, Array, Array, float]] = []
    parts: list[Part] = []
    reached: dict[str, float] = {}
    before = (motion.get_in or motion.cycle)[0].to if motion.get_in else motion.start
    for name, phases in (
        ("get_in", motion.get_in), ("cycle", motion.cycle), ("get_out", motion.get_out)
    ):  # fmt: skip
        begin = len(rows)
        moves = phases[1:] if name == "get_in" else phases
        flowing = motion.flows and name == "cycle"
        ways = _flow(rig, keys, motion) if flowing else _ways(rig, keys, before, moves)
        for span in _spans(keys, before, moves, ways):
            between = _Between(rig, reach, span, solver)
            between.learn()
            rows += between.frames()
            reached.setdefault(span.end.position.id, len(rows) / RATE_HZ)
            before = span.end.position.id
        if phases:
            parts.append(Part(name, begin / RATE_HZ, len(rows) / RATE_HZ))
    last = keys[before]
    rows.append(_row(last, last, 1.0, 0.0, last.q))
    return Track(
        motion=motion.id,
        body=body.name,
        q=np.array([row[0] for row in rows]),
        curl=np.array([row[1] for row in rows]),
        on_floor=np.array([row[2] for row in rows]),
        breath=np.array([row[3] for row in rows]),
        parts=tuple(parts),
        reached={name: reached.get(name, 0.0) for name in motion.positions},
        rig=rig,
    )


def load_track(motion: Motion, body: Body, built: Path) -> Track:
    """Return the track from ``built``, solving it first when it is not there."""
    code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    figure = f"{body.name}{body.joints.tobytes().hex()[:4000]}{body.contacts}{body.hinges}"
    figure += f"{SPINE_SHARES}"
    things = [(SOLIDS.get(prop.kind), FACES.get(prop.kind)) for prop in motion.props]
    key = hashlib.sha256(f"{motion}{figure}{things}".encode() + code).hexdigest()[:20]
    place = built / f"{motion.id}-{body.name}-{key}.npz"
    if not place.exists():
        track = solve(motion, body)
        built.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=built, suffix=".npz", delete=False) as file:
            np.savez(
                file, q=track.q, curl=track.curl, on_floor=track.on_floor, breath=track.breath,
                parts=np.array([(p.name, p.start_s, p.end_s) for p in track.parts]),
                reached=np.array([list(map(str, pair)) for pair in track.reached.items()]),
            )  # fmt: skip
        os.replace(file.name, place)
    with np.load(place) as held:
        return Track(
            motion.id, body.name, held["q"], held["curl"], held["on_floor"], held["breath"],
            tuple(Part(str(a), float(b), float(c)) for a, b, c in held["parts"]),
            {str(name): float(at) for name, at in held["reached"]}, Rig(body),
        )  # fmt: skip


def _flow(rig: Rig, keys: dict[str, Key], motion: Motion) -> list[_Way]:
    """Return the ways on the smooth closed curve of a cycle that flows."""
    names = [motion.start, *(phase.to for phase in motion.cycle[:-1])]
    steps = [_steps(one) for one in motion.cycle]
    curve = Curve(rig, [keys[name].q for name in names], steps)
    return [_Way(curve, sum(steps[:k]), (1.0, 1.0)) for k in range(len(steps))]


def _steps(phase: Phase) -> int:
    return max(1, round(phase.seconds * RATE_HZ))


def _spans(
    keys: dict[str, Key],
    before: str,
    moves: Sequence[Phase],
    ways: Sequence[_Way],
) -> list[_Span]:
    """Return moves with whole grid steps, each on its way."""
    found, lungs = [], 0.0
    for phase, way in zip(moves, ways, strict=True):
        then = {Breath.IN: 1.0, Breath.OUT: 0.0, None: lungs}[phase.breathe]
        ends = (keys[before], keys[phase.to])
        found.append(_Span(*ends, _steps(phase), (lungs, then), way))
        before, lungs = phase.to, then
    return found


def _ways(rig: Rig, keys: dict[str, Key], before: str, moves: Sequence[Phase]) -> list[_Way]:
    """Return the way of each move: its own, or one that leads on through positions passed."""
    found: list[_Way] = []
    for run in _runs(moves):
        names = [before, *(phase.to for phase in run)]
        steps = [_steps(phase) for phase in run]
        passage = Passage(rig, [keys[name].q for name in names], steps) if len(run) > 1 else None
        for k in range(len(run)):
            speeds = (float(k > 0), float(k < len(run) - 1))
            found.append(_Way(passage, sum(steps[:k]), speeds))
        before = names[-1]
    return found


def _runs(moves: Sequence[Phase]) -> list[list[Phase]]:
    """Return the moves in runs from rest to rest."""
    found: list[list[Phase]] = []
    onward = False
    for phase in moves:
        if onward:
            found[-1].append(phase)
        else:
            found.append([phase])
        onward = isinstance(phase, Passing)
    return found


class _Between:
    """Solves the grid times of one phase, its first included and its last not."""

    def __init__(self, rig: Rig, reach: Reach, span: _Span, keys: Keys) -> None:
        self._rig, self._reach, self._span, self._keys = rig, reach, span, keys
        self._still = span.start.position.id == span.end.position.id

    def learn(self) -> None:
        """Look at the skin on the way, so that the floor holds there too."""
        for _ in range(0 if self._still else LEARN_ROUNDS):
            self._bounds()
            for u in LEARN_AT:
                _, bend, floor, _ = _row(self._span.start, self._span.end, u, 0.0, np.zeros(0))
                self._keys.learn(self._at(u, u), bend, (float(floor[0]), float(floor[1])))

    def frames(self) -> list[tuple[Array, Array, Array, float]]:
        self._bounds()
        span, rows = self._span, []
        for k in range(span.steps):
            share = k / span.steps
            u = progress(share, *span.way.speeds)
            q = span.start.q if self._still or k == 0 else self._at(share, u)
            breath = span.breathe[0] * (1 - u) + span.breathe[1] * u
            rows.append(_row(span.start, span.end, u, breath, q))
        return rows

    def _bounds(self) -> None:
        guards = self._guards = list(self._keys.guards)
        self._first = np.minimum(self._reach.heights(self._span.start.q, guards), 0)
        first_gaps = self._reach.apart.gaps()
        self._last = np.minimum(self._reach.heights(self._span.end.q, guards), 0)
        self._gaps = np.minimum(np.stack([first_gaps, self._reach.apart.gaps()]), 0)
        ends = (self._span.start.q, self._span.end.q)
        self._pressed = [self._reach.depths(q, guards) for q in ends]

    def _at(self, share: float, u: float) -> Array:
        """Return the pose after a share of the time, when the move has come as far as ``u``."""
        span, way = self._span, self._span.way
        if way.curve is None:
            wish = _mixed(self._rig, span.start.q, span.end.q, u)
        else:
            wish = way.curve.at(way.first_step + share * span.steps)
        lowest = self._first * (1 - u) + self._last * u
        return self._reach.solve(
            wish,
            wish,
            _kept(span.start, span.end, u, self._keys.props),
            FRAME_STEPS,
            FRAME_ROOT,
            self._guards,
            lowest,
            self._gaps[0] * (1 - u) + self._gaps[1] * u,
            self._pressed[0] * (1 - u) + self._pressed[1] * u,
        )


def _row(
    start: Key, end: Key, u: float, breath: float, q: Array
) -> tuple[Array, Array, Array, float]:
    bend = curl(start.position) * (1 - u) + curl(end.position) * u
    first, last = np.array(on_floor(start.position)), np.array(on_floor(end.position))
    return q, bend, first * (1 - u) + last * u, breath


def _mixed(rig: Rig, a: Array, b: Array, u: float) -> Array:
    return rig.step(a, rig.difference(a, b) * u)


def _kept(start: Key, end: Key, u: float, props: Sequence[Prop]) -> list[Goal]:
    """Return the contacts that both ends share, on their way from one place to the other."""
    goals = []
    for point, touch in end.position.touches.items():
        other = start.position.touches.get(point)
        if other is None or (other.mode is Mode.ATTACHED) != (touch.mode is Mode.ATTACHED):
            continue
        if touch.to != other.to or touch.against != other.against:
            continue
        at = start.at[point] * (1 - u) + end.at[point] * u
        if touch.mode is Mode.ATTACHED:
            goals.append(_attached(point, start, end, u))
            continue
        both = touch.mode is Mode.PINNED and other.mode is Mode.PINNED
        rows = (0, 1, 2) if both else (resting(touch, props).axis,)
        flat = touch.flat and other.flat
        goal = goal_of(point, touch, at, props=props)
        goal.rows, goal.at = rows, at
        normal = start.normals[point] * (1 - u) + end.normals[point] * u
        goal.normal = normal / np.linalg.norm(normal) if flat else None
        goals.append(goal)
    return goals


def _attached(point: str, start: Key, end: Key, u: float) -> Goal:
    goal = goal_of(point, end.position.touches[point], None)
    goal.offset = start.offsets[point] * (1 - u) + end.offsets[point] * u
    goal.facing = False
    return goal


OUT_OF_REACH_MM, FIRM = 25.0, 0.5


def _reachable(rig: Rig, motion: Motion, keys: dict[str, Key]) -> None:
    """Raise ReachError with every touch of a position that is far from where it should be.

    The farthest comes first: it drags others with it.
    """
    props = props_for(motion, rig.body)
    misses = {
        (name, point): far
        for name, key in keys.items()
        for point, touch in _touches_at(rig, key)
        if (far := _miss_mm(rig, point, touch, props)) > OUT_OF_REACH_MM
    }
    if misses:
        farthest = sorted(misses, key=misses.__getitem__, reverse=True)
        raise ReachError([_told(motion, rig, *which, misses[which]) for which in farthest])


def _told(motion: Motion, rig: Rig, name: str, point: str, far: float) -> str:
    touch = motion.positions[name].touches[point]
    place = touch.source or f"{motion.source}: positions.{name}.touches.{point}"
    said, target = in_words(point), touch.against or "the floor"
    if touch.to is not None:
        target = in_words(touch.to)
    return (
        f"{place}: {said} does not reach {target}: {far:.0f} mm short in {name} ({rig.body.name}). "
        f"Bring it nearer with the angles of {name}, or let it go: {said}: free."
    )


def _touches_at(rig: Rig, key: Key) -> list[tuple[str, Touch]]:
    rig.set(key.q)
    return [pair for pair in key.position.touches.items() if pair[1].firm >= FIRM]


def _miss_mm(rig: Rig, point: str, touch: Touch, props: Sequence[Prop]) -> float:
    at = rig.point(point)
    if touch.to is None:
        rest = resting(touch, props)
        if rest.place is not None and touch.mode is Mode.PINNED:
            return float(np.linalg.norm(at - rest.place)) * 1e3
        return abs(float(at[rest.axis]) - rest.at) * 1e3
    target = rig.point(touch.to) + rig.offset(touch.to, np.array(touch.offset_mm) / 1e3)
    return float(np.linalg.norm(at - target)) * 1e3
