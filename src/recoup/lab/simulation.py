"""A whole run: many people, in several processes, every invariant on every day.

Each person is made from the run's seed and their number alone, so that any one of them can be
lived again. What is kept of a person is counts, so memory does not grow with their number.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from time import perf_counter, process_time

from recoup.lab.life import Life
from recoup.lab.outcomes import Outcomes
from recoup.lab.people import make_person, random_of
from recoup.lab.replay import SAME_LOG, replayed
from recoup.library import load
from recoup.model.content import Library

REPLAYED = 40
"""One in this many logs is kept and replayed."""

PART = 50
"""People that a process lives through at a time."""

FAILS = "never-fails"


@dataclass(frozen=True, slots=True)
class Run:
    """``cpu_s`` is the processor time of all processes together."""

    outcomes: Outcomes
    seconds: float
    cpu_s: float


def simulate(people: int, weeks: int, seed: int, *, processes: int = 2) -> Run:
    """Return a run of ``people`` over ``weeks``; the same for the same numbers."""
    began, total, cpu = perf_counter(), Outcomes(), 0.0
    parts = [range(at, min(at + PART, people)) for at in range(0, people, PART)]
    for outcomes, seconds in _parts(parts, weeks, seed, processes):
        total.merge(outcomes)
        cpu += seconds
    return Run(total, perf_counter() - began, cpu)


def again(seed: int, number: int, weeks: int) -> Run:
    """Return a run of one person of a run alone, with their log replayed."""
    began, cpu, outcomes = perf_counter(), process_time(), Outcomes()
    outcomes.add(live(seed, number, weeks, load(), keeps_log=True))
    return Run(outcomes, perf_counter() - began, process_time() - cpu)


def live(
    seed: int, number: int, weeks: int, library: Library, *, keeps_log: bool | None = None
) -> Life:
    """Live one person through. A failure of the rules is kept as a broken invariant."""
    keeps = number % REPLAYED == 0 if keeps_log is None else keeps_log
    person = make_person(seed, number, 7 * weeks, library)
    life = Life(person, library, keeps_log=keeps)
    try:
        life.live(7 * weeks)
        wrong = replayed(life, random_of(seed, number, 2)) if keeps else None
        if wrong is not None:
            life.broke(SAME_LOG, wrong)
    except Exception as error:  # whatever it is, it is a finding with a seed and a day
        life.broke(FAILS, f"{type(error).__name__}: {error}")
    return life


def _parts(
    parts: Iterable[range], weeks: int, seed: int, processes: int
) -> Iterator[tuple[Outcomes, float]]:
    if processes == 1:
        yield from map(_part, parts, repeat(weeks), repeat(seed))
        return
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, spawned) as pool:
        yield from pool.map(_part, parts, repeat(weeks), repeat(seed))


_LIBRARY: list[Library] = []


def _part(numbers: range, weeks: int, seed: int) -> tuple[Outcomes, float]:
    """Live some people through in this process, which reads the library once."""
    began, outcomes = process_time(), Outcomes()
    if not _LIBRARY:
        _LIBRARY.append(load())
    for number in numbers:
        outcomes.add(live(seed, number, weeks, _LIBRARY[0]))
    return outcomes, process_time() - began
