"""The files of the live figure say what the solver and the body say."""

from __future__ import annotations

import json
import struct
from dataclasses import replace

import numpy as np
import pytest
from bench.stage import Stage

from recoup.body import Mesh, Skin
from recoup.film.draw import Mat, frame
from recoup.film.draw.glow import glow
from recoup.film.live.figure import figure_glb
from recoup.film.live.moves import (
    UnlikeGlTFError,
    framing_points,
    key_frames,
    motion_glb,
    quaternions,
)
from recoup.film.live.order import LiveOrder
from recoup.motion.track import Track

WIDTHS = {"SCALAR": 1, "VEC3": 3, "VEC4": 4, "MAT4": 16}
TYPES = {5120: "i1", 5121: "u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}


class Read:
    """A glTF binary, read as its standard says and not as our own reader does."""

    def __init__(self, content: bytes) -> None:
        magic, version, length = struct.unpack_from("<4sII", content)
        assert (magic, version, length) == (b"glTF", 2, len(content))
        size, kind = struct.unpack_from("<I4s", content, 12)
        assert kind == b"JSON"
        assert size % 4 == 0
        self.parts = json.loads(content[20 : 20 + size])
        self.binary = content[28 + size :]
        assert len(self.binary) == self.parts["buffers"][0]["byteLength"]

    def values(self, number: int) -> np.ndarray:
        one = self.parts["accessors"][number]
        view = self.parts["bufferViews"][one["bufferView"]]
        kind, width = np.dtype(TYPES[one["componentType"]]), WIDTHS[one["type"]]
        step = view.get("byteStride", kind.itemsize * width)
        assert view["byteOffset"] % 4 == 0
        raw = self.binary[view["byteOffset"] : view["byteOffset"] + view["byteLength"]]
        rows = np.frombuffer(raw, "u1").reshape(one["count"], step)[:, : kind.itemsize * width]
        found = np.ascontiguousarray(rows).view(kind).astype(float)
        return found / np.iinfo(kind).max if one.get("normalized") else found


@pytest.fixture(scope="module")
def body(stage: Stage) -> Read:
    return Read(figure_glb(stage.body))


@pytest.fixture(scope="module")
def moves(stage: Stage) -> Read:
    return Read(motion_glb(stage.motion, stage.track, Mat()))


def at_time(found: Read, sampler: dict[str, int], t: float) -> np.ndarray:
    """Return the straight line between the frames before and after ``t``."""
    times, values = found.values(sampler["input"])[:, 0], found.values(sampler["output"])
    return np.array([np.interp(t, times, column) for column in values.T])


def posed(body: Read, moves: Read, t: float) -> list[np.ndarray]:
    """Return the vertices of each mesh at ``t`` seconds, worked out from the files alone."""
    nodes, count = moves.parts["nodes"], len(body.parts["skins"][0]["joints"])
    turn = {n: np.array(nodes[n].get("rotation", (0, 0, 0, 1))) for n in range(count)}
    move = {n: np.array(nodes[n]["translation"]) for n in range(count)}
    animation = moves.parts["animations"][0]
    for channel in animation["channels"]:
        values = at_time(moves, animation["samplers"][channel["sampler"]], t)
        kept = turn if channel["target"]["path"] == "rotation" else move
        kept[channel["target"]["node"]] = values
    world = np.zeros((count, 4, 4))
    parent = {child: n for n in range(count) for child in nodes[n].get("children", ())}
    for n in range(count):
        local = np.eye(4)
        local[:3, :3], local[:3, 3] = matrix(turn[n]), move[n]
        world[n] = world[parent[n]] @ local if n in parent else local
    for n, rows, shares in moves.parts["extras"]["flesh"]:
        even = moves.values(shares)[:, 0]
        share = np.interp(t / moves.parts["extras"]["seconds"], np.linspace(0, 1, len(even)), even)
        world[n, :3, :3] @= np.eye(3) + share * np.array(rows).reshape(3, 4)[:, :3]
    bind = body.values(body.parts["skins"][0]["inverseBindMatrices"]).reshape(-1, 4, 4)
    mover = world @ np.transpose(bind, (0, 2, 1))
    found = []
    for mesh in body.parts["meshes"]:
        at = {k: body.values(n) for k, n in mesh["primitives"][0]["attributes"].items()}
        whole = np.concatenate([at["POSITION"], np.ones((len(at["POSITION"]), 1))], axis=1)
        each = mover[at["JOINTS_0"].astype(int)][..., :3, :]
        found.append(np.einsum("vk,vkij,vj->vi", at["WEIGHTS_0"], each, whole))
    return found


def matrix(q: np.ndarray) -> np.ndarray:
    x, y, z, w = q / np.linalg.norm(q)
    return np.array([
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
    ])  # fmt: skip


def breathless(track: Track) -> Track:
    return replace(track, breath=np.zeros_like(track.breath))


@pytest.mark.parametrize("t", [0, 0.77, 1.5, 3.333, 5.12])
def test_the_figure_of_the_files_is_the_figure_of_the_solver(
    stage: Stage, body: Read, moves: Read, t: float
):
    at = stage.track.cycle.start_s + t
    transforms = breathless(stage.track).pose(at).transforms
    wanted = Skin(stage.body, without=()).vertices(transforms)
    away = np.linalg.norm(np.concatenate(posed(body, moves, t)) - wanted, axis=1)
    assert away.max() < 0.002


@pytest.mark.parametrize(
    ("motion", "name", "position"),
    [("childs-pose", "woman", "child"), ("prone-press-up", "larger", "hands-by-shoulders")],
)
def test_flesh_is_pressed_in_the_files_as_in_the_films(motion: str, name: str, position: str):
    shown = Stage(motion, name)
    body, moves = Read(figure_glb(shown.body)), Read(motion_glb(shown.motion, shown.track, None))
    at = shown.track.reached[position]
    t = at - shown.track.cycle.start_s
    transforms = breathless(shown.track).pose(at).transforms
    wanted = Skin(shown.body, without=()).vertices(transforms)
    away = np.linalg.norm(np.concatenate(posed(body, moves, t)) - wanted, axis=1)
    assert away.max() < 0.002
    for one in moves.parts["extras"]["flesh"]:
        one[1] = [0.0] * 12
    flat = np.linalg.norm(np.concatenate(posed(body, moves, t)) - wanted, axis=1)
    assert flat.max() > 0.01, "the press is more than the tolerance"


def test_a_full_breath_is_what_the_file_adds(stage: Stage, moves: Read):
    full = replace(stage.track, breath=np.ones_like(stage.track.breath)).pose(1.0).transforms
    out = breathless(stage.track).pose(1.0).transforms
    for number, rows in moves.parts["extras"]["breathing"]:
        added = np.eye(4)
        added[:3] += np.array(rows).reshape(3, 4)
        assert np.allclose(out[number] @ added, full[number], atol=1e-5)


def test_the_same_values_give_the_same_bytes(stage: Stage):
    assert figure_glb(stage.body) == figure_glb(stage.body)
    first, again = (motion_glb(stage.motion, stage.track, Mat()) for _ in range(2))
    assert first == again


def test_a_vertex_belongs_wholly_to_segments(body: Read):
    for mesh in body.parts["meshes"]:
        weights = body.values(mesh["primitives"][0]["attributes"]["WEIGHTS_0"])
        assert np.allclose(weights.sum(1), 1, atol=1e-9)


def test_the_cycle_closes(moves: Read):
    animation = moves.parts["animations"][0]
    for channel in animation["channels"]:
        values = moves.values(animation["samplers"][channel["sampler"]]["output"])
        first, last = values[0], values[-1]
        assert min(abs(first - last).max(), abs(first + last).max()) < 1e-4


def test_props_come_with_the_motion(stage: Stage):
    corners = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32)
    box = Mesh(
        "chair", corners, corners, np.array([[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]], np.int32),
        np.full((4, 3), 0.5, np.float32), np.zeros((4, 4), np.int16),
        np.tile(np.float32([1, 0, 0, 0]), (4, 1)),
    )  # fmt: skip
    found = Read(motion_glb(stage.motion, stage.track, None, [box]))
    assert found.parts["meshes"][0]["name"] == "chair"
    place = found.parts["meshes"][0]["primitives"][0]["attributes"]["POSITION"]
    assert np.allclose(found.values(place), corners)
    assert found.parts["extras"]["studio"]["mat"] is None
    assert np.allclose(found.parts["extras"]["box"][1], 1, atol=0.3)


def test_a_prop_that_rolls_rolls_in_the_file(stage: Stage):
    points = np.eye(3, dtype=np.float32)
    ball = Mesh(
        "ball", points, points, np.array([[0, 1, 2]], np.int32), np.full((3, 3), 0.5, np.float32),
        np.zeros((3, 4), np.int16), np.tile(np.float32([1, 0, 0, 0]), (3, 1)),
    )  # fmt: skip

    def rolling(t: float, count: int) -> list[np.ndarray]:
        turn = matrix(np.array([np.sin(t / 2), 0, 0, np.cos(t / 2)]))
        return [np.c_[turn, [0, 0.2, t / 10]]] * count

    found = Read(motion_glb(stage.motion, stage.track, None, [ball], rolling))
    animation = found.parts["animations"][0]
    last = len(found.parts["nodes"]) - 1
    values = {
        one["target"]["path"]: at_time(found, animation["samplers"][one["sampler"]], 2.0)
        for one in animation["channels"] if one["target"]["node"] == last
    }  # fmt: skip
    at = stage.track.cycle.start_s + 2.0
    wanted = rolling(at, 1)[0]
    assert np.allclose(matrix(values["rotation"]), wanted[:, :3], atol=1e-3)
    assert np.allclose(values["translation"], wanted[:, 3], atol=1e-3)


def test_the_outline_frames_as_every_vertex_does(stage: Stage):
    _, _, points = framing_points(stage.track)
    skin, cycle = Skin(stage.body), stage.track.cycle
    times = np.linspace(cycle.start_s, cycle.end_s, 24, endpoint=False)
    every = np.concatenate([skin.vertices(stage.track.pose(t).transforms) for t in times])
    for view in ("three-quarter", "side", "above"):
        a, b = frame(points, view, 0.8), frame(every.astype(float), view, 0.8)
        assert np.linalg.norm(a.position - b.position) < 0.02


def test_quaternions_are_the_turns_they_come_from():
    rng = np.random.default_rng(7)
    q = rng.normal(size=(500, 4))
    q[:20, 3] = 0  # half turns
    turns = np.array([matrix(one) for one in q])
    assert np.allclose([matrix(one) for one in quaternions(turns)], turns, atol=1e-9)


def test_a_joint_that_leaves_its_parent_is_refused(stage: Stage):
    moved = stage.track.rig.body
    joints = moved.joints.copy()
    joints[moved.index["head"], 1] += 0.02
    track = replace(stage.track, rig=_With(stage.track.rig, replace(moved, joints=joints)))
    with pytest.raises(UnlikeGlTFError, match=r"head|neck"):
        motion_glb(stage.motion, track, None)


class _With:
    """A rig whose body is another one."""

    def __init__(self, rig: object, body: object) -> None:
        self._rig, self.body = rig, body

    def __getattr__(self, name: str) -> object:
        return getattr(self._rig, name)


def test_a_name_follows_from_text_alone(stage: Stage, tmp_path):
    order = LiveOrder(stage.motion, "woman")
    other = LiveOrder(replace(stage.motion, views=("side",)), "woman")
    assert order.motion_name(tmp_path) == LiveOrder(stage.motion, "woman").motion_name(tmp_path)
    assert order.motion_name(tmp_path) != other.motion_name(tmp_path)
    assert order.body_name(tmp_path) == other.body_name(tmp_path)
    assert order.body_name(tmp_path) != LiveOrder(stage.motion, "man").body_name(tmp_path)


def test_what_glows_in_the_film_glows_in_the_file(stage: Stage, moves: Read):
    found = moves.parts["extras"]["glow"]
    share = glow(stage.body, stage.motion.target)
    told = np.zeros(len(share))
    told[moves.values(found["at"])[:, 0].astype(int)] = moves.values(found["share"])[:, 0]
    assert share.max() > 0.3
    assert abs(told - share).max() < 0.003


def test_only_frames_that_straight_lines_would_miss_are_kept():
    times = np.linspace(0, 1, 31)
    still, straight = np.zeros(31), times / 10
    bent = np.where(times < 0.5, 0.0, times - 0.5)
    turns = np.tile([0.0, 0.0, 0.0, 1.0], (31, 1, 1))
    places = np.stack([still, straight, bent], axis=1)[:, None]
    assert key_frames(turns, places).tolist() == [0, 15, 30]
    assert key_frames(turns, places * [1, 1, 0]).tolist() == [0, 30]
