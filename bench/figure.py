"""A measured figure, its goal, and how to take it on a noisy machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """``more_is_better`` decides which way the ratio reads: 1.0 or more meets the goal."""

    what: str
    value: float
    unit: str
    goal: float
    more_is_better: bool

    @property
    def ratio(self) -> float:
        if self.more_is_better:
            return self.value / self.goal
        return self.goal / self.value if self.value else float("inf")

    def __str__(self) -> str:
        mark = "met" if self.ratio >= 1 else "NOT met"
        value = f"{self.value:,.1f} {self.unit}"
        goal = f"{self.goal:,.0f} {self.unit}"
        return f"{self.what:40}{value:>16}{goal:>14}  {self.ratio:5.2f}  {mark}"


def cpu_s(work: Callable[[], object], times: int, rounds: int = 5) -> float:
    """Return the median CPU seconds of one call: CPU time, because neighbours are noisy."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(times):
            work()
        taken.append((time.process_time() - start) / times)
    return median(taken)
