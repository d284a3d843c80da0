"""Where props that go with the body are: under the point that presses them, or held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from recoup.model.motion import Held, Motion, Prop
from recoup.model.prop import LENGTHS, ROLLS_ON_M, WAYS, Way, solids_of
from recoup.motion.keys import props_for
from recoup.motion.track import Track

Array = NDArray[np.float64]


def settled(motion: Motion, track: Track) -> tuple[Prop, ...]:
    """Return the props where they are when the cycle begins.

    A prop ``under`` a point keeps its own coordinate along the way the point looks (how far it
    is from floor or wall) and takes the point's other two. A thing that stretches is drawn as
    two lengths.
    """
    track.rig.set(track.coordinates(track.cycle.start_s))
    props = [_settled(prop, track) for prop in props_for(motion, track.rig.body)]
    return tuple(
        replace(prop, kind=kind) for prop in props for kind in LENGTHS.get(prop.kind, (prop.kind,))
    )


def _settled(prop: Prop, track: Track) -> Prop:
    if prop.under is None:
        return prop
    at, axis = track.rig.point(prop.under).copy(), _axis(prop, track)
    at[0], at[axis] = prop.at[0], prop.at[axis]
    return replace(prop, at=(float(at[0]), float(at[1]), float(at[2])))


def _axis(prop: Prop, track: Track) -> int:
    return int(np.abs(track.rig.normal(prop.under or "")).argmax())


def moved(props: Sequence[Prop], track: Track, t: float) -> list[Array]:
    """Return the transform (3, 4) of every settled prop at ``t`` seconds.

    A rolling one goes along wall or floor half as far as the body, and turns without slipping: a
    point of the body 40 mm down takes a ball of radius 50 mm 20 mm down and round by 0.4 rad.
    """
    return [_moved(prop, track, t) for prop in props]


def _moved(prop: Prop, track: Track, t: float) -> Array:
    if isinstance(prop, Held):
        return _carried(prop, track, min(max(t, track.cycle.start_s), track.cycle.end_s))
    return _rolled(prop, track, t) if prop.rolls else np.eye(3, 4)


def _carried(prop: Held, track: Track, t: float) -> Array:
    """Return how a held thing goes from where its text puts it to where its points are."""
    rig, at = track.rig, np.array(prop.at)
    rig.set(track.coordinates(t))
    points = np.array([rig.point(name) for name in prop.follows])
    place, turn = points.mean(0), np.eye(3)
    match WAYS[prop.kind]:
        case Way.LIES:
            thick = solids_of(prop)[0].half[2]
            points += thick * np.array([rig.normal(name) for name in prop.follows])
            place, turn = points[0], _turn_to(points[-1] - points[0], 1)
        case Way.STRETCHES:
            place, turn = at, _turn_to(place - at, 2)
        case Way.COMES_BACK:
            turn = _turn_to(at - place, 2)
    return np.concatenate([turn, (place - turn @ at)[:, None]], axis=1)


def _turn_to(way: Array, axis: int) -> Array:
    """Return the turn that brings an axis onto ``way`` and leaves x as level as it can."""
    along = way / np.linalg.norm(way)
    other = np.array([0.0, 0.0, 1.0]) if axis == 1 else np.array([0.0, 1.0, 0.0])
    sideways = np.cross(along, other) if axis == 1 else np.cross(other, along)
    sideways /= np.linalg.norm(sideways)
    third = np.cross(sideways, along) if axis == 1 else np.cross(along, sideways)
    columns = (sideways, along, third) if axis == 1 else (sideways, third, along)
    return np.stack(columns, axis=1)


def _rolled(prop: Prop, track: Track, t: float) -> Array:
    """Return how a prop rolls along what it is pressed to: up and down a wall, or along the
    floor from head to foot, by the way that its point's normal looks."""
    rig, name = track.rig, prop.under or ""
    rig.set(track.coordinates(track.cycle.start_s))
    wall = _axis(prop, track) == 2
    along = 1 if wall else 2
    first = float(rig.point(name)[along])
    rig.set(track.coordinates(t))
    way = (float(rig.point(name)[along]) - first) / 2
    turn = way / ROLLS_ON_M[prop.kind] * (-1 if wall else 1)
    c, s = np.cos(turn), np.sin(turn)
    about = np.array([[1, 0, 0], [0, c, -s], [0, s, c]])
    centre, shift = np.array(prop.at), np.zeros(3)
    shift[along] = way
    return np.concatenate([about, (centre + shift - about @ centre)[:, None]], axis=1)
