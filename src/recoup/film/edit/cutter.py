"""Cuts a film: adds piece after piece, and places what is said on the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from recoup.film.edit.marks import ALWAYS, Mark, Ring
from recoup.film.edit.timeline import Chapter, Part, Piece, Run, Spoken, Timeline
from recoup.film.encode import FPS
from recoup.script.line import Line

LEAD = FPS // 3
"""Frames of a piece before somebody speaks."""

PAUSE = round(0.45 * FPS)
"""Frames between two sentences."""

TAIL = round(0.7 * FPS)
"""Frames after the last sentence of a piece."""

LONGEST = 10 * FPS
"""A piece is cut in two beyond this: shared work, and places to seek to."""

Lengths = Mapping[Line, int]
"""How many frames each sentence takes."""


class Cutter:
    """Collects a film. ``at`` is the frame that comes next."""

    def __init__(self, lengths: Lengths) -> None:
        self.at = 0
        self.poster = 0
        self._lengths = lengths
        self._pieces: list[Piece] = []
        self._chapters: list[Chapter] = []
        self._spoken: list[Spoken] = []

    def chapter(self, title: str) -> None:
        self._chapters.append(Chapter(title, self.at))

    def add(
        self, runs: Sequence[Run], marks: Sequence[Mark] = (), *, to_end: bool = False
    ) -> int:
        """Add pictures with marks on all of them; return the frame they began with. A cut to
        another view or figure is slow. What runs ``to_end`` is cut by the time that is left: its
        last pieces are those of every other length."""
        start = self.at
        shown = [run for run in runs if run.count]
        while shown:
            most = sum(run.count for run in shown) % LONGEST or LONGEST if to_end else LONGEST
            head, shown = _split(shown, most if to_end else _place(shown, most))
            first = self.at - start
            moved = tuple(_shifted(mark, first, sum(run.count for run in head)) for mark in marks)
            self._append(Piece(tuple(head), tuple(mark for mark in moved if mark is not None)))
        return start

    def narrate(
        self, lines: Sequence[Line], show: Callable[[int], Sequence[Run]],
        marks: Sequence[Mark] = (), tail: int = TAIL,
    ) -> int:  # fmt: skip
        """Say ``lines`` while ``show`` runs: it is told how many frames are needed at least.
        Return the frame it began with."""
        start = self.add(show(LEAD + self.spoken_frames(lines) + tail), marks)
        self.say(lines, start + LEAD)
        return start

    def say(self, lines: Iterable[Line], at: int, part: Part = Part.NARRATION) -> int:
        """Place sentences from frame ``at`` on; return the frame that is free again."""
        for line in lines:
            end = at + self._lengths[line]
            self._spoken.append(Spoken(line, part, at, end))
            at = end + PAUSE
        return at - PAUSE

    def spoken_frames(self, lines: Sequence[Line]) -> int:
        return sum(self._lengths[line] for line in lines) + PAUSE * max(0, len(lines) - 1)

    def film(self, title: str) -> Timeline:
        return Timeline(
            title, tuple(self._pieces), tuple(self._chapters), tuple(self._spoken), self.poster
        )

    def _append(self, piece: Piece) -> None:
        if self._pieces:
            before, _ = last = self._pieces[-1].last
            if before.order_key != piece.runs[0].reel.order_key:
                piece = Piece(piece.runs, piece.marks, last)
        self._pieces.append(piece)
        self.at += piece.frames


def _place(runs: list[Run], most: int) -> int:
    """Return where to cut a row of runs, at most so far on: where a run ends if it can."""
    ends = [end for end in accumulate(run.count for run in runs) if end <= most]
    return ends[-1] if ends else most


def _split(runs: list[Run], at: int) -> tuple[list[Run], list[Run]]:
    """Cut a row of runs in two: the first part is ``at`` frames long, or all there is."""
    head: list[Run] = []
    for place, run in enumerate(runs):
        if run.count > at:
            rest = Run(run.reel, run.frame(at), run.count - at, run.step)
            first = [Run(run.reel, run.first, at, run.step)] if at else []
            return [*head, *first], [rest, *runs[place + 1 :]]
        head.append(run)
        at -= run.count
    return head, []


def _shifted(mark: Mark, first: int, frames: int) -> Mark | None:
    """Return a mark of the whole as a mark of the part that begins with frame ``first``."""
    begin, end = mark.first - first, mark.first + mark.count - first
    if end <= 0 or begin >= frames:
        return None
    if isinstance(mark, Ring):
        mark = replace(mark, left=mark.left - max(0, -begin))
    begin = max(0, begin)
    return replace(mark, first=begin, count=ALWAYS if end >= frames else end - begin)
