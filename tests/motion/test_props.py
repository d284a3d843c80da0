"""Props: where they stand, how far the body is from them, how they go with it."""

import numpy as np
import pytest
from test_solving import motions, track

from recoup.film.draw.props import prop_meshes, rounded_box, with_props
from recoup.model.furniture import ROLLER_M
from recoup.model.motion import Prop
from recoup.model.prop import SEAT_M, SOLIDS, face, fitted, solids_of
from recoup.motion import check_motion
from recoup.motion.curve import Curve
from recoup.motion.keys import props_for
from recoup.motion.settle import moved, settled
from recoup.motion.solids import Solids

WITH_PROPS = ("ninety-ninety-rest", "cat-camel-sitting", "chair-roll-down", "graded-walking",
              "peanut-ball-at-wall", "peanut-ball-lying",
              "half-kneeling-hip-flexor-stretch")  # fmt: skip


@pytest.mark.parametrize("body", ["woman", "man"])
@pytest.mark.parametrize("name", WITH_PROPS)
def test_the_motion_passes_every_check(name, body):
    assert check_motion(motions()[name], track(name, body)).failed == []


def test_a_turned_chair_turns_its_faces():
    chair = Prop("chair", (1.0, 0.0, 2.0), 180.0)
    back = face([chair], "chair-back")
    assert back is not None
    assert back.normal == pytest.approx((0, 0, -1), abs=1e-9)
    assert back.point[2] > 2.0


@pytest.mark.parametrize("body", ["woman", "man"])
def test_a_hand_holds_a_grip_at_its_very_point(body):
    name = "half-kneeling-hip-flexor-stretch"
    solved = track(name, body)
    top = face(props_for(motions()[name], solved.rig.body), "chair-top-left")
    assert top is not None
    for t in solved.reached.values():
        solved.rig.set(solved.coordinates(t))
        assert np.linalg.norm(solved.rig.point("palm_R") - top.point) < 0.01


def test_a_longer_leg_gets_a_higher_seat_but_no_thicker_one():
    (chair,) = fitted([Prop("chair")], 1.0)
    seat = face([chair], "seat")
    assert seat is not None
    assert seat.point[1] > SEAT_M
    assert solids_of(chair)[0].half == SOLIDS["chair"][0].half
    top = max(one.centre[1] + one.half[1] for one in solids_of(chair)[:1])
    assert top == pytest.approx(seat.point[1], abs=0.002)


def test_distance_is_negative_inside_and_its_way_leads_out():
    solids = Solids([Prop("chair")])
    points = np.array([[0, SEAT_M + 0.1, 0], [0, SEAT_M - 0.005, 0], [0, 0.8, 0.5]])
    far, out, _ = solids.distance(points)
    assert far[0] == pytest.approx(0.1, abs=1e-3)
    assert far[1] == pytest.approx(-0.005, abs=1e-3)
    assert out[1] == pytest.approx([0, 1, 0])
    assert far[2] > 0.2


@pytest.mark.parametrize("kind", [kind for kind, solids in SOLIDS.items() if solids])
def test_meshes_lie_on_their_solids_and_look_outward(kind):
    for solid in SOLIDS[kind]:
        at, out, faces = rounded_box(solid)
        a, b, c = (at[faces[:, k]] for k in range(3))
        across = np.cross(b - a, c - a)
        big = np.linalg.norm(across, axis=1) > 1e-9
        assert ((across * out[faces[:, 0]]).sum(1)[big] > 0).all()
        assert (np.abs(at - solid.centre) <= np.array(solid.half) + 1e-6).all()


def test_a_ball_at_the_wall_rolls_half_as_far_as_the_back():
    name = "peanut-ball-at-wall"
    motion, solved = motions()[name], track(name)
    props = settled(motion, solved)
    ball = next(prop for prop in props if prop.kind == "peanut-ball")
    start, low = solved.cycle.start_s, solved.reached["lower"]
    heights = []
    for t in (start, low):
        solved.rig.set(solved.coordinates(t))
        heights.append(solved.rig.point("low_back")[1])
    centre = np.array([*ball.at, 1.0])
    (first,), (last,) = moved([ball], solved, start), moved([ball], solved, low)
    dropped = (first @ centre)[1] - (last @ centre)[1]
    assert dropped == pytest.approx((heights[0] - heights[1]) / 2, abs=1e-6)
    assert dropped > 0.015
    meshes = prop_meshes(props, 10)
    assert with_props(np.zeros((10, 3, 4)), moved(props, solved, low)).shape[0] == 10 + len(meshes)


def test_a_roller_on_the_floor_turns_as_it_goes_half_as_far_as_the_back():
    name = "upper-back-foam-roller"
    motion, solved = motions()[name], track(name)
    roller = next(prop for prop in settled(motion, solved) if prop.kind == "foam-roller")
    ends = [solved.reached[one] for one in ("toward-the-feet", "toward-the-head")]
    places, centre = [], np.array([*roller.at, 1.0])
    for t in ends:
        solved.rig.set(solved.coordinates(t))
        places.append(solved.rig.point("upper_back")[2])
    first, last = (moved([roller], solved, t)[0] for t in ends)
    gone = (first @ centre)[2] - (last @ centre)[2]
    assert gone == pytest.approx((places[0] - places[1]) / 2, abs=1e-6)
    assert 0.03 < gone < 0.12, "it goes some way, and stays under the shoulder blades"
    turned = first[:, :3].T @ last[:, :3]
    assert np.arctan2(turned[1, 2], turned[1, 1]) == pytest.approx(gone / ROLLER_M, abs=1e-6)


def test_a_curve_passes_its_poses_and_closes():
    solved = track("graded-walking")
    poses = [solved.q[k] for k in (0, 10, 25, 40)]
    curve = Curve(solved.rig, poses, [10, 15, 15, 26])
    for step, pose in zip((0, 10, 25, 40, 66), [*poses, poses[0]], strict=True):
        assert solved.rig.difference(curve.at(step), pose) == pytest.approx(0, abs=1e-9)
    before, after = curve.at(66 - 0.01), curve.at(66 + 0.01)
    here = curve.at(66)
    speeds = solved.rig.difference(before, here) - solved.rig.difference(here, after)
    assert np.abs(speeds).max() < 1e-4


def test_a_walk_keeps_its_feet_on_the_moving_ground_and_is_even():
    solved = track("graded-walking")
    half = solved.seconds / 2
    for t in (0.1, 0.3):
        solved.rig.set(solved.coordinates(t))
        left = solved.rig.point("heel_L").copy()
        solved.rig.set(solved.coordinates(t + half))
        assert solved.rig.point("heel_R")[1:] == pytest.approx(left[1:], abs=0.012)


def test_the_back_keeps_to_the_ball_all_the_way():
    name = "peanut-ball-at-wall"
    for body in ("woman", "man"):
        solved = track(name, body)
        side = face(motions()[name].props, "ball-at-wall")
        assert side is not None
        for t in np.linspace(0, solved.seconds, 40):
            solved.rig.set(solved.coordinates(t))
            assert solved.rig.point("low_back")[2] == pytest.approx(side.point[2], abs=0.003)
