"""Whether a person may move to the next phase, checked at the weekly review only.

Source: ``clinical/progression_templates.yaml`` (``common_gate``) and ``clinical/facet.md``,
section 4 ("Advance"). Every criterion is answered met, not met, or not known yet; what is not
known keeps the gate closed. A red flag is open when it stops the program or asks for care within
two weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from recoup.care.cap import pain_cap
from recoup.care.course import Course, as_of
from recoup.care.fit import situation, unsuitable
from recoup.care.measures import measure, of_phase
from recoup.care.triage import stops_program, triage
from recoup.model.content import Library
from recoup.model.event import WeeklyReview
from recoup.model.program import Criterion, Phase, Test
from recoup.model.rule import Urgency

SESSIONS = 3
SHARE_DONE = 0.7
HIGHEST_EFFORT = 6
WEEK = timedelta(days=7)
TENDON = "TENDON"
STAGE = "stage-cleared"
HIGHEST_PAIN = 4


@dataclass(frozen=True, slots=True)
class Checked:
    """One criterion of the gate. ``met`` is None while it is not known."""

    id: str
    text: str
    met: bool | None
    common: bool


def check_gate(
    course: Course, review: WeeklyReview | None, library: Library, day: date
) -> tuple[Checked, ...]:
    """Return every criterion for leaving the current phase; empty in the last phase."""
    program = library.programs[course.program or ""]
    phase = program.phase(course.phase or "")
    if not phase.gate:
        return ()
    course = as_of(course, day)
    template = library.templates[program.template]
    cap = pain_cap(course, library, day)
    if template.id != TENDON and template.above_usual is None:
        cap = min(cap, HIGHEST_PAIN)
    own = tuple(_checked(c, course, review, day, phase) for c in phase.gate)
    clear = Checked("no-red-flag", "No danger sign and nothing new.", _clear(course, library), True)
    return (*own, clear, *_common(course, phase, cap, day))


def opened_by(
    course: Course, review: WeeklyReview, library: Library, day: date
) -> tuple[str, ...]:
    """Return the exercises of the current phase whose own gate this review meets, such as
    running: every one of its criteria is known to be met. None opens in a flare-up, nor while a
    danger sign or something new is open."""
    if course.flare is not None or not _clear(as_of(course, day), library):
        return ()
    program = library.programs[course.program or ""]
    phase = program.phase(course.phase or "")
    return tuple(
        item.exercise
        for slot in phase.slots
        for choice in slot.choices
        for item in choice.items
        if item.gate
        and all(_checked(one, course, review, day, phase).met for one in item.gate)
    )


def asked_at_review(course: Course, library: Library, day: date) -> tuple[Criterion, ...]:
    """Return what the weekly review asks for the current phase: the questions of its gate, then
    those of exercises with a gate of their own, such as running, where they suit the person and
    are not open yet. Each once."""
    program = library.programs[course.program or ""]
    phase = program.phase(course.phase or "")
    person = situation(as_of(course, day).answers, library, avoid=phase.avoid)
    closed = [
        item
        for slot in phase.slots
        for choice in slot.choices
        for item in choice.items
        if item.gate and item.exercise not in course.opened
    ]
    own = [
        criterion
        for item in closed
        if (item.when is None or item.when.holds(person.facts))
        and unsuitable(library.exercises[item.exercise], person) is None
        for criterion in item.gate
    ]
    asked = {one.id: one for one in (*phase.gate, *own) if one.ask}
    return tuple(asked.values())


def waits_for_stage(course: Course, library: Library, day: date) -> bool:
    """Return whether the current phase can only be left with a clinician's OK for the next one,
    which is not on record yet."""
    phase = library.programs[course.program or ""].phase(course.phase or "")
    tests = [test for one in phase.gate for test in one.tests if test.measure == STAGE]
    return any(
        _passes(test, "", course, None, day, phase.days_per_week) is not True for test in tests
    )


def gate_open(checked: tuple[Checked, ...]) -> bool:
    return bool(checked) and all(one.met for one in checked)


def _checked(
    criterion: Criterion, course: Course, review: WeeklyReview | None, day: date, phase: Phase
) -> Checked:
    week = phase.days_per_week
    results = [_passes(t, criterion.id, course, review, day, week) for t in criterion.tests]
    met: bool | None = True if True in results else (None if None in results else False)
    return Checked(criterion.id, criterion.text, met, common=False)


def _passes(
    test: Test,
    criterion: str,
    course: Course,
    review: WeeklyReview | None,
    day: date,
    days_per_week: int,
) -> bool | None:
    value = measure(test.measure, criterion, course, review, day, days_per_week)
    if value is None:
        return None
    low = test.at_least is None or value >= test.at_least
    high = test.at_most is None or value <= test.at_most
    return low and high


def _clear(course: Course, library: Library) -> bool:
    """Return whether no red flag is open and nothing new appeared since the last whole screen."""
    screened = triage(course.answers, library, new_symptom=bool(course.new_symptoms))
    is_open = stops_program(screened) or screened.urgency >= Urgency.URGENT_2W
    return not is_open and course.symptom_day is None


def _common(course: Course, phase: Phase, cap: int, day: date) -> tuple[Checked, ...]:
    records = of_phase(course)
    last = records[-SESSIONS:]
    enough = len(last) == SESSIONS
    recent = sum(day - WEEK < r.day <= day for r in records)
    days = min(7, (day - (course.phase_started or day)).days + 1)
    planned = max(1.0, phase.days_per_week * days / 7)
    known = [r.morning_change for r in records if r.morning_change is not None]
    mornings = known[-SESSIONS:]
    return (
        Checked(
            "pain-in-cap",
            f"Pain in the last three sessions was {cap} out of 10 or less.",
            enough and all(r.during <= cap for r in last),
            True,
        ),
        Checked(
            "mornings",
            "Mornings after the last three sessions were as usual, or one point sorer at most.",
            all(change <= 1 for change in mornings) if len(mornings) == SESSIONS else None,
            True,
        ),
        Checked(
            "sessions-done",
            "You did most of the planned sessions this week, and three or more in this phase.",
            enough and recent / planned >= SHARE_DONE,
            True,
        ),
        Checked(
            "effort",
            "The last three sessions took an effort of 6 out of 10 or less.",
            enough and all(r.effort <= HIGHEST_EFFORT for r in last),
            True,
        ),
    )
