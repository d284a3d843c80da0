from itertools import pairwise

import numpy as np
import pytest
from figures import figure

from recoup.body import Skin
from recoup.body.flesh import FLATTEST, FLESH, THINNEST, bone_of, flattened, gives_m
from recoup.motion.keys import quaternion
from recoup.motion.press import Presses
from recoup.motion.rig import Rig

BOTH = pytest.mark.parametrize("name", ["woman", "man"])


def bent(body, knee_deg, flesh=True):
    """Return the transforms of a body with both knees bent, its flesh pressed or left round."""
    rig = Rig(body)
    q = np.zeros(rig.model.nq)
    q[3] = 1
    for side in "LR":
        q[7 + rig.index[f"knee_flexion_{side}"]] = np.radians(knee_deg)
    found = rig.transforms(q, np.zeros((2, 4)), (0.0, 0.0), 0.0)
    for side in "LR":
        for soft, bone in FLESH.items():
            if not flesh:
                found[body.index[f"{soft}_{side}"]] = found[body.index[f"{bone}_{side}"]]
    return found


@BOTH
def test_calf_and_thigh_meet_in_a_deep_bend_instead_of_passing_through(name):
    body = figure(name)
    presses = Presses(body)
    for knee in (130, 140, 148):
        assert presses.measure(bent(body, knee, flesh=False)).soft_mm > 40
        assert presses.measure(bent(body, knee)).soft_mm < 30


@BOTH
def test_a_leg_bent_to_a_right_angle_at_most_keeps_its_shape(name):
    body = figure(name)
    points = Skin(body)
    for knee in (0, 45, 85):
        left = points.vertices(bent(body, knee, flesh=False))
        assert np.abs(points.vertices(bent(body, knee)) - left).max() < 1e-4


@BOTH
def test_flesh_moves_nothing_but_the_backs_of_thigh_and_calf(name):
    body = figure(name)
    points = Skin(body)
    moved = np.linalg.norm(
        points.vertices(bent(body, 150)) - points.vertices(bent(body, 150, flesh=False)), axis=1
    )
    owners = {body.segments[k].partition("_")[0] for k in np.unique(points.owner[moved > 0.002])}
    assert owners <= {"thigh", "thightw", "shank", "foot", "glute"}


def test_flesh_gives_way_more_the_deeper_the_bend_but_never_all_the_way():
    left = [flattened(knee)[2] for knee in range(0, 181, 5)]
    assert left[0] == 1
    assert all(after <= before for before, after in pairwise(left))
    assert min(left) == pytest.approx(THINNEST)


def test_flesh_counts_as_its_bone():
    body = figure("woman")
    points = Skin(body)
    flesh = [k for k, name in enumerate(body.segments) if name.partition("_")[0] in FLESH]
    assert points.weights[:, flesh].sum() > 1
    assert points.held[:, flesh].sum() == 0
    assert np.allclose(points.held.sum(1), 1, atol=1e-5)


def test_normals_of_a_flattened_surface_stand_upon_it():
    body = figure("woman")
    points = Skin(body)
    flat = np.array([1.1, 1.0, 0.2])
    one = np.concatenate([np.diag(flat), np.zeros((3, 1))], axis=1)
    transforms = np.tile(one, (len(body.segments), 1, 1))
    along = np.cross(points.rest_normal, [0.3, 0.9, 0.1]) * flat
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    assert np.abs((along * points.normals(transforms)).sum(1)).max() < 1e-4


def lain(body, height_m, breath=0.0):
    """Return the transforms of a body that lies on its front, its hips so high over the floor."""
    rig = Rig(body)
    q = np.zeros(rig.model.nq)
    q[1], q[3:7] = height_m, quaternion(90, 0, 0)
    return rig.transforms(q, np.zeros((2, 4)), (0.0, 0.0), breath)


def bellies(body):
    return [name for name in body.segments if name.startswith("belly")]


def depths(body, transforms):
    """Return what is left of the depth of each part of the belly."""
    return [np.linalg.norm(transforms[body.index[name], :, 2]) for name in bellies(body)]


def stiff(body, transforms):
    found = transforms.copy()
    for name in bellies(body):
        found[body.index[name]] = transforms[body.index[bone_of(name)]]
    return found


def lowest_of_belly(body, transforms):
    points = Skin(body)
    mine = points.weights[:, [body.index[name] for name in bellies(body)]].sum(1) > 0.99
    return points.vertices(transforms)[mine, 1].min()


@pytest.mark.parametrize("breath", [0.0, 1.0])
def test_a_soft_belly_that_is_lain_on_flattens_to_the_floor(breath):
    body = figure("larger")
    lying = lain(body, 0.19, breath)
    assert lowest_of_belly(body, stiff(body, lying)) < -0.05
    assert lowest_of_belly(body, lying) > -0.005


def test_a_belly_flattens_so_far_and_no_further():
    body = figure("larger")
    assert min(depths(body, lain(body, 0.05))) == pytest.approx(FLATTEST)
    assert lowest_of_belly(body, lain(body, 0.05)) < -0.05, "who lies too low sinks in"


def test_a_belly_off_the_floor_keeps_its_shape():
    body = figure("larger")
    points = Skin(body)
    for pose in (bent(body, 60), lain(body, 0.5)):
        away = points.vertices(pose) - points.vertices(stiff(body, pose))
        assert np.abs(away).max() < 1e-5


def test_flattening_moves_nothing_behind_the_belly():
    body = figure("larger")
    points, lying = Skin(body), lain(body, 0.19)
    moved = np.linalg.norm(points.vertices(lying) - points.vertices(stiff(body, lying)), axis=1)
    begins = body.joints[body.index["belly_pelvis"], 2]
    assert moved[points.rest[:, 2] < begins].max() < 1e-5
    assert moved.max() > 0.05


def test_only_the_larger_figure_has_a_belly_that_flattens():
    for name in ("woman", "man", "older", "pregnant"):
        assert not bellies(figure(name))
        assert gives_m(figure(name), "belly") == 0
    assert gives_m(figure("larger"), "belly") > 0.05


def test_a_point_of_the_belly_is_measured_where_it_lies():
    body = figure("larger")
    rig = Rig(body)
    q = np.zeros(rig.model.nq)
    q[3:7] = quaternion(90, 0, 0)
    for height_m, there in ((0.5, 0.5 - 0.26), (0.2, 0.0)):
        q[1] = height_m
        rig.set(q)
        assert rig.lain("belly")[1] == pytest.approx(there, abs=0.01)
    assert rig.lain("kneecap_L") == pytest.approx(rig.point("kneecap_L"))
