import hashlib
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from figures import figure

from recoup.body import place
from recoup.film.draw import VIEWS, Camera, Mat, Painter, edges, frame, shade
from recoup.film.draw.glow import WARM, glow
from recoup.film.draw.props import prop_meshes
from recoup.model.motion import Prop

DRAW = Path(shade.__file__).parent


@pytest.fixture(scope="module")
def standing():
    body = figure("woman")
    moved = [body.index[name] for name in body.moved]
    return body, place(body, body.frames[moved], body.joints[moved])


def painted(body, transforms, view="three-quarter", tint=None):
    painter = Painter(body.meshes, 160, 200, samples=2, mat=Mat())
    points = np.concatenate([mesh.vertices for mesh in body.meshes]).astype(float)
    painter.look(frame(points, view, 160 / 200))
    if tint is not None:
        painter.tint(tint, WARM)
    return painter.draw(transforms).copy()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("aspect", [16 / 9, 4 / 5])
def test_no_view_ever_cuts_a_limb(view, aspect):
    points = np.concatenate([mesh.vertices for mesh in figure("man").meshes]).astype(float)
    seen = frame(points, view, aspect).project(points, 1000 * aspect, 1000)
    assert seen[:, 2].min() > 0
    assert (seen[:, 0] > 0.06 * 1000 * aspect).all()
    assert (seen[:, 0] < 0.94 * 1000 * aspect).all()
    assert (seen[:, 1] > 0.06 * 1000).all()
    assert (seen[:, 1] < 0.94 * 1000).all()


def test_the_same_moment_gives_the_same_bytes(standing):
    body, transforms = standing
    assert np.array_equal(painted(body, transforms), painted(body, transforms))


def test_what_was_painted_before_leaves_no_trace(standing):
    body, transforms = standing
    painter = Painter(body.meshes, 160, 200, mat=Mat())
    points = np.concatenate([mesh.vertices for mesh in body.meshes]).astype(float)
    painter.look(frame(points, "three-quarter", 160 / 200))
    first = painter.draw(transforms).copy()
    assert not np.array_equal(painter.draw(raised(body, transforms, 50)), first)
    assert np.array_equal(painter.draw(transforms), first)


def test_the_figure_stands_in_the_picture_and_throws_a_shadow(standing):
    body, transforms = standing
    picture = painted(body, transforms).astype(int)
    assert picture.min() < 60
    assert picture[5, 5].min() > 200
    mat = picture[-20:-5, 60:100].reshape(-1, 3)
    assert (mat[:, 1] > mat[:, 0]).mean() > 0.5


def test_only_the_target_glows(standing):
    body, transforms = standing
    plain = painted(body, transforms, "back")
    warm = painted(body, transforms, "back", glow(body, ("low-back",)))
    changed = (plain != warm).any(axis=2)
    assert 20 < changed.sum() < plain.shape[0] * plain.shape[1] * 0.05
    assert painted(body, transforms, "back", glow(body, ("nothing",))).tobytes() == plain.tobytes()


@pytest.mark.parametrize(("side", "sign"), [("left", 1), ("right", -1)])
def test_the_front_of_one_hip_glows_alone(standing, side, sign):
    body, _ = standing
    x = np.concatenate([mesh.vertices[:, 0] for mesh in body.meshes])
    lit = glow(body, (f"hip-flexors-{side}",)) > 0
    assert lit.sum() > 50
    assert (x[lit] * sign > 0).all()


def test_a_prop_stands_where_its_text_says():
    (chair,) = prop_meshes([Prop("chair", (0.2, 0.45, -0.1)), Prop("mat")], 7)
    assert chair.joints[:, 0].max() == 7
    top = chair.vertices[np.abs(chair.vertices[:, 1] - 0.45) < 1e-4]
    assert top[:, 0].mean() == pytest.approx(0.2, abs=0.01)


def test_moving_everything_moves_the_picture(standing):
    body, transforms = standing
    aside = transforms.copy()
    aside[:, 0, 3] += 0.2
    assert not np.array_equal(painted(body, transforms), painted(body, aside))
    assert replace(body, name="other").name == "other"


def test_a_still_part_does_not_flicker_while_another_limb_moves(standing):
    body, transforms = standing
    painter = Painter(body.meshes, 480, 600)
    points = np.concatenate([mesh.vertices for mesh in body.meshes]).astype(float)
    painter.look(frame(points, "front", 480 / 600))
    pictures = [painter.draw(raised(body, transforms, deg)).copy() for deg in range(0, 60, 3)]
    legs_and_their_shadow = np.array(pictures)[:, 300:, 220:].astype(int)
    changed = np.abs(np.diff(legs_and_their_shadow, axis=0))
    assert changed.max() <= 1
    assert changed.mean() < 0.01
    assert np.abs(np.diff(np.array(pictures).astype(int), axis=0)).max() > 100


def raised(body, transforms, deg):
    """Return the transforms with the right arm turned sideways about its shoulder."""
    turn = np.radians(-deg)
    c, s = np.cos(turn), np.sin(turn)
    about = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])
    shoulder = body.joints[body.index["uarm_R"]]
    moved = transforms.copy()
    for name, segment in body.index.items():
        if not re.fullmatch(r"(uarm|farm|hand|shld|f\d\d|.armtw)_R", name):
            continue
        moved[segment, :, :3] = about @ transforms[segment, :, :3]
        moved[segment, :, 3] = about @ (transforms[segment, :, 3] - shoulder) + shoulder
    return moved


def test_the_picture_goes_along_with_a_figure_that_walks_away(standing):
    body, transforms = standing
    points = np.concatenate([mesh.vertices for mesh in body.meshes]).astype(float)
    camera = frame(points, "three-quarter", 160 / 200)
    here = bare_floor(body, transforms, camera)
    away = np.array([3.137, 0, -2.713])
    moved = transforms.copy()
    moved[:, :, 3] += away
    there = bare_floor(body, moved, Camera(camera.position + away, camera.axes))
    assert np.abs(here - there).mean() < 0.02


def bare_floor(body, transforms, camera):
    painter = Painter(body.meshes, 160, 200)
    painter.look(camera)
    return painter.draw(transforms).astype(int)


def test_without_a_mat_the_floor_is_bare(standing):
    body, transforms = standing
    points = np.concatenate([mesh.vertices for mesh in body.meshes]).astype(float)
    floor = bare_floor(body, transforms, frame(points, "three-quarter", 160 / 200))[-10:]
    assert np.ptp(floor, axis=2).max() < 12


@pytest.mark.parametrize("side", [-1, 1])
def test_what_leaves_the_picture_on_one_side_does_not_come_in_on_the_other(standing, side):
    body, transforms = standing
    points = np.concatenate([mesh.vertices for mesh in body.meshes]).astype(float)
    camera = frame(points, "front", 160 / 200)
    leaving, gone = transforms.copy(), transforms.copy()
    leaving[:, 0, 3] += side * 0.75
    gone[:, 0, 3] += side * 40
    picture = bare_floor(body, leaving, camera)[:, ::-side]
    empty = bare_floor(body, gone, camera)[:, ::-side]
    assert (picture[:120, :20] != empty[:120, :20]).any()
    assert np.array_equal(picture[:120, 80:], empty[:120, 80:])


def test_a_changed_loop_is_never_taken_from_an_old_cache():
    texts = b"".join(path.read_bytes() for path in sorted(DRAW.glob("*.py")))
    mark = hashlib.sha256(texts).hexdigest()[:12]
    for loop in (edges.sample_edges, shade.paint):
        assert f"loops-{mark}" in loop.stats.cache_path
