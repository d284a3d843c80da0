"""A person's course: what the log adds up to.

The values here are what the fold in ``care.fold`` builds and what sessions are planned from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median

from recoup.care.traffic import Light
from recoup.model.answers import NOTHING, Activity, Answers
from recoup.model.decision import Reason
from recoup.model.event import ExerciseDone, WeeklyReview

BASELINE_DAYS = 7
BASELINE_LEAST = 3


@dataclass(frozen=True, slots=True)
class Attempt:
    """One exercise of a session, as it went. ``result``: done, partly or skipped."""

    slot: str
    exercise: str
    result: str


@dataclass(frozen=True, slots=True)
class Record:
    """A session that was reported. ``light`` changes when the next morning is known; ``final``
    says that nothing more can change it, and that progress was decided."""

    day: date
    phase: str
    attempts: tuple[Attempt, ...]
    during: int
    after: int
    effort: int
    hurt: str | None
    light: Light
    load: float
    morning: int | None = None
    morning_change: float | None = None
    morning_settled: bool | None = None
    final: bool = False


@dataclass(frozen=True, slots=True)
class Morning:
    day: date
    pain: int
    stiffness_min: int | None


@dataclass(frozen=True, slots=True)
class Run:
    """How many sessions in a row an exercise went well: all green, and green or green-2."""

    green: int = 0
    good: int = 0
    partly: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the history: what happened and what was decided, with reasons."""

    at: datetime
    title: str
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """Everything known about a person's course, as of the last event folded.

    ``levels`` are steps of the current phase's ladders by exercise; ``changed`` says why one was
    last moved. Until ``mobility_until`` sessions hold gentle movement only. ``easier_sessions``
    counts sessions still to be one step easier. ``open`` holds what was done on ``open_day`` and
    is not yet reported, by exercise. ``checked`` is the last day "Anything new?" was answered.
    """

    answers: Answers = field(default_factory=Answers)
    screened: date | None = None
    program: str | None = None
    library: str | None = None
    phase: str | None = None
    started: date | None = None
    phase_started: date | None = None
    levels: Mapping[str, int] = field(default_factory=dict)
    runs: Mapping[str, Run] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    mornings: tuple[Morning, ...] = ()
    reviews: tuple[WeeklyReview, ...] = ()
    first_activities: tuple[Activity, ...] = ()
    last_done: Mapping[str, date] = field(default_factory=dict)
    open_day: date | None = None
    open: Mapping[str, ExerciseDone] = field(default_factory=dict)
    changed: Mapping[str, Reason] = field(default_factory=dict)
    mobility_until: date | None = None
    easier_sessions: int = 0
    new_symptoms: frozenset[str] = NOTHING
    checked: date | None = None
    cleared: date | None = None
    offered_phase: str | None = None
    entries: tuple[Entry, ...] = ()

    @property
    def last_record(self) -> Record | None:
        return self.records[-1] if self.records else None


def usual_morning_pain(course: Course, day: date) -> float | None:
    """Return the baseline: the median morning pain of the seven days before ``day``.

    With fewer than three mornings it is the intake's average pain (``clinical/progression.md``,
    section 1); None when that was not given either.
    """
    recent = [
        morning.pain
        for morning in course.mornings
        if 0 < (day - morning.day).days <= BASELINE_DAYS
    ]
    if len(recent) >= BASELINE_LEAST:
        return median(recent)
    return course.answers.numbers.get("pain_avg")
