import numpy as np
import pytest
from figures import figure

from recoup.body import Skin, place, skin

BOTH = pytest.mark.parametrize("name", ["woman", "man"])


def at_rest(body):
    moved = [body.index[name] for name in body.moved]
    return place(body, body.frames[moved], body.joints[moved], np.zeros((2, 4)))


@BOTH
def test_a_grown_up_stands_on_the_floor(name):
    body = figure(name)
    lowest = min(mesh.vertices[:, 1].min() for mesh in body.meshes)
    assert 1.5 < body.height < 1.95
    assert abs(lowest) < 0.002


@BOTH
def test_every_vertex_is_held_by_segments_that_share_it(name):
    for mesh in figure(name).meshes:
        assert np.allclose(mesh.weights.sum(1), 1, atol=1e-5)
        assert mesh.joints.max() < len(figure(name).segments)


@BOTH
def test_parents_come_before_their_children(name):
    assert all(parent < k for k, parent in enumerate(figure(name).parents))


@BOTH
def test_left_and_right_are_mirror_images(name):
    body = figure(name)
    for one in body.contacts:
        if one.name.endswith("_L"):
            other = body.contact[one.name[:-1] + "R"]
            assert np.allclose(one.point, np.array(other.point) * [-1, 1, 1], atol=0.004)


@BOTH
def test_the_rest_pose_leaves_the_trunk_where_it_is(name):
    body = figure(name)
    top = next(mesh for mesh in body.meshes if mesh.name == "top")
    assert np.abs(skin(top, at_rest(body)) - top.vertices).max() < 1e-5


@BOTH
def test_breathing_in_widens_the_chest_and_not_the_back(name):
    body = figure(name)
    moved = [body.index[one] for one in body.moved]
    frames, joints = body.frames[moved], body.joints[moved]
    points = Skin(body)
    out = points.vertices(place(body, frames, joints, breath=0.0))
    full = points.vertices(place(body, frames, joints, breath=1.0))
    assert (full - out)[:, 2].max() > 0.003
    assert (full - out)[:, 2].min() > -0.003


def test_all_the_ways_of_skinning_agree():
    body = figure("woman")
    transforms = at_rest(body)
    one = np.concatenate([skin(mesh, transforms) for mesh in body.meshes if mesh.name != "eyes"])
    assert np.abs(one - Skin(body).vertices(transforms)).max() < 1e-4


def test_nothing_is_drawn_under_the_clothes_but_the_hems_overlap():
    body = figure("woman")
    names = {mesh.name for mesh in body.meshes}
    assert names == {"skin", "top", "bottom", "hair", "bun", "eyes"}


@BOTH
def test_every_contact_lies_on_the_skin(name):
    body = figure(name)
    surface = Skin(body, without=("eyes", "bun"))
    for one in body.contacts:
        if one.name.startswith("seat"):
            continue  # where the skin comes to lie once the hips are bent
        apart = np.array(one.point) - surface.rest
        near = int(np.linalg.norm(apart, axis=1).argmin())
        out = float(apart[near] @ surface.rest_normal[near])
        assert -0.004 < out < 0.012, one.name
        assert np.linalg.norm(apart[near]) < 0.02, one.name
