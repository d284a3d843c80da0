"""Where the hands and arms are, in words."""

from __future__ import annotations

import numpy as np

from recoup.script.description.moment import FLOOR_REST, Moment, Rest
from recoup.script.description.phrases import BODY, HELD_BY_PEOPLE, LEFT_RIGHT, THINGS, thing

OVERHEAD = "stretched out past the head"
NEAR_MM = 260.0
"""A hand in the air this near to a thigh reaches for it."""


def place_of(now: Moment, side: str) -> str:
    """Return where one hand is: "on the floor", "behind the left thigh", "in the air"."""
    rest = now.rests.get(f"palm_{side}")
    return arm_way(now, side) if rest is None else on(rest, (side,))


def on(rest: Rest, hands: tuple[str, ...]) -> str:
    """Return what hands rest on. Two hands rest on the parts of their own sides."""
    if rest == FLOOR_REST:
        return "on the floor"
    if rest.on not in BODY:
        name = thing(rest.on)
        name = name.replace("arm of", "arms of") if len(hands) == 2 else name
        return f"{'against' if rest.on == 'wall' else 'on'} the {name}"
    how, part, parts = BODY[rest.on]
    if rest.on == "palm":
        return "on each other"
    if len(hands) == 2:
        return how + f" the {parts}" if not how.endswith("the") else f"{how} {parts}"
    if not rest.side:
        return f"{how} {part}"
    return f"{how} the {LEFT_RIGHT[rest.side]} {part}"


def holds(rest: Rest) -> bool:
    """Return whether a hand holds rather than rests."""
    return rest.on in {*HELD_BY_PEOPLE, *(THINGS.get(one, one) for one in HELD_BY_PEOPLE)}


def both(now: Moment) -> str | None:
    """Return where both hands are when that is one thing to say."""
    left, right = now.rests.get("palm_L"), now.rests.get("palm_R")
    if left is None or right is None:
        ways = {arm_way(now, side) for side in "LR"} if left is right else set()
        return ways.pop() if len(ways) == 1 else None
    if left.on != right.on:
        return None
    if {left.side, right.side} == {""} or (left.side, right.side) == ("L", "R"):
        return on(left, ("L", "R"))
    return on(left, ("L",)) if left.side == right.side else None


def hands_rest(now: Moment) -> list[str]:
    """Return in clauses where the hands rest, or how the arms are held."""
    together = both(now)
    if together is not None:
        rest = now.rests.get("palm_L")
        return [_clause(now, rest, together, "both hands", many=True)]
    return [
        _clause(now, now.rests.get(f"palm_{side}"), place_of(now, side),
                f"the {LEFT_RIGHT[side]} hand", many=False)
        for side in "LR"
    ]  # fmt: skip


def _clause(now: Moment, rest: Rest | None, place: str, who: str, many: bool) -> str:
    if rest is None:
        arms = who.replace("hands", "arms").replace("hand", "arm")
        place = place if many else place.replace("the sides", "the side").replace("elbows", "elbow")
        return f"{arms} {'are' if many else 'is'} {place}"
    if holds(rest):
        return f"{who} {'hold' if many else 'holds'} the {thing(rest.on)}"
    if rest == FLOOR_REST:
        place += _beside(now)
    return f"{who} {'rest' if many else 'rests'} {place}"


def _beside(now: Moment) -> str:
    """Return where on the floor both hands are."""
    if any(now.rests.get(f"palm_{side}") != FLOOR_REST for side in "LR"):
        return ""
    off = [now.at[f"palm_{side}"] - now.at[f"shoulder_{side}"] for side in "LR"]
    level = [float(np.hypot(one[0], one[2])) for one in off]
    if max(level) < 0.16:
        return " under the shoulders"
    along = [float(one @ now.trunk()) for one in off]
    if max(along) < -0.25:
        return " by the sides"
    return " beyond the head" if min(along) > 0.25 else ""


def arm_way(now: Moment, side: str) -> str:
    """Return how an arm is held that rests on nothing, by the way of its upper arm."""
    upper = now.at[f"elbow_joint_{side}"] - now.at[f"shoulder_{side}"]
    upper = upper / np.linalg.norm(upper)
    across, _, ahead = now.turns["Tup"].T @ upper
    along = float(upper @ now.trunk())
    if along < -0.8:
        bent = now.angles[f"elbow_flexion_{side}"] > 60
        return "by the sides, with bent elbows" if bent else "by the sides"
    if along > 0.7:
        return OVERHEAD
    if abs(float(across)) > abs(float(ahead)):
        return "held out to the side"
    return "reaching forward" if ahead > 0 else "held behind the body"


def reaches_for(now: Moment, side: str) -> str | None:
    """Return the part of the body that a hand in the air is close to."""
    palm = now.at[f"palm_{side}"]
    near = {
        owner: min(
            float(np.linalg.norm(now.at[f"{point}_{owner}"] - palm)) * 1e3
            for point in ("thigh_out", "thigh_in")
        )
        for owner in "LR"
    }
    owner = min("LR", key=near.__getitem__)
    return f"the {LEFT_RIGHT[owner]} thigh" if near[owner] < NEAR_MM else None
