from functools import cache
from pathlib import Path

import numpy as np
import pytest
from figures import HOME, figure

from recoup.library.motions import read_motions
from recoup.model.joints import LIMB_ANGLES, SPINE_ANGLES
from recoup.model.motion import MIDDLE_POINTS, SIDE_POINTS
from recoup.motion import ReachError, check_motion, load_track, solve
from recoup.motion.curve import Passage, progress
from recoup.motion.rig import Rig

LIBRARY = Path(__file__).parents[2] / "library"
DONE = (("cat-camel", "woman"), ("cat-camel", "man"), ("childs-pose", "woman"),
        ("childs-pose", "man"), ("marching-bridge", "woman"),
        ("marching-bridge", "man"))  # fmt: skip
"""Motions and bodies that pass every check."""


@cache
def motions():
    found = {
        path.relative_to(LIBRARY).as_posix(): path.read_text() for path in LIBRARY.rglob("*.yaml")
    }
    return read_motions(found)


@cache
def track(name, body="woman"):
    return load_track(motions()[name], figure(body), HOME / "tracks")


def test_the_body_has_every_angle_and_point_of_the_language():
    rig = Rig(figure("woman"))
    for name in LIMB_ANGLES:
        assert {f"{name}_L", f"{name}_R"} <= set(rig.index)
    for name in SPINE_ANGLES:
        assert {hinge for hinge, _ in rig.hinges_of(name)} <= set(rig.index)
    points = {*MIDDLE_POINTS, *(f"{name}_{side}" for name in SIDE_POINTS for side in "LR")}
    assert points <= set(rig.point_body)


def test_lumbar_flexion_spreads_as_published():
    rig = Rig(figure("woman"))
    angles = np.degrees(rig.angles({"lumbar_flexion": 40}))
    assert angles[rig.index["L5_flexion"]] == pytest.approx(10.4)
    assert angles.sum() == pytest.approx(40)


def test_easing_starts_and_ends_at_rest():
    step = 1e-4
    assert progress(0) == 0
    assert progress(1) == 1
    assert progress(step) / step < 1e-3
    assert (1 - progress(1 - step)) / step < 1e-3


class Line:
    """Stands in for a rig whose poses are plain numbers."""

    def difference(self, start, end):
        return end - start

    def step(self, start, move):
        return start + move


def test_a_position_passed_through_is_reached_and_not_rested_in():
    poses = [np.array([0.0, 0.0]), np.array([2.0, 1.0]), np.array([6.0, -1.0])]
    way = Passage(Line(), poses, [20, 20])
    assert np.allclose([way.at(k) for k in (0, 20, 40)], poses)

    def speed(step):
        return way.at(step + 0.005) - way.at(step - 0.005)

    assert np.allclose(way.at(0.01), poses[0], atol=1e-5)
    assert np.allclose(way.at(39.99), poses[2], atol=1e-5)
    assert speed(20)[0] > 0.001
    assert np.allclose(speed(19.99), speed(20.01), atol=1e-4)


def test_a_way_never_leads_beyond_its_positions():
    poses = [np.array([x]) for x in (0.0, 3.0, 3.2, -1.0, -1.0)]
    way = Passage(Line(), poses, [10, 25, 12, 9])
    along = np.array([way.at(step)[0] for step in np.linspace(0, 56, 400)])
    assert along.max() <= 3.2 + 1e-9
    assert along.min() >= -1 - 1e-9


@pytest.mark.parametrize(("name", "body"), DONE)
def test_a_finished_motion_passes_every_check(name, body):
    found = check_motion(motions()[name], track(name, body), rate_hz=12)
    assert found.failed == []


def test_a_pose_depends_on_the_time_and_not_on_the_frame_rate():
    solved = track("cat-camel")
    for frame in range(0, 100, 7):
        by_24 = solved.pose(frame / 24).transforms
        solved.pose(3.21)
        assert np.array_equal(solved.pose((frame * 60 / 24) / 60).transforms, by_24)


def test_solving_twice_gives_the_same_track():
    motion = motions()["cat-camel"]
    assert np.array_equal(solve(motion, figure("woman")).q, track("cat-camel").q)


def test_other_tempo_keeps_the_positions():
    motion = motions()["cat-camel"].changed(tempo=1.7)
    quick = solve(motion, figure("woman"))
    slow = track("cat-camel")
    there = quick.coordinates(quick.reached["rounded"])
    assert np.abs(there - slow.coordinates(slow.reached["rounded"])).max() < 1e-9


def test_a_contact_out_of_reach_names_file_position_and_point():
    motion = motions()["pelvic-tilt-lying"]
    touches = dict(motion.positions["flat-back"].touches)
    from dataclasses import replace

    touches["palm_L"] = replace(touches["palm_L"], to="toe_R", firm=1.0)
    position = replace(motion.positions["flat-back"], touches=touches)
    broken = replace(motion, positions={**motion.positions, "flat-back": position})
    with pytest.raises(ReachError) as caught:
        solve(broken, figure("woman"))
    told = caught.value.misses[0]
    assert told.startswith("motions/pelvic-tilt-lying.yaml:12: ")
    assert "palm_left does not reach toe_right: " in told
    assert "mm short in flat-back (woman)" in told
