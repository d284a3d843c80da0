"""State is a log: a course is a fold over events.

The same log gives the same course, whatever order it arrived in: order is (at, device, seq), the
same id twice is one event, and a corrected event is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import singledispatch

from recoup.care.arrival import arrive
from recoup.care.course import Attempt, Course, Entry, Morning, Record
from recoup.care.gate import check_gate, gate_open
from recoup.care.progression import close_session, easier, hear_morning, judge, session_load
from recoup.care.session import plan_session
from recoup.care.traffic import Reported
from recoup.model.answers import STATES, TOKEN_LISTS, Answers
from recoup.model.content import Library
from recoup.model.decision import Decision, Reason
from recoup.model.event import (
    Answered,
    Cleared,
    Corrected,
    Enrolled,
    Event,
    ExerciseDone,
    MorningReport,
    SessionDone,
    Symptom,
    Upgraded,
    WeeklyReview,
)

INTAKE = "intake"


def fold(events: Iterable[Event], library: Library, course: Course | None = None) -> Course:
    """Return the course that the events add up to, starting from ``course``."""
    course = course or Course()
    for event in in_order(events):
        course = apply(event.data, course, event, library)
    return course


def in_order(events: Iterable[Event]) -> list[Event]:
    """Return each event once, in order, without those that were corrected away."""
    once = {event.id: event for event in events}
    wrong = {e.data.event for e in once.values() if isinstance(e.data, Corrected)}
    return sorted((e for e in once.values() if e.id not in wrong), key=lambda e: e.order)


@singledispatch
def apply(data: object, course: Course, event: Event, library: Library) -> Course:
    """Return the course after one event; kinds that change nothing here leave it as it is."""
    return course


@apply.register
def _(data: Answered, course: Course, event: Event, library: Library) -> Course:
    answers = merge(course.answers, data)
    first = course.first_activities or tuple(a for a in answers.activities)
    safety = library.vocabulary.safety_screen
    whole = data.screen == INTAKE or any(f"sx:{key}" in data.fields for key in safety)
    screened = event.at.date() if whole else course.screened
    return replace(course, answers=answers, first_activities=first, screened=screened)


@apply.register
def _(data: Enrolled, course: Course, event: Event, library: Library) -> Course:
    program = library.programs[data.program]
    phase = data.phase or program.phases[0].id
    day = event.at.date()
    started = replace(
        course,
        program=data.program, library=data.library, phase=phase, started=day, phase_started=day,
        levels={}, runs={}, changed={},
    )
    text = f"You started the {program.title}."
    return _noted(started, event, "Program started", (Reason("enrolled", text),))


@apply.register
def _(data: ExerciseDone, course: Course, event: Event, library: Library) -> Course:
    if course.program is None or data.exercise not in library.exercises:
        return course
    if course.open_day != data.session:
        course = replace(course, open_day=data.session, open={})
    if data.result != "easier":
        return replace(course, open={**course.open, data.exercise: data})
    name = library.exercises[data.exercise].name
    text = f"{name} is one step easier, because you chose it."
    course = easier(course, data.exercise, text, "chosen-easier")
    return _noted(course, event, "Made easier", (course.changed[data.exercise],))


@apply.register
def _(data: SessionDone, course: Course, event: Event, library: Library) -> Course:
    if course.program is None:
        return course
    attempts = _attempts(course, data, library)
    course = arrive(course, data.session, library).change
    reported = Reported(data.during, data.after, new=data.new)
    light = judge(course, reported, library)
    record = Record(
        day=data.session, phase=course.phase or "", attempts=attempts, during=data.during,
        after=data.after, effort=data.effort, hurt=data.hurt, light=light.change,
        load=session_load(course, attempts, data.effort, library),
    )
    closed = close_session(course, record, library)
    because = closed.because if not data.new else light.because
    title = (
        f"Session: pain {data.during} during, {data.after} after, effort {data.effort} out of 10"
    )
    return _noted(_with_symptoms(closed.change, data.new), event, title, because)


@apply.register
def _(data: MorningReport, course: Course, event: Event, library: Library) -> Course:
    heard = Decision(course, ())
    if course.program is not None:
        heard = hear_morning(course, data.day, data.pain, data.settled, library)
    course = heard.change
    morning = Morning(data.day, data.pain, data.stiffness_min)
    course = replace(course, mornings=(*course.mornings, morning))
    title = f"Morning: pain {data.pain} out of 10"
    return _noted(course, event, title, heard.because)


@apply.register
def _(data: WeeklyReview, course: Course, event: Event, library: Library) -> Course:
    course = replace(course, reviews=(*course.reviews, data), offered_phase=None)
    if course.program is None:
        return course
    program = library.programs[course.program]
    following = program.phase_after(course.phase or "")
    checked = check_gate(course, data, library, data.day)
    if following is None or not gate_open(checked):
        left = tuple(Reason(f"gate-{c.id}", c.text) for c in checked if not c.met)
        stay = Reason("gate-closed", "You stay in this phase. Still to come:")
        return _noted(course, event, "Weekly review", (stay, *left))
    if data.advance == "yes":
        reason = Reason("gate-open", f"You moved on to phase {following.id[1:]}, {following.name}.")
        course = replace(
            course, phase=following.id, phase_started=data.day, levels={}, runs={}, changed={}
        )
    elif data.advance == "no":
        reason = Reason("gate-declined", "You chose to stay in this phase for now.")
    else:
        reason = Reason("gate-open", f"You may move on to {following.name}, if you like.")
        course = replace(course, offered_phase=following.id)
    return _noted(course, event, "Weekly review", (reason,))


@apply.register
def _(data: Symptom, course: Course, event: Event, library: Library) -> Course:
    course = replace(_with_symptoms(course, data.new), checked=data.day)
    if data.unsure:
        unsure = course.answers.unsure | data.unsure
        course = replace(course, answers=replace(course.answers, unsure=unsure))
    if not data.new and not data.unsure:
        return course
    labels = library.vocabulary.lists["sx"]
    said = ", ".join(labels[key].label for key in sorted(data.new | data.unsure) if key in labels)
    return _noted(course, event, "Something new", (Reason("new-symptom", f"You told us: {said}."),))


@apply.register
def _(data: Cleared, course: Course, event: Event, library: Library) -> Course:
    hx = course.answers.hx | {"clinician_cleared_exercise"}
    reason = Reason("cleared", f"Cleared for exercise by {data.by}.", (("by", data.by),))
    course = replace(course, answers=replace(course.answers, hx=hx), cleared=data.day)
    return _noted(course, event, "Cleared", (reason,))


@apply.register
def _(data: Upgraded, course: Course, event: Event, library: Library) -> Course:
    return replace(course, library=data.library)


def merge(answers: Answers, given: Answered) -> Answers:
    """Return the answers with one screen's answers laid over them."""
    fields, new = given.fields, given.answers
    lists = {
        name: frozenset(
            key for key in getattr(answers, name) if f"{prefix}:{key}" not in fields
        ) | getattr(new, name)
        for prefix, name in TOKEN_LISTS.items()
    }
    keys = {field.rpartition(":")[2] for field in fields}
    lists |= {name: (getattr(answers, name) - keys) | getattr(new, name) for name in STATES}
    numbers = {k: v for k, v in answers.numbers.items() if k not in fields}
    choices = {k: v for k, v in answers.choices.items() if k not in fields}
    return replace(
        answers,
        **lists,
        numbers={**numbers, **new.numbers},
        choices={**choices, **new.choices},
        activities=new.activities if "activities" in fields else answers.activities,
        minutes=new.minutes if "minutes" in fields else answers.minutes,
        missing_equipment=new.missing_equipment
        if "missing_equipment" in fields
        else answers.missing_equipment,
    )


def _attempts(course: Course, data: SessionDone, library: Library) -> tuple[Attempt, ...]:
    """Return what was done: as ticked off, else the whole session as planned."""
    if course.open_day == data.session and course.open:
        done = course.open.values()
        return tuple(Attempt(one.slot, one.exercise, one.result) for one in done)
    planned = plan_session(course, library, data.session)
    return tuple(Attempt(one.slot, one.exercise, "done") for one in planned.slots)


def _with_symptoms(course: Course, new: frozenset[str]) -> Course:
    if not new:
        return course
    # a new symptom clears what was examined before it (redflags.md, "Engine contract")
    answers = course.answers
    return replace(
        course,
        answers=replace(
            answers,
            sx=(answers.sx | new) - {"neuro_stable_known"},
            hx=answers.hx - {"known_diagnosis_from_clinician"},
        ),
        new_symptoms=course.new_symptoms | new,
    )


def _noted(course: Course, event: Event, title: str, because: tuple[Reason, ...]) -> Course:
    return replace(course, entries=(*course.entries, Entry(event.at, title, because)))
