"""The body's angles: their names, their ranges of motion, and how the spine shares them."""

from __future__ import annotations

Range = tuple[float, float]

LIMB_RANGES: dict[str, Range] = {
    "scapula_elevation": (-10, 45),
    "scapula_protraction": (-25, 30),
    "shoulder_flexion": (-60, 185),
    "shoulder_abduction": (-45, 150),
    "shoulder_rotation": (-90, 90),
    "elbow_flexion": (0, 150),
    "pronation": (-85, 88),
    "wrist_flexion": (-90, 85),
    "wrist_deviation": (-35, 35),
    "hip_flexion": (-25, 145),
    "hip_abduction": (-30, 60),
    "hip_rotation": (-50, 50),
    "knee_flexion": (0, 160),
    "ankle_dorsiflexion": (-70, 35),
    "ankle_inversion": (-20, 30),
    "toe_extension": (-40, 75),
}
"""Degrees from the anatomical position; each side has every one of them."""

SPINE_PARTS: dict[str, tuple[str, ...]] = {
    "lumbar": ("L5", "L4", "L3", "L2", "L1"),
    "thoracic": ("Tlow", "Tmid", "Tup"),
    "neck": ("neck1", "neck2", "neck3", "head"),
}
"""The segments of each part of the spine, from below."""

SEGMENT_RANGES: dict[str, dict[str, Range]] = {
    "lumbar": {"flexion": (-9, 15), "bend": (-8, 8), "rotation": (-4, 4)},
    "thoracic": {"flexion": (-12, 18), "bend": (-8, 8), "rotation": (-15, 15)},
    "neck": {"flexion": (-18, 18), "bend": (-12, 12), "rotation": (-20, 20)},
}
"""Degrees of one segment of a part."""

SPINE_SHARES = {"lumbar_flexion": (0.26, 0.24, 0.20, 0.17, 0.13)}
"""How lumbar flexion spreads from L5/S1 to L1/2; other angles spread evenly."""

LIMB_ANGLES = tuple(LIMB_RANGES)
SPINE_ANGLES = tuple(f"{part}_{way}" for part in SPINE_PARTS for way in SEGMENT_RANGES[part])
"""Angles of a whole part of the spine, spread over its segments. Bend and rotation go left."""

JOINTS = {
    "shoulder": "uarm", "elbow_joint": "farm", "wrist": "hand", "hip": "thigh",
    "knee_joint": "shank", "knee": "shank", "ankle": "foot",
}  # fmt: skip
"""Names of joints in claims, and the segment whose joint each is."""


def shares_of(name: str) -> tuple[float, ...]:
    """Return how an angle of the spine spreads over the segments of its part, from below."""
    count = len(SPINE_PARTS[name.partition("_")[0]])
    return SPINE_SHARES.get(name, (1 / count,) * count)


def range_of(name: str) -> Range:
    """Return how far an angle goes, degrees: a part of the spine as far as its first segment
    that is at its end.

    >>> range_of("knee_flexion")
    (0, 160)
    >>> [round(one, 1) for one in range_of("lumbar_flexion")]
    [-34.6, 57.7]
    """
    if name in LIMB_RANGES:
        return LIMB_RANGES[name]
    part, _, way = name.partition("_")
    low, high = SEGMENT_RANGES[part][way]
    most = max(shares_of(name))
    return low / most, high / most
