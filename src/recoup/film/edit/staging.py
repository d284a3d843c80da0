"""What there is to film of an order: when its motion does what, and the reels of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from recoup.film.edit.reel import reel
from recoup.film.edit.timeline import Run
from recoup.film.encode import FPS
from recoup.film.order import Order
from recoup.film.take import Built, Take
from recoup.model.motion import Breath
from recoup.motion.track import RATE_HZ
from recoup.script.description import Description, describe

BREATH = 4 * FPS
"""Frames of a breath in and out while somebody waits or holds: fifteen a minute, at ease."""

EMPTY, FULL = 0.0, 1.0


@dataclass(frozen=True, slots=True)
class Moving:
    """A phase of a motion on its track."""

    part: str
    to: str
    start_s: float
    end_s: float
    breathe: Breath | None


@dataclass(frozen=True)
class Staging:
    """Times are on the motion's track, in seconds; ``breaths`` says how full the lungs are at
    each sixtieth of a second."""

    order: Order
    data: str = field(repr=False)
    phases: tuple[Moving, ...]
    spans: Mapping[str, tuple[float, float]]
    reached: Mapping[str, float]
    best_s: float
    breaths: tuple[float, ...] = field(repr=False)
    description: Description = field(repr=False)

    @property
    def start_s(self) -> float:
        return self.spans["cycle"][0]

    @property
    def hold(self) -> tuple[float, float]:
        """Return when the position that shows the exercise best is reached, and left again."""
        left = self.best_s
        for one in self.phases:
            if one.start_s >= left - 1e-6 and self.reached.get(one.to) == self.best_s:
                left = one.end_s
        return self.best_s, left

    def way(self, start: str, end: str) -> tuple[float, float]:
        """Return from when to when the body goes from a position to another, by the shortest
        way there is on the track; being held at the start is part of it."""
        motion = self.order.shown
        first = motion.get_in[0].to if motion.get_in else motion.start
        been = [(first, 0.0), *((one.to, one.end_s) for one in self.phases)]
        _, i, j = min(
            (j - i, i, j)
            for j, (there, _) in enumerate(been) if there == end
            for i, (here, _) in enumerate(been[:j]) if here == start
        )  # fmt: skip
        while i and been[i - 1][0] == start:
            i -= 1
        return been[i][1], been[j][1]

    def way_in(self) -> list[Run]:
        """Return the way from the first position to where the cycle begins, if there is one."""
        return self._span("get_in")

    def way_out(self) -> list[Run]:
        return self._span("get_out")

    def cycle(self, frames: int | None = None) -> Run:
        """Return one repetition, at its own pace or in so many frames."""
        return self.between(*self.spans["cycle"], frames)

    def between(self, start_s: float, end_s: float, frames: int | None = None) -> Run:
        """Return a stretch of the track, at its own pace or in so many frames."""
        count = max(1, round((end_s - start_s) * FPS)) if frames is None else max(1, frames)
        return Run(reel(self.order, self.data, start_s, end_s, count), 0, count)

    def breathing(self, at_s: float, frames: int) -> list[Run]:
        """Return the figure staying as it is at a moment: a short rest, then whole breaths. So
        the last seconds are the same however long it stays."""
        full = self.breaths[min(round(at_s * RATE_HZ), len(self.breaths) - 1)]
        half = BREATH // 2
        lungs = reel(self.order, self.data, at_s, at_s, half + 1, EMPTY if full > 0.5 else FULL)
        breaths, rest = divmod(frames, BREATH)
        found = [Run(lungs, 0, rest, 0)] if rest else []
        return found + [Run(lungs, 0, half), Run(lungs, half, half, -1)] * breaths

    def loop(self, frames: int) -> list[Run]:
        """Return whole repetitions, then breathing where they begin: at least so many frames, and
        at least one repetition."""
        cycle = self.cycle()
        times = max(1, frames // cycle.count)
        rest = max(0, frames - times * cycle.count)
        return [*[cycle] * times, *self.breathing(self.start_s, rest)]

    def _span(self, name: str) -> list[Run]:
        return [self.between(*self.spans[name])] if name in self.spans else []


def staged(order: Order, built: Built, take: Take) -> Staging:
    """Solve the motion where that is not done yet; say what there is to film."""
    track = take.track
    spans = {part.name: (part.start_s, part.end_s) for part in track.parts}
    return Staging(
        order, built.sources, tuple(_phases(order, spans)), spans, dict(track.reached),
        take.best_s, tuple(round(float(one), 4) for one in track.breath),
        describe(order.shown, track),
    )  # fmt: skip


def _phases(order: Order, spans: Mapping[str, tuple[float, float]]) -> list[Moving]:
    motion, found = order.shown, []
    for name, phases in (
        ("get_in", motion.get_in[1:]), ("cycle", motion.cycle), ("get_out", motion.get_out)
    ):  # fmt: skip
        t = spans[name][0] if name in spans else 0.0
        for phase in phases:
            end = t + max(1, round(phase.seconds * RATE_HZ)) / RATE_HZ
            found.append(Moving(name, phase.to, t, end, phase.breathe))
            t = end
    return found
