"""The rig: segments from the pelvis outward, rest frames, clinical angles and their ranges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from recoup.body.source import SKIN_VERTICES
from recoup.body.value import SIDES, Hinge
from recoup.model.joints import LIMB_RANGES, SEGMENT_RANGES, Range

Array = NDArray[np.float64]
Vector = tuple[float, float, float]

X, Y, Z = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
SIGN = {"L": 1.0, "R": -1.0}

SPINE = {
    "L5": 0.245, "L4": 0.305, "L3": 0.37, "L2": 0.435, "L1": 0.495,
    "Tlow": 0.555, "Tmid": 0.68, "Tup": 0.82,
}  # fmt: skip
"""Height of each joint between the hips (0) and C7 (1); a segment turns about its lower joint."""

SPINE_DEPTH = 0.062
"""How far in front of the skin of the back the joints lie, metres, under a usual padding."""

BACKBONE, USUAL_PADDING = ("spine02", "spine03", "spine04"), 0.035
"""Bones of the data's own rig, which stay where they are as flesh grows over them, and how deep
they lie at most on an average body, metres: what is more is padding on the back."""

BELLY = ("pelvis", "L5", "L4", "L3", "L2", "L1")
"""The bones that carry a soft belly."""
BELLY_FROM_M = 0.06
"""How far ahead of the hips a belly begins to give way."""


@dataclass
class Segment:
    """One rigid part. The columns of ``frame`` are its axes at rest."""

    name: str
    parent: str | None
    joint: Array
    frame: Array = field(default_factory=lambda: np.eye(3))
    hinges: tuple[Hinge, ...] = ()


class Skeleton:
    """Segments by name, in an order where parents come first."""

    def __init__(self, vertices: Array, bones: dict[str, Array], soft_belly: bool = False) -> None:
        self.soft_belly = soft_belly
        self.segments: dict[str, Segment] = {}
        self._skin = vertices[:SKIN_VERTICES]
        self._bones = bones
        self.hips = (bones["upperleg01.L"][0] + bones["upperleg01.R"][0]) / 2
        self._add("pelvis", None, self.hips)
        self._spine()
        self._neck()
        for side in SIDES:
            self._arm(side)
            self._hand(side)
            self._leg(side)
        for side in SIDES:
            self._followers(side)
        for bone in BELLY if soft_belly else ():
            x, y, _ = self[bone].joint
            self._add(f"belly_{bone}", bone, np.array([x, y, self.hips[2] + BELLY_FROM_M]))

    def __getitem__(self, name: str) -> Segment:
        return self.segments[name]

    def back(self, y: float, x: float = 0.0, width: float = 0.014) -> float:
        """Return z of the skin of the back at this height."""
        near = (abs(self._skin[:, 0] - x) < width) & (abs(self._skin[:, 1] - y) < 0.02)
        return float(self._skin[near, 2].min())

    def _padding(self) -> float:
        """Return how much more flesh than usual covers the spine, metres."""
        heads = [self._bones[name][0] for name in BACKBONE]
        depth = float(np.mean([z - self.back(y) for _, y, z in heads]))
        return max(depth - USUAL_PADDING, 0.0)

    def _add(
        self,
        name: str,
        parent: str | None,
        joint: Array,
        frame: Array | None = None,
        angles: tuple[tuple[str, Vector, float, float], ...] = (),
    ) -> None:
        hinges = tuple(Hinge(angle, name, axis, low, high) for angle, axis, low, high in angles)
        frame = np.eye(3) if frame is None else frame
        self.segments[name] = Segment(name, parent, np.asarray(joint, float), frame, hinges)

    def _spine(self) -> None:
        length = self._bones["neck01"][0][1] - self.hips[1]
        parent = "pelvis"
        padding = self._padding()
        for name, share in SPINE.items():
            y = self.hips[1] + share * length
            lumbar = name.startswith("L")
            z = self.back(y) + SPINE_DEPTH * (1.0 if lumbar else 0.9) + padding
            joint = np.array([0, y, z])
            part = "lumbar" if lumbar else "thoracic"
            self._add(name, parent, joint, None, _bend(name, SEGMENT_RANGES[part]))
            parent = name

    def _neck(self) -> None:
        parent = "Tup"
        for name, bone in (("neck1", "neck01"), ("neck2", "neck02"), ("neck3", "neck03"),
                           ("head", "head")):  # fmt: skip
            joint = self._bones[bone][0]
            self._add(name, parent, joint, None, _bend(name, SEGMENT_RANGES["neck"]))
            parent = name

    def _bone(self, name: str, side: str) -> Array:
        head: Array = self._bones[f"{name}.{side}"][0]
        return head

    def _arm(self, side: str) -> None:
        k = SIGN[side]
        shoulder, elbow, wrist = (
            self._bone(one, side) for one in ("upperarm01", "lowerarm01", "wrist")
        )
        upper, lower = _unit(elbow - shoulder), _unit(wrist - elbow)
        across = -_unit(np.cross(upper, lower))
        self._add("clav_" + side, "Tup", self._bone("clavicle", side), None, (
            (f"scapula_elevation_{side}", (0, 0, k), *LIMB_RANGES["scapula_elevation"]),
            (f"scapula_protraction_{side}", (0, -k, 0), *LIMB_RANGES["scapula_protraction"]),
        ))  # fmt: skip
        self._add("uarm_" + side, "clav_" + side, shoulder, _hanging(upper, across), (
            (f"shoulder_flexion_{side}", (-1, 0, 0), *LIMB_RANGES["shoulder_flexion"]),
            (f"shoulder_abduction_{side}", (0, 0, k), *LIMB_RANGES["shoulder_abduction"]),
            (f"shoulder_rotation_{side}", (0, -k, 0), *LIMB_RANGES["shoulder_rotation"]),
        ))  # fmt: skip
        self._add("farm_" + side, "uarm_" + side, elbow, _hanging(lower, across), (
            (f"elbow_flexion_{side}", (-1, 0, 0), *LIMB_RANGES["elbow_flexion"]),
        ))  # fmt: skip

    def _hand(self, side: str) -> None:
        k, wrist = SIGN[side], self._bone("wrist", side)
        down = _unit(self._bone("finger3-1", side) - wrist)
        across = self._bone("finger2-1", side) - self._bone("finger5-1", side)
        y = -down
        z = _unit(across - y * (across @ y))
        palm = np.stack([np.cross(y, z), y, z], 1)
        self._add("hand_" + side, "farm_" + side, wrist, palm, (
            (f"pronation_{side}", (0, -k, 0), *LIMB_RANGES["pronation"]),
            (f"wrist_flexion_{side}", (0, 0, -k), *LIMB_RANGES["wrist_flexion"]),
            (f"wrist_deviation_{side}", (-1, 0, 0), *LIMB_RANGES["wrist_deviation"]),
        ))  # fmt: skip
        for finger in range(1, 6):
            parent = "hand_" + side
            for joint in range(1, 4):
                head, tail = self._bones[f"finger{finger}-{joint}.{side}"]
                y = -_unit(tail - head)
                z = _unit(np.cross(palm[:, 0], y))
                name = f"f{finger}{joint}_{side}"
                self._add(name, parent, head, np.stack([np.cross(y, z), y, z], 1))
                parent = name

    def _leg(self, side: str) -> None:
        k, right = SIGN[side], np.array(X)
        hip, knee, ankle = (self._bone(one, side) for one in ("upperleg01", "lowerleg01", "foot"))
        self._add("thigh_" + side, "pelvis", hip, _hanging(_unit(knee - hip), right), (
            (f"hip_flexion_{side}", (-1, 0, 0), *LIMB_RANGES["hip_flexion"]),
            (f"hip_abduction_{side}", (0, 0, k), *LIMB_RANGES["hip_abduction"]),
            (f"hip_rotation_{side}", (0, -k, 0), *LIMB_RANGES["hip_rotation"]),
        ))  # fmt: skip
        self._add("shank_" + side, "thigh_" + side, knee, _hanging(_unit(ankle - knee), right), (
            (f"knee_flexion_{side}", X, *LIMB_RANGES["knee_flexion"]),
        ))  # fmt: skip
        self._add("foot_" + side, "shank_" + side, ankle, None, (
            (f"ankle_dorsiflexion_{side}", (-1, 0, 0), *LIMB_RANGES["ankle_dorsiflexion"]),
            (f"ankle_inversion_{side}", (0, 0, k), *LIMB_RANGES["ankle_inversion"]),
        ))  # fmt: skip
        toes = np.mean([self._bone(f"toe{toe}-1", side) for toe in range(1, 6)], 0)
        self._add("toes_" + side, "foot_" + side, toes, None, (
            (f"toe_extension_{side}", (-1, 0, 0), *LIMB_RANGES["toe_extension"]),
        ))  # fmt: skip

    def _followers(self, side: str) -> None:
        """Segments without angles of their own, which spread bending and twist over the skin."""
        upper, thigh = self["uarm_" + side], self["thigh_" + side]
        self._add("uarmtw_" + side, "clav_" + side, upper.joint, upper.frame)
        self._add("shld_" + side, "clav_" + side, self._bone("shoulder01", side))
        lower = self["farm_" + side].frame
        self._add("farmtw_" + side, "farm_" + side, self._bone("lowerarm02", side), lower)
        self._add("thightw_" + side, "pelvis", thigh.joint, thigh.frame)
        self._add("glute_" + side, "pelvis", thigh.joint)
        shank = self["shank_" + side]
        self._add("ham_" + side, "thigh_" + side, shank.joint, thigh.frame)
        self._add("calf_" + side, "shank_" + side, shank.joint, shank.frame)


def _bend(name: str, ranges: Mapping[str, Range]) -> tuple[tuple[str, Vector, float, float], ...]:
    return (
        (f"{name}_flexion", X, *ranges["flexion"]),
        (f"{name}_bend", (0, 0, -1), *ranges["bend"]),
        (f"{name}_rotation", Y, *ranges["rotation"]),
    )


def _unit(v: Array) -> Array:
    return v / np.linalg.norm(v)


def _hanging(down: Array, across: Array) -> Array:
    """Return the frame of a limb that points ``down`` its own y axis backwards."""
    y = -down
    x = _unit(across - y * (across @ y))
    return np.stack([x, y, np.cross(x, y)], 1)
