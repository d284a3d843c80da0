"""Things that are held: they go where their points go, and stay out of the body."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from test_solving import motions, track

from recoup.library import read_texts
from recoup.library.motions import read_motions
from recoup.library.problem import LibraryError
from recoup.library.texts import default_folder
from recoup.model.motion import Held, mirrored_view
from recoup.model.prop import BACKPACK_M, BAND_M, LOW_STOOL_M
from recoup.motion import check_motion
from recoup.motion.settle import moved, settled

HANDS = ("grip_L", "grip_R")


def held(name, body="woman"):
    solved = track(name, body)
    return [one for one in settled(motions()[name], solved) if isinstance(one, Held)], solved


def middle(solved, points, t):
    solved.rig.set(solved.coordinates(t))
    return np.mean([solved.rig.point(one) for one in points], axis=0)


def put(move, point):
    return move[:, :3] @ np.array(point, float) + move[:, 3]


def test_a_bag_hangs_upright_from_the_hand_all_the_way():
    (bag,), solved = held("one-sided-carry")
    for t in np.linspace(solved.cycle.start_s, solved.cycle.end_s, 7):
        (move,) = moved([bag], solved, t)
        assert put(move, bag.at) == pytest.approx(middle(solved, ["grip_L"], t), abs=1e-9)
        assert move[:, :3] == pytest.approx(np.eye(3))


def test_a_stick_lies_from_tailbone_to_head_and_keeps_its_length():
    (stick,), solved = held("hip-hinge-with-stick")
    for t in (solved.cycle.start_s, solved.reached["hinged"]):
        (move,) = moved([stick], solved, t)
        solved.rig.set(solved.coordinates(t))
        way = solved.rig.point("head") - solved.rig.point("sacrum")
        assert np.degrees(np.arccos(move[:, 1] @ way / np.linalg.norm(way))) < 3
        assert move[:, :3].T @ move[:, :3] == pytest.approx(np.eye(3), abs=1e-9)
        assert np.linalg.det(move[:, :3]) == pytest.approx(1)


@pytest.mark.parametrize("body", ["woman", "man"])
def test_a_band_reaches_from_where_it_is_fixed_to_the_hands_without_a_gap(body):
    lengths, solved = held("anti-rotation-press", body)
    assert len(lengths) == 2
    fixed = np.array(lengths[0].at)
    for t in (solved.cycle.start_s, solved.reached["pressed-out"]):
        hands = middle(solved, HANDS, t)
        first, second = moved(lengths, solved, t)
        end = np.array([*fixed[:2], fixed[2] + BAND_M])  # the far end of a length, as it is drawn
        assert put(first, fixed) == pytest.approx(fixed)
        assert put(second, fixed) == pytest.approx(hands)
        far = np.linalg.norm(hands - fixed)
        assert BAND_M <= far <= 2 * BAND_M
        for length, start, other in ((first, fixed, hands), (second, hands, fixed)):
            assert put(length, end) == pytest.approx(start + (other - start) / far * BAND_M)


@pytest.mark.parametrize("body", ["woman", "man"])
def test_a_load_stands_on_its_stool_until_the_hands_lift_it(body):
    (load,), solved = held("loaded-hip-hinge", body)
    stool = next(one for one in motions()["loaded-hip-hinge"].props if one.kind == "low-stool")
    before, first, up, after = (
        put(moved([load], solved, t)[0], load.at)
        for t in (0.0, solved.cycle.start_s, solved.reached["upright-with-load"], solved.seconds)
    )
    assert before == pytest.approx(first)
    assert after == pytest.approx(first, abs=1e-3)
    assert first[1] - BACKPACK_M == pytest.approx(LOW_STOOL_M, abs=0.008)
    assert abs(first[2] - stool.at[2]) < 0.10
    assert up[1] > first[1] + 0.15


def test_a_held_thing_inside_the_body_is_found():
    name = "one-sided-carry"
    motion, solved = motions()[name], track(name)
    inside = replace(motion, props=(Held("bag", follows=("belly",)),))
    told = [one for one in check_motion(inside, solved, rate_hz=6).failed if "bag" in one]
    assert len(told) == 1
    assert "pierce_mm" in told[0]


def test_what_stands_beside_the_body_goes_over_to_the_other_side_with_the_camera():
    motion = motions()["anti-rotation-press"]
    other = motion.changed("right")
    assert [one.at[0] for one in other.props] == [-one.at[0] for one in motion.props]
    assert other.props[1].follows == ("grip_R", "grip_L")
    assert other.views == ("other-three-quarter", "front")
    assert mirrored_view(mirrored_view("side")) == "side"
    assert other.changed("right") == motion


@pytest.mark.parametrize(
    ("prop", "said"),
    [
        ("{kind: bag}", "goes along with the body"),
        ("{kind: chair, follows: [grip_left]}", "A chair cannot follow a point"),
        ("{kind: bag, follows: [gripp_left]}", "gripp_left is no point of the body"),
    ],
)
def test_a_held_thing_needs_points_that_are_there(prop, said):
    texts = dict(read_texts(default_folder()))
    file = "motions/one-sided-carry.yaml"
    texts[file] = texts[file].replace("{kind: bag, follows: [grip_left]}", prop)
    with pytest.raises(LibraryError) as told:
        read_motions(texts, ["one-sided-carry"])
    assert said in str(told.value)
