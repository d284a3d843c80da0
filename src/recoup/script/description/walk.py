"""A walk is told as a whole: its phases are too short to be said one by one."""

from __future__ import annotations

import numpy as np

from recoup.model.motion import Motion
from recoup.motion.track import Track
from recoup.script.description.moment import Moment, moment
from recoup.script.description.phrases import FOLDS_DEG, LENGTHS_MM, TURNS_DEG, on_scale, sentence
from recoup.script.description.value import Described, Description

SAMPLES = 48
HEEL_FIRST_MM = 15.0
"""So much lower is the heel than the ball of a foot that lands with the heel first."""

UPRIGHT_DEG = 15.0


def walk(motion: Motion, track: Track) -> Description:
    """Return a motion that never stops in one text: how long a step is, how far knees bend and
    arms swing, and with which leg."""
    cycle = track.cycle
    times = np.linspace(cycle.start_s, cycle.end_s, SAMPLES, endpoint=False)
    position = motion.positions[motion.start]
    seen = [moment(motion, track, position, float(t)) for t in times]
    clauses = [
        _step(seen), _pace(cycle.end_s - cycle.start_s), *_lands(seen), _knees(seen),
        *_arms(seen), *_trunk(seen),
    ]  # fmt: skip
    text = " ".join(sentence(one) for one in clauses)
    told = Described("cycle", cycle.start_s, cycle.end_s, text, sentence(clauses[0]))
    return Description(motion.id, "The person walks ahead.", (told,))


def step_mm(seen: list[Moment]) -> float:
    """Return the farthest that one heel is ahead of the other."""
    return max(abs(float(now.at["heel_L"][2] - now.at["heel_R"][2])) for now in seen) * 1e3


def _step(seen: list[Moment]) -> str:
    return f"left and right foot step ahead in turn, {on_scale(LENGTHS_MM, step_mm(seen))} a step"


def _pace(stride_s: float) -> str:
    """Return how quick the steps are, to a quarter of a second for two of them."""
    words = {2: "half a second", 3: "less than a second", 4: "one second", 5: "a little over one "
             "second", 6: "one and a half seconds"}  # fmt: skip
    return f"two steps take about {words.get(round(stride_s * 4), 'two seconds or more')}"


def _lands(seen: list[Moment]) -> list[str]:
    """Return that the heel lands first, where it does on both sides."""
    lowest = []
    for side in "LR":
        ahead = max(seen, key=lambda now: float(now.at[f"heel_{side}"][2] - now.at["pelvis"][2]))
        lowest.append(float(ahead.at[f"ball_{side}"][1] - ahead.at[f"heel_{side}"][1]) * 1e3)
    return ["each heel lands before its toes"] if min(lowest) > HEEL_FIRST_MM else []


def _knees(seen: list[Moment]) -> str:
    most = [max(now.angles[f"knee_flexion_{side}"] for now in seen) for side in "LR"]
    return f"each knee bends {on_scale(FOLDS_DEG, min(most))} as its leg swings through"


STILL_DEG = 0.1
"""An arm that carries does not swing at all: there is nothing to compare."""


def _arms(seen: list[Moment]) -> list[str]:
    """Return how far the arms swing, and whether with the other side's leg."""
    swing = []
    for side, other in ("LR", "RL"):
        arm = np.array([now.angles[f"shoulder_flexion_{side}"] for now in seen])
        leg = np.array([now.angles[f"hip_flexion_{other}"] for now in seen])
        swings = np.ptp(arm) > STILL_DEG and np.ptp(leg) > STILL_DEG
        with_other = bool(swings) and float(np.corrcoef(arm, leg)[0, 1]) > 0.5
        swing.append((float(np.ptp(arm)), with_other))
    if min(far for far, _ in swing) < 10:
        return []
    far = on_scale(TURNS_DEG, min(one for one, _ in swing))
    pair = ", each with the leg of the other side" if all(one for _, one in swing) else ""
    return [f"the arms swing {far}{pair}"]


def _trunk(seen: list[Moment]) -> list[str]:
    upright = max(now.lean_deg() for now in seen) < UPRIGHT_DEG
    return ["the trunk stays upright"] if upright else []
