"""How deep parts of the body press into each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recoup.body import Body, Skin
from recoup.body.surface import border_edges

Array = NDArray[np.float64]
Single = NDArray[np.float32]

PARTS: dict[str, tuple[str, ...]] = {
    "head": ("head", "neck3", "neck2"),
    "chest": ("Tup", "Tmid", "Tlow"),
    "belly": ("L1", "L2", "L3", "L4", "L5", "pelvis"),
    **{f"{part}_{side}": tuple(f"{name}_{side}" for name in names)
       for side in "LR" for part, names in {
           "upper arm": ("uarm",), "forearm": ("farm", "farmtw"),
           "hand": ("hand", *(f"f{f}{j}" for f in range(1, 6) for j in range(1, 4))),
           "thigh": ("thigh",), "shank": ("shank",), "foot": ("foot", "toes"),
           "buttock": ("glute",)}.items()},
}  # fmt: skip

JOINED = (
    ("head", "chest"), ("chest", "belly"), ("chest", "upper arm"), ("upper arm", "forearm"),
    ("forearm", "hand"), ("belly", "thigh"), ("thigh", "shank"), ("shank", "foot"),
    ("belly", "buttock"), ("buttock", "thigh"), ("buttock", "buttock"), ("thigh", "thigh"),
)  # fmt: skip
"""Parts that share a joint, or lie side by side at it: their press is a fold, not a fault."""

SOFT = (("belly", "thigh"), ("chest", "thigh"), ("thigh", "shank"), ("buttock", "foot"),
        ("buttock", "shank"))  # fmt: skip
"""Soft parts that press on each other; folds at a joint are measured away from it.

Measured on the figure as it is drawn: what overlap is left after calf and thigh have given way.
They give way by a fixed amount for a knee's bend, never by as much as a pose happens to need.
"""

EVERY, UNTOUCHED = 3, ("eyes", "hair", "bun")
NEAR_M = 0.05
STRAIGHT = 0.7


@dataclass(frozen=True)
class Press:
    """The deepest press found, in mm, and between which parts."""

    pierce_mm: float
    soft_mm: float
    parts: tuple[str, str]
    soft_parts: tuple[str, str]


class Presses:
    """Measures one body's poses. Every third vertex is looked at, those on hems left out: a hem
    is turned in, and looks along the skin instead of out of it."""

    def __init__(self, body: Body) -> None:
        self._skin = Skin(body, every=EVERY, without=UNTOUCHED)
        on_edge = _on_edge(body)
        index = {name: k for k, name in enumerate(body.segments)}
        owner, weight = self._skin.owner, self._skin.held.max(1)
        self._mine = {}
        for part, names in PARTS.items():
            columns = [index[name] for name in names if name in index]
            # Vertices near a joint belong to both sides of it.
            sure = 0.8 if part.split("_")[0] in ("thigh", "shank", "belly") else 0.55
            self._mine[part] = np.flatnonzero(
                np.isin(owner, columns) & (weight > sure) & ~on_edge
            )
        parts = list(PARTS)
        self._pairs = [
            (a, b) for i, a in enumerate(parts) for b in parts[i + 1 :] if self._counts(a, b)
        ]

    def measure(self, transforms: Array) -> Press:
        """Return how deep vertices of one part lie inside another in this pose."""
        points, normals = self._skin.vertices(transforms), self._skin.normals(transforms)
        pierce, soft, parts, soft_parts = 0.0, 0.0, ("", ""), ("", "")
        for a, b in self._pairs:
            depth = max(self._depth(points, normals, a, b), self._depth(points, normals, b, a))
            if _kind(a, b) in SOFT or _kind(b, a) in SOFT:
                if depth > soft:
                    soft, soft_parts = depth, (a, b)
            elif depth > pierce:
                pierce, parts = depth, (a, b)
        return Press(pierce * 1e3, soft * 1e3, parts, soft_parts)

    def _counts(self, a: str, b: str) -> bool:
        kinds = (_kind(a, b), _kind(b, a))
        if any(kind in SOFT for kind in kinds):
            return True
        joined = any(kind in JOINED for kind in kinds)
        same_side = a[-2:] == b[-2:] or "_" not in a or "_" not in b
        return not (joined and same_side) and kinds[0] not in (("thigh", "thigh"),)

    def _depth(self, points: Single, normals: Single, a: str, b: str) -> float:
        """Return how far vertices of ``a`` lie below the surface of ``b``."""
        mine, theirs = points[self._mine[a]], points[self._mine[b]]
        if not len(mine) or not len(theirs):
            return 0.0
        low, high = theirs.min(0) - 0.01, theirs.max(0) + 0.01
        mine = mine[((mine > low) & (mine < high)).all(1)]
        if not len(mine):
            return 0.0
        apart = ((mine**2).sum(1)[:, None] + (theirs**2).sum(1)) - 2 * mine @ theirs.T
        near = apart.argmin(1)
        way = theirs[near] - mine
        far = np.maximum(np.linalg.norm(way, axis=1), 1e-6)
        inward = (way * normals[self._mine[b]][near]).sum(1)
        # Straight out through the surface; at a part's cut edge the nearest point lies aslant.
        found = inward[(far < NEAR_M) & (inward > STRAIGHT * far)]
        return float(max(found.max(), 0.0)) if len(found) else 0.0


def _on_edge(body: Body) -> NDArray[np.bool_]:
    """Return which of the vertices looked at lie where their mesh ends."""
    found = []
    for mesh in body.meshes:
        if mesh.name not in UNTOUCHED:
            edge = np.zeros(len(mesh.vertices), bool)
            edge[border_edges(mesh.faces.astype(np.int64)).ravel()] = True
            found.append(edge[::EVERY])
    return np.concatenate(found)


def _kind(a: str, b: str) -> tuple[str, str]:
    return a.partition("_")[0], b.partition("_")[0]
