from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from bones import bones
from figures import HOME, figure

from recoup.body import FIGURES, place
from recoup.film.draw import frame
from recoup.film.draw.xray import XRay
from recoup.film.scene import Scene
from recoup.motion import load_track

HEIGHT = 240
EVERY = pytest.mark.parametrize("name", FIGURES)


@pytest.fixture(scope="module")
def tour(motions):
    return motions["spine-tour"]


def scene(tour, name="woman", look="x-ray", view="back-three-quarter", closeup="low-back", **more):
    body = figure(name)
    track = load_track(tour, body, HOME / "tracks")
    inside = bones(name) if look == "x-ray" else None
    return Scene(tour, track, body, HEIGHT, "4:5", view, 2, look=look, bones=inside,
                 closeup=closeup, **more)  # fmt: skip


def reached(tour, position, name="woman"):
    return load_track(tour, figure(name), HOME / "tracks").reached[position]


def orange(picture):
    """Return which pixels are as orange as a closed joint."""
    red, green, blue = np.moveaxis(picture.astype(int), 2, 0)
    return (red > 150) & (red - green > 75) & (green > blue)


def test_the_same_moment_gives_the_same_bytes_whatever_was_drawn_before(tour):
    one = scene(tour)
    t = reached(tour, "back-and-turned")
    first = one.picture(t)
    one.picture(reached(tour, "bent-forward"))
    assert one.picture(t).tobytes() == first.tobytes()
    assert scene(tour).picture(t).tobytes() == first.tobytes()


def test_the_plain_view_is_untouched_by_the_x_ray_view(tour):
    t = reached(tour, "bent-back")
    before = scene(tour, look="plain", closeup=None).picture(t)
    scene(tour).picture(t)
    assert scene(tour, look="plain", closeup=None).picture(t).tobytes() == before.tobytes()
    body = figure("woman")
    track = load_track(tour, body, HOME / "tracks")
    usual = Scene(tour, track, body, HEIGHT, "4:5", "back-three-quarter", 2)
    assert usual.picture(t).tobytes() == before.tobytes()


@EVERY
def test_bones_are_bright_and_the_skin_over_them_is_faint(tour, name):
    picture = scene(tour, name, view="side").picture(0.0).astype(int)
    light = picture.sum(2)
    assert (light > 500).mean() > 0.08, "bones"
    # Glass: clearly lighter than the room behind it, and far darker than bone.
    # The darker upper corner: a large body fills the other.
    top = light[: HEIGHT // 4]
    room = min(np.median(top[:, :12]), np.median(top[:, -12:]))
    assert ((light > room + 25) & (light < 420)).mean() > 0.2, "skin"


def test_a_second_skin_under_the_first_changes_nothing():
    """Only the nearest surface is blended: an arm before the trunk is not seen twice."""
    body, inside = figure("woman"), bones("woman")
    moved = [body.index[one] for one in body.moved]
    transforms = place(body, body.frames[moved], body.joints[moved])
    deeper = inside.shell.vertices - 0.004 * inside.shell.normals
    under = replace(inside.shell, vertices=deeper.astype(np.float32))
    pictures = []
    for skins in ([inside.shell], [inside.shell, under]):
        painter = XRay(inside.meshes, skins, [], 192, 240, 2)
        painter.look(frame(inside.shell.vertices.astype(float), "side", 0.8))
        pictures.append(painter.draw(transforms).astype(int))
    apart = np.abs(pictures[0] - pictures[1]).max(2)
    assert (apart > 6).mean() < 0.01, "at the outline alone"
    bare = XRay(inside.meshes, [under], [], 192, 240, 2)
    bare.look(frame(inside.shell.vertices.astype(float), "side", 0.8))
    assert (np.abs(bare.draw(transforms).astype(int) - pictures[0]).max(2) > 6).any()


@EVERY
def test_joints_glow_on_both_sides_bent_back_on_one_side_turned_and_not_bent_forward(tour, name):
    one = scene(tour, name)
    found = {}
    for position in ("bent-back", "back-and-turned", "bent-forward"):
        t = reached(tour, position, name)
        by_side = {side: [mark.closed_deg for mark in one.facets(t) if mark.side == side]
                   for side in ("left", "right")}  # fmt: skip
        found[position] = (by_side, orange(one.picture(t)).sum())
    back, turned, forward = (found[k][0] for k in found)
    assert min(back["left"]) > 2
    assert back["left"] == pytest.approx(back["right"], abs=0.01)
    assert (np.array(turned["left"]) > np.array(turned["right"]) + 3).all()
    assert max(forward["left"] + forward["right"]) < -4
    assert found["bent-back"][1] > 5 * max(1, found["bent-forward"][1])
    assert found["back-and-turned"][1] > 5 * max(1, found["bent-forward"][1])


def test_labels_find_the_marks_in_the_picture(tour):
    one = scene(tour)
    t = reached(tour, "back-and-turned")
    picture = one.picture(t).astype(int)
    warm = picture[..., 0] - picture[..., 2]
    marks = [mark for mark in one.facets(t) if mark.side == "left"]
    assert [mark.level for mark in marks] == ["L5-S1", "L4-L5", "L3-L4", "L2-L3", "L1-L2"]
    for mark in marks[:4]:
        x, y = round(mark.x), round(mark.y)
        assert warm[y - 3 : y + 4, x - 3 : x + 4].max() > 70, mark


def test_a_close_up_stays_on_the_low_back_with_a_still_camera(tour):
    far, near = scene(tour, closeup=None), scene(tour)
    for position in ("bent-back", "back-and-turned", "bent-forward"):
        t = reached(tour, position)
        spots = np.array([(mark.x, mark.y) for mark in near.facets(t)])
        assert (spots > 0).all()
        assert (spots < (near.width, near.height)).all()
        small = np.array([(mark.x, mark.y) for mark in far.facets(t)])
        assert np.ptp(spots, axis=0).max() > 3 * np.ptp(small, axis=0).max()


def test_a_plain_scene_has_no_marks(tour):
    assert scene(tour, look="plain").facets(0.0) == ()


def test_whose_bones_they_are_is_told_wherever_bones_are_shown(tour):
    assert "CC BY 3.0" in scene(tour).credit
    assert scene(tour, look="plain").credit is None
    notice = (Path(__file__).parents[2] / "NOTICE").read_text()
    assert "OpenSim" in notice
    assert "OpenSim" in scene(tour).credit


def test_an_x_ray_keeps_props_solid(motions):
    body = figure("woman")
    sitting = motions["cat-camel-sitting"]
    track = load_track(sitting, body, HOME / "tracks")
    plain = Scene(sitting, track, body, HEIGHT, "4:5", "side", 2)
    inside = Scene(sitting, track, body, HEIGHT, "4:5", "side", 2, look="x-ray",
                   bones=bones("woman"))  # fmt: skip
    low = slice(HEIGHT * 6 // 10, HEIGHT)
    chair = [one.picture(0.0)[low].astype(int) for one in (plain, inside)]
    wood = [(c[..., 0] - c[..., 2] > 25) for c in chair]
    assert wood[1].sum() > 0.5 * wood[0].sum() > 50


def test_a_wrong_look_or_close_up_says_what_there_is(tour):
    with pytest.raises(ValueError, match="plain, x-ray"):
        scene(tour, look="infrared")
    with pytest.raises(ValueError, match="low-back"):
        scene(tour, closeup="elbow")
    body = figure("woman")
    with pytest.raises(ValueError, match="needs the bones"):
        Scene(tour, load_track(tour, body, HOME / "tracks"), body, HEIGHT, "4:5", "side",
              look="x-ray")  # fmt: skip
