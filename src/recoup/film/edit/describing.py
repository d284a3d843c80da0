"""Where a film can be described: what is to be seen is told in the silences between sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from recoup.film.edit.cutter import PAUSE, Lengths
from recoup.film.edit.staging import Staging
from recoup.film.edit.timeline import Part, Run, Spoken, Timeline
from recoup.film.encode import FPS
from recoup.script.description import said_in_s
from recoup.script.line import Line

EARLY = FPS
"""A move may be told so many frames before it begins: one hears it coming."""

QUICK = 0.85
"""Films describe so much more quickly than the usual 150 words a minute: silences are short."""

APART = FPS // 3
"""Frames of silence between a description and what is said before and after it."""


STILL = ("The person holds still", "Almost nothing moves")
"""How phases begin in which there is nothing to see: the silence itself tells that."""


@dataclass(frozen=True, slots=True)
class Chance:
    """A moment that could be told: it begins with frame ``first`` and is worth telling until
    ``last``; ``texts`` are ways to tell it, the fullest first."""

    first: int
    last: int
    motion: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A text that fits at a frame, and the frame by which it has to be over."""

    first: int
    end: int
    text: str
    motion: str


def places(film: Timeline, stagings: Mapping[str, Staging]) -> list[Place]:
    """Return what to tell in the silences of a film, in order of time, by how long it takes to
    say about: nothing twice in a chapter."""
    heard = film.heard(described=False)
    chapters = [one.first for one in film.chapters]
    found: list[Place] = []
    told: set[tuple[int, str]] = set()
    free = 0
    for chance in sorted(_chances(film, stagings), key=lambda one: one.first):
        chapter = bisect_right(chapters, chance.first)
        first, end = _silence(heard, max(chance.first - EARLY, free), film.frames)
        if first > chance.last:
            continue
        text = next((one for one in chance.texts if (chapter, one) not in told
                     and _frames(one) <= end - first), None)  # fmt: skip
        if text is None or chance.texts[0] in {one for c, one in told if c == chapter}:
            continue
        told.add((chapter, text))
        found.append(Place(first, end, text, chance.motion))
        free = first + _frames(text) + APART
    return found


def with_descriptions(
    film: Timeline, chosen: Sequence[tuple[Place, Sequence[Line]]], lengths: Lengths
) -> Timeline:
    """Return the film with its descriptions; one that takes longer than its silence is left
    out."""
    spoken = list(film.spoken)
    free = 0
    for place, lines in chosen:
        at, added = max(place.first, free), []
        for line in lines:
            added.append(Spoken(line, Part.DESCRIPTION, at, at + lengths[line]))
            at += lengths[line] + PAUSE
        if added and added[-1].end <= place.end:
            spoken += added
            free = added[-1].end + APART
    return replace(film, spoken=tuple(spoken))


def _frames(text: str) -> int:
    return round(said_in_s(text) * QUICK * FPS)


def _silence(heard: Sequence[Spoken], at: int, frames: int) -> tuple[int, int]:
    """Return the next stretch in which nothing is said, from frame ``at`` on."""
    for one in heard:
        if one.end + APART <= at:
            continue
        if at <= one.first - APART:
            return at, one.first - APART
        at = one.end + APART
    return at, frames


def _chances(film: Timeline, stagings: Mapping[str, Staging]) -> Iterator[Chance]:
    at, before = 0, ""
    for piece in film.pieces:
        for run in piece.runs:
            staging = stagings[run.reel.order_key]
            motion = staging.order.motion.id
            if motion != before:
                start = staging.description.start
                yield Chance(at, at + run.count, motion, (start,))
                before = motion
            yield from _moves(run, at, staging)
            at += run.count


def _moves(run: Run, at: int, staging: Staging) -> Iterator[Chance]:
    """Yield the phases that begin in a run that plays forward."""
    reel = run.reel
    if run.step != 1 or reel.end_s <= reel.start_s:
        return
    rate = reel.frames / (reel.end_s - reel.start_s)
    for phase in staging.description.phases:
        begin = round((phase.start_s - reel.start_s) * rate) - run.first
        end = round((phase.end_s - reel.start_s) * rate) - run.first
        if 0 <= begin < run.count and not phase.short.startswith(STILL):
            last = at + min(end, run.count) - 1
            yield Chance(at + begin, last, staging.order.motion.id, phase.texts)
