"""What moves between two moments, with words for how far: the facts that sentences are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from recoup.script.description.arms import arms
from recoup.script.description.moment import FLOOR_REST, Moment, Rest
from recoup.script.description.move import BOTH, Move, measured, merged, turned_deg
from recoup.script.description.phrases import TOUCHING, WAYS, on_scale, thing
from recoup.script.description.posture import LYING, STANDING, Base, posture
from recoup.script.description.start import held_as, leans

OWN_SHARE = 0.5
"""A part that turns less in the room than this share of what its joint does stands nearly still:
the other side of the joint moves."""

IN_LINE_DEG = 15.0
SIDE_LYING = (Base.LEFT, Base.RIGHT)
PASSING_DEG = 10.0
CONTACT_WEIGHT = 24.0
RAISED_MM = 25.0
HEEL_DOWN_MM = 30.0
"""A heel lower than this is what the foot tips up on."""
ON_FLOOR = ("head", "forehead")
"""Points that are told when they come to the floor or leave it; others follow from the moves."""


def moves(before: Moment, after: Moment) -> list[Move]:
    """Return what is worth telling between two moments, the weightiest first."""
    found = [*_hips(before, after), *_trunk(before, after), *arms(before, after)]
    for side in "LR":
        found += _leg(before, after, side)
    found += [*_contacts(before, after), *_rolling(before, after)]
    return _without_echoes(merged(found))


def on_the_way(stretch: Sequence[Moment]) -> str:
    """Return a lean of the trunk that comes and goes between the ends; else nothing."""
    leans = [now.leans_deg()[0] for now in stretch]
    most = max(leans)
    if most - max(leans[0], leans[-1]) < PASSING_DEG:
        return ""
    return f"on the way, the trunk leans over {on_scale(WAYS['lean'].scale, most)}"


def new_posture(before: Moment, after: Moment) -> str:
    """Return how the body is held now when that is new: "sits on a chair"; else nothing."""
    return "" if posture(before).like(posture(after)) else held_as(after)


def _hips(before: Moment, after: Moment) -> Iterator[Move]:
    base = posture(before).base
    bases = (base, posture(after).base)
    upright = all(one in STANDING for one in bases)
    key = "body_up" if upright and Base.BENT not in bases else "hips_up"
    up = measured(key, "", before.pelvis_mm(), after.pelvis_mm())
    if up is not None:
        yield replace(up, tail=up.tail + _off_floor(before, after) + _in_line(before, after))
    if base not in SIDE_LYING and posture(after).base not in SIDE_LYING:
        yield from _level(before, after)
    if {base, posture(after).base} & {*LYING}:
        return
    gone = float((after.at["pelvis"] - before.at["pelvis"]) @ before.ahead()) * 1e3
    ahead = measured("hips_ahead", "", 0.0, gone)
    if ahead is not None:
        yield ahead


def _level(before: Moment, after: Moment) -> Iterator[Move]:
    """Tell that the hips drop on one side, or come level again."""
    high = [float(now.at["hip_L"][1] - now.at["hip_R"][1]) * 1e3 for now in (before, after)]
    found = measured("hips_level", "", *high)
    if found is None:
        return
    if abs(high[1]) < abs(high[0]):
        found = replace(found, does=("come level", "come level"), tail="again")
    yield found


def _off_floor(before: Moment, after: Moment) -> str:
    down = [now.rests.get("buttock_L") == FLOOR_REST for now in (before, after)]
    if down == [True, False]:
        return " off the floor"
    return " to the floor" if down == [False, True] else ""


def _in_line(before: Moment, after: Moment) -> str:
    """Return that the body comes in line with the thighs, where raised hips do."""
    straight = [
        all(now.angles[f"hip_flexion_{side}"] < IN_LINE_DEG for side in "LR")
        for now in (before, after)
    ]
    lifted = after.pelvis_mm() > before.pelvis_mm() and posture(after).base is Base.BRIDGE
    return ", until the body and thighs make one line" if lifted and straight[1] else ""


def _trunk(before: Moment, after: Moment) -> Iterator[Move]:
    lying = {*LYING, Base.FOURS, Base.FOREARM_FOURS, Base.PLANK, Base.FOREARM_PLANK}
    if not {posture(before).base, posture(after).base} & lying:
        ends = zip(before.leans_deg(), after.leans_deg(), strict=True)
        for key, (was, now) in zip(("lean", "lean_back"), ends, strict=True):
            lean = measured(key, "", was, now)
            if lean is not None:
                yield lean
    yield from _back(before, after)
    yield from _twist(before, after)
    head = turned_deg(before.turns, after.turns, "head")
    for way in ("flexion", "bend", "rotation"):
        key = f"neck_{way}"
        # A head that stays down while the chest comes up to it has not moved so far.
        change = after.angles[key] - before.angles[key]
        found = measured(key, "", 0.0, float(np.clip(change, -head, head)))
        if found is not None and head > OWN_SHARE * abs(change):
            yield found


def _twist(before: Moment, after: Moment) -> Iterator[Move]:
    """Tell a bend or turn of the trunk by the end of it that moves in the room: the chest, or
    the hips under it, which then turn the other way."""
    hips, chest = (turned_deg(before.turns, after.turns, part) for part in ("pelvis", "Tup"))
    part = "hips" if hips > chest else "trunk"
    for way in ("bend", "rotation"):
        turn = [
            now.angles[f"lumbar_{way}"] + now.angles[f"thoracic_{way}"] for now in (before, after)
        ]
        found = measured(f"{part}_{way}", "", *turn)
        if found is not None:
            yield found


BACK_VERBS = {
    ("lumbar_flexion", True): ("rounds", "flattens", 12.0),
    ("lumbar_flexion", False): ("hollows", "straightens", -4.0),
    ("thoracic_flexion", True): ("rounds", "eases out of its arch", 5.0),
    ("thoracic_flexion", False): ("arches", "straightens", -4.0),
}
"""What the back does as it bends on past a middle, and as it only comes back to it."""


def _back(before: Moment, after: Moment) -> Iterator[Move]:
    for key in ("lumbar_flexion", "thoracic_flexion"):
        found = measured(key, "", before.angles[key], after.angles[key])
        if found is None:
            continue
        grows = after.angles[key] > before.angles[key]
        past, back, middle = BACK_VERBS[key, grows]
        verb = past if (after.angles[key] > middle) == grows else back
        if key == "lumbar_flexion" and grows and _pressed(before, after):
            verb, found = "flattens", replace(found, tail=f"{found.tail}, down to the floor")
        found = replace(found, does=(verb, verb))
        yield found


def _pressed(before: Moment, after: Moment) -> bool:
    rest = [now.rests.get("low_back") for now in (before, after)]
    return rest[1] == FLOOR_REST and rest[0] is None


def _leg(before: Moment, after: Moment, side: str) -> Iterator[Move]:
    down = [now.foot_mm(side) < RAISED_MM for now in (before, after)]
    both = [*_foot(before, after, side, down)]
    yield from both
    thigh = turned_deg(before.turns, after.turns, f"thigh_{side}")
    keys = ["knee_flexion", "hip_abduction", "hip_rotation"]
    keys += [] if all(down) else ["hip_flexion"]
    keys += [] if any(down) else ["ankle_dorsiflexion"]
    for key in keys:
        name = f"{key}_{side}"
        found = measured(key, side, before.angles[name], after.angles[name])
        if found is None:
            continue
        change = abs(after.angles[name] - before.angles[name])
        if not key.startswith("hip") or thigh > OWN_SHARE * change:
            yield found


def _foot(before: Moment, after: Moment, side: str, down: list[bool]) -> Iterator[Move]:
    heights = [now.foot_mm(side) for now in (before, after)]
    found = measured("foot_up", side, *heights)
    if found is not None and any(down):
        found = replace(found, weight=min(found.weight, CONTACT_WEIGHT))
        yield replace(found, tail=found.tail + (" off the floor" if down[0] else ", to the floor"))
    elif found is not None:
        yield replace(found, must=False)
    if not all(down):
        return
    soles = [now.sole_down(side) for now in (before, after)]
    balls = [now.rests.get(f"ball_{side}") == FLOOR_REST for now in (before, after)]
    heels = [float(now.at[f"heel_{side}"][1]) * 1e3 for now in (before, after)]
    heel = measured("heel_up", side, *heels) if all(balls) else None
    if heel is not None:
        yield heel
    elif soles == [False, True]:
        does = ("comes flat onto the floor", "come flat onto the floor")
        yield Move("sole", side, ("foot", "feet"), does, "", CONTACT_WEIGHT, must=True)
    elif soles == [True, False]:
        does = ("tips up onto the heel", "tip up onto the heels")
        if heels[1] > HEEL_DOWN_MM:
            does = ("comes to lie on its top", "come to lie on their tops")
        yield Move("sole", side, ("foot", "feet"), does, "", CONTACT_WEIGHT, must=True)
    yield from _moved_foot(before, after, side)


def _moved_foot(before: Moment, after: Moment, side: str) -> Iterator[Move]:
    """Tell a step of a body that stands, seen along its way ahead; a slide of any other."""
    feet = [now.at[f"heel_{side}"] for now in (before, after)]
    if float(np.linalg.norm(feet[1] - feet[0])) * 1e3 < 50:
        return
    if posture(before).base in STANDING:
        balls = [now.at[f"ball_{side}"] for now in (before, after)]
        found = measured("step", side, *(float(ball @ before.ahead()) * 1e3 for ball in balls))
    else:
        far = [float(np.linalg.norm(foot - before.at["pelvis"])) * 1e3 for foot in feet]
        found = measured("foot_ahead", side, *far)
    if found is not None:
        yield found


def _contacts(before: Moment, after: Moment) -> Iterator[Move]:
    """Tell what comes to rest on things or leaves them; of the floor, only head and forehead."""
    told: set[tuple[str, str]] = set()
    for point in sorted({*before.rests, *after.rests}):
        base, side = (point[:-2], point[-1]) if point[-2:] in ("_L", "_R") else (point, "")
        if base not in TOUCHING or (TOUCHING[base][0], side) in told:
            continue
        rests = [now.rests.get(point) for now in (before, after)]
        if rests[0] == rests[1] or not any(_worth(base, rest) for rest in rests):
            continue
        told.add((TOUCHING[base][0], side))
        yield _contact(base, side, rests[0], rests[1])


def _rolling(before: Moment, after: Moment) -> Iterator[Move]:
    """Tell how far a ball rolls on its wall: half as far as the body that presses it."""
    for prop, _ in before.things:
        if not prop.rolls or prop.under is None:
            continue
        heights = [float(now.at[prop.under][1]) * 1e3 / 2 for now in (before, after)]
        found = measured("ball_up", "", *heights)
        if found is not None:
            yield replace(found, parts=(thing(prop.kind), thing(prop.kind)))


def _worth(base: str, rest: Rest | None) -> bool:
    if rest is None or rest.side:
        return False
    return base in ON_FLOOR if rest == FLOOR_REST else base not in ("ball", "heel")


def _contact(base: str, side: str, old: Rest | None, new: Rest | None) -> Move:
    if new is not None:
        does, at = ("comes to rest", "come to rest"), f"{leans(new.on)} {_the(new)}"
    else:
        does, at = ("leaves", "leave"), _the(old or FLOOR_REST)
    return Move("contact", side, TOUCHING[base], does, at, CONTACT_WEIGHT, must=True)


def _the(rest: Rest) -> str:
    return "the floor" if rest == FLOOR_REST else f"the {thing(rest.on)}"


def _without_echoes(found: list[Move]) -> list[Move]:
    """Leave out moves that follow from others: a raised foot of a leg whose knee or thigh is
    told, a foot that slides or lies flat beside a knee that says so."""
    told = {(one.key, side) for one in found for side in _sides(one)}
    limb = ("knee_flexion", "hip_flexion")
    landing = {
        side for one in found if one.key == "foot_up" and "floor" in one.tail
        for side in _sides(one)
    }  # fmt: skip

    def echo(one: Move) -> bool:
        if one.key in limb and one.tail == "a little":
            return set(_sides(one)) <= landing
        if one.key == "foot_up" and not one.must and "floor" not in one.tail:
            return any((key, side) in told for key in limb for side in _sides(one))
        if one.key == "ankle_dorsiflexion":
            return any(("foot_up", side) in told for side in _sides(one)) and not one.must
        return False

    return [one for one in found if not echo(one)]


def _sides(one: Move) -> str:
    return "LR" if one.side == BOTH else one.side
