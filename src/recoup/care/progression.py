"""What a reported session changes: runs of good sessions, and steps down after pain.

Source: ``clinical/progression.md``, section 4. RED, AMBER and STOP act at once; a step up
(``care.steps``) waits until the next morning is known or the next day has come.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from recoup.care.cap import pain_cap
from recoup.care.course import NOT_YET, Attempt, Course, Record, Run, usual_morning_pain
from recoup.care.dosing import LOWEST_LEVEL, load
from recoup.care.flare import flare_over
from recoup.care.steps import GREEN_2_EFFORT, phase_items, step_up
from recoup.care.traffic import FURTHER, GOOD, Light, Reported, traffic_light, worse
from recoup.model.content import Library
from recoup.model.decision import Decision, Reason
from recoup.model.exercise import Dose
from recoup.model.frozen import replace

PARTLY_SESSIONS = 2


def close_session(course: Course, record: Record, library: Library) -> Decision[Course]:
    """Return the course after a session was reported, with what it decided at once.

    A second report of the same day is the same session: the worse numbers count, and only a
    worse light acts again.
    """
    before = next((one for one in course.records if one.day == record.day), None)
    if before is not None:
        record = _together(before, record)
    others = tuple(one for one in course.records if one is not before)
    seen = {attempt.exercise for attempt in record.attempts} - course.eased
    course = replace(
        course,
        records=tuple(sorted((*others, record), key=lambda one: one.day)),
        changed={name: why for name, why in course.changed.items() if name not in seen},
        easier_sessions=max(0, course.easier_sessions - (before is None)),
        last_done=_last_done(course, record),
        open={},
        open_day=None,
        eased=frozenset(),
    )
    if before is not None and before.light is record.light:
        return Decision(course, _judged(course, record, library).because)
    return _act(course, record, library)


def hear_morning(
    course: Course, day: date, pain: int, settled: bool | None, library: Library
) -> Decision[Course]:
    """Return the course once the morning after a session is known.

    The light is judged again with the morning; it can only get worse. A morning that is told
    late, after the next session, still counts; of two for one day the worse does.
    """
    place = next((p for p, r in enumerate(course.records) if (day - r.day).days == 1), None)
    last = None if place is None else course.records[place]
    if place is None or last is None or (last.morning is not None and pain <= last.morning):
        return Decision(course, ())
    usual = usual_morning_pain(course, day)
    change = None if usual is None else pain - usual
    record = replace(last, morning=pain, morning_change=change, morning_settled=settled)
    judged = _judged(course, record, library)
    said = judged.because if last.light is not Light.STOP else ()
    record = replace(record, light=worse(judged.change, last.light))
    records = (*course.records[:place], record, *course.records[place + 1 :])
    course = replace(course, records=records)
    got_worse = record.light is not last.light
    acted = _act(course, record, library, day) if got_worse else Decision(course, ())
    course = finish_records(acted.change, day, library)
    stepped = tuple(
        why for name, why in course.changed.items() if acted.change.changed.get(name) != why
    )
    return Decision(course, (*said, *acted.because[1:], *stepped))


def finish_records(course: Course, day: date, library: Library) -> Course:
    """Settle every session before ``day``: count runs, and decide on one step up after the last."""
    places = [p for p, r in enumerate(course.records) if not r.final and r.day < day]
    for place in places:
        record, records = course.records[place], list(course.records)
        records[place] = replace(record, final=True)
        course = replace(course, records=tuple(records), runs=_runs(course, record))
        course = _too_hard(course, record, library)
        if record.light in GOOD and place == places[-1]:
            course = step_up(course, record, library, day)
        course = flare_over(course, day)
    return course


def judge(
    course: Course, reported: Reported, library: Library, day: date
) -> Decision[Light]:
    return traffic_light(reported, pain_cap(course, library, day))


def session_load(
    attempts: tuple[Attempt, ...], doses: Mapping[str, Dose], effort: int, library: Library
) -> float:
    """Return the load of a session as done: skipped exercises carry none."""
    return sum(
        load(library.exercises[attempt.exercise], doses[attempt.exercise], effort)
        for attempt in attempts
        if attempt.result != "skipped" and attempt.exercise in doses
    )


def easier(course: Course, exercise: str, text: str, rule: str) -> Course:
    """Return the course with one exercise a step easier, and why."""
    before = course.levels.get(exercise, 0)
    after = max(LOWEST_LEVEL, before - 1)
    reason = Reason(rule, text, (("level", after), ("before", before)))
    return replace(
        course,
        levels={**course.levels, exercise: after},
        changed={**course.changed, exercise: reason},
        runs={**course.runs, exercise: NOT_YET},
    )


def _judged(course: Course, record: Record, library: Library) -> Decision[Light]:
    """Judge a record again by its numbers; new symptoms were judged when it was reported."""
    reported = Reported(
        record.during, record.after, record.morning_change, record.morning_settled,
        moved=record.moved,
    )
    return judge(course, reported, library, record.day)


def _together(one: Record, other: Record) -> Record:
    """Return two reports of one session as one record."""
    attempts = {a.exercise: a for a in (*one.attempts, *other.attempts)}
    return replace(
        one,
        attempts=tuple(attempts.values()),
        during=max(one.during, other.during),
        after=max(one.after, other.after),
        effort=max(one.effort, other.effort),
        hurt=other.hurt or one.hurt,
        moved=worse_move(one.moved, other.moved),
        light=worse(one.light, other.light),
        load=max(one.load, other.load),
    )


def _last_done(course: Course, record: Record) -> dict[str, date]:
    done = {a.exercise: record.day for a in record.attempts if a.result != "skipped"}
    return {**course.last_done, **done}


def _act(
    course: Course, record: Record, library: Library, day: date | None = None
) -> Decision[Course]:
    """Apply a red or amber light at once. Pain that was too much counts behind a STOP too."""
    judged = _judged(course, record, library)
    light = judged.change if record.light is Light.STOP else record.light
    if light is Light.RED:
        return _regressed(course, record, judged, library, day or record.day + timedelta(days=1))
    if light is not Light.AMBER:
        return Decision(course, judged.because)
    if record.hurt is None or record.hurt not in library.exercises:
        hold = Reason("amber-hold", "Everything stays at this level for now.")
        return Decision(course, (*judged.because, hold))
    name = library.exercises[record.hurt].name
    text = f"{name} goes one step easier, because it hurt most."
    course = easier(course, record.hurt, text, "amber-one-step-easier")
    return Decision(course, (*judged.because, course.changed[record.hurt]))


def _regressed(
    course: Course, record: Record, judged: Decision[Light], library: Library, until: date
) -> Decision[Course]:
    """Return the course with all loaded exercises a step easier and a day of gentle movement."""
    course = replace(course, mobility_until=max(until, course.mobility_until or until))
    text = "One step easier, after too much pain."
    names = (*phase_items(course, library), *(attempt.exercise for attempt in record.attempts))
    for name in dict.fromkeys(names):
        if name in library.exercises and library.exercises[name].is_loaded:
            course = easier(course, name, text, "red-one-step-easier")
    rest = Reason("red-mobility-next", "The next day is gentle movement only, and every "
                  "steadying exercise goes one step easier.")
    return Decision(course, (*judged.because, rest))


def _runs(course: Course, record: Record) -> dict[str, Run]:
    """Count, for each exercise, how many sessions in a row went well."""
    runs = dict(course.runs)
    for attempt in record.attempts:
        run = runs.get(attempt.exercise, NOT_YET)
        if attempt.result == "skipped":
            runs[attempt.exercise] = replace(run, skipped=run.skipped + 1)
            continue
        full = attempt.result == "done"
        green = full and record.light is Light.GREEN
        good = full and record.light in GOOD and (green or record.effort <= GREEN_2_EFFORT)
        runs[attempt.exercise] = Run(
            green=run.green + 1 if green else 0,
            good=run.good + 1 if good else 0,
            partly=0 if full else run.partly + 1,
            skipped=0,
        )
    return runs


def _too_hard(course: Course, record: Record, library: Library) -> Course:
    for attempt in record.attempts:
        if course.runs.get(attempt.exercise, NOT_YET).partly >= PARTLY_SESSIONS:
            name = library.exercises[attempt.exercise].name
            text = f"{name} goes one step easier, because it was too much twice in a row."
            course = easier(course, attempt.exercise, text, "too-hard")
    return course


def worse_move(one: str | None, other: str | None) -> str | None:
    """Return where pain went in two reports of a session: further counts for more than back."""
    return FURTHER if FURTHER in (one, other) else one or other


