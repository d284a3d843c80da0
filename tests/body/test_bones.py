import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from bones import bones
from figures import HOME, figure
from PIL import Image, ImageDraw, ImageFilter

from recoup.body import FIGURES, place, skin
from recoup.body.bones import LEVELS, closed_deg, facet_places
from recoup.body.bones.shell import Depth
from recoup.body.bones.source import find_bones
from recoup.film.draw import frame
from recoup.motion.rig import Rig

EVERY = pytest.mark.parametrize("name", FIGURES)
SCRIPT = Path(__file__).parents[2] / "scripts/bones.py"
HEAD = ("skull", "jaw")
LUMBAR = ("L5", "L4", "L3", "L2", "L1")
WAYS = {
    "upright": {},
    "back": {"flexion": -0.4},
    "forward": {"flexion": 0.75},
    "left": {"bend": 0.6},
    "turned": {"flexion": -0.4, "bend": 0.5, "rotation": 0.5},
}
"""Poses of the low back, as shares of each segment's range (-1 to 1 of the furthest angle)."""


def posed(body, way):
    """Return the transforms of a body whose lumbar segments all bend the same way."""
    rig = Rig(body)
    q = np.zeros(rig.model.nq)
    q[3] = 1
    ranges = {hinge.name: hinge.high for hinge in body.hinges}
    for segment in LUMBAR:
        for angle, share in WAYS[way].items():
            name = f"{segment}_{angle}"
            q[7 + rig.index[name]] = np.radians(share * ranges[name])
    return rig.transforms(q, np.zeros((2, 4)), (0.0, 0.0), 0.0)


def at_rest(body):
    moved = [body.index[name] for name in body.moved]
    return place(body, body.frames[moved], body.joints[moved])


def mesh_of(name, part):
    return next(one for one in bones(name).meshes if one.name == part)


@EVERY
def test_every_bone_lies_in_the_skin(name):
    depth = Depth(bones(name).shell)
    for mesh in bones(name).meshes:
        if mesh.name not in HEAD:  # the skin goes into the mouth: see the outlines below
            assert depth(mesh.vertices[::2].astype(float))[0].min() > 0.003, mesh.name


@EVERY
@pytest.mark.parametrize("way", WAYS)
def test_the_low_back_stays_in_the_skin_however_it_bends(name, way):
    transforms = posed(figure(name), way)
    depth = Depth(bones(name).shell, skin(bones(name).shell, transforms))
    for part in LUMBAR:
        inside = depth(skin(mesh_of(name, part), transforms)[::2])[0].min()
        assert inside > 0.001, f"{part}: {inside * 1000:.1f} mm"


@EVERY
@pytest.mark.parametrize("view", ["front", "side", "back-three-quarter"])
@pytest.mark.parametrize("way", ["upright", "turned"])
def test_no_view_shows_a_bone_outside_the_outline_of_the_body(name, view, way):
    transforms = posed(figure(name), way)
    shell = bones(name).shell
    outer = skin(shell, transforms)
    camera = frame(outer, view, 4 / 5)
    outline = Image.new("1", (800, 1000))
    draw = ImageDraw.Draw(outline)
    corners = camera.project(outer, 800, 1000)[:, :2][shell.faces]
    for triangle in corners.round().astype(int).reshape(-1, 6).tolist():
        draw.polygon(triangle, fill=1, outline=1)
    seen = np.array(outline.convert("L").filter(ImageFilter.MaxFilter(3))) > 0
    for mesh in bones(name).meshes:
        x, y = camera.project(skin(mesh, transforms), 800, 1000)[:, :2].astype(int).T
        assert seen[y, x].all(), mesh.name


@EVERY
def test_each_vertebra_of_the_low_back_moves_with_its_own_segment_alone(name):
    body = figure(name)
    for part in LUMBAR:
        mesh = mesh_of(name, part)
        assert (mesh.weights.max(1) == 1).all()
        held = {body.segments[k] for k in mesh.joints[mesh.weights == 1]}
        assert held == {part}


@EVERY
def test_each_vertebra_reaches_from_its_joint_to_the_next(name):
    body = figure(name)
    height = [body.joints[body.index[one], 1] for one in (*LUMBAR, "Tlow")]
    for part, (low, high) in zip(LUMBAR, pairwise(height), strict=True):
        middle = np.median(mesh_of(name, part).vertices[:, 1])
        assert low < middle < high, part


@EVERY
def test_left_and_right_bones_are_mirror_images(name):
    for part in ("pelvis", "femur", "tibia", "fibula", "patella"):
        left, right = (mesh_of(name, f"{side}_{part}").vertices for side in "lr")
        assert np.abs(np.sort(left[:, 0]) + np.sort(right[:, 0])[::-1]).max() < 0.004, part


@EVERY
def test_there_are_no_bones_of_the_arms_and_no_emblem_on_the_breastbone(name):
    parts = {mesh.name for mesh in bones(name).meshes}
    assert not {part for part in parts if "hand" in part or "humerus" in part}
    # Whole, the package's piece has some 21,000 triangles: three of four of them draw the emblem.
    assert len(mesh_of(name, "ribs").faces) < 4 * 6000


def test_nothing_of_the_arm_model_is_kept():
    with zipfile.ZipFile(find_bones(HOME / "data")) as kept:
        names = kept.namelist()
    assert {"LICENSE", "NOTICE", "meshes/lumbar5.stl"} <= set(names)
    arm = ("arm", "hand", "humerus", "radius", "ulna", "scapula", "clavicle", "mc.", "ph.")
    assert [name for name in names if any(word in name for word in arm)] == []


def test_only_named_bones_are_taken_out_of_a_fetched_package(tmp_path):
    fetched, into = tmp_path / "fetched", tmp_path / "into"
    fetched.mkdir()
    into.mkdir()
    root = "musclemimic_models/model/"
    with zipfile.ZipFile(fetched / "musclemimic_models-9.9-py3-none-any.whl", "w") as wheel:
        for name in ("meshes/lumbar1.stl", "meshes/humerus.stl", "arm/assets/myoarm.xml"):
            wheel.writestr(root + name, name)
        wheel.writestr("musclemimic_models-9.9.dist-info/licenses/NOTICE", "theirs")
    subprocess.run([sys.executable, SCRIPT, fetched, into], check=True)
    (archive,) = into.iterdir()
    assert archive.name == "bones-9.9.zip"
    with zipfile.ZipFile(archive) as kept:
        assert sorted(kept.namelist()) == ["NOTICE", "meshes/lumbar1.stl"]


@EVERY
def test_facet_joints_lie_behind_the_discs_one_on_each_side(name):
    body = figure(name)
    places = facet_places(bones(name).facets, body, at_rest(body))
    for facet, at in zip(bones(name).facets, places, strict=True):
        joint = body.joints[body.index[facet.upper]]
        assert 0.005 < at[0] * {"left": 1, "right": -1}[facet.side] < 0.025
        assert 0.018 < joint[2] - at[2] < 0.045, facet
        assert abs(at[1] - joint[1]) < 0.022, facet
    assert [one.level for one in bones(name).facets[::2]] == list(LEVELS)


@EVERY
def test_both_halves_of_a_facet_joint_meet_at_rest(name):
    for facet in bones(name).facets:
        apart = np.linalg.norm(np.array(facet.upper_at) - facet.lower_at)
        assert apart < 0.014, facet


def closed(name, way):
    body = figure(name)
    found = closed_deg(bones(name).facets, body, posed(body, way))
    return {
        side: np.array([
            deg for one, deg in zip(bones(name).facets, found, strict=True) if one.side == side
        ])
        for side in ("left", "right")
    }  # fmt: skip


@EVERY
def test_standing_upright_no_joint_is_closed_or_opened(name):
    assert np.abs(np.concatenate(list(closed(name, "upright").values()))).max() < 1e-6


@EVERY
def test_bending_back_closes_both_sides_by_the_angle_between_the_bones(name):
    both = closed(name, "back")
    assert both["left"] == pytest.approx([6.0] * 5, abs=0.01)
    assert both["right"] == pytest.approx(both["left"])


@EVERY
def test_bending_forward_opens_both_sides(name):
    both = closed(name, "forward")
    assert both["left"].max() < -10
    assert both["right"] == pytest.approx(both["left"])


@EVERY
def test_bending_to_the_left_closes_the_left_and_opens_the_right(name):
    both = closed(name, "left")
    assert both["left"].min() > 4
    assert both["right"] == pytest.approx(-both["left"])


@EVERY
def test_bending_back_and_to_the_left_closes_the_left_most(name):
    both = closed(name, "turned")
    assert (both["left"] > both["right"] + 3).all()
    assert both["left"].min() > 6


@EVERY
@pytest.mark.parametrize(("way", "grows"), [("back", False), ("forward", True)])
def test_the_bones_themselves_do_what_the_angle_says(name, way, grows):
    """The upper process slides down on the lower one when a joint closes, and up when it opens."""
    body = figure(name)
    rest, now = at_rest(body), posed(body, way)
    for facet in bones(name).facets:
        upper, lower = (body.index[one] for one in (facet.upper, facet.lower))
        at = np.append(facet.upper_at, 1)
        above, turn = now[upper] @ at, now[lower][:, :3]
        slid = (turn.T @ (above - now[lower][:, 3]))[1] - (rest[lower][:, :3].T @ (
            rest[upper] @ at - rest[lower][:, 3]))[1]  # fmt: skip
        assert (slid > 0.001) == grows, facet
        assert (slid < -0.001) != grows, facet
