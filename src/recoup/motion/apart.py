"""Keep arms and hands out of thighs and trunk: capsules round the bones, as bounds of a step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recoup.body import Body, Skin
from recoup.motion.rig import Rig

Array = NDArray[np.float64]

NEAR_M = 0.03
"""Pairs closer than this are watched."""


@dataclass(frozen=True)
class Capsule:
    """A line on a segment (ends in its frame) and how thick the flesh round it is."""

    name: str
    body: int
    ends: Array
    radius: float


class Apart:
    """The pairs of capsules of one rig that must not press into each other."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self.capsules = _capsules(rig)
        arms = [one for one in self.capsules if one.startswith(("farm", "hand"))]
        others = [one for one in self.capsules if one not in arms]
        self.pairs = [(a, b) for a in arms for b in others]
        self.pairs += [("farm_L", "farm_R")]

    def gaps(self) -> Array:
        """Return the gap of every pair now, metres; negative where they press."""
        return np.array([self._gap(a, b)[0] for a, b in self.pairs])

    def rows(self, allowed: Array | None) -> tuple[Array, Array]:
        """Return rows and bounds for the pairs that are near.

        ``allowed`` is how small each gap may be (by default nothing presses).
        """
        rows, bounds = [np.zeros((0, self._rig.model.nv))], []
        for k, (a, b) in enumerate(self.pairs):
            gap, at_a, at_b, away = self._gap(a, b)
            if gap > NEAR_M:
                continue
            first, _ = self._rig.jacobian(self.capsules[a].body, at_a)
            second, _ = self._rig.jacobian(self.capsules[b].body, at_b)
            rows.append((away @ (first - second))[None])
            bounds.append(-gap + (0.0 if allowed is None else allowed[k]))
        return np.concatenate(rows), np.array(bounds)

    def _gap(self, a: str, b: str) -> tuple[float, Array, Array, Array]:
        one, two = self.capsules[a], self.capsules[b]
        p, q = _closest(*self._ends(one), *self._ends(two))
        apart = p - q
        length = float(np.linalg.norm(apart))
        return length - one.radius - two.radius, p, q, apart / max(length, 1e-6)

    def _ends(self, one: Capsule) -> tuple[Array, Array]:
        data = self._rig.data
        turned = one.ends @ data.xmat[one.body].reshape(3, 3).T + data.xpos[one.body]
        return turned[0], turned[1]


def _capsules(rig: Rig) -> dict[str, Capsule]:
    body, skin = rig.body, Skin(rig.body)
    joint = {name: body.joints[k] for name, k in body.index.items()}
    lines: dict[str, tuple[Array, Array]] = {}
    for s in "LR":
        hip, knee, ankle = joint[f"thigh_{s}"], joint[f"shank_{s}"], joint[f"foot_{s}"]
        lines[f"thigh_{s}"] = (hip * 0.7 + knee * 0.3, knee * 0.95 + hip * 0.05)
        lines[f"shank_{s}"] = (knee * 0.9 + ankle * 0.1, ankle * 0.85 + knee * 0.15)
        elbow, wrist = joint[f"farm_{s}"], joint[f"hand_{s}"]
        lines[f"farm_{s}"] = (elbow * 0.8 + wrist * 0.2, wrist)
        lines[f"hand_{s}"] = (wrist, joint[f"f31_{s}"])
    found = {name: _capsule(rig, skin, name, *line) for name, line in lines.items()}
    for name in ("pelvis", "L3", "Tlow", "Tmid"):
        found[name] = _trunk(rig, body, skin, name)
    return found


def _capsule(rig: Rig, skin: Skin, name: str, start: Array, end: Array) -> Capsule:
    k = rig.body.index[name]
    mine = skin.rest[(skin.owner == k) & (skin.held[:, k] > 0.8)].astype(float)
    along = (end - start) / np.linalg.norm(end - start)
    out = mine - start
    out -= np.outer(out @ along, along)
    radius = float(np.median(np.linalg.norm(out, axis=1)))
    return _on(rig, name, start, end, radius * (0.55 if name.startswith("hand") else 0.92))


def _trunk(rig: Rig, body: Body, skin: Skin, name: str) -> Capsule:
    y = body.joints[body.index[name]][1] + 0.03
    arm = [k for k, one in enumerate(body.segments) if one.startswith(("uarm", "farm", "hand"))]
    near = abs(skin.rest[:, 1] - y) < 0.03
    ring = skin.rest[near & (skin.weights[:, arm].sum(1) < 0.1)]
    ring = ring[abs(ring[:, 0]) < 0.22].astype(float)
    front, back, wide = ring[:, 2].max(), ring[:, 2].min(), abs(ring[:, 0]).max()
    middle, radius = (front + back) / 2, (front - back) / 2 * 0.88
    half = max(wide - radius, 0.02)
    return _on(rig, name, np.array([-half, y, middle]), np.array([half, y, middle]), radius)


def _on(rig: Rig, name: str, start: Array, end: Array, radius: float) -> Capsule:
    k = rig.body.index[name]
    ends = (np.stack([start, end]) - rig.body.joints[k]) @ rig.body.frames[k]
    return Capsule(name, rig.body_id[name], ends, radius)


def _closest(a: Array, b: Array, c: Array, d: Array) -> tuple[Array, Array]:
    """Return the closest points of the lines a-b and c-d."""
    u, v, w = b - a, d - c, a - c
    uu, uv, vv, uw, vw = (float(x @ y) for x, y in ((u, u), (u, v), (v, v), (u, w), (v, w)))
    below = uu * vv - uv * uv
    s = 0.0 if below < 1e-12 else min(max((uv * vw - vv * uw) / below, 0.0), 1.0)
    t = min(max((uv * s + vw) / vv, 0.0), 1.0)
    s = min(max((uv * t - uw) / uu, 0.0), 1.0)
    return a + u * s, c + v * t
