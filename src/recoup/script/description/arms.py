"""What the arms and hands do between two moments.

A hand that comes to rest, leaves or takes hold tells the arm's story. A hand that stays where it
rests ties the arm: only the elbow is told. A hand in the air leaves all joints to be told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from recoup.script.description.hands import OVERHEAD, arm_way, both, holds, on, reaches_for
from recoup.script.description.moment import FLOOR_REST, Moment, Rest
from recoup.script.description.move import BOTH, Move, measured, turned_deg
from recoup.script.description.phrases import thing

HAND_WEIGHT = 30.0
TURNED_DEG = 9.0
HANDS = ("hand", "hands")
SLIDE_ALONG = {"thigh", "kneecap", "shin", "instep"}
"""Parts of a leg along which a hand slides rather than leaves one for the other."""

TIED = 0.55
"""How much an elbow counts whose hand rests, beside one that moves freely."""

SHOULDER = ("shoulder_flexion", "shoulder_abduction", "shoulder_rotation")


def arms(before: Moment, after: Moment) -> Iterator[Move]:
    changed = [side for side in "LR" if _rest(before, side) != _rest(after, side)]
    if len(changed) == 2:
        yield from _both_change(before, after)
    else:
        for side in changed:
            yield _changes(before, after, side)
    for side in "LR":
        if side not in changed:
            yield from _stays(before, after, side)
    if not changed:
        yield from _blades(before, after)


def _rest(now: Moment, side: str) -> Rest | None:
    return now.rests.get(f"palm_{side}")


def _both_change(before: Moment, after: Moment) -> Iterator[Move]:
    left, right = (_changes(before, after, side) for side in "LR")
    if left.does != right.does:
        yield left
        yield right
        return
    new = _rest(after, "L")
    if new is None:
        tail = _leaving(before, after) if left.tail else ""
    else:
        together = both(after)
        tail = f"of the {thing(new.on)}" if holds(new) else together or ""
        if left.does[0] == "slides":
            tail = tail.replace("on", "to", 1)
        if together is None:
            yield left
            yield right
            return
    yield replace(left, side=BOTH, tail=tail)


def _leaving(before: Moment, after: Moment) -> str:
    """Return what both hands leave, and what they reach for, where each has its own side's."""
    old = _rest(before, "L")
    where = "the floor" if old == FLOOR_REST else _place(old, ("L", "R"))
    reached = [reaches_for(after, side) for side in "LR"]
    if None in reached:
        return where
    goal = reached[0] if reached[0] == reached[1] else "the thighs"
    return f"{where} and reach toward {goal}"


def _changes(before: Moment, after: Moment, side: str) -> Move:
    old, new = _rest(before, side), _rest(after, side)
    if new is not None and (holds(new) or new.on == "thigh_back"):
        tail = f"of the {thing(new.on)}" if holds(new) else on(new, (side,))
        return _hand(side, ("takes hold", "take hold"), tail)
    if old is not None and new is not None and {old.on, new.on} <= SLIDE_ALONG:
        return _hand(side, ("slides", "slide"), on(new, (side,)).replace("on", "to", 1))
    if new is not None:
        return _hand(side, ("comes to rest", "come to rest"), on(new, (side,)))
    if old is not None and (holds(old) or old.on == "thigh_back"):
        return _hand(side, ("lets go", "let go"), "")
    place = "the floor" if old == FLOOR_REST else _place(old, (side,))
    goal = reaches_for(after, side)
    if goal is None:
        return _hand(side, ("leaves", "leave"), f"{place}; the arm is {arm_way(after, side)}")
    return _hand(side, ("leaves", "leave"), f"{place} and reaches toward {goal}")


def _place(old: Rest | None, sides: tuple[str, ...]) -> str:
    """Return a rest without its "on": "the front of the left hip"."""
    words = "" if old is None else on(old, sides)
    return words.removeprefix("on ").removeprefix("against ").removeprefix("behind ")


def _hand(side: str, does: tuple[str, str], tail: str) -> Move:
    return Move("hand", side, HANDS, does, tail, HAND_WEIGHT, must=True)


def _stays(before: Moment, after: Moment, side: str) -> Iterator[Move]:
    rest = _rest(after, side)
    keys = ["elbow_flexion"]
    if rest is None:
        if turned_deg(before.turns, after.turns, f"uarm_{side}") >= TURNED_DEG:
            keys += SHOULDER
        keys += ["pronation", "wrist_flexion"]
    for key in keys:
        name = f"{key}_{side}"
        found = measured(key, side, before.angles[name], after.angles[name])
        if found is not None:
            found = replace(found, weight=found.weight * (1.0 if rest is None else TIED))
            yield _overhead(found, before, after, side)
    if rest is not None and not rest.side:
        yield from _slides(before, after, side)
        yield from _stretches(before, after, side)


def _overhead(found: Move, before: Moment, after: Moment, side: str) -> Move:
    ways = [arm_way(now, side) for now in (before, after)]
    if found.key not in SHOULDER[:2] or ways[0] == ways[1] or ways[1] != OVERHEAD:
        return found
    return replace(found, tail=f"{found.tail}, past the head")


def _slides(before: Moment, after: Moment, side: str) -> Iterator[Move]:
    gone = after.at[f"palm_{side}"] - before.at[f"palm_{side}"]
    way = (after if before.on_side() else before).ahead()
    found = measured("hand_ahead", side, 0.0, float(gone @ way) * 1e3)
    if found is not None and float(np.linalg.norm(gone)) * 1e3 >= 50:
        yield found


def _stretches(before: Moment, after: Moment, side: str) -> Iterator[Move]:
    """Tell that an arm comes to lie beyond the head, or back from there, as the body moves off
    from the hand."""
    ways = {arm_way(now, side) for now in (before, after)}
    if len(ways) == 2 and OVERHEAD in ways:
        name = f"shoulder_flexion_{side}"
        found = measured("shoulder_flexion", side, before.angles[name], after.angles[name])
        if found is not None:
            yield _overhead(found, before, after, side)


def _blades(before: Moment, after: Moment) -> Iterator[Move]:
    for key in ("scapula_protraction", "scapula_elevation"):
        for side in "LR":
            name = f"{key}_{side}"
            found = measured(key, side, before.angles[name], after.angles[name])
            if found is not None:
                yield found
