"""Lying on the back: the back keeps its shape, the body rests on the mat, hands hold."""

from dataclasses import replace

import numpy as np
import pytest
from figures import figure
from test_solving import motions, track

from recoup.body import Skin
from recoup.motion import check_motion
from recoup.motion.keys import Keys
from recoup.motion.rig import Rig

LYING = ("abdominal-brace", "pelvic-tilt-lying", "both-knees-to-chest", "single-knee-to-chest",
         "bridge", "marching-bridge")  # fmt: skip
BODIES = pytest.mark.parametrize("body", ["woman", "man"])


def vertices_at(solved, name):
    """Return the skin in a position, and which segment owns each vertex."""
    skin = Skin(solved.rig.body, without=("eyes", "hair", "bun"))
    points = skin.vertices(solved.pose(solved.reached[name]).transforms).astype(float)
    return points, np.array(solved.rig.body.segments)[skin.owner]


@BODIES
@pytest.mark.parametrize("name", LYING)
def test_a_lying_motion_passes_every_check(name, body):
    assert check_motion(motions()[name], track(name, body), rate_hz=12).failed == []


@BODIES
def test_the_floor_does_not_bend_the_back_of_who_lies_on_it(body):
    keys = Keys(Rig(figure(body)), motions()["bridge"])
    for name in ("lying", "hook-lying"):
        key = keys.solve()[name]
        asked = key.position.angles
        for part in ("lumbar_flexion", "thoracic_flexion"):
            assert keys._rig.total(key.q, part) == pytest.approx(asked.get(part, 0), abs=2.5)


@BODIES
@pytest.mark.parametrize(
    ("name", "position"),
    [("pelvic-tilt-lying", "hands-on-pelvis"), ("both-knees-to-chest", "knees-held"),
     ("both-knees-to-chest", "knees-in"), ("ninety-ninety-rest", "resting")],
)  # fmt: skip
def test_the_pelvis_rests_on_the_mat_and_does_not_hover(name, position, body):
    points, owner = vertices_at(track(name, body), position)
    low = np.isin(owner, ["pelvis", "glute_L", "glute_R", "L5"])
    assert -0.005 < points[low, 1].min() < 0.012


@BODIES
@pytest.mark.parametrize(
    ("name", "held"),
    [("single-knee-to-chest", {"L": "L", "R": "L"}), ("both-knees-to-chest", {"L": "L", "R": "R"})],
)
def test_both_hands_lie_on_the_thigh_with_the_fingers_round_it(name, held, body):
    solved = track(name, body)
    last = "knee-in" if name.startswith("single") else "knees-in"
    points, owner = vertices_at(solved, last)
    for hand, leg in held.items():
        thigh = points[np.isin(owner, [f"thigh_{leg}", f"thightw_{leg}"])]

        def gap(*parts, thigh=thigh, hand=hand):
            mine = points[np.isin(owner, [f"{part}_{hand}" for part in parts])]
            return float(np.linalg.norm(mine[:, None] - thigh, axis=2).min())

        assert gap("hand") < 0.010
        for finger in (2, 3, 4, 5):
            assert gap(*(f"f{finger}{joint}" for joint in (1, 2, 3))) < 0.015
        solved.rig.set(solved.coordinates(solved.reached[last]))
        tips, back = solved.rig.point(f"fingers_{hand}"), solved.rig.point(f"thigh_back_{leg}")
        assert np.linalg.norm(tips - back) < np.linalg.norm(
            tips - solved.rig.point(f"thigh_front_{leg}")
        )


@BODIES
def test_hands_stay_on_the_mat_beside_a_lying_body(body):
    solved = track("bridge", body)
    solved.rig.set(solved.coordinates(solved.reached["lying"]))
    for side in "LR":
        assert abs(solved.rig.point(f"palm_{side}")[0]) < 0.36  # the mat is 80 cm wide


@BODIES
@pytest.mark.parametrize("name", ["single-knee-to-chest", "both-knees-to-chest"])
def test_hands_that_reach_round_a_limb_arrive_there(name, body):
    keys = Keys(Rig(figure(body)), motions()[name])
    for key in keys.solve().values():
        keys._rig.set(key.q)
        for point, touch in key.position.touches.items():
            if point.startswith("palm") and touch.to is not None:
                offset = keys._rig.offset(touch.to, np.array(touch.offset_mm) / 1e3)
                there = keys._rig.point(touch.to) + offset
                assert np.linalg.norm(keys._rig.point(point) - there) < 0.005


def test_a_hand_put_inside_the_thigh_is_caught():
    motion = motions()["single-knee-to-chest"]
    solved = track("single-knee-to-chest")
    q = solved.q.copy()
    elbow = solved.rig.index["elbow_flexion_L"] + 7
    moment = round(solved.reached["knee-in"] * 60)
    q[:, elbow] += np.radians(25) * np.exp(-(((np.arange(len(q)) - moment) / 60) ** 2))
    assert any("pierce" in one for one in check_motion(motion, replace(solved, q=q), 6).failed)
