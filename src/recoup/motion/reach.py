"""Inverse kinematics: the pose nearest to a wished one that keeps its contacts.

Each step solves a quadratic program: contacts weigh most, then the spine, then the limbs; ranges
of motion and the floor are bounds that no step may cross.
"""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import c_int
from dataclasses import dataclass, field

import daqp
import numpy as np
from numpy.typing import NDArray

from recoup.motion.apart import Apart
from recoup.motion.rig import ROOT, Rig
from recoup.motion.solids import Solids

Array = NDArray[np.float64]

CONTACT = 120.0
LIMB, SPINE, NECK = 0.25, 8.0, 1.5
LAIN_ON = ("head", "ear_L", "ear_R")
"""Weights: the spine keeps its angles far more firmly than the limbs. Only where the back of the
head or an ear rests, the neck gives way: a stiff one would bend the back of who lies on it."""

LOOSE = {"ankle": 0.5, "hip_flexion": 3.0, "scapula": 1.2, "toe": 0.3,
         "ankle_inversion": 1.2, "hip_abduction": 6.0, "hip_rotation": 16.0}  # fmt: skip
"""Limb weights that differ, as factors. A thigh hardly rolls: else it would, to meet a hand."""

UPRIGHT = 3.0
"""Weight of the pelvis' roll and yaw: only its pitch gives way to the contacts."""

DAMPING = 0.02
GUARDED_M = 0.09
"""Points lower than this are watched."""

GIVE_M = 0.0025
PRESS_M = 0.008
"""How far flesh gives way to a prop."""
"""How far flesh gives way to the floor."""

STEP_RAD, SHORTER = 0.35, 0.97
"""The longest step, and how much shorter each next one may be: hands that reach round a limb
would else swing past each other for ever."""
ENOUGH = 2e-5
SOFT = 8
"""The solver's mark of a bound that may be broken at a price."""


@dataclass
class Goal:
    """Where one point should be. ``rows`` picks the axes that count; ``normal`` is where its
    outward normal should look; ``to`` names a point that it stays on, ``facing``
    it if so asked."""

    point: str
    at: Array
    rows: Sequence[int] = (0, 1, 2)
    normal: Array | None = None
    to: str | None = None
    facing: bool = False
    offset: Array = field(default_factory=lambda: np.zeros(3))
    weight: float = CONTACT


@dataclass(frozen=True)
class Guard:
    """A point that may not go below the floor, fixed to a segment."""

    body: int
    local: tuple[float, float, float]


class Reach:
    """Solves poses of one rig."""

    def __init__(self, rig: Rig, solids: Solids | None = None) -> None:
        self.rig = rig
        self.solids = Solids(()) if solids is None else solids
        self._pressed: Array | None = None
        names = sorted(rig.index, key=rig.index.__getitem__)
        self.weights = np.array([_weight(name) for name in names])
        self._neck = np.array([name.startswith(("neck", "head")) for name in names])
        nv = rig.model.nv
        self.apart = Apart(rig)
        self._gaps: Array | None = None
        self._sense = np.zeros(nv, dtype=c_int)

    def solve(
        self,
        start: Array,
        wish: Array,
        goals: Sequence[Goal],
        steps: int = 60,
        root: tuple[float, float] = (0.02, 1.0),
        guards: Sequence[Guard] = (),
        lowest: Array | None = None,
        gaps: Array | None = None,
        pressed: Array | None = None,
        through: bool = False,
        forward: float | None = None,
    ) -> Array:
        """Return the pose that meets ``goals`` and lies nearest to ``wish``.

        ``root`` weighs the pelvis' place and turn; ``guards`` are watched besides the usual ones,
        ``lowest`` says how low each watched point may be (by default the floor)
        ``gaps`` how near the pairs that should stay apart, ``pressed`` how far each watched
        point may be inside a prop. A pose on its way to a prop may pass ``through`` it.
        ``forward`` weighs the pelvis' place along z when it differs.
        """
        self._guards(guards)
        self._lowest, self._gaps, self._pressed = lowest, gaps, pressed
        self._through = through
        place = (UPRIGHT * 0.1, root[0], root[0] if forward is None else forward)
        turn = (root[1], max(root[1], UPRIGHT), max(root[1], UPRIGHT))
        lain_on = any(goal.point in LAIN_ON for goal in goals)
        limbs = np.where(self._neck, NECK if lain_on else SPINE, self.weights)
        weights = np.concatenate([place, turn, limbs])
        q = start.copy()
        q[7:] = np.clip(q[7:], self.rig.low, self.rig.high)
        for k in range(steps):
            self.rig.set(q)
            longest = max(STEP_RAD * SHORTER**k, STEP_RAD / 20)
            move = np.clip(self._step(q, wish, goals, weights, longest), -longest, longest)
            q = self.rig.step(q, move)
            if np.abs(move).max() < ENOUGH:
                break
        return q

    def _step(
        self, q: Array, wish: Array, goals: Sequence[Goal], weights: Array, longest: float
    ) -> Array:
        apart = self.rig.difference(q, wish)
        hessian = np.diag(weights**2 + DAMPING**2)
        pull = weights**2 * apart
        rows, errors = self._goals(goals)
        hessian += rows.T @ rows
        pull = pull + rows.T @ errors
        guard, above = self._floor(goals)
        between, gap = self.apart.rows(self._gaps)
        beside, away = self._beside(goals)
        guard = np.concatenate([guard, between, beside])
        above = np.concatenate([above, gap, away])
        free = np.full(ROOT, longest)
        upward, downward = self.rig.high - q[7:], self.rig.low - q[7:]
        high = np.concatenate([free, np.minimum(upward, longest), np.full(len(above), 1e30)])
        low = np.concatenate([-free, np.maximum(downward, -longest), above])
        sense = np.concatenate([self._sense, np.full(len(above), SOFT, dtype=c_int)])
        found, _, flag, _ = daqp.solve(
            hessian, -pull, np.ascontiguousarray(guard), high, low, sense.astype(c_int)
        )
        if flag < 0:
            found = np.linalg.solve(hessian, pull)
        return np.asarray(found, float)

    def _goals(self, goals: Sequence[Goal]) -> tuple[Array, Array]:
        nv = self.rig.model.nv
        rows, errors = [np.zeros((0, nv))], [np.zeros(0)]
        for goal in goals:
            at = self.rig.point(goal.point)
            move, turn = self.rig.jacobian(self.rig.point_body[goal.point], at)
            target, normal = goal.at, goal.normal
            if goal.to is not None:
                target = self.rig.point(goal.to) + self.rig.offset(goal.to, goal.offset)
                other, _ = self.rig.jacobian(self.rig.point_body[goal.to], target)
                move = move - other
            picked = list(goal.rows)
            rows.append(goal.weight * move[picked])
            errors.append(goal.weight * (target - at)[picked])
            if goal.to is not None and goal.facing:
                normal = -self.rig.normal(goal.to)
            if normal is not None:
                mine = self.rig.normal(goal.point)
                share = goal.weight * (0.02 if goal.facing else 0.08)
                rows.append(share * turn)
                errors.append(share * np.cross(mine, normal))
                # Turning about the normal is free: take that part out of the rows.
                rows[-1] = rows[-1] - np.outer(normal, normal @ rows[-1])
        return np.concatenate(rows), np.concatenate(errors)

    def _guards(self, more: Sequence[Guard]) -> None:
        rig = self.rig
        self._body, self._local = rig.guard_body, rig.guard_local
        if more:
            self._body = np.concatenate([self._body, [one.body for one in more]])
            self._local = np.concatenate([self._local, [one.local for one in more]])

    def _floor(self, goals: Sequence[Goal]) -> tuple[Array, Array]:
        """Return rows and bounds that keep low points of the skin above the floor."""
        rig = self.rig
        at = self._watched()
        held = {goal.point for goal in goals}
        watched = len(rig.guards)
        low = [
            k
            for k in np.flatnonzero(at[:, 1] < GUARDED_M).tolist()
            if k >= watched or rig.guards[k] not in held
        ]
        rows = np.zeros((len(low), rig.model.nv))
        for row, k in enumerate(low):
            rows[row] = rig.jacobian(int(self._body[k]), at[k])[0][1]
        bound = -at[low, 1] - GIVE_M
        return rows, bound if self._lowest is None else bound + self._lowest[low]

    def _beside(self, goals: Sequence[Goal]) -> tuple[Array, Array]:
        """Return rows and bounds that keep the skin out of the props."""
        rig = self.rig
        if self._through or not len(self.solids):
            return np.zeros((0, rig.model.nv)), np.zeros(0)
        at = self._watched()
        far, out, _ = self.solids.distance(at)
        held = {goal.point for goal in goals}
        watched = len(rig.guards)
        near = [
            k
            for k in np.flatnonzero(far < GUARDED_M).tolist()
            if k >= watched or rig.guards[k] not in held
        ]
        rows = np.zeros((len(near), rig.model.nv))
        for row, k in enumerate(near):
            rows[row] = out[k] @ rig.jacobian(int(self._body[k]), at[k])[0]
        bound = -far[near] - PRESS_M
        return rows, bound if self._pressed is None else bound + self._pressed[near]

    def depths(self, q: Array, guards: Sequence[Guard]) -> Array:
        """Return how far every watched point is inside a prop at ``q`` (negative, or 0)."""
        self._guards(guards)
        self.rig.set(q)
        return np.minimum(self.solids.distance(self._watched())[0] + PRESS_M, 0)

    def _watched(self) -> Array:
        rig = self.rig
        frame = rig.data.xmat[self._body].reshape(-1, 3, 3)
        at: Array = rig.data.xpos[self._body] + np.einsum("nij,nj->ni", frame, self._local)
        return at

    def heights(self, q: Array, guards: Sequence[Guard]) -> Array:
        """Return how high every watched point is at ``q``."""
        self._guards(guards)
        self.rig.set(q)
        return self._watched()[:, 1].copy()


def _weight(name: str) -> float:
    if name.startswith(("L1", "L2", "L3", "L4", "L5", "T", "neck", "head")):
        return SPINE
    factors = [factor for start, factor in LOOSE.items() if name.startswith(start)]
    return LIMB * (factors[-1] if factors else 1.0)
