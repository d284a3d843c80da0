"""Where props that go with the body are: under the point that presses them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from recoup.model.motion import Motion, Prop
from recoup.motion.keys import props_for
from recoup.motion.track import Track

Array = NDArray[np.float64]


def settled(motion: Motion, track: Track) -> tuple[Prop, ...]:
    """Return the props where they are when the cycle begins.

    A prop ``under`` a point keeps its own coordinate along the way the point looks (how far it
    is from floor or wall) and takes the point's other two.
    """
    track.rig.set(track.coordinates(track.cycle.start_s))
    return tuple(_settled(prop, track) for prop in props_for(motion, track.rig.body))


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

    A rolling one goes along its wall half as far as the body, and turns without slipping: a
    point of the body 40 mm down takes a ball of radius 50 mm 20 mm down and round by 0.4 rad.
    """
    return [_rolled(prop, track, t) if prop.rolls else np.eye(3, 4) for prop in props]


def _rolled(prop: Prop, track: Track, t: float) -> Array:
    rig, name = track.rig, prop.under or ""
    rig.set(track.coordinates(track.cycle.start_s))
    first = float(rig.point(name)[1])
    rig.set(track.coordinates(t))
    way = (float(rig.point(name)[1]) - first) / 2
    turn = -way / ROLL_M
    c, s = np.cos(turn), np.sin(turn)
    about = np.array([[1, 0, 0], [0, c, -s], [0, s, c]])
    centre = np.array(prop.at)
    shift = centre + np.array([0.0, way, 0.0]) - about @ centre
    return np.concatenate([about, shift[:, None]], axis=1)


ROLL_M = 0.043
"""The radius on which a pressed ball rolls."""
