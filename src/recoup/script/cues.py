"""The cues of an exercise: what is said when, to somebody who does not look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from recoup.script.narration import MOST_COUNTED

COUNTED_DOWN_S = 8
"""A step this long ends with three, two, one."""

HALVED_S, BREATHED_S, WARNED_S = 20, 30, 40
"""From how long on a step is told at half, is breathed with, and is told ten seconds before."""

BREATH_S = 4
LONG_PAUSE_S = 3
FEW = 3
"""From how many repetitions on the last one is told."""


class Paced(Protocol):
    """A timed step of an exercise, as the page lists it."""

    @property
    def do(self) -> str: ...
    @property
    def seconds(self) -> int: ...
    @property
    def side(self) -> str: ...
    @property
    def reps(self) -> int: ...
    @property
    def tempo(self) -> tuple[int, int, int]: ...
    @property
    def sides(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Cue:
    """Names of cues to be said one after the other, ``at_s`` seconds from the start."""

    at_s: float
    say: tuple[str, ...]


def plan(steps: Sequence[Paced]) -> tuple[Cue, ...]:
    """Return the cues of these steps in order of time; the last is said at the end."""
    found: list[Cue] = []
    start = 0
    before = ""
    for step in steps:
        found += [Cue(start + cue.at_s, cue.say) for cue in _step(step, before)]
        start += step.seconds
        before = step.do
    return (*found, Cue(start, ("done",)))


def of_step(step: Paced, before: str = "") -> tuple[Cue, ...]:
    """Return the cues of one step, in order of time from its beginning; ``before`` is what was
    done before it."""
    return tuple(_step(step, before))


def counting(rep: int, reps: int, swaps: int = 1) -> tuple[str, ...]:
    """Return what is said as repetition ``rep`` (from 0) of so many begins; sides that swap have
    one number for both."""
    return _count(rep, rep // swaps + 1, reps // swaps, swaps)


def _step(step: Paced, before: str) -> Iterator[Cue]:
    if step.reps:
        yield from _repetitions(step)
        return
    side = (f"{step.side}-side",) if step.side else ()
    if step.do == "Get ready":
        yield Cue(0, ("get-ready",) if before == "Change sides" else ("get-ready", *side))
        return
    if step.do == "Change sides":
        yield Cue(0, ("change-sides", *side))
    elif step.do == "Rest":
        yield Cue(0, ("rest",))
    else:
        yield Cue(0, ("hold" if step.do == "Hold" else "begin",))
        yield from _long(step.seconds)
    if step.seconds >= WARNED_S:
        yield Cue(step.seconds - 10, ("ten-seconds",))
    if step.seconds >= COUNTED_DOWN_S:
        yield from (Cue(step.seconds - left, (f"count-{left}",)) for left in (3, 2, 1))


def _long(seconds: int) -> Iterator[Cue]:
    """What is said in the middle of a long hold."""
    if seconds >= BREATHED_S:
        yield Cue(seconds // 4, ("breathe-in",))
        yield Cue(seconds // 4 + BREATH_S, ("breathe-out",))
    if seconds >= HALVED_S:
        yield Cue(seconds / 2, ("halfway",))


def _repetitions(step: Paced) -> Iterator[Cue]:
    out, hold, back = step.tempo
    one = out + hold + back
    swaps = len(step.sides) or 1
    for rep in range(step.reps):
        count = rep // swaps + 1
        side = (step.sides[rep % swaps],) if step.sides else ()
        counted = _count(rep, count, step.reps // swaps, swaps)
        yield Cue(rep * one, counted if counted == ("last-one",) else (*counted, *side))
        if hold >= LONG_PAUSE_S:
            yield Cue(rep * one + out, ("hold",))
            yield Cue(rep * one + out + hold, ("and-back",))


def _count(rep: int, count: int, total: int, swaps: int) -> tuple[str, ...]:
    if rep == 0:
        return ("begin",)
    if rep % swaps:
        return ()
    if count == total and total >= FEW:
        return ("last-one",)
    return (f"count-{count}",) if count <= MOST_COUNTED else ()
