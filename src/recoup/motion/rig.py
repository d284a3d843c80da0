"""The body as a MuJoCo skeleton, and the clinical names of its coordinates."""

from __future__ import annotations

from collections.abc import Mapping

import mujoco
import numpy as np
from numpy.typing import NDArray

from recoup.body import Body, place
from recoup.body.flesh import gives_m
from recoup.model.joints import SPINE_ANGLES, SPINE_PARTS, shares_of

Array = NDArray[np.float64]

ROOT = 6
"""The first coordinates: where the pelvis is and how it is turned."""


class Rig:
    """A body's coordinates ``q``: place (3) and quaternion (4) of the pelvis, then its hinges."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.model = mujoco.MjModel.from_xml_string(_xml(body))
        self.data = mujoco.MjData(self.model)
        self.index = {
            hinge.name: int(self.model.joint(hinge.name).qposadr[0]) - 7 for hinge in body.hinges
        }
        hinges = sorted(body.hinges, key=lambda one: self.index[one.name])
        self.low = np.radians([hinge.low for hinge in hinges])
        self.high = np.radians([hinge.high for hinge in hinges])
        self.body_id: dict[str, int] = {name: self.model.body(name).id for name in body.moved}
        self._moved_ids = np.array([self.body_id[name] for name in body.moved])
        rest = body.contacts
        self.point_body = {one.name: self.body_id[one.segment] for one in rest}
        self.point_local = {one.name: self._local(one.segment, one.point) for one in rest}
        self._lain_on = {
            one.name: self._local(one.segment, (*one.point[:2], one.point[2] - gives))
            for one in rest if (gives := gives_m(body, one.name)) > 0
        }  # fmt: skip
        self.normal_local = {
            one.name: body.frames[body.index[one.segment]].T @ np.array(one.normal) for one in rest
        }
        guards = [one.name for one in rest if one.name.startswith("floor_")]
        touching = (
            "knee",
            "kneecap",
            "ball",
            "heel",
            "toe",
            "instep",
            "palm",
            "elbow",
            "forehead",
            "fingers",
            "heel_back",
        )
        guards += [one.name for one in rest if one.name.startswith(touching)]
        self.guards = guards
        self.guard_body = np.array([self.point_body[name] for name in guards])
        self.guard_local = np.array([self.point_local[name] for name in guards])

    def _local(self, segment: str, point: tuple[float, float, float]) -> Array:
        k = self.body.index[segment]
        local: Array = self.body.frames[k].T @ (np.array(point) - self.body.joints[k])
        return local

    def angles(self, named: Mapping[str, float]) -> Array:
        """Return the hinges (radians) of clinical angles; the rest is zero.

        >>> # lumbar_flexion 40 gives L5_flexion 10.4, L4_flexion 9.6, ...
        """
        found = np.zeros(len(self.index))
        for name, degrees in named.items():
            for hinge, share in self.hinges_of(name):
                found[self.index[hinge]] += np.radians(degrees * share)
        return found

    def hinges_of(self, name: str) -> list[tuple[str, float]]:
        if name not in SPINE_ANGLES:
            return [(name, 1.0)]
        part, _, way = name.partition("_")
        pairs = zip(SPINE_PARTS[part], shares_of(name), strict=True)
        return [(f"{segment}_{way}", share) for segment, share in pairs]

    def total(self, q: Array, name: str) -> float:
        """Return a clinical angle in degrees, summed over its hinges."""
        hinges = [self.index[hinge] for hinge, _ in self.hinges_of(name)]
        return float(np.degrees(q[7:][hinges].sum()))

    def set(self, q: Array) -> None:
        """Put the skeleton at ``q`` and work out every frame."""
        self.data.qpos[:] = q
        mujoco.mj_kinematics(self.model, self.data)
        mujoco.mj_comPos(self.model, self.data)

    def point(self, name: str) -> Array:
        k = self.point_body[name]
        at: Array = self.data.xpos[k] + self.data.xmat[k].reshape(3, 3) @ self.point_local[name]
        return at

    def lain(self, name: str) -> Array:
        """Return where a point is with the belly flattened as far as the floor asks."""
        at = self.point(name)
        inner = self._lain_on.get(name)
        if inner is None or at[1] >= 0:
            return at
        k = self.point_body[name]
        least: Array = self.data.xpos[k] + self.data.xmat[k].reshape(3, 3) @ inner
        share = 1.0 if least[1] <= 0 else at[1] / (at[1] - least[1])
        return at + (least - at) * share

    def normal(self, name: str) -> Array:
        normal: Array = self._turn(name) @ self.normal_local[name]
        return normal

    def offset(self, name: str, offset: Array) -> Array:
        """Return an offset given in the rest pose as it is now on the segment of a point."""
        segment = self.body.contact[name].segment
        rest: Array = self.body.frames[self.body.index[segment]]
        return self._turn(name) @ rest.T @ offset

    def back_to_rest(self, name: str, offset: Array) -> Array:
        """Return an offset from a point as it would be in the rest pose."""
        segment = self.body.contact[name].segment
        rest: Array = self.body.frames[self.body.index[segment]]
        return rest @ self._turn(name).T @ offset

    def _turn(self, name: str) -> Array:
        turn: Array = self.data.xmat[self.point_body[name]].reshape(3, 3)
        return turn

    def jacobian(self, body: int, at: Array) -> tuple[Array, Array]:
        """Return how a point of a segment moves and turns with the velocities (3, nv)."""
        move, turn = np.zeros((3, self.model.nv)), np.zeros((3, self.model.nv))
        mujoco.mj_jac(self.model, self.data, move, turn, at, body)
        return move, turn

    def step(self, q: Array, velocity: Array) -> Array:
        found = q.copy()
        mujoco.mj_integratePos(self.model, found, velocity, 1.0)
        return found

    def difference(self, start: Array, end: Array) -> Array:
        """Return the velocity that leads from ``start`` to ``end`` in one second."""
        found = np.zeros(self.model.nv)
        mujoco.mj_differentiatePos(self.model, found, 1.0, start, end)
        return found

    def transforms(
        self, q: Array, curl: Array, on_floor: tuple[float, float], breath: float
    ) -> Array:
        """Return every segment's transform at ``q``."""
        self.set(q)
        turn = self.data.xmat[self._moved_ids].reshape(-1, 3, 3)
        return place(self.body, turn, self.data.xpos[self._moved_ids], curl, on_floor, breath)


def _xml(body: Body) -> str:
    children: dict[int, list[int]] = {}
    for k, name in enumerate(body.segments):
        if name in body.moved:
            children.setdefault(body.parents[k], []).append(k)

    def write(k: int) -> str:
        name, parent = body.segments[k], body.parents[k]
        at = body.joints[k]
        if parent >= 0:
            at = body.frames[parent].T @ (body.joints[k] - body.joints[parent])
        text = f'<body name="{name}" pos="{_numbers(at)}">'
        text += "" if parent >= 0 else '<freejoint name="root"/>'
        text += '<inertial pos="0 0 0" mass="1" diaginertia=".01 .01 .01"/>'
        for hinge in body.hinges:
            if hinge.segment == name:
                text += (
                    f'<joint name="{hinge.name}" axis="{_numbers(hinge.axis)}" '
                    f'range="{hinge.low} {hinge.high}" limited="true"/>'
                )
        return text + "".join(write(child) for child in children.get(k, ())) + "</body>"

    return (
        f'<mujoco model="{body.name}"><compiler angle="degree"/><option gravity="0 0 0"/>'
        f"<worldbody>{write(0)}</worldbody></mujoco>"
    )


def _numbers(values: Array | tuple[float, ...]) -> str:
    return " ".join(f"{value:.6f}" for value in values)
