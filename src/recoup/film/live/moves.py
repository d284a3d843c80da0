"""One cycle of a motion as a glTF binary: turns of the segments, breath, glow, props, studio.

All turns and paths share one clock: of thirty frames a second it keeps those that straight lines
between the others would miss. 16 bits a number; the last frame is the first again. ``extras``
hold what glTF has no word for, and ``browser/figure`` reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from recoup.body import Body, Mesh, Skin
from recoup.body.flesh import bone_of
from recoup.film.draw import Mat
from recoup.film.draw.colour import linear
from recoup.film.draw.glow import WARM, glow
from recoup.film.live.container import ARRAY, ELEMENTS, Container, Part, rounded
from recoup.film.live.figure import segments, signed_bytes
from recoup.film.live.studio import studio
from recoup.model.motion import Motion
from recoup.motion import Track
from recoup.motion.track import RATE_HZ

Array = NDArray[np.float64]

FRAME_S = 1 / 30
TURNS = 32767
STILL = 2e-4
"""A turn that changes less than this, in parts of a quaternion (0.02 degrees), is left out."""
AWAY_MM = 0.3
MISSED_DEG, MISSED_MM = 0.06, 0.5
"""How far a segment's turn, and the body's or a prop's place, may be from what was solved."""
SHAPE_STEPS = 24
"""How often the outline of the cycle is looked at, and from how many sides."""
SIDES = 240


Moves = Callable[[float, int], Sequence[Array]]
"""From a time of the track and the number of props to a transform (3, 4) of each."""


def standing(t: float, count: int) -> list[Array]:
    """Leave every prop in its place."""
    return [np.eye(3, 4)] * count


class UnlikeGlTFError(Exception):
    """A pose cannot be told by turns of segments and breath: the message says which and when."""


def motion_glb(
    motion: Motion,
    track: Track,
    mat: Mat | None,
    props: Sequence[Mesh] = (),
    moves: Moves = standing,
) -> bytes:
    """Return the glTF binary of the track's cycle. ``props`` are in world places; ``moves`` says
    how each is moved from there at a time of the track."""
    body, file = track.rig.body, Container()
    times = frame_times(track)
    turn, place, pressed = _frames(track, times)
    _checked(body, turn, place, times)
    local, root = _local(body, turn), place[:, 0]
    paths = np.array([moves(t, len(props)) for t in times]).reshape(len(times), -1, 3, 4)
    prop_turns, prop_places = _smooth(quaternions(paths[..., :3])), paths[..., 3]
    keys = key_frames(
        np.concatenate([local, prop_turns], axis=1),
        np.concatenate([root[:, None], prop_places], axis=1),
    )
    nodes = segments(body)
    clock = file.add((times[keys] - times[0]).astype(np.float32), bounds=True)
    channels: list[Part] = []
    samplers: list[Part] = []

    def animate(node: int, path: str, values: Array) -> None:
        kept = values[keys]
        output = (
            file.add(np.round(kept * TURNS).astype(np.int16), normalised=True)
            if path == "rotation" else file.add(kept.astype(np.float32))
        )  # fmt: skip
        samplers.append({"input": clock, "output": output, "interpolation": "LINEAR"})
        channels.append(
            {"sampler": len(samplers) - 1, "target": {"node": node, "path": path}}
        )

    animate(0, "translation", root)
    for number in range(len(body.segments)):
        turns = local[:, number]
        if np.ptp(turns, axis=0).max() > STILL:
            animate(number, "rotation", turns)
        elif abs(turns[0, 3]) < 1 - 1e-9:
            nodes[number]["rotation"] = rounded(turns[0])
    meshes: list[Part] = []
    materials: list[Part] = []
    for number, prop in enumerate(props):
        meshes.append(_prop(file, prop, len(materials)))
        materials.append(_paint(prop))
        nodes.append({"name": prop.name, "mesh": len(meshes) - 1})
        path = paths[:, number]
        if np.ptp(path, axis=0).max() > 1e-5 or abs(path[0] - np.eye(3, 4)).max() > 1e-5:
            animate(len(nodes) - 1, "rotation", prop_turns[:, number])
            animate(len(nodes) - 1, "translation", prop_places[:, number])
    low, high, points = framing_points(track, props, moves)
    file.parts = {
        "scene": 0,
        "scenes": [{"nodes": [0, *range(len(body.segments), len(nodes))]}],
        "nodes": nodes,
        "animations": [{"name": motion.id, "channels": channels, "samplers": samplers}],
        "extras": {
            "motion": motion.id,
            "body": body.name,
            "seconds": round(float(times[-1] - times[0]), 6),
            "still": round(float(_still(motion, track)), 6),
            "view": motion.views[0],
            "breath": file.add(_breath(track, times), normalised=True),
            "breathing": _breathing(track),
            "flesh": [
                [number, rounded(rows.ravel(), 7), file.add(share, normalised=True)]
                for number, rows, share in _flesh(body, pressed)
            ],
            "points": file.add(points.astype(np.float32)),
            "box": [rounded(low, 4), rounded(high, 4)],
            "glow": _glow(file, body, motion),
            "studio": studio(mat),
        },
    }
    if meshes:
        file.parts |= {"meshes": meshes, "materials": materials}
    return file.content()


def frame_times(track: Track) -> Array:
    """Return the times of the frames: whole steps of the cycle, both ends included."""
    cycle = track.cycle
    steps = max(1, round((cycle.end_s - cycle.start_s) / FRAME_S))
    return np.linspace(cycle.start_s, cycle.end_s, steps + 1)


def key_frames(turns: Array, places: Array) -> NDArray[np.intp]:
    """Return the frames to keep: straight lines between them miss no turn (t, n, 4) by more than
    MISSED_DEG and no place (t, m, 3) by more than MISSED_MM.

    The worst missed frame is kept, and both sides of it are looked at again (Douglas and Peucker).
    """
    kept, open_ = {0, len(turns) - 1}, [(0, len(turns) - 1)]
    while open_:
        first, last = open_.pop()
        if last - first < 2:
            continue
        share = (np.arange(first + 1, last) - first)[:, None, None] / (last - first)
        inner = slice(first + 1, last)
        line = turns[first] * (1 - share) + turns[last] * share
        line /= np.linalg.norm(line, axis=-1, keepdims=True)
        missed_deg = np.degrees(2 * np.linalg.norm(turns[inner] - line, axis=-1)).max(1)
        straight = places[first] * (1 - share) + places[last] * share
        missed_mm = np.linalg.norm(places[inner] - straight, axis=-1).max(1) * 1e3
        missed = np.maximum(missed_deg / MISSED_DEG, missed_mm / MISSED_MM)
        worst = int(missed.argmax())
        if missed[worst] > 1:
            middle = first + 1 + worst
            kept.add(middle)
            open_ += [(first, middle), (middle, last)]
    return np.array(sorted(kept))


def framing_points(
    track: Track, props: Sequence[Mesh] = (), moves: Moves = standing
) -> tuple[Array, Array, Array]:
    """Return the box round the whole cycle (low, high) and the points of its outline: a camera
    that shows these shows everything."""
    skin = Skin(track.rig.body)
    cycle = track.cycle
    moments = np.linspace(cycle.start_s, cycle.end_s, SHAPE_STEPS, endpoint=False)
    clouds = [skin.vertices(track.pose(t).transforms) for t in moments]
    for t in moments if props else ():
        for prop, move in zip(props, moves(t, len(props)), strict=True):
            clouds.append((prop.vertices @ move[:, :3].T + move[:, 3]).astype(np.float32))
    towards = _sphere(SIDES).astype(np.float32)
    outer = np.concatenate([cloud[np.unique((cloud @ towards.T).argmax(0))] for cloud in clouds])
    outline = outer[np.unique((outer @ towards.T).argmax(0))].astype(float)
    low = np.min([cloud.min(0) for cloud in clouds], axis=0)
    high = np.max([cloud.max(0) for cloud in clouds], axis=0)
    return low, high, outline


def _sphere(count: int) -> Array:
    """Return directions that lie evenly on a sphere."""
    k = np.arange(count) + 0.5
    rise = np.arccos(1 - 2 * k / count)
    turn = np.pi * (1 + 5**0.5) * k
    return np.stack(
        [np.cos(turn) * np.sin(rise), np.cos(rise), np.sin(turn) * np.sin(rise)], axis=1
    )


def _frames(track: Track, times: Array) -> tuple[Array, Array, dict[int, Array]]:
    """Return turns (t, n, 3, 3) and joints' places (t, n, 3), without breath; and how segments of
    flesh are pressed, (t, 3, 3) in their bone's frame."""
    body, turns, places = track.rig.body, [], []
    still_chest = replace(track, breath=np.zeros_like(track.breath))
    for t in times:
        moved = still_chest.pose(t).transforms
        turns.append(moved[:, :, :3])
        places.append(np.einsum("nij,nj->ni", moved[:, :, :3], body.joints) + moved[:, :, 3])
    turn, pressed = np.array(turns), {}
    for number, name in enumerate(body.segments):
        carrier = bone_of(name)
        if carrier is not None:
            bone = turn[:, body.index[carrier]]
            pressed[number] = np.einsum("tji,tjk->tik", bone, turn[:, number])
            turn[:, number] = bone
    return turn, np.array(places), pressed


def _flesh(
    body: Body, pressed: dict[int, Array]
) -> Iterator[tuple[int, Array, NDArray[np.uint8]]]:
    """Yield each pressed segment, what the deepest press adds to its transform at rest (3, 4), and
    how much of that is added in each frame, in shares of 255."""
    for number, press in pressed.items():
        added = press - np.eye(3)
        deepest = added[np.linalg.norm(added, axis=(1, 2)).argmax()]
        size = float((deepest**2).sum())
        if size < 1e-8:
            continue
        share = np.einsum("tij,ij->t", added, deepest) / size
        rest = -deepest @ body.joints[number]
        whole = np.round(share.clip(0, 1) * 255).astype(np.uint8)
        yield number, np.concatenate([deepest, rest[:, None]], axis=1), whole


def _local(body: Body, turn: Array) -> Array:
    """Return each segment's turn against its parent's as quaternions (x, y, z, w), never jumping
    to the other sign."""
    parent = np.array(body.parents)
    relative = turn.copy()
    child = parent >= 0
    relative[:, child] = np.einsum("tnji,tnjk->tnik", turn[:, parent[child]], turn[:, child])
    return _smooth(quaternions(relative))


def _smooth(found: Array) -> Array:
    """Return quaternions in time that never jump to the other sign."""
    for k in range(1, len(found)):
        found[k][(found[k] * found[k - 1]).sum(-1) < 0] *= -1
    return found


def quaternions(turn: Array) -> Array:
    """Return (x, y, z, w) of rotation matrices (..., 3, 3).

    Of four ways to find it, the one that divides by the largest number.
    """
    m = turn
    trace = m[..., 0, 0] + m[..., 1, 1] + m[..., 2, 2]
    squares = np.stack([m[..., 0, 0], m[..., 1, 1], m[..., 2, 2], trace], axis=-1)
    ways = np.empty((*turn.shape[:-2], 4, 4))
    for i in range(3):
        j, k = (i + 1) % 3, (i + 2) % 3
        ways[..., i, i] = 1 + 2 * m[..., i, i] - trace
        ways[..., i, j] = m[..., j, i] + m[..., i, j]
        ways[..., i, k] = m[..., k, i] + m[..., i, k]
        ways[..., i, 3] = m[..., k, j] - m[..., j, k]
        ways[..., 3, i] = m[..., k, j] - m[..., j, k]
    ways[..., 3, 3] = 1 + trace
    best = squares.argmax(-1)[..., None, None]
    found = np.take_along_axis(ways, best, axis=-2)[..., 0, :]
    return found / np.linalg.norm(found, axis=-1, keepdims=True)  # type: ignore[no-any-return]


def _checked(body: Body, turn: Array, place: Array, times: Array) -> None:
    """Raise UnlikeGlTFError where a joint leaves its parent: turns alone would not show it."""
    for number, parent in enumerate(body.parents):
        if parent < 0:
            continue
        arm = body.joints[number] - body.joints[parent]
        away = place[:, number] - place[:, parent] - turn[:, parent] @ arm
        worst = np.linalg.norm(away, axis=1)
        if worst.max() * 1e3 > AWAY_MM:
            raise UnlikeGlTFError(
                f"{body.segments[number]} is {worst.max() * 1e3:.1f} mm away from its joint at "
                f"{times[worst.argmax()]:.2f} s: motion_glb can only turn segments."
            )


def _breath(track: Track, times: Array) -> NDArray[np.uint8]:
    breath = np.interp(times * RATE_HZ, np.arange(len(track.breath)), track.breath)
    return np.round(breath * 255).astype(np.uint8)


def _breathing(track: Track) -> list[list[object]]:
    """Return what one full breath in adds to each segment's transform, at rest: [segment, rows].
    Flesh breathes as its bone does."""
    out, full = (
        replace(track, breath=np.full_like(track.breath, breath)).pose(0).transforms
        for breath in (0.0, 1.0)
    )
    back = np.transpose(out[:, :, :3], (0, 2, 1))
    added = back @ full
    added[:, :, 3] -= np.einsum("nij,nj->ni", back, out[:, :, 3])
    added[:, :, :3] -= np.eye(3)
    moved = abs(full - out).max((1, 2)) > 1e-7
    for number, name in enumerate(track.rig.body.segments):
        if (bone := bone_of(name)) is not None:
            carrier = track.rig.body.index[bone]
            added[number], moved[number] = added[carrier], moved[carrier]
    return [[int(k), rounded(added[k].ravel(), 7)] for k in np.flatnonzero(moved)]


def _glow(file: Container, body: Body, motion: Motion) -> Part:
    """Return which vertices glow (all meshes after one another) and how much."""
    share = np.round(glow(body, motion.target) * 255).astype(np.uint8)
    at = np.flatnonzero(share)
    if not len(at):
        return {"colour": rounded(linear(WARM)), "at": None, "share": None}
    return {
        "colour": rounded(linear(WARM)),
        "at": file.add(at.astype(np.uint32)),
        "share": file.add(share[at], normalised=True),
    }


def _still(motion: Motion, track: Track) -> float:
    """Return the moment of the cycle that shows what it is: the first position with a claim, as on
    the film's poster."""
    cycle = track.cycle
    positions = [phase.to for phase in motion.cycle]
    claimed = [claim.at for claim in motion.claims if claim.at in positions]
    at = track.reached[claimed[0] if claimed else positions[0]]
    return at - cycle.start_s if cycle.start_s <= at <= cycle.end_s else 0.0


def _prop(file: Container, prop: Mesh, material: int) -> Part:
    attributes = {
        "POSITION": file.add(prop.vertices.astype(np.float32), bounds=True, target=ARRAY),
        "NORMAL": file.add(signed_bytes(prop.normals), normalised=True, target=ARRAY),
        "COLOR_0": file.add(
            np.round(np.c_[linear(prop.colour), np.ones(len(prop.colour))] * 255)
            .astype(np.uint8), normalised=True, target=ARRAY,
        ),
    }  # fmt: skip
    index = np.uint16 if len(prop.vertices) <= 65535 else np.uint32
    faces = file.add(prop.faces.astype(index).ravel(), target=ELEMENTS)
    part = {"attributes": attributes, "indices": faces, "material": material}
    return {"name": prop.name, "primitives": [part]}


def _paint(prop: Mesh) -> Part:
    paint = {"metallicFactor": 0.0, "roughnessFactor": 0.8}
    return {"name": prop.name, "pbrMetallicRoughness": paint, "doubleSided": prop.two_sided}
