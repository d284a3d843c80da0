"""A story as its file tells it: who it is, what was reported day by day, what must come of it.

The events are those of ``docs/events.md``, so a story's lines can be put into a log as they are;
the day of each is filled in. ``every`` repeats a day's events on each day of a stretch.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import people
import yaml

from recoup.care.course import Course, Entry
from recoup.care.rescreen import rescreen
from recoup.care.several import courses, plan_together
from recoup.library import read_event
from recoup.model.content import Library
from recoup.model.decision import Reason
from recoup.model.event import Event
from recoup.model.session import Session

FOLDER = Path(__file__).parent
START = date(2026, 11, 2)
CLASSIC = {**people.CLASSIC, "sx": [], "hx": []}
HOURS = {
    "answered": 6, "enrolled": 7, "morning-report": 8, "weekly-review": 9, "cleared": 10,
    "symptom": 16, "exercise-done": 17, "session-done": 18,
}
DAY_OF = {
    "morning-report": "day", "weekly-review": "day", "cleared": "day", "symptom": "day",
    "exercise-done": "session", "session-done": "session",
}
MUST = frozenset({
    "exercises", "never", "why", "says", "history", "doses", "levels", "phase", "program", "stops",
    "asks", "minutes", "rests", "cap", "apart_from_walks",
})


@dataclass(frozen=True)
class Day:
    """One line of a story: what was reported on a day, and what must be offered after it."""

    number: int
    told: str
    events: tuple[Event, ...]
    must: Mapping[str, Any]
    asked: Mapping[str, Any]


@dataclass(frozen=True)
class Story:
    """A story read from its file."""

    name: str
    text: Mapping[str, Any]
    library: Library

    @cached_property
    def days(self) -> tuple[Day, ...]:
        return tuple(self._days())

    def _days(self) -> Iterator[Day]:
        counted = iter(range(1, 100_000))
        yield Day(0, self.text["who"], tuple(self._begun(counted)), {}, {})
        for line in self.text["days"]:
            first, last = line["every"] if "every" in line else (line["day"], line["day"])
            for number in range(first, last + 1, line.get("step", 1)):
                final = number + line.get("step", 1) > last
                events = tuple(self._events(number, line.get("reported", []), counted))
                must = line.get("must", {}) if final else {}
                assert must.keys() <= MUST, f"{self.name}, day {number}: {must.keys() - MUST}"
                yield Day(number, line["told"], events, must, line.get("plan", {}))

    def _begun(self, counted: Iterator[int]) -> Iterator[Event]:
        base = CLASSIC if self.text.get("like_ana", True) else {"sx": [], "hx": []}
        answers = {**base, **self.text.get("answers", {})}
        yield self._event(0, "answered", {"answers": answers}, counted)
        for place, program in enumerate(self.text["programs"]):
            name, _, phase = program.partition(" from ")
            data = {"program": name, "library": self.library.version, "beside": place > 0}
            data |= {"phase": phase} if phase else {}
            yield self._event(0, "enrolled", data, counted)

    def _events(
        self, number: int, reported: list[dict[str, Any]], counted: Iterator[int]
    ) -> Iterator[Event]:
        for one in reported:
            ((kind, data),) = one.items()
            named = {DAY_OF[kind]: str(START + timedelta(days=number))} if kind in DAY_OF else {}
            yield self._event(number, kind, {**named, **(data or {})}, counted)

    def _event(
        self, number: int, kind: str, data: Mapping[str, Any], counted: Iterator[int]
    ) -> Event:
        seq = next(counted)
        at = datetime.combine(START + timedelta(days=number), time(HOURS[kind]), UTC)
        raw = {
            "id": str(uuid.UUID(int=seq)), "at": (at + timedelta(seconds=seq)).isoformat(),
            "device": "phone", "seq": seq, "kind": kind, "data": dict(data),
        }
        return read_event(raw, self.library.vocabulary)


def stories(library: Library) -> list[Story]:
    return [
        Story(path.stem, yaml.safe_load(path.read_text(encoding="utf-8")), library)
        for path in sorted(FOLDER.glob("*.yaml"))
    ]


@dataclass(frozen=True)
class Seen:
    """What the engine offers after a day: the session, the courses, what was decided that day."""

    session: Session
    together: tuple[Course, ...]
    decided: tuple[Entry, ...]
    asks: tuple[Reason, ...]


def tell(story: Story) -> Iterator[tuple[Day, Seen]]:
    """Yield each day of a story with what comes of it, by the real fold and plan."""
    log: list[Event] = []
    known = 0
    for day in story.days:
        log += day.events
        if not (day.must or day.asked):
            continue
        on = START + timedelta(days=day.number)
        together = courses(log, story.library)
        asked = rescreen(together[0], on, story.library)
        session = plan_together(
            together, story.library, on, minutes=day.asked.get("minutes"),
            missing=frozenset(day.asked.get("without", ())),
        )
        entries = tuple(entry for one in together for entry in one.entries)
        yield day, Seen(session, together, entries[known:], asked.because if asked else ())
        known = len(entries)
