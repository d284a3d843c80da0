"""How the person lies, sits or stands at the start, where hands and head rest, which things are
there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recoup.script.description.hands import hands_rest
from recoup.script.description.moment import FLOOR_REST, Moment, Rest
from recoup.script.description.phrases import LEFT_RIGHT, TOUCHING, a, joined, sentence, thing
from recoup.script.description.posture import LYING, Base, Posture, legs, posture

Array = NDArray[np.float64]

WIDE_MM, STEP_MM, LIFTED_MM = 330.0, 220.0, 300.0
"""Knees this far apart are wide; a foot this far ahead of the other stands in front of it; an ankle
this far above the other belongs to a lifted leg."""

BACK_PARTS = ("low back", "upper back", "shoulder", "head")
LEG_WORDS = {
    "straight": ("straight", "both legs straight"),
    "flat": ("bent, with the foot flat on the floor", "both knees bent and both feet flat"),
    "up": ("bent in the air", "both knees bent in the air"),
    "raised": ("straight in the air", "both legs straight in the air"),
    "bent": ("a little bent", "both knees bent"),
}
"""What a leg does, and both."""


def start(now: Moment) -> str:
    """Return the start in a few sentences."""
    held = posture(now)
    found = [_lies(now, held), *hands_rest(now), *_carried(now, held), *_around(now, held)]
    return " ".join(sentence(one) for one in found)


def held_as(now: Moment) -> str:
    """Return in one clause how the body is held: "sits on a chair"."""
    held = posture(now)
    on = f" on {a(thing(held.on))}" if held.on else ""
    return f"{held.base}{on}"


def _lies(now: Moment, held: Posture) -> str:
    mat = any(prop.kind == "mat" for prop, _ in now.things)
    where = " on a mat" if mat and not held.on and held.base is not Base.FLOOR else ""
    base, comma, more = held_as(now).partition(",")
    text = f"the person {base}{where}{comma}{more}"
    if held.base in (Base.BACK, Base.LEFT, Base.RIGHT, Base.FRONT):
        text += f", with {_legs(now)}{_apart(now, held)}"
    elif held.base is Base.SEAT:
        text += _feet(now)
    elif held.base is Base.STAND:
        text += _stance(now)
    return text


def _legs(now: Moment) -> str:
    (_, left), (_, right) = legs(now)
    if left == right:
        if left.startswith("on "):
            return f"the lower legs on the {thing(left.removeprefix('on '))}"
        return LEG_WORDS[left][1]
    words = [
        f"the {LEFT_RIGHT[side]} leg "
        + (f"on the {thing(how[3:])}" if how.startswith("on ") else LEG_WORDS[how][0])
        for side, how in legs(now)
    ]
    return " and ".join(words)


def _apart(now: Moment, held: Posture) -> str:
    """Return which leg somebody who lies on the side holds up."""
    gap = float(now.at["ankle_L"][1] - now.at["ankle_R"][1]) * 1e3
    if held.base not in (Base.LEFT, Base.RIGHT) or abs(gap) < LIFTED_MM:
        return ""
    return f" and the {'left' if gap > 0 else 'right'} leg lifted"


def _feet(now: Moment) -> str:
    flat = all(now.sole_down(side) for side in "LR")
    words = ", with both feet flat on the floor" if flat else ""
    apart = float(np.linalg.norm(now.at["knee_joint_L"] - now.at["knee_joint_R"])) * 1e3
    if flat and apart > WIDE_MM:
        words += " and the knees wide apart"
    return words


def _stance(now: Moment) -> str:
    gone = float((now.at["heel_L"] - now.at["heel_R"]) @ heading(now)) * 1e3
    if abs(gone) > STEP_MM:
        first = "left" if gone > 0 else "right"
        second = "right" if gone > 0 else "left"
        return f", with the {first} foot in front of the {second}"
    bent = min(now.angles[f"knee_flexion_{side}"] for side in "LR")
    knees = "" if bent < 15 else f" and the knees {'a little' if bent < 60 else 'well'} bent"
    flat = all(now.sole_down(side) for side in "LR")
    return f", with both feet flat{knees}" if flat else ", on the toes"


def heading(now: Moment) -> Array:
    """Return the level way in which the body looks, or of a lying body, its feet."""
    ahead = now.ahead() if now.lean_deg() < 50 else -now.trunk()
    if now.lean_deg() >= 50 and now.chest_up() < -0.6 and posture(now).base not in LYING:
        ahead = now.trunk()
    level: Array = ahead * np.array([1.0, 0.0, 1.0])
    return level / max(float(np.linalg.norm(level)), 1e-9)


def _carried(now: Moment, held: Posture) -> list[str]:
    """Return what else rests on things: the head on a pillow, the low back on a ball."""
    by_part: dict[tuple[str, str], set[str]] = {}
    for point, rest in now.rests.items():
        base, _, side = point.rpartition("_") if point[-2:] in ("_L", "_R") else (point, "", "")
        told = base in TOUCHING and _is_thing(rest, held)
        if told and not base.startswith(("calf", "seat")):
            by_part.setdefault((TOUCHING[base][0], rest.on), set()).add(side)
    words = []
    for (part, on), sides in sorted(by_part.items()):
        many = sides >= {"L", "R"}
        side = "" if many or sides == {""} else f"{LEFT_RIGHT[next(iter(sides))]} "
        name = f"{side}{part}{'s' if many else ''}"
        how = "against" if part in BACK_PARTS and now.lean_deg() < 50 else leans(on)
        words.append(f"the {name} {'rest' if many else 'rests'} {how} {a(thing(on))}")
    return words


def leans(kind: str) -> str:
    return "against" if kind == "wall" else "on"


def _is_thing(rest: Rest, held: Posture) -> bool:
    return rest != FLOOR_REST and not rest.side and rest.on != held.on


def _around(now: Moment, held: Posture) -> list[str]:
    """Return where things stand that carry nothing yet."""
    used = {thing(rest.on).rpartition(" of the ")[2] for rest in now.rests.values()}
    used |= {thing(held.on), "mat"}
    there: dict[str, list[str]] = {}
    for prop, transform in now.things:
        at = transform[:, :3] @ np.array(prop.at) + transform[:, 3]
        name = a(thing(prop.kind))
        if thing(prop.kind) not in used and not any(name in names for names in there.values()):
            there.setdefault(_where(now, at), []).append(name)
    return [
        f"{joined(names)} {'is' if len(names) == 1 else 'are'} {place}"
        for place, names in there.items()
    ]


def _where(now: Moment, at: Array) -> str:
    """Return where a place is, as the person would say it."""
    off = (at - now.at["pelvis"]) * np.array([1.0, 0.0, 1.0])
    far = float(np.linalg.norm(off))
    ahead = heading(now)
    across = np.cross(np.array([0.0, 1.0, 0.0]), ahead)  # to the left of who looks ahead
    along, left = float(off @ ahead), float(off @ across)
    base = posture(now).base
    lying = base in LYING
    if base in (Base.LEFT, Base.RIGHT) and abs(along) < abs(left):
        return "in front of the body" if float(off @ now.ahead()) > 0 else "behind the back"
    if lying and far < 0.3:
        return "under the body"
    if abs(along) >= abs(left):
        if lying:
            return "by the legs" if along > 0 else "by the head"
        return "in front" if along > 0 else "behind"
    if lying:  # ahead is the way to the feet: left and right change with the chest
        left *= 1 if now.chest_up() > 0 else -1
        left = -left
    return f"on the {'left' if left > 0 else 'right'}"
