"""Fit the other bones to a figure: pelvis, chest, neck, head and legs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from recoup.body.bones.shell import Depth
from recoup.body.bones.source import Bone, BoneSource
from recoup.body.bones.spine import Slide, Vertebra, nape, slide, tilted
from recoup.body.value import SIDES, Body

Array = NDArray[np.float64]

LEG = {
    "femur": ("thigh", "femur", "tibia", "thigh", "shank"),
    "patella": ("shank", "femur", "tibia", "thigh", "shank"),
    "tibia": ("shank", "tibia", "talus", "shank", "foot"),
    "fibula": ("shank", "tibia", "talus", "shank", "foot"),
}
"""The segment that holds each bone of the leg; the joints of the model that it lies between, and
those of the figure that these come to lie on."""

SLIM = {"thigh": 0.95, "shank": 0.76}
"""How thick the bones of each limb are, against how long they are: the figures' shins and ankles
are slimmer than the model's."""
LEANING = 0.6
"""How much of the way from the hips to the sacrum the pelvis leans; it slides the rest."""
SACRUM_GAP = 0.13
"""From the lowest joint down to the sacrum, as a share of the way to the joint above."""
SACRUM_SHARE = 0.6
"""How far up between hips and the sacrum's top the two hip bones meet the sacrum."""
EMBLEM = 5000
"""Triangles that no rib has."""
SCALP_M = 0.0065
"""From the skull to the skin of the head."""
NECK_DEPTH = 0.78
"""How deep the bones of the neck are, against how high: the figures' necks are slim."""
NECK_FRONT_M = 0.010
"""From the middle of the lowest disc of the neck to the front of the bone over it."""
RIBS_M = 0.009
"""How deep in the skin ribs lie at least."""
CHEST_SCALE = (0.96, 1.0)
"""Where the fit of the rib cage begins: across, and front to back."""


def pelvis(source: BoneSource, body: Body) -> dict[str, Bone]:
    """Return both hip bones and the sacrum, from the hips to the lowest joint of the spine."""
    hips = np.mean([source.joint(f"femur_{side}") for side in "lr"], axis=0)
    sacrum = source.bone("sacrum")
    top = sacrum.vertices[np.abs(sacrum.vertices[:, 0]) < 1e-4]
    top = top[top[:, 1] > top[:, 1].max() - 0.004].mean(0)
    wide = source.joint("femur_l")[0]
    at = body.joints[body.index["pelvis"]]
    low, next_ = (body.joints[body.index[name]] for name in ("L5", "L4"))
    target = low - SACRUM_GAP * (next_ - low)
    before, after = top - hips, target - at
    angle = np.arctan2(after[2], after[1]) - np.arctan2(before[2], before[1])
    lean = tilted(LEANING * float(angle))
    scale = float(np.linalg.norm(after) / np.linalg.norm(before))
    lean_all = Slide(lean, np.full(3, scale), hips, at)
    top_at = lean_all(top[None])[0]
    wider = body.joints[body.index["thigh_L"]][0] / wide / scale
    found = {}
    for name in ("sacrum", "l_pelvis", "r_pelvis"):
        bone = source.bone(name)
        moved = lean_all(bone.vertices)
        # What leaning leaves is slid: the higher, the more, so that the hips stay.
        share = (moved[:, 1:2] - at[1]) / (top_at[1] - at[1])
        moved += share * (target - top_at)
        if name != "sacrum":
            # As wide as the figure's hips; at the sacrum no wider than the sacrum.
            moved[:, :1] *= wider + (1 - wider) * np.clip(share / SACRUM_SHARE, 0, 1)
        found[name] = bone.moved(moved)
    return found


def legs(source: BoneSource, body: Body) -> dict[str, tuple[Bone, str]]:
    """Return the bones of both legs, each with its segment."""
    found = {}
    for side in SIDES:
        for name, (segment, start, end, first, last) in LEG.items():
            low = side.lower()
            bone = source.bone(f"{low}_{name}")
            here = np.array([source.joint(f"{one}_{low}") for one in (start, end)])
            there = np.array([body.joints[body.index[f"{one}_{side}"]] for one in (first, last)])
            moved = _along(bone.vertices, here, there, SLIM[first])
            found[f"{low}_{name}"] = (bone.moved(moved), f"{segment}_{side}")
    return found


def _along(points: Array, here: Array, there: Array, slim: float) -> Array:
    scale = np.linalg.norm(there[1] - there[0]) / np.linalg.norm(here[1] - here[0])
    turned = (points - here[0]) @ _limb(here) * scale * [slim, 1, slim]
    moved: Array = turned @ _limb(there).T + there[0]
    return moved


def _limb(pair: Array) -> Array:
    """Return the axes of a limb: across, along, and square to both."""
    along = pair[0] - pair[1]
    along = along / np.linalg.norm(along)
    across = np.array([1.0, 0, 0]) - along * along[0]
    across /= np.linalg.norm(across)
    return np.stack([across, along, np.cross(across, along)], 1)


def rib_cage(source: BoneSource, spine: Sequence[Vertebra], depth: Depth) -> Bone:
    """Return the ribs, hung on the thoracic vertebrae and narrowed until they lie in the skin."""
    bone = _plain(source.bone("thorax"))
    chest = [one for one in spine if one.name[0] == "T"]
    before = np.array([one.source_middle for one in chest])
    after = np.array([one.ends.mean(0) for one in chest])
    lift = (after[-1, 1] - after[0, 1]) / (before[-1, 1] - before[0, 1])

    def hung(points: Array, across: float, deep: float) -> Array:
        height = points[:, 1]
        y = after[0, 1] + (height - before[0, 1]) * lift
        behind = np.interp(height, before[:, 1], before[:, 2])
        base = np.interp(height, before[:, 1], after[:, 2])
        return np.stack([points[:, 0] * across, y, base + (points[:, 2] - behind) * deep], 1)

    across, deep = CHEST_SCALE
    some = bone.vertices[::2]
    for _ in range(50):
        inside, normal = depth(hung(some, across, deep))
        out = normal[inside < RIBS_M]
        if not len(out):
            break
        sideways = np.abs(out[:, 0]) > np.abs(out[:, 2])
        across -= 0.01 * bool(sideways.any())
        deep -= 0.01 * bool((~sideways).any())
    return bone.moved(hung(bone.vertices, across, deep))


def _plain(ribs: Bone) -> Bone:
    """Return ribs and breastbone without the emblem that the package's breastbone bears in relief:
    one piece of far too many triangles, and sheets that are open where they lie on it."""
    piece = ribs.pieces
    corners = np.bincount(piece, minlength=len(piece))[piece]
    triangles = np.bincount(piece[ribs.faces[:, 0]], minlength=len(piece))[piece]
    return ribs.without((triangles > EMBLEM) | (triangles < corners))


def head(source: BoneSource, body: Body) -> tuple[Bone, Bone, Slide]:
    """Return skull and jaw, and how they were fitted: from the back of the head to the brow."""
    skin = _mesh(body, "skin")
    held = _held(body, "skin", "head")
    joint = body.joints[body.index["head"]]
    mine = skin[(held > 0.6) & (skin[:, 1] > joint[1])]
    top = mine[:, 1].max()
    skull = source.bone("hat_skull")
    crown = skull.vertices[:, 1].max()
    brow = joint[1] + 0.62 * (top - joint[1])
    upper = mine[mine[:, 1] > brow]
    own = skull.vertices[skull.vertices[:, 1] > crown - 0.075]
    room = np.ptp(upper[:, 2]) - 2 * SCALP_M
    scale = room / np.ptp(own[:, 2])
    wide = (np.ptp(upper[:, 0]) - 2 * SCALP_M) / np.ptp(own[:, 0])
    start = np.array([0, crown, (own[:, 2].max() + own[:, 2].min()) / 2])
    to = np.array([0, top - SCALP_M, (upper[:, 2].max() + upper[:, 2].min()) / 2])
    fitted = Slide(np.eye(3), np.array([min(scale, wide), scale, scale]), start, to)
    jaw = source.bone("hat_jaw")
    return skull.moved(fitted(skull.vertices)), jaw.moved(fitted(jaw.vertices)), fitted


def neck(source: BoneSource, body: Body, fitted: Slide) -> Bone:
    """Return the bones of the neck, from the lowest joint of the neck to the skull."""
    bone = source.bone("hat_cervical")
    v = bone.vertices
    front = v[(np.abs(v[:, 0]) < 0.008) & (v[:, 2] > np.median(v[:, 2]))]
    low = front[front[:, 1] < v[:, 1].min() + 0.012].mean(0)
    high = front[front[:, 1] > v[:, 1].max() - 0.008].mean(0)
    low[0] = high[0] = 0
    joint = nape(body) + np.array([0, 0, NECK_FRONT_M])
    pair, target = np.array([low, high]), np.array([joint, fitted(high[None])[0]])
    fitted_neck = slide(pair, target)
    return bone.moved(replace(fitted_neck, scale=fitted_neck.scale * [1, 1, NECK_DEPTH])(v))


def _mesh(body: Body, name: str) -> Array:
    return next(mesh.vertices for mesh in body.meshes if mesh.name == name).astype(float)


def _held(body: Body, name: str, segment: str) -> Array:
    mesh = next(mesh for mesh in body.meshes if mesh.name == name)
    share: Array = (mesh.weights * (mesh.joints == body.index[segment])).sum(1)
    return share
