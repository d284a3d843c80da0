"""State is a log: a course is a fold over events.

The same log gives the same course, whatever order it arrived in: order is (at, device, seq), the
same id twice is one event, and a corrected event is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import singledispatch

from recoup.care.arrival import arrive
from recoup.care.course import (
    CLEARED,
    CLEARED_FOR,
    WEEKS_PREGNANT,
    Course,
    Limits,
    Morning,
    in_phase,
)
from recoup.care.facts import screen_of
from recoup.care.flare import hear_pain
from recoup.care.gate import check_gate, gate_open, opened_by
from recoup.care.load import remembered
from recoup.care.pain_jump import pain_jumped, week_is_worse
from recoup.care.progression import close_session, easier, hear_morning
from recoup.care.reported import TICKED, record_of
from recoup.care.review import early_risk, judge_week
from recoup.care.steps import chosen_harder
from recoup.care.traffic import FURTHER
from recoup.care.turning import (
    after_review,
    last_phase,
    moved_further,
    noted,
    screen_again,
    start_again,
    unasked,
    why_missed,
)
from recoup.care.upgrade import carries_on
from recoup.model.answers import NOTHING, STATES, TOKEN_LISTS, Answers, Vocabulary
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
from recoup.model.frozen import replace

UNWELL = "unwell"
HARDER = "harder"
ILL = frozenset({"fever", "unwell"})
FALL = frozenset({"fall_recent"})
TRAUMA = ("minor_trauma", "major_trauma")


def fold(events: Iterable[Event], library: Library, course: Course | None = None) -> Course:
    """Return the course that the events add up to, starting from ``course``."""
    course = course or Course()
    for event in in_order(events):
        after = apply(event.data, course, event, library)
        moved = after.levels is not course.levels
        course = remembered(after, event.at.date()) if moved else after
    return course


def in_order(events: Iterable[Event]) -> list[Event]:
    """Return each event once, in order, without those that were corrected away.

    Of two events with one id the earlier counts. A correction that was itself taken back counts
    for nothing.
    """
    once: dict[str, Event] = {}
    for event in sorted(events, key=lambda one: (one.order, one.id)):
        once.setdefault(event.id, event)
    wrong: set[str] = set()
    for event in reversed(once.values()):
        if isinstance(event.data, Corrected) and event.id not in wrong:
            wrong.add(event.data.event)
    return [event for event in once.values() if event.id not in wrong]


@singledispatch
def apply(data: object, course: Course, event: Event, library: Library) -> Course:
    """Return the course after one event; kinds that change nothing here leave it as it is."""
    return course


@apply.register
def _(data: Answered, course: Course, event: Event, library: Library) -> Course:
    day, before = event.at.date(), course.answers
    answers = merge(before, data)
    course = replace(
        course,
        answers=answers,
        first_activities=course.first_activities or answers.activities,
        asked=_asked(course, data, day, library),
        new_symptoms=course.new_symptoms & _worries(answers),
    )
    course = _dated(course, data, day)
    if course.program is not None:
        if ILL & before.sx - answers.sx:
            course = replace(course, unwell=day)
        course = _with_new(course, appeared(before, answers, library.vocabulary), day)
    return _screened(course, library)


@apply.register
def _(data: Enrolled, course: Course, event: Event, library: Library) -> Course:
    program = library.programs.get(data.program)
    if program is None or data.beside:
        return course
    phases = [phase.id for phase in program.phases]
    day = event.at.date()
    started = replace(
        course,
        program=data.program, library=data.library, started=day, phase_started=day,
        phase=data.phase if data.phase in phases else phases[0],
        levels={}, runs={}, changed={}, mobility_until=None, easier_sessions=0, returned=None,
        offered_phase=None, opened=NOTHING, climb=(), flare=None, lighter_until=None,
        halved_until=None, may_finish=False, finished=None, moved=(),
    )
    text = f"You started the {program.title}."
    because = [Reason("enrolled", text)]
    risk = early_risk(started)
    if risk is not None:
        because.append(risk)
        started = replace(started, advice=(risk,))
    return noted(started, event, "Program started", tuple(because))


@apply.register
def _(data: ExerciseDone, course: Course, event: Event, library: Library) -> Course:
    if course.program is None or data.exercise not in library.exercises:
        return course
    course = _arrived(course, data.session, event, library)
    if course.open_day != data.session:
        course = replace(course, open_day=data.session, open={}, eased=NOTHING)
    if data.result == "skipped" and data.reason == UNWELL:
        course = replace(course, unwell=data.session)
    if data.result in TICKED:
        return replace(course, open={**course.open, data.exercise: data})
    if data.result == HARDER:
        harder = chosen_harder(course, data.exercise, data.session, library)
        return noted(harder.change, event, "Harder by choice", harder.because)
    name = library.exercises[data.exercise].name
    text = f"{name} is one step easier, because you chose it."
    course = easier(course, data.exercise, text, "chosen-easier")
    course = replace(course, eased=course.eased | {data.exercise})
    return noted(course, event, "Made easier", (course.changed[data.exercise],))


@apply.register
def _(data: SessionDone, course: Course, event: Event, library: Library) -> Course:
    if course.program is None:
        return course
    course = _arrived(course, data.session, event, library)
    reported = record_of(course, data, library)
    closed = close_session(course, reported.change, library)
    # behind a STOP, what too much pain changed is said after why the session stopped
    because = (*reported.because, *closed.because[1:]) if data.new else closed.because
    title = (
        f"Session: pain {reported.change.during} during, {data.after} after, "
        f"effort {data.effort} out of 10"
    )
    course = _with_new(closed.change, data.new, data.session, sure=data.new)
    course = noted(unasked(course) if data.new else course, event, title, because)
    if data.moved != FURTHER:
        return course
    return moved_further(course, data.session, event, library)


@apply.register
def _(data: MorningReport, course: Course, event: Event, library: Library) -> Course:
    heard = flare = Decision(course, ())
    if course.program is not None:
        # the flare-up first: on the morning that it begins nothing gets harder
        flare = hear_pain(course, data.day, data.pain, says_so=bool(data.flare), morning=True)
        heard = hear_morning(flare.change, data.day, data.pain, data.settled, library)
    same = [one for one in course.mornings if one.day == data.day and one.pain > data.pain]
    morning = same[0] if same else Morning(data.day, data.pain, data.stiffness_min)
    others = (one for one in heard.change.mornings if one.day != data.day)
    mornings = sorted((*others, morning), key=lambda one: one.day)
    jump = pain_jumped(course, data.pain, data.day)
    course = screen_again(replace(heard.change, mornings=tuple(mornings)), jump)
    title = f"Morning: pain {data.pain} out of 10"
    if course.program is None:
        return noted(course, event, title, heard.because)
    because = (*heard.because, *flare.because)
    if flare.because and course.finished is not None:
        course, again = start_again(course, data.day, library)
        because = (*because, again)
    return noted(course, event, title, because)


@apply.register
def _(data: WeeklyReview, course: Course, event: Event, library: Library) -> Course:
    course = screen_again(course, week_is_worse(course, data))
    course = replace(course, reviews=(*course.reviews, data), offered_phase=None)
    if course.program is None:
        return course
    before = replace(course, reviews=course.reviews[:-1])
    if data.advance is None:
        judged = judge_week(before, data, library)
        course = after_review(course, judged, event, library)
        if course.program != before.program:
            return course
    program = library.programs[course.program or ""]
    following = program.phase_after(course.phase or "")
    opened = opened_by(course, data, library, data.day)
    course = replace(course, opened=course.opened | frozenset(opened))
    if following is None:
        return last_phase(course, before, data, event, library)
    checked = check_gate(course, data, library, data.day)
    if not gate_open(checked):
        left = tuple(Reason(f"gate-{c.id}", c.text) for c in checked if not c.met)
        stay = Reason("gate-closed", "You stay in this phase. Still to come:")
        return noted(course, event, "Weekly review", (stay, *left))
    if data.advance == "yes":
        reason = Reason("gate-open", f"You moved on to phase {following.id[1:]}, {following.name}.")
        course = in_phase(course, following.id, data.day)
    elif data.advance == "no":
        reason = Reason("gate-declined", "You chose to stay in this phase for now.")
    else:
        reason = Reason("gate-open", f"You may move on to {following.name}, if you like.")
        course = replace(course, offered_phase=following.id)
    return noted(course, event, "Weekly review", (reason,))


@apply.register
def _(data: Symptom, course: Course, event: Event, library: Library) -> Course:
    jump = None if data.pain_now is None else pain_jumped(course, data.pain_now, data.day)
    course = screen_again(replace(course, checked=data.day, limits=_limits(data)), jump)
    if data.pain_now is not None and course.flare is not None:
        course = hear_pain(
            course, data.day, data.pain_now, says_so=False, morning=False
        ).change
    if data.missed_because and course.program is not None:
        course = why_missed(course, data, event)
    told = data.new | data.unsure  # "not sure" about a danger sign counts as having it
    if not told:
        return course
    unsure = course.answers.unsure | (data.unsure - data.new)
    course = replace(course, answers=replace(course.answers, unsure=unsure))
    # keys that no screen asks again have no "not sure" there: they count as given at once
    given = data.new | (data.unsure - library.vocabulary.safety_screen)
    course = unasked(_with_new(course, told, data.day, sure=given))
    labels = library.vocabulary.lists["sx"]
    said = ", ".join(labels[key].label for key in sorted(told) if key in labels)
    return noted(course, event, "Something new", (Reason("new-symptom", f"You told us: {said}."),))


@apply.register
def _(data: Cleared, course: Course, event: Event, library: Library) -> Course:
    if course.appeared is not None and data.day < course.appeared:
        text = f"The OK of {data.by} is from before something new came up, so it does not count."
        return noted(course, event, "Not cleared", (Reason("cleared-before", text),))
    hx = course.answers.hx | {CLEARED}
    until = data.day + CLEARED_FOR
    reason = Reason(
        "cleared",
        f"Cleared for exercise by {data.by}, until {until.day} {until:%B %Y}.",
        (("by", data.by), ("until", until.isoformat()), ("rules", ", ".join(sorted(data.rules)))),
    )
    course = replace(
        course,
        answers=replace(course.answers, hx=hx),
        cleared=data.day,
        cleared_by=data.by,
        cleared_rules=data.rules,
    )
    return noted(course, event, "Cleared", (reason,))


@apply.register
def _(data: Upgraded, course: Course, event: Event, library: Library) -> Course:
    return stay_or_move(course, event, data, fits=carries_on(course, library))


def stay_or_move(course: Course, event: Event, data: Upgraded, *, fits: bool) -> Course:
    """Return the course on the newer version of the library; on its own where that does not fit."""
    if course.program is None:
        return course
    inputs = (("from", course.library), ("to", data.library))
    if not fits:
        text = "Your program stays as it was: the newer version no longer holds it."
        return noted(course, event, "Not updated", (Reason("upgrade-kept", text, inputs),))
    text = (
        "Your program was brought up to date. Some exercises, doses or words may differ from "
        "before. What was decided until now stays."
    )
    course = replace(course, library=data.library)
    return noted(course, event, "Program updated", (Reason("upgraded", text, inputs),))


def _limits(data: Symptom) -> Limits | None:
    limits = Limits(data.day, data.minutes, data.place, data.missing, data.slept_well)
    return limits if limits != Limits(data.day) else None


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
        places=new.places if "places" in fields else answers.places,
        missing_equipment=new.missing_equipment
        if "missing_equipment" in fields
        else answers.missing_equipment,
    )


def appeared(before: Answers, now: Answers, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the symptoms and injuries that answers given during a program hold for the first
    time: they are new in an old problem."""
    unsure = now.unsure & vocabulary.safety_screen
    return (_worries(replace(now, unsure=unsure)) - _worries(before)) - vocabulary.lowering


def _worries(answers: Answers) -> frozenset[str]:
    """Return symptoms, also those not sure about, a fall, and an injury as the onset."""
    injured = frozenset({"onset"}) if answers.choices.get("onset") in TRAUMA else NOTHING
    return answers.sx | answers.unsure | (answers.hx & FALL) | injured


def _asked(course: Course, data: Answered, day: date, library: Library) -> dict[str, date]:
    keys = library.vocabulary.safety_screen
    return {**course.asked, **{key: day for key in keys if f"sx:{key}" in data.fields}}


def _dated(course: Course, data: Answered, day: date) -> Course:
    """Keep the day of answers that do not hold for ever."""
    if f"hx:{CLEARED}" in data.fields:
        cleared = day if CLEARED in course.answers.hx else None
        course = replace(course, cleared=cleared, cleared_by="", cleared_rules=NOTHING)
    if WEEKS_PREGNANT in data.fields:
        told = day if WEEKS_PREGNANT in course.answers.numbers else None
        course = replace(course, weeks_told=told)
    return course


def _screened(course: Course, library: Library) -> Course:
    """Keep the day by which the whole safety screen was answered, each question of it."""
    days = [course.asked.get(key) for key in screen_of(course.answers, library)]
    if not days or None in days:
        return course
    oldest = min(day for day in days if day is not None)
    fresh = course.symptom_day is not None and oldest < course.symptom_day
    symptom_day = course.symptom_day if fresh else None
    return replace(course, screened=oldest, symptom_day=symptom_day, worse=None)


def _with_new(
    course: Course, new: frozenset[str], day: date, *, sure: frozenset[str] | None = None
) -> Course:
    """Return the course with new symptoms; ``sure`` are those among the answers for certain.

    They clear what was examined before them (``clinical/redflags.md``, "Engine contract", and
    hazard H40).
    """
    if not new:
        return course
    answers = course.answers
    answers = replace(
        answers,
        sx=(answers.sx | (sure or NOTHING)) - {"neuro_stable_known"},
        hx=answers.hx - {"known_diagnosis_from_clinician", CLEARED},
    )
    return replace(
        course,
        answers=answers,
        cleared=None,
        new_symptoms=course.new_symptoms | new,
        symptom_day=max(day, course.symptom_day or day),
        appeared=max(day, course.appeared or day),
    )


def _arrived(course: Course, day: date, event: Event, library: Library) -> Course:
    """Return the course as it stands on ``day``, with an entry for what the days changed."""
    arrival = arrive(course, day, library)
    first = course.returned != day
    moved = tuple(
        why for name, why in arrival.change.changed.items() if course.changed.get(name) != why
    )
    because = (*(arrival.because if first else ()), *moved)
    return noted(arrival.change, event, "Since last time", because) if because else arrival.change


