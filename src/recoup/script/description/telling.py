"""Audio description made from the motion itself: a motion and its track become sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from recoup.model.motion import Motion
from recoup.motion.track import RATE_HZ, Track
from recoup.script.description.moment import Moment, moment
from recoup.script.description.move import Move, turned_deg
from recoup.script.description.moves import moves, new_posture, on_the_way
from recoup.script.description.phrases import joined, sentence
from recoup.script.description.start import start
from recoup.script.description.value import Described, Description
from recoup.script.description.walk import walk
from recoup.script.numbers import number_words

TOLD = 3
"""How many moves are told, unless more of them must be."""

BESIDE = 0.45
"""A move that weighs less than this share of the weightiest is left out."""

STOPPED_DEG_S = 3.0
"""A body all of whose joints turn slower has stopped."""

STILL_MM, STILL_DEG, STILL_PARTS = 15.0, 5.0, 3
BREATH = 0.5
"""How much of a breath makes it worth telling."""


@dataclass(frozen=True)
class Stretch:
    """A phase on the track's clock, with the moments at its ends."""

    part: str
    before: Moment
    after: Moment
    holds: bool
    between: tuple[Moment, ...] = ()

    @property
    def seconds(self) -> float:
        return self.after.t - self.before.t


def describe(motion: Motion, track: Track) -> Description:
    """Return what somebody who cannot see it is told of a motion. All of it is measured on the
    track: turns, heights, angles, and what rests on what."""
    if motion.flows:
        return walk(motion, track)
    found: list[Described] = []
    done: list[tuple[str, tuple[Move, ...]]] = []
    for one in stretches(motion, track):
        told = () if one.holds else tuple(chosen(moves(one.before, one.after)))
        again = _other_side(one.part, told, done)
        done.append((one.part, told))
        found.append(Described(one.part, one.before.t, one.after.t, _full(one, told, again),
                               _short(one, told, again)))  # fmt: skip
    begin = motion.get_in[0].to if motion.get_in else motion.start
    first = moment(motion, track, motion.positions[begin], 0.0)
    return Description(motion.id, start(first), tuple(found))


def stretches(motion: Motion, track: Track) -> Iterator[Stretch]:
    """Yield every phase in order of time; phases between which the body does not stop are one."""
    steps, before = 0, motion.get_in[0].to if motion.get_in else motion.start
    last = moment(motion, track, motion.positions[before], 0.0)
    for part, phases in (
        ("get_in", motion.get_in[1:]), ("cycle", motion.cycle), ("get_out", motion.get_out)
    ):  # fmt: skip
        passed: list[Moment] = []
        for place, phase in enumerate(phases):
            steps += max(1, round(phase.seconds * RATE_HZ))
            now = moment(motion, track, motion.positions[phase.to], steps / RATE_HZ)
            if place + 1 < len(phases) and _goes_on(track, steps):
                passed.append(now)
                continue
            holds = phase.to == before and not passed
            yield Stretch(part, last, now, holds, tuple(passed))
            last, before, passed = now, phase.to, []


def _goes_on(track: Track, step: int) -> bool:
    """Return whether the body does not stop here: then what comes next is the same move."""
    turned = np.degrees(np.abs(track.q[step + 1, 7:] - track.q[step - 1, 7:])) * RATE_HZ / 2
    return float(turned.max()) > STOPPED_DEG_S


def chosen(found: Sequence[Move]) -> list[Move]:
    """Return the moves to tell: the two or three weightiest, and what must be told."""
    if not found:
        return []
    least = BESIDE * max(one.weight for one in found)
    told: list[Move] = []
    for one in found:
        if one.must or (len(told) < TOLD and one.weight >= least):
            told.append(one)
    return told


def _other_side(
    part: str, told: tuple[Move, ...], done: list[tuple[str, tuple[Move, ...]]]
) -> bool:
    """Return whether the same was told of the other side in this part."""
    mirrored = {one.mirrored().clause() for one in told}
    if mirrored == {one.clause() for one in told}:
        return False
    return any(
        place == part and {one.clause() for one in earlier} == mirrored for place, earlier in done
    )


def _full(one: Stretch, told: Sequence[Move], again: bool) -> str:
    breath = _breath(one)
    if one.holds:
        return " ".join([sentence(f"the person holds still for {lasting(one.seconds)}"), *breath])
    clauses = [move.clause() for move in told] or ["almost nothing moves"]
    clauses[0] = f"over {lasting(one.seconds)}, {clauses[0]}"
    passing = on_the_way((one.before, *one.between, one.after))
    clauses += [passing] if passing else []
    held = new_posture(one.before, one.after)
    if held:
        clauses.append(f"now the person {held}")
    quiet = still(one.before, one.after, told) if told else []
    if quiet:
        clauses.append(f"{joined(quiet)} {'stay' if _many(quiet) else 'stays'} still")
    lead = ["Then the other side."] if again else []
    return " ".join([*lead, *map(sentence, clauses), *breath])


def _short(one: Stretch, told: Sequence[Move], again: bool) -> str:
    if one.holds:
        return "The person holds still."
    held = new_posture(one.before, one.after)
    if held:
        return sentence(f"the person {held}")
    if not told:
        return "Almost nothing moves."
    return f"{'Other side. ' if again else ''}{sentence(told[0].clause())}"


def lasting(seconds: float) -> str:
    """Return a time in words, right to half a second.

    >>> [lasting(one) for one in (0.4, 1.2, 2.6)]
    ['half a second', 'about one second', 'about three seconds']
    """
    if seconds < 0.75:
        return "half a second"
    whole = round(seconds)
    return f"about {number_words(whole)} second{'' if whole == 1 else 's'}"


def _breath(one: Stretch) -> list[str]:
    change = one.after.breath - one.before.breath
    if abs(change) < BREATH:
        return []
    return [sentence(f"the breath goes {'in' if change > 0 else 'out'}")]


def still(before: Moment, after: Moment, told: Sequence[Move]) -> list[str]:
    """Return up to three parts that stay where they are and carry or steady the body."""
    said = " ".join(one.clause() for one in told)

    def moved(*points: str) -> float:
        return max(float(np.linalg.norm(after.at[one] - before.at[one])) for one in points) * 1e3

    found: list[str] = []
    feet = [
        side for side in "LR"
        if before.sole_down(side) and after.sole_down(side)
        and moved(f"heel_{side}", f"ball_{side}") < STILL_MM
    ]  # fmt: skip
    if len(feet) == 2:
        found.append("the feet")
    elif feet:
        found.append(f"the {'left' if feet == ['L'] else 'right'} foot")
    if all(_hand_stays(before, after, side) for side in "LR") and "hand" not in said:
        found.append("the hands")
    if moved("pelvis") < STILL_MM and turned_deg(before.turns, after.turns, "pelvis") < STILL_DEG:
        found.append("the hips")
    if moved("head", "forehead") < STILL_MM:
        found.append("the head")
    return found[:STILL_PARTS]


def _hand_stays(before: Moment, after: Moment, side: str) -> bool:
    rests = [now.rests.get(f"palm_{side}") for now in (before, after)]
    if rests[0] is None or rests[0] != rests[1]:
        return False
    gone = after.at[f"palm_{side}"] - before.at[f"palm_{side}"]
    return float(np.linalg.norm(gone)) * 1e3 < 2 * STILL_MM


def _many(quiet: Sequence[str]) -> bool:
    return len(quiet) > 1 or quiet[0] in ("the feet", "the hands", "the hips")
