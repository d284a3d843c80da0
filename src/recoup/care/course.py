"""A person's course: what the log adds up to.

The values here are what the fold in ``care.fold`` builds and what sessions are planned from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median

from recoup.care.traffic import Light
from recoup.model.answers import NOTHING, Activity, Answers
from recoup.model.decision import Reason
from recoup.model.event import ExerciseDone, WeeklyReview
from recoup.model.frozen import replace

BASELINE_DAYS = 7
BASELINE_LEAST = 3
CLEARED = "clinician_cleared_exercise"
CLEARED_FOR = timedelta(weeks=4)
WEEKS_PREGNANT = "gestation_weeks"
LAST_WEEK_OF_PREGNANCY = 43


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
    moved: str | None = None


@dataclass(frozen=True, slots=True)
class Morning:
    day: date
    pain: int
    stiffness_min: int | None


@dataclass(frozen=True, slots=True)
class Run:
    """How many sessions in a row an exercise went well: all green, and green or, with an effort
    of 6 or less, green-2."""

    green: int = 0
    good: int = 0
    partly: int = 0
    skipped: int = 0

    @property
    def in_a_row(self) -> int:
        return max(self.green, self.good)


NOT_YET = Run()
"""The run of an exercise that was never done."""


@dataclass(frozen=True, slots=True)
class Flare:
    """A flare-up. ``usual`` is the usual pain when it began, ``peak`` and ``last`` the highest and
    the latest pain told. ``resumed`` is the day from which the program comes back, None while
    easing; ``back`` says that pain is at most a point above usual; ``dropped`` that it lasted a
    week and cost a phase."""

    since: date
    usual: float
    peak: int
    last: int
    resumed: date | None = None
    back: bool = False
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What a person told us of one day: minutes at hand, the place, what is missing, sleep."""

    day: date
    minutes: int | None = None
    place: str | None = None
    missing: frozenset[str] = NOTHING
    slept_well: bool | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the history: what happened and what was decided, with reasons."""

    at: datetime
    title: str
    because: tuple[Reason, ...]


@dataclass(frozen=True)  # no slots, see model.frozen
class Course:
    """Everything known about a person's course, as of the last event folded.

    ``screened`` is the last day by which the whole safety screen was answered, ``asked`` the day
    of each of its keys. ``levels`` are steps of the current phase's ladders by exercise;
    ``changed`` says why one was last moved, ``stepped`` is the day from which one last went up.
    Until ``mobility_until`` sessions hold gentle movement only. ``easier_sessions`` counts
    sessions still to be one step easier; ``returned`` is the first day back after ``missed``
    days. ``records`` are in the order of their days. ``open`` holds what was done on ``open_day``
    and is not yet reported, by exercise; ``eased`` what was made easier by choice on that day.
    ``new_symptoms`` are those that appeared during the program and are still there;
    ``symptom_day`` is the last day of one that no whole screen has followed, ``worse`` says why
    pain calls for one; both leave out of ``asked`` what was answered before. ``appeared`` is the
    last day of anything new, for good. ``checked`` is the
    last day "Anything new?" was answered, ``unwell`` the last day of feeling ill. ``cleared`` and
    ``weeks_told`` date a clinician's OK and the weeks of pregnancy; ``cleared_rules`` are the
    red flags that the OK was given for, none where nobody said. ``opened`` are exercises whose own
    gate was met. ``climb`` are the levels by the day from which they held. ``flare`` is the
    flare-up that goes on, ``flares`` the first days of all, ``lighter_until`` the end of the
    lighter weeks after too many. ``moved`` are the days of sessions in which pain moved further
    down a limb. ``switched`` are programs that were left for another because pain got worse.
    ``advice`` holds why a clinician should be seen, though nothing stops; ``halved_until`` the end
    of half doses after a talk about what gets in the way. ``may_finish`` says that the program may
    end, ``finished`` when it did. ``limits`` are those of the day told last.
    """

    answers: Answers = field(default_factory=Answers)
    screened: date | None = None
    asked: Mapping[str, date] = field(default_factory=dict)
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
    eased: frozenset[str] = NOTHING
    changed: Mapping[str, Reason] = field(default_factory=dict)
    stepped: date | None = None
    mobility_until: date | None = None
    easier_sessions: int = 0
    returned: date | None = None
    missed: int = 0
    new_symptoms: frozenset[str] = NOTHING
    symptom_day: date | None = None
    appeared: date | None = None
    worse: Reason | None = None
    unwell: date | None = None
    checked: date | None = None
    cleared: date | None = None
    cleared_by: str = ""
    cleared_rules: frozenset[str] = NOTHING
    weeks_told: date | None = None
    offered_phase: str | None = None
    opened: frozenset[str] = NOTHING
    climb: tuple[tuple[date, Mapping[str, int]], ...] = ()
    flare: Flare | None = None
    flares: tuple[date, ...] = ()
    lighter_until: date | None = None
    moved: tuple[date, ...] = ()
    switched: tuple[str, ...] = ()
    advice: tuple[Reason, ...] = ()
    halved_until: date | None = None
    may_finish: bool = False
    finished: date | None = None
    limits: Limits | None = None
    entries: tuple[Entry, ...] = ()

    @property
    def last_record(self) -> Record | None:
        return self.records[-1] if self.records else None


def as_of(course: Course, day: date) -> Course:
    """Return the course with answers as they stand on ``day``: a clinician's OK lapses after four
    weeks, and a pregnancy goes on. Twice on a day changes nothing more."""
    answers = course.answers
    lapsed = course.cleared is not None and day - course.cleared >= CLEARED_FOR
    if lapsed and CLEARED in answers.hx:
        answers = replace(answers, hx=answers.hx - {CLEARED})
    told, weeks = course.weeks_told, answers.numbers.get(WEEKS_PREGNANT)
    later = (day - told).days // 7 if told is not None else 0
    if told is not None and weeks is not None and later > 0:
        now = min(LAST_WEEK_OF_PREGNANCY, weeks + later)
        answers = replace(answers, numbers={**answers.numbers, WEEKS_PREGNANT: now})
        course = replace(course, weeks_told=told + timedelta(weeks=later))
    return course if answers is course.answers else replace(course, answers=answers)


def in_phase(course: Course, phase: str, day: date) -> Course:
    """Return the course at the start of a phase, with that phase's first doses."""
    return replace(
        course, phase=phase, phase_started=day, levels={}, runs={}, changed={}, climb=(),
        offered_phase=None,
    )


def lowered(course: Course) -> dict[str, int]:
    """Return the levels below the first one: to start a phase again, or another program because
    this one hurts, makes nothing harder."""
    return {name: level for name, level in course.levels.items() if level < 0}


def usual_morning_pain(course: Course, day: date) -> float | None:
    """Return the baseline: the median morning pain of the seven days before ``day``.

    With fewer than three mornings it is the intake's average pain (``clinical/progression.md``,
    section 1). Where that was not given it is the median of the mornings there are, else the
    pain at the time of the intake; None when nothing is known.
    """
    recent = [
        morning.pain
        for morning in course.mornings
        if 0 < (day - morning.day).days <= BASELINE_DAYS
    ]
    if len(recent) >= BASELINE_LEAST:
        return median(recent)
    numbers = course.answers.numbers
    return numbers.get("pain_avg", median(recent) if recent else numbers.get("pain_now"))
