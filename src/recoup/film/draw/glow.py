"""Where a target glows: soft fields on the figure at rest."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from recoup.body import Body

Array = NDArray[np.float64]

WARM = (1.10, 0.56, 0.25)
"""The one orange of the whole app: it means the target and nothing else. Brighter than any cloth,
so that it stays orange where little light falls."""

FAINT, FULL = 0.05, 0.75
"""Below the one a field does not show, above the other it is all orange. Between them dark cloth
would turn muddy, so the edge is soft but short."""

GLOWING = ("skin", "top", "bottom")


def glow(body: Body, targets: tuple[str, ...]) -> NDArray[np.float32]:
    """Return how much every vertex of the body's meshes glows, 0 to 1; unknown targets do not."""
    found = []
    for mesh in body.meshes:
        points = mesh.vertices.astype(float)
        share = np.zeros(len(points))
        if mesh.name in GLOWING:
            for name in targets:
                if name in FIELDS:
                    share = np.maximum(share, FIELDS[name](body, points))
        found.append(_shown(share))
    return np.concatenate(found).astype(np.float32)


def _shown(share: Array) -> Array:
    x = np.clip((share - FAINT) / (FULL - FAINT), 0, 1)
    return x * x * (3 - 2 * x)


def _joint(body: Body, name: str) -> Array:
    at: Array = body.joints[body.index[name]]
    return at


def _spot(distance: Array, size: float) -> Array:
    return np.exp(-0.5 * (distance / size) ** 2)


def _behind(body: Body, points: Array) -> Array:
    share: Array = 1 / (1 + np.exp((points[:, 2] - _joint(body, "L4")[2] + 0.02) / 0.012))
    return share


def _low_back(body: Body, points: Array) -> Array:
    """Two bands beside the lumbar spine: the small joints and the muscles over them."""
    low, high = _joint(body, "L5")[1] - 0.02, _joint(body, "Tlow")[1]
    band = _spot(np.abs(points[:, 0]) - 0.034, 0.019)
    along: Array = (
        1
        / (1 + np.exp(-(points[:, 1] - low) / 0.010))
        / (1 + np.exp((points[:, 1] - high) / 0.018))
    )
    return band * along * _behind(body, points)


def _gluteals(body: Body, points: Array) -> Array:
    hip = _joint(body, "thigh_L")
    centre = np.array([hip[0] * 0.85, hip[1] + 0.03, hip[2] - 0.11])
    away = points - centre * np.where(points[:, :1] > 0, 1, [[-1, 1, 1]])
    return _spot(np.linalg.norm(away * [1.0, 0.85, 0.9], axis=1), 0.055)


def _hamstrings(body: Body, points: Array) -> Array:
    hip, knee = _joint(body, "thigh_L"), _joint(body, "shank_L")
    share = (hip[1] - points[:, 1]) / (hip[1] - knee[1])
    middle = hip + (knee - hip) * share[:, None]
    away = np.abs(np.abs(points[:, 0]) - np.abs(middle[:, 0]))
    back: Array = 1 / (1 + np.exp((points[:, 2] - middle[:, 2] + 0.03) / 0.010))
    return _spot(share - 0.55, 0.22) * _spot(away, 0.05) * back


def _abdominals(body: Body, points: Array) -> Array:
    middle = _joint(body, "L3")
    front: Array = 1 / (1 + np.exp(-(points[:, 2] - middle[2] - 0.05) / 0.015))
    return _spot(points[:, 0], 0.055) * _spot(points[:, 1] - middle[1], 0.075) * front


def _thighs(body: Body, points: Array) -> tuple[Array, Array]:
    """Return how far down each thigh points are (0 hip, 1 knee), and from its bone, outward of
    the middle and forward."""
    hip, knee = _joint(body, "thigh_L"), _joint(body, "shank_L")
    share = (hip[1] - points[:, 1]) / (hip[1] - knee[1])
    bone = hip + (knee - hip) * share[:, None]
    out = np.abs(points[:, 0]) - np.abs(bone[:, 0])
    return share, np.stack([out, points[:, 2] - bone[:, 2]], axis=1)


def _quadriceps(body: Body, points: Array) -> Array:
    share, away = _thighs(body, points)
    front: Array = 1 / (1 + np.exp(-(away[:, 1] - 0.03) / 0.010))
    return _spot(share - 0.55, 0.20) * _spot(away[:, 0], 0.05) * front


def _adductors(body: Body, points: Array) -> Array:
    share, away = _thighs(body, points)
    inner: Array = 1 / (1 + np.exp((away[:, 0] + 0.012) / 0.010))
    return _spot(share - 0.50, 0.22) * _spot(away[:, 1] - 0.015, 0.065) * inner


def _between_blades(body: Body, points: Array) -> Array:
    """Two bands beside the spine, between the shoulder blades and a little below them."""
    middle = _joint(body, "Tmid")[1] + 0.02
    behind: Array = 1 / (1 + np.exp((points[:, 2] - _joint(body, "Tmid")[2] + 0.03) / 0.012))
    return _spot(np.abs(points[:, 0]) - 0.052, 0.026) * _spot(points[:, 1] - middle, 0.060) * behind


def _hip_flexors(body: Body, points: Array, side: str) -> Array:
    """The front of one hip, from the pelvis down to the upper thigh."""
    hip = _joint(body, f"thigh_{side}")
    front: Array = 1 / (1 + np.exp(-(points[:, 2] - hip[2] - 0.03) / 0.012))
    across = _spot(points[:, 0] - hip[0] * 1.05, 0.034)
    return across * _spot(points[:, 1] - hip[1] + 0.03, 0.075) * front


def _pelvic_floor(body: Body, points: Array) -> Array:
    """The base of the pelvis between the thighs, as far as the surface shows it."""
    hip = _joint(body, "thigh_L")
    away = points - np.array([0.0, hip[1] - 0.04, hip[2] + 0.02])
    return _spot(np.linalg.norm(away * [1.0, 0.9, 0.55], axis=1), 0.046)


FIELDS: dict[str, Callable[[Body, Array], Array]] = {
    "low-back": _low_back,
    "lumbar-facets": _low_back,
    "gluteals": _gluteals,
    "hamstrings": _hamstrings,
    "abdominals": _abdominals,
    "quadriceps": _quadriceps,
    "adductors": _adductors,
    "between-blades": _between_blades,
    "pelvic-floor": _pelvic_floor,
    "hip-flexors-left": partial(_hip_flexors, side="L"),
    "hip-flexors-right": partial(_hip_flexors, side="R"),
}
