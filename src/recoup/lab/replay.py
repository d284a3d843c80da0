"""The same log gives the same session: in whatever order, and after a trip through its text."""

from __future__ import annotations

import json

import numpy as np

from recoup.care.fold import fold
from recoup.care.session import plan_session
from recoup.lab.life import Life
from recoup.library import read_event, write_event
from recoup.model.event import Event

SAME_LOG = "same-log-same-session"


def replayed(life: Life, rng: np.random.Generator) -> str | None:
    """Return how the kept log of a life does not give what was lived; None where it does."""
    library = life.library
    log = [
        read_event(json.loads(json.dumps(write_event(event))), library.vocabulary)
        for event in life.log
    ]
    if fold(_shuffled(log, rng), library) != life.course:
        return "the whole log gives another course"
    for one in life.kept[-2:]:
        course = fold(_shuffled(log[: one.events], rng), library)
        if plan_session(course, library, one.day) != one.session:
            return f"another session on {one.day}"
    return None


def _shuffled(log: list[Event], rng: np.random.Generator) -> list[Event]:
    """Return the events in another order, and some of them twice."""
    again = log + log[: len(log) // 10]
    return [again[place] for place in rng.permutation(len(again))]
