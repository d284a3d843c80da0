"""Fit each vertebra between the two joints of the figure that it turns between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recoup.body.bones.source import Bone, BoneSource
from recoup.body.value import Body

Array = NDArray[np.float64]

LUMBAR = ("L5", "L4", "L3", "L2", "L1")
THORACIC = tuple(f"T{n}" for n in range(12, 0, -1))
VERTEBRAE = (*LUMBAR, *THORACIC)
"""From below."""
JOINTS = ("L5", "L4", "L3", "L2", "L1", "Tlow", "Tmid", "Tup")
"""Joints of the spine from below."""
CHEST = ("Tlow", "Tmid", "Tup")

NAPE_M = 0.012
END_M, BODY_M = 0.003, 0.015
"""How high its rim lies round the middle of an end at most, and how far behind it the body ends."""
BODY_SHARE = {"L": 0.74, "T": 0.82}
"""How much of the way from one joint to the next is bone; the rest is disc."""


@dataclass(frozen=True)
class Slide:
    """Turn in the plane of left and right, scale and shift: from one pair of points to another."""

    turn: Array
    scale: Array
    start: Array
    to: Array

    def __call__(self, points: Array) -> Array:
        moved: Array = ((points - self.start) * self.scale) @ self.turn.T + self.to
        return moved


@dataclass(frozen=True)
class Vertebra:
    """A fitted vertebra: its surface, the middles of its two ends, below and above, how far the
    ends reach to the sides and to the front, and where its middle was in the model."""

    name: str
    bone: Bone
    ends: Array
    half: Array
    source_middle: Array


def spine(source: BoneSource, body: Body) -> tuple[Vertebra, ...]:
    """Return the vertebrae from L5 up to T1, each between its two joints."""
    bones = [source.bone(_file(name)) for name in VERTEBRAE]
    ends = [_ends(bone) for bone in bones]
    heights = np.array([np.linalg.norm(pair[1] - pair[0]) for pair in ends])
    discs = _discs(body, heights[len(LUMBAR) :])
    found = []
    for k, name in enumerate(VERTEBRAE):
        share = BODY_SHARE[name[0]]
        below, above = discs[k], discs[k + 1]
        gap = (1 - share) / 2 * (above - below)
        target = np.array([below + gap, above - gap])
        fitted = slide(ends[k], target)
        bone = bones[k].moved(fitted(bones[k].vertices))
        half = _rim(bones[k], ends[k]) * fitted.scale[[0, 2]]
        found.append(Vertebra(name, bone, target, half, ends[k].mean(0)))
    return tuple(found)


def slide(pair: Array, target: Array) -> Slide:
    """Return the slide that brings two points of the middle plane onto two others."""
    before, after = pair[1] - pair[0], target[1] - target[0]
    angle = np.arctan2(after[2], after[1]) - np.arctan2(before[2], before[1])
    scale = np.linalg.norm(after) / np.linalg.norm(before)
    return Slide(tilted(float(angle)), np.full(3, scale), pair.mean(0), target.mean(0))


def tilted(angle: float) -> Array:
    """Return a turn that leans forward by ``angle`` (radians)."""
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[1, 0, 0], [0, c, -s], [0, s, c]])


def _file(name: str) -> str:
    return f"lumbar{name[1:]}" if name[0] == "L" else f"thoracic{name[1:]}_s"


def _rim(bone: Bone, ends: Array) -> Array:
    """Return half the width and half the depth of a vertebra's ends."""
    near = np.abs(bone.vertices[:, 1:2] - ends[:, 1]).min(1) < END_M
    body = bone.vertices[near & (bone.vertices[:, 2] > ends[:, 2].min() - BODY_M)]
    reach: Array = np.array([np.abs(body[:, 0]).max(), body[:, 2].max() - ends[:, 2].mean()])
    return reach


def _ends(bone: Bone) -> Array:
    """Return the middles of a vertebra's ends, below and above: each end is a fan of triangles
    round its middle, so these two vertices have the most triangles."""
    fans = np.bincount(bone.faces.ravel())
    found = bone.vertices[np.argsort(-fans, kind="stable")[:2]]
    found = found[np.argsort(found[:, 1])]
    found[:, 0] = 0
    return found


def _discs(body: Body, thoracic: Array) -> Array:
    """Return the middles of all discs from L5/S1 up to C7/T1.

    In the low back they are the figure's joints. The chest has fewer joints than vertebrae: its
    discs lie on a smooth curve through them, as far apart as the vertebrae are high.
    """
    joints = np.array([*(body.joints[body.index[name]] for name in JOINTS), nape(body)])
    low, high = joints[len(LUMBAR)], joints[-1]
    share = np.concatenate([[0], np.cumsum(thoracic)]) / thoracic.sum()
    y = low[1] + share * (high[1] - low[1])
    z = _curve(joints[:, 1], joints[:, 2], y)
    chest = np.stack([np.zeros_like(y), y, z], 1)
    return np.concatenate([joints[: len(LUMBAR)], chest])


def nape(body: Body) -> Array:
    """Return the middle of the disc between chest and neck: in front of the figure's joint, which
    lies too near the skin for a bone behind it."""
    found: Array = body.joints[body.index["neck1"]] * [0, 1, 1] + [0, 0, NAPE_M]
    return found


def _curve(x: Array, y: Array, at: Array) -> Array:
    """Return a smooth curve through points: cubics with the neighbours' mean slope (Catmull)."""
    slope = np.gradient(y, x)
    k = np.clip(np.searchsorted(x, at) - 1, 0, len(x) - 2)
    step = x[k + 1] - x[k]
    t = (at - x[k]) / step
    found: Array = (
        (2 * t**3 - 3 * t**2 + 1) * y[k] + (t**3 - 2 * t**2 + t) * step * slope[k]
        + (3 * t**2 - 2 * t**3) * y[k + 1] + (t**3 - t**2) * step * slope[k + 1]
    )  # fmt: skip
    return found
