import numpy as np
import pytest
from figures import figure

from recoup.body import FIGURES, Skin, place, skin

ALL = pytest.mark.parametrize("name", FIGURES)


def at_rest(body):
    moved = [body.index[name] for name in body.moved]
    return place(body, body.frames[moved], body.joints[moved], np.zeros((2, 4)))


@ALL
def test_a_grown_up_stands_on_the_floor(name):
    body = figure(name)
    lowest = min(mesh.vertices[:, 1].min() for mesh in body.meshes)
    assert 1.5 < body.height < 1.95
    assert abs(lowest) < 0.002


@ALL
def test_every_vertex_is_held_by_segments_that_share_it(name):
    for mesh in figure(name).meshes:
        assert np.allclose(mesh.weights.sum(1), 1, atol=1e-5)
        assert mesh.joints.max() < len(figure(name).segments)


@ALL
def test_parents_come_before_their_children(name):
    assert all(parent < k for k, parent in enumerate(figure(name).parents))


@ALL
def test_left_and_right_are_mirror_images(name):
    body = figure(name)
    for one in body.contacts:
        if one.name.endswith("_L"):
            other = body.contact[one.name[:-1] + "R"]
            assert np.allclose(one.point, np.array(other.point) * [-1, 1, 1], atol=0.004)


@ALL
def test_the_rest_pose_leaves_the_trunk_where_it_is(name):
    body = figure(name)
    top = next(mesh for mesh in body.meshes if mesh.name == "top")
    assert np.abs(skin(top, at_rest(body)) - top.vertices).max() < 1e-5


@ALL
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


@ALL
def test_every_contact_lies_on_the_skin(name):
    body = figure(name)
    surface = Skin(body, without=("eyes", "bun"))
    for one in body.contacts:
        if one.name.startswith("seat"):
            continue  # where the skin comes to lie once the hips are bent
        apart = np.array(one.point) - surface.rest
        near = int(np.linalg.norm(apart, axis=1).argmin())
        out = float(apart[near] @ surface.rest_normal[near])
        # A grip is the middle of the hand that closes: a little before the palm's skin.
        assert -0.004 < out < (0.016 if one.name.startswith("grip") else 0.012), one.name
        assert np.linalg.norm(apart[near]) < 0.02, one.name


@ALL
def test_the_top_covers_the_leggings_where_they_end(name):
    meshes = {mesh.name: mesh.vertices for mesh in figure(name).meshes}
    assert meshes["top"][:, 1].min() < meshes["bottom"][:, 1].max() - 0.04


@ALL
def test_the_leggings_stay_under_the_top(name):
    meshes = {mesh.name: mesh for mesh in figure(name).meshes}
    top, under = meshes["top"], meshes["bottom"].vertices
    under = under[under[:, 1] > top.vertices[:, 1].min() + 0.02]
    assert len(under) > 100
    for start in range(0, len(under), 512):
        some = under[start : start + 512]
        near = np.linalg.norm(some[:, None] - top.vertices, axis=2).argmin(1)
        out = ((some - top.vertices[near]) * top.normals[near]).sum(1)
        assert out.max() < 0.001


def test_the_larger_body_is_large_and_the_pregnant_one_carries_in_front():
    kilos = {name: 1010 * figure(name).volumes.sum() for name in FIGURES}
    bmi = {name: kilos[name] / figure(name).height ** 2 for name in FIGURES}
    assert bmi["larger"] > 28
    assert all(bmi[name] < 25 for name in FIGURES if name != "larger")
    belly = {name: np.subtract(figure(name).contact["belly"].point, figure(name).joints[0])[2]
             for name in FIGURES}  # fmt: skip
    assert belly["pregnant"] > belly["woman"] + 0.08


def test_a_pregnant_belly_stands_out_most_at_the_navel_not_at_the_groin():
    body = figure("pregnant")
    height = body.contact["belly"].point[1]
    assert body.joints[body.index["L5"]][1] < height < body.joints[body.index["L1"]][1]


def test_the_spine_lies_deeper_under_a_padded_back():
    def depth(name):
        body = figure(name)
        return body.joints[body.index["L3"]][2] - body.contact["low_back"].point[2]

    assert depth("woman") == pytest.approx(depth("man"), abs=0.008)
    assert depth("larger") > depth("man") + 0.02


def test_what_a_body_has_more_of_weighs_more():
    woman, larger = figure("woman"), figure("larger")
    assert np.abs(woman.volumes.sum() / woman.usual_volumes.sum() - 1) < 0.05
    trunk = [larger.index[name] for name in ("L1", "L2", "L3", "L4", "L5", "pelvis")]
    feet = [larger.index[name] for name in ("foot_L", "foot_R")]

    def fuller(parts):
        return larger.volumes[parts].sum() / larger.usual_volumes[parts].sum()

    assert fuller(trunk) > 1.4 > fuller(feet) > 0.8
