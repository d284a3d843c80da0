"""People who do not exist live through twelve weeks: how fast, and how much memory they take."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from time import process_time

from bench.figure import Figure
from recoup.lab.outcomes import Outcomes
from recoup.lab.simulation import live
from recoup.library import load

PEOPLE, WEEKS, SEED = 200, 12, 101
WHOLE = 10_000
"""People that two cores are to live through in five minutes, with a sixth of the time to spare."""


def measure() -> Iterator[Figure]:
    library, outcomes = load(), Outcomes()

    def lives(first: int, last: int) -> None:
        for number in range(first, last):
            outcomes.add(live(SEED, number, WEEKS, library))

    lives(0, PEOPLE // 4)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    days, began = outcomes.days, process_time()
    lives(PEOPLE // 4, PEOPLE)
    took, grew = process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    counted = PEOPLE - PEOPLE // 4
    yield Figure("10,000 people x 12 weeks, CPU", took / counted * WHOLE, "s", 500, False)
    yield Figure("person-days lived, per core", (outcomes.days - days) / took, "/s", 1400, True)
    yield Figure("memory grown over 150 people", max(grew, 1) / 1024, "MB", 10, False)
    yield Figure("invariants broken", sum(outcomes.broken_by.values()), "", 0, False)
