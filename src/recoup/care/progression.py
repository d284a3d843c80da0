"""How exercises get harder or easier, one variable at a time.

Source: ``clinical/progression.md``, section 4. RED, AMBER and STOP act at once; a step up waits
until the next morning is known or the next day has come.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from recoup.care.course import Attempt, Course, Record, Run, usual_morning_pain
from recoup.care.dosing import LOWEST_LEVEL, dose_at, load
from recoup.care.traffic import Light, Reported, traffic_light
from recoup.model.content import Library
from recoup.model.decision import Decision, Reason
from recoup.model.exercise import DOSE_VARIABLES, Dose, Exercise
from recoup.model.program import Item, Phase, Program

GOOD = (Light.GREEN, Light.GREEN_2)
GREEN_2_SESSIONS = 3
GREEN_2_EFFORT = 6
EASY_EFFORT = 3
EASY_PAIN = 1
EASY_SESSIONS = 2
PARTLY_SESSIONS = 2
WEEKLY_RISE = 1.2
WEEK = timedelta(days=7)


def phase_items(program: Program, phase: Phase, library: Library) -> dict[str, Item]:
    """Return the items of a phase by exercise, those of its modifiers behind its own."""
    choices = [choice for slot in phase.slots for choice in slot.choices]
    for modifier in program.modifiers:
        choices += [c for cs in (*modifier.slots.values(), *modifier.adds.values()) for c in cs]
    items: dict[str, Item] = {}
    for choice in choices:
        for item in choice.items:
            items.setdefault(item.exercise, item)
    return items


def close_session(course: Course, record: Record, library: Library) -> Decision[Course]:
    """Return the course after a session was reported, with what it decided at once."""
    course = replace(
        course,
        records=(*course.records, record),
        changed={},
        easier_sessions=max(0, course.easier_sessions - 1),
        last_done=_last_done(course, record),
        open={},
        open_day=None,
    )
    return _act(course, record, library)


def hear_morning(
    course: Course, day: date, pain: int, settled: bool | None, library: Library
) -> Decision[Course]:
    """Return the course once the morning after the last session is known.

    The light is judged again with the morning; it can only get worse.
    """
    last = course.last_record
    if last is None or last.final or not 0 < (day - last.day).days <= 1:
        return Decision(course, ())
    usual = usual_morning_pain(course, day)
    change = None if usual is None else pain - usual
    cap = _cap(course, library)
    judged = traffic_light(Reported(last.during, last.after, change, settled), cap)
    worse = tuple(Light).index(judged.change) < tuple(Light).index(last.light)
    light = judged.change if worse else last.light
    record = replace(
        last, light=light, morning=pain, morning_change=change, morning_settled=settled
    )
    course = replace(course, records=(*course.records[:-1], record))
    acted = _act(course, record, library, day) if worse else Decision(course, ())
    course = finish_records(acted.change, day + timedelta(days=1), library)
    stepped = tuple(r for r in course.changed.values() if r not in acted.because)
    return Decision(course, (*judged.because, *acted.because[1:], *stepped))


def finish_records(course: Course, day: date, library: Library) -> Course:
    """Settle every session before ``day``: count runs and decide on one step up."""
    for place, record in enumerate(course.records):
        if not record.final and record.day < day:
            records = list(course.records)
            records[place] = replace(record, final=True)
            course = replace(course, records=tuple(records), runs=_runs(course, record))
            course = _too_hard(course, record, library)
            if record.light in GOOD:
                course = _step_up(course, record, library)
    return course


def judge(course: Course, reported: Reported, library: Library) -> Decision[Light]:
    return traffic_light(reported, _cap(course, library))


def session_load(
    course: Course, attempts: tuple[Attempt, ...], effort: int, library: Library
) -> float:
    """Return the load of a session as done: skipped exercises carry none."""
    items = _items(course, library)
    total = 0.0
    for attempt in attempts:
        if attempt.result != "skipped" and attempt.exercise in items:
            dose = dose_at(items[attempt.exercise], course.levels.get(attempt.exercise, 0))
            total += load(library.exercises[attempt.exercise], dose, effort)
    return total


def easier(course: Course, exercise: str, text: str, rule: str) -> Course:
    """Return the course with one exercise a step easier, and why."""
    before = course.levels.get(exercise, 0)
    after = max(LOWEST_LEVEL, before - 1)
    reason = Reason(rule, text, (("level", after), ("before", before)))
    return replace(
        course,
        levels={**course.levels, exercise: after},
        changed={**course.changed, exercise: reason},
        runs={**course.runs, exercise: Run()},
    )


def _cap(course: Course, library: Library) -> int:
    program = library.programs[course.program or ""]
    return library.templates[program.template].pain_cap


def _items(course: Course, library: Library) -> dict[str, Item]:
    program = library.programs[course.program or ""]
    return phase_items(program, program.phase(course.phase or ""), library)


def _last_done(course: Course, record: Record) -> dict[str, date]:
    done = {a.exercise: record.day for a in record.attempts if a.result != "skipped"}
    return {**course.last_done, **done}


def _act(
    course: Course, record: Record, library: Library, day: date | None = None
) -> Decision[Course]:
    """Apply a red or amber light at once."""
    judged = traffic_light(
        Reported(record.during, record.after, record.morning_change, record.morning_settled),
        _cap(course, library),
    )
    if record.light is Light.RED:
        until = day or record.day + timedelta(days=1)
        course = replace(course, mobility_until=until)
        text = "One step easier, after too much pain."
        for name, _ in _items(course, library).items():
            if library.exercises[name].is_loaded:
                course = easier(course, name, text, "red-one-step-easier")
        rest = Reason("red-mobility-next", "The next day is gentle movement only, and every "
                      "steadying exercise goes one step easier.")
        return Decision(course, (*judged.because, rest))
    if record.light is Light.AMBER and record.hurt:
        name = library.exercises[record.hurt].name
        text = f"{name} goes one step easier, because it hurt most."
        course = easier(course, record.hurt, text, "amber-one-step-easier")
        return Decision(course, (*judged.because, course.changed[record.hurt]))
    if record.light is Light.AMBER:
        hold = Reason("amber-hold", "Everything stays at this level for now.")
        return Decision(course, (*judged.because, hold))
    return Decision(course, judged.because)


def _runs(course: Course, record: Record) -> dict[str, Run]:
    """Count, for each exercise, how many sessions in a row went well."""
    runs = dict(course.runs)
    for attempt in record.attempts:
        run = runs.get(attempt.exercise, Run())
        if attempt.result == "skipped":
            runs[attempt.exercise] = replace(run, skipped=run.skipped + 1)
            continue
        full = attempt.result == "done"
        good = full and record.light in GOOD
        runs[attempt.exercise] = Run(
            green=run.green + 1 if full and record.light is Light.GREEN else 0,
            good=run.good + 1 if good else 0,
            partly=0 if full else run.partly + 1,
            skipped=0,
        )
    return runs


def _too_hard(course: Course, record: Record, library: Library) -> Course:
    for attempt in record.attempts:
        if course.runs.get(attempt.exercise, Run()).partly >= PARTLY_SESSIONS:
            name = library.exercises[attempt.exercise].name
            text = f"{name} goes one step easier, because it was too much twice in a row."
            course = easier(course, attempt.exercise, text, "too-hard")
    return course


def _step_up(course: Course, record: Record, library: Library) -> Course:
    """Move at most one exercise up one step: the one that has gone well for longest."""
    if course.easier_sessions:
        return course
    items = _items(course, library)
    easy = _too_easy(course)
    ready = []
    for place, attempt in enumerate(record.attempts):
        item, run = items.get(attempt.exercise), course.runs.get(attempt.exercise, Run())
        if item is None or attempt.result != "done":
            continue
        exercise = library.exercises[attempt.exercise]
        if _earned(exercise, run, record, course, library, easy=easy):
            ready.append((-run.good, place, item))
    for _, _, item in sorted(ready, key=lambda one: one[:2]):
        moved = _moved_up(course, item, record, library)
        if moved is not None:
            return moved
    return course


def _too_easy(course: Course) -> bool:
    last = course.records[-EASY_SESSIONS:]
    return len(last) == EASY_SESSIONS and all(
        r.effort <= EASY_EFFORT and r.during <= EASY_PAIN for r in last
    )


def _earned(
    exercise: Exercise, run: Run, record: Record, course: Course, library: Library, *, easy: bool
) -> bool:
    program = library.programs[course.program or ""]
    template = library.templates[program.template]
    needed = (
        template.sessions_for_mobility_step if exercise.is_mobility else template.sessions_for_step
    )
    if easy:
        needed = min(needed, EASY_SESSIONS)
    return run.green >= needed or (
        run.good >= GREEN_2_SESSIONS and record.effort <= GREEN_2_EFFORT
    )


def _moved_up(course: Course, item: Item, record: Record, library: Library) -> Course | None:
    """Return the course with the item one level up, or None when it has no step or would add
    more than a fifth to the week's load."""
    exercise = library.exercises[item.exercise]
    level = course.levels.get(item.exercise, 0)
    if level >= len(item.doses) - 1:
        return None
    before, after = dose_at(item, level), dose_at(item, level + 1)
    rise = load(exercise, after, record.effort) - load(exercise, before, record.effort)
    week = [
        r.load for r in course.records
        if record.day - WEEK < r.day and r.phase == course.phase and r.load
    ]
    if week and record.load + rise > WEEKLY_RISE * week[0]:
        return None
    run = course.runs.get(item.exercise, Run())
    text = f"{_step_text(exercise, before, after)}, because {run.good} sessions in a row went well."
    reason = Reason("one-step-up", text, (("level", level + 1), ("sessions", run.good)))
    return replace(
        course,
        levels={**course.levels, item.exercise: level + 1},
        changed={**course.changed, item.exercise: reason},
        runs={**course.runs, item.exercise: Run()},
    )


def _step_text(exercise: Exercise, before: Dose, after: Dose) -> str:
    """Say the one thing that changes."""
    for name in DOSE_VARIABLES:
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if name == "reps":
            return f"{exercise.name}: {new} repetitions instead of {old}"
        if name == "hold_s":
            return f"{exercise.name}: hold {new} seconds instead of {old}"
        if name == "time_s":
            return f"{exercise.name}: {round(new / 60)} minutes instead of {round(old / 60)}" if (
                new >= 120
            ) else f"{exercise.name}: {new} seconds instead of {old}"
        if name == "variant":
            return f"{exercise.name}: {exercise.variants[new].rstrip('.').lower()}"
        return f"{exercise.name}: a little more than before"
    return f"{exercise.name}: a step up"
