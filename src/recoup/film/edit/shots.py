"""Shots: what a film shows and says, one after the other, before anything is timed.

A storyboard is a row of shots. Each names the order it is filmed from and the sentences it needs;
when speech and motions are there, it cuts itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from recoup.film.edit.cutter import LEAD, LONGEST, TAIL, Cutter
from recoup.film.edit.marks import Count, Mark, Ring
from recoup.film.edit.staging import Moving, Staging
from recoup.film.edit.timeline import Part, Run
from recoup.film.encode import FPS
from recoup.film.order import Order
from recoup.model.motion import Breath
from recoup.script.cues import Cue
from recoup.script.line import Line

CUE_GAP = FPS // 4
"""Frames between a cue and the next, at least."""


class Shot(Protocol):
    @property
    def order(self) -> Order: ...
    @property
    def lines(self) -> tuple[Line, ...]: ...
    def cut(self, cutter: Cutter, staging: Staging) -> None: ...


@dataclass(frozen=True, kw_only=True)
class _Shot:
    order: Order = field(repr=False)
    marks: tuple[Mark, ...] = ()
    chapter: str | None = None

    def begin(self, cutter: Cutter) -> None:
        if self.chapter is not None:
            cutter.chapter(self.chapter)


@dataclass(frozen=True, kw_only=True)
class Told(_Shot):
    """Sentences over a motion; then the figure waits until all is said. ``over`` is the way in,
    whole repetitions (cycle), the way out, from where a repetition begins to where it shows best
    (best), or the figure waiting where the motion begins (first) or a repetition does (start). A
    ``stretch`` goes from a position to another."""

    lines: tuple[Line, ...]
    over: str = "cycle"
    stretch: tuple[str, str] | None = None
    poster: bool = False

    def cut(self, cutter: Cutter, staging: Staging) -> None:
        self.begin(cutter)
        if self.poster:
            cutter.poster = cutter.at
        cutter.narrate(self.lines, lambda frames: self._runs(staging, frames), self.marks)

    def _runs(self, staging: Staging, frames: int) -> list[Run]:
        if self.over == "cycle" and self.stretch is None:
            return staging.loop(frames)
        runs, stay_s = self._moves(staging)
        rest = frames - sum(run.count for run in runs)
        return [*runs, *staging.breathing(stay_s, max(0, rest))]

    def _moves(self, staging: Staging) -> tuple[list[Run], float]:
        if self.stretch is not None:
            start, end = (staging.reached[name] for name in self.stretch)
            return ([staging.between(start, end)] if end > start else []), end
        if self.over == "way-in":
            return staging.way_in(), staging.start_s
        if self.over == "way-out":
            runs = staging.way_out()
            return runs, staging.spans["get_out"][1] if runs else staging.start_s
        if self.over == "best":
            moves = staging.best_s > staging.start_s
            return ([staging.between(staging.start_s, staging.best_s)] if moves else []), (
                staging.best_s
            )
        return [], 0.0 if self.over == "first" else staging.start_s


@dataclass(frozen=True, kw_only=True)
class Changed(Told):
    """Sentences over the way from one position to another, of those that a motion passes."""

    way: tuple[str, str]

    def _moves(self, staging: Staging) -> tuple[list[Run], float]:
        start, end = staging.way(*self.way)
        return [staging.between(start, end)], end


@dataclass(frozen=True, kw_only=True)
class Watched(_Shot):
    """Repetitions at their real pace, with the breath called as it turns, or in silence."""

    times: int
    breaths: Mapping[Breath, Line]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(self.breaths.values())

    def cut(self, cutter: Cutter, staging: Staging) -> None:
        self.begin(cutter)
        cycle = staging.cycle()
        start = cutter.add([cycle] * self.times, self.marks)
        free = start
        for rep in range(self.times):
            for moving in _turns(staging):
                at = start + rep * cycle.count + round((moving.start_s - staging.start_s) * FPS)
                line = self.breaths.get(moving.breathe) if moving.breathe else None
                if line is None:
                    continue
                if at >= free and at + cutter.spoken_frames([line]) <= cutter.at:
                    free = cutter.say([line], at, Part.CUE) + CUE_GAP


def _turns(staging: Staging) -> list[Moving]:
    """Return the phases of a cycle in which the breath turns."""
    found: list[Moving] = []
    for moving in staging.phases:
        last = found[-1].breathe if found else None
        if moving.part == "cycle" and moving.breathe and moving.breathe is not last:
            found.append(moving)
    return found


@dataclass(frozen=True, kw_only=True)
class Explained(_Shot):
    """The movement in words for somebody who cannot see it, as slowly as they take: only films
    that are described have it."""

    lines: tuple[Line, ...] = ()

    def cut(self, cutter: Cutter, staging: Staging) -> None:
        self.begin(cutter)
        frames = LEAD + cutter.spoken_frames(self.lines) + TAIL
        start = cutter.add(staging.loop(frames), self.marks)
        cutter.say(self.lines, start + LEAD, Part.DESCRIPTION)


@dataclass(frozen=True, kw_only=True)
class Timed(_Shot):
    """So many seconds with a ring that empties: waiting, resting, or keeping on moving. In the
    last of them ``at_end`` is shown in place of ``marks``, if there is any."""

    seconds: int
    cues: tuple[Cue, ...]
    said: Mapping[str, Line]
    moving: bool = False
    at_end: tuple[Mark, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(self.said[name] for cue in self.cues for name in cue.say)

    def cut(self, cutter: Cutter, staging: Staging) -> None:
        self.begin(cutter)
        frames = self.seconds * FPS
        waiting = staging.breathing(staging.start_s, frames)
        runs = _kept_up(staging, frames) if self.moving else waiting
        start = cutter.add(runs, (*self._marks(frames), Ring(frames)), to_end=True)
        _say(cutter, start, self.cues, self.said)

    def _marks(self, frames: int) -> tuple[Mark, ...]:
        if not self.at_end:
            return self.marks
        turn = max(0, frames - LONGEST)
        return (
            *(replace(mark, count=turn) for mark in self.marks if turn),
            *(replace(mark, first=turn) for mark in self.at_end),
        )


def _kept_up(staging: Staging, frames: int) -> list[Run]:
    """Return the motion over and over for exactly so many frames: the first time is slower, so
    that the last ends with the time."""
    cycle = staging.cycle()
    times, rest = divmod(frames, cycle.count)
    if not times:
        return [Run(cycle.reel, 0, rest)]
    return [staging.cycle(cycle.count + rest), *[cycle] * (times - 1)]


@dataclass(frozen=True, kw_only=True)
class Held(_Shot):
    """Into a position, held there for so long, and back out of it."""

    seconds: int
    cues: tuple[Cue, ...]
    said: Mapping[str, Line]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(self.said[name] for cue in self.cues for name in cue.say)

    def cut(self, cutter: Cutter, staging: Staging) -> None:
        self.begin(cutter)
        there, left = staging.hold
        if there > staging.start_s:
            cutter.add([staging.between(staging.start_s, there)], self.marks)
        frames = self.seconds * FPS
        held = staging.breathing(there, frames)
        start = cutter.add(held, (*self.marks, Ring(frames)), to_end=True)
        _say(cutter, start, self.cues, self.said)
        end = staging.spans["cycle"][1]
        if end > left:
            cutter.add([staging.between(left, end)], self.marks)


@dataclass(frozen=True, kw_only=True)
class Repeated(_Shot):
    """Repetitions with their number, each at least as slow as the motion itself. The first and
    the last tell of how many: those between are the same in every dose."""

    reps: int
    seconds: int
    hold_s: int
    count: Mapping[int, tuple[str, ...]]
    said: Mapping[str, Line]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(self.said[name] for names in self.count.values() for name in names)

    def cut(self, cutter: Cutter, staging: Staging) -> None:
        self.begin(cutter)
        parts = self._repetition(staging)
        for rep in range(self.reps):
            of = self.reps if rep in {0, self.reps - 1} else 0
            free = cutter.at
            for runs in parts:
                cutter.add(runs, (*self.marks, Count(rep + 1, of)))
            for name in self.count.get(rep, ()):
                free = cutter.say([self.said[name]], free, Part.CUE) + CUE_GAP

    def _repetition(self, staging: Staging) -> list[list[Run]]:
        """Return the parts of a repetition: a longer hold leaves what is around it as it is."""
        begin, end = staging.spans["cycle"]
        there, left = staging.hold
        own, wanted = round((end - begin) * FPS), self.seconds * FPS
        more = round((self.hold_s - (left - there)) * FPS)
        if self.hold_s >= LONG_HOLD_S and begin < there and more >= (FPS if wanted > own else 0):
            back = [staging.between(left, end)] if end > left else []
            return [[staging.between(begin, left)], staging.breathing(left, more), back]
        return [[staging.cycle(max(own, wanted))]]


LONG_HOLD_S = 3
"""A repetition that is held so long stops for it; a shorter one is played more slowly."""


def _say(cutter: Cutter, start: int, cues: Sequence[Cue], said: Mapping[str, Line]) -> None:
    """Place cues by their seconds, and leave out what would be heard over something else."""
    free = start
    for cue in cues:
        at = start + round(cue.at_s * FPS)
        for name in cue.say:
            if at >= free and at + cutter.spoken_frames([said[name]]) <= cutter.at:
                at = free = cutter.say([said[name]], at, Part.CUE) + CUE_GAP
