from itertools import pairwise

import numpy as np
import pytest
from figures import figure

from recoup.body import Skin
from recoup.body.flesh import FLESH, THINNEST, flattened
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
