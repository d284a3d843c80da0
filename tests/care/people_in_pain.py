"""People in pain, and logs of how they get on. Importable without Django."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import people

from recoup.care.course import Course
from recoup.care.fold import fold
from recoup.care.session import plan_session
from recoup.library import read_answers
from recoup.model.answers import Answers
from recoup.model.content import Library
from recoup.model.event import (
    Cleared,
    Corrected,
    Data,
    Enrolled,
    Event,
    ExerciseDone,
    MorningReport,
    SessionDone,
    Symptom,
    WeeklyReview,
)
from recoup.model.session import Planned, Session

FACET = "lumbar-facet-joint-pain"
START = date(2026, 11, 2)
DAY = timedelta(days=1)

CLASSIC: dict[str, Any] = {**people.CLASSIC, "sx": [], "hx": []}
"""The classic facet picture: nothing worrying, pain on bending back and turning."""


def told(library: Library, without: tuple[str, ...] = (), **changes: Any) -> Answers:
    """Return the classic answers with changes; ``without`` names what is not answered at all."""
    data = {**CLASSIC, **changes}
    return read_answers({k: v for k, v in data.items() if k not in without}, library.vocabulary)


def course_of(
    library: Library, answers: Answers | None = None, phase: str = "P1", **changes: Any
) -> Course:
    """Return somebody who starts a phase of the facet program on START."""
    values: dict[str, Any] = {
        "answers": answers or told(library),
        "screened": START,
        "program": FACET,
        "library": library.version,
        "phase": phase,
        "started": START,
        "phase_started": START,
    }
    return Course(**{**values, **changes})


def first_session(library: Library, phase: str = "P1", **changes: Any) -> Session:
    """Return the session of START for the classic answers with changes."""
    return plan_session(course_of(library, told(library, **changes), phase), library, START)


def names(session: Session) -> list[str]:
    return [slot.exercise for slot in session.slots]


def slot_of(session: Session, exercise: str) -> Planned:
    return next(slot for slot in session.slots if slot.exercise == exercise)


@dataclass
class Log:
    """A log written as it happens. Days are counted from START; each event gets the next number."""

    library: Library
    start: Course
    events: list[Event] = field(default_factory=list)
    clock: time = time(8)

    def add(self, day: int, data: Data, clock: time | None = None) -> Event:
        seq = len(self.events) + 1
        at = datetime.combine(START + day * DAY, clock or self.clock, UTC) + timedelta(seconds=seq)
        event = Event(str(uuid.UUID(int=seq)), at, "phone", seq, data)
        self.events.append(event)
        return event

    def enrolled(self, day: int = 0, phase: str | None = None) -> Event:
        return self.add(day, Enrolled(FACET, self.library.version, phase))

    def session(
        self, day: int, during: int = 1, after: int = 1, effort: int = 4, **more: Any
    ) -> Event:
        return self.add(day, SessionDone(_day(day), during, after, effort, **more), time(18))

    def exercise(self, day: int, slot: str, name: str, result: str = "done", **more: Any) -> Event:
        return self.add(day, ExerciseDone(_day(day), slot, name, result, **more), time(17))

    def morning(self, day: int, pain: int = 4, **more: Any) -> Event:
        return self.add(day, MorningReport(_day(day), pain, **more), time(7))

    def review(self, day: int, average: int = 3, **more: Any) -> Event:
        return self.add(day, WeeklyReview(_day(day), average, **more), time(9))

    def symptom(self, day: int, *new: str, unsure: tuple[str, ...] = ()) -> Event:
        return self.add(day, Symptom(_day(day), frozenset(new), frozenset(unsure)))

    def cleared(self, day: int, by: str = "Dr Lee") -> Event:
        return self.add(day, Cleared(by, _day(day)))

    def corrected(self, event: Event, day: int) -> Event:
        return self.add(day, Corrected(event.id), time(20))

    def course(self) -> Course:
        return fold(self.events, self.library, self.start)

    def plan(self, day: int, **more: Any) -> Session:
        return plan_session(self.course(), self.library, _day(day), **more)


def log_of(library: Library, answers: Answers | None = None, phase: str = "P1") -> Log:
    """Return the empty log of somebody who starts on START."""
    return Log(library, course_of(library, answers, phase))


def _day(number: int) -> date:
    return START + number * DAY
