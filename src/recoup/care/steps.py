"""One step up: when it is earned, when it is held back, and what it says.

Source: ``clinical/progression.md``, section 4: one variable at a time, never two steps within 24
hours, never more than a fifth more load in a week, and never harder after RED or in a flare-up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from recoup.care.course import NOT_YET, Course, Record, Run
from recoup.care.dosing import RUN, dose_at
from recoup.care.fit import situation
from recoup.care.irritability import start_share
from recoup.care.load import within_cap
from recoup.care.selection import choices_for
from recoup.care.traffic import Light
from recoup.care.triage import stops_program, triage
from recoup.model.content import Library
from recoup.model.decision import Decision, Reason
from recoup.model.exercise import DOSE_VARIABLES, Dose, Exercise
from recoup.model.frozen import replace
from recoup.model.program import Item

GREEN_2_SESSIONS = 3
GREEN_2_EFFORT = 6
EASY_EFFORT = 3
EASY_PAIN = 1
EASY_SESSIONS = 2
RUNG_SESSIONS = 2


def phase_items(course: Course, library: Library) -> Mapping[str, Item]:
    """Return the items of the current phase by exercise: those of the modifiers that apply to the
    person before the phase's own, and last those of the other modifiers."""
    program = library.programs[course.program or ""]
    facts = situation(course.answers, library).facts
    active = tuple(m.id for m in program.modifiers if m.when.holds(facts))
    return _items(program.id, course.phase or program.phases[0].id, active, library)


@lru_cache(maxsize=1024)
def _items(
    program_id: str, phase_id: str, modifiers: tuple[str, ...], library: Library
) -> Mapping[str, Item]:
    program = library.programs[program_id]
    slots = program.phase(phase_id).slots
    active = tuple(m for m in program.modifiers if m.id in modifiers)
    choices = [choice for slot in slots for choice in choices_for(slot, active)]
    choices += [choice for slot in slots for choice in slot.choices]
    for modifier in program.modifiers:
        choices += [c for cs in (*modifier.slots.values(), *modifier.adds.values()) for c in cs]
    items: dict[str, Item] = {}
    for choice in choices:
        for item in choice.items:
            items.setdefault(item.exercise, item)
    return items


def step_up(course: Course, record: Record, library: Library, day: date) -> Course:
    """Move at most one exercise up one step from ``day`` on: the one that has gone well for
    longest."""
    if held_back(course, day, library) is not None:
        return course
    items = phase_items(course, library)
    easy = _too_easy(course)
    ready = []
    for place, attempt in enumerate(record.attempts):
        item, run = items.get(attempt.exercise), course.runs.get(attempt.exercise, NOT_YET)
        if item is None or attempt.result != "done":
            continue
        exercise = library.exercises[attempt.exercise]
        if _earned(exercise, run, record, course, library, easy=easy):
            ready.append((-run.in_a_row, place, item))
    for _, _, item in sorted(ready, key=lambda one: one[:2]):
        moved = _moved_up(course, item, library, day)
        if moved is not None:
            return replace(moved, stepped=day)
    return course


def held_back(course: Course, day: date, library: Library) -> Reason | None:
    """Return why nothing may get harder from ``day`` on; None where it may.

    Two steps never come within 24 hours, and none with a danger sign told, in a flare-up or in
    its lighter weeks.
    """
    screened = triage(course.answers, library, new_symptom=bool(course.new_symptoms))
    flagged = course.symptom_day is not None or stops_program(screened)
    held = (
        (flagged, "held-flag", "Nothing gets harder until what is new has been checked."),
        (course.flare is not None, "held-flare", "Nothing gets harder in a flare-up."),
        (
            course.lighter_until is not None and day < course.lighter_until,
            "held-lighter", "These are lighter weeks, after two flare-ups.",
        ),
        (
            course.halved_until is not None and day < course.halved_until,
            "held-halved", "For now sessions are short, so that they fit in.",
        ),
        (course.easier_sessions > 0, "held-easier", "The next sessions are one step easier."),
        (
            course.stepped is not None and course.stepped >= day,
            "held-stepped", "One step a day is enough.",
        ),
    )
    return next((Reason(rule, text) for applies, rule, text in held if applies), None)


def chosen_harder(course: Course, name: str, day: date, library: Library) -> Decision[Course]:
    """Return the course with an exercise one step up by the person's choice, or why not: only
    after a green session, and as for any other step (``clinical/progression.md``, section 4)."""
    held = held_back(course, day, library)
    last = course.last_record
    if held is None and (last is None or last.light is not Light.GREEN):
        held = Reason("held-not-green", "You can make it harder once a session was all green.")
    item = phase_items(course, library).get(name)
    if held is None:
        moved = _moved_up(course, item, library, day, chosen=True) if item is not None else None
        if moved is not None:
            # it is done today, so the next step comes tomorrow at the earliest
            moved = replace(moved, stepped=day + timedelta(days=1))
            return Decision(moved, (moved.changed[name],))
        held = Reason("held-cap", "That would be too much more for one week, or there is no step.")
    return Decision(course, (held,))


def _too_easy(course: Course) -> bool:
    last = course.records[-EASY_SESSIONS:]
    return len(last) == EASY_SESSIONS and all(
        r.effort <= EASY_EFFORT and max(r.during, r.after) <= EASY_PAIN for r in last
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
    if exercise.aim == RUN:
        needed = RUNG_SESSIONS
    return run.green >= needed or (
        run.good >= GREEN_2_SESSIONS and record.effort <= GREEN_2_EFFORT
    )


def _moved_up(
    course: Course,
    item: Item,
    library: Library,
    day: date,
    *,
    chosen: bool = False,
) -> Course | None:
    """Return the course with the item one level up from ``day`` on; None when it has no step,
    would add more than a fifth to the week's load, or the whole dose is still growing."""
    exercise = library.exercises[item.exercise]
    level = course.levels.get(item.exercise, 0)
    if level >= len(item.doses) - 1:
        return None
    growing = start_share(course, day) < 1
    if exercise.is_loaded and (
        growing or not within_cap(course, item, level + 1, library, day)
    ):
        return None
    before, after = dose_at(item, level), dose_at(item, level + 1)
    run = course.runs.get(item.exercise, NOT_YET)
    is_run = exercise.aim == RUN
    says = _rung_text(exercise, after) if is_run else _step_text(exercise, before, after)
    well = run.in_a_row
    why = "you chose it" if chosen else f"{well} sessions in a row went well"
    rule = "chosen-harder" if chosen else "one-step-up"
    reason = Reason(rule, f"{says}, because {why}.", (("level", level + 1), ("sessions", well)))
    return replace(
        course,
        levels={**course.levels, item.exercise: level + 1},
        changed={**course.changed, item.exercise: reason},
        runs={**course.runs, item.exercise: NOT_YET},
    )


def _step_text(exercise: Exercise, before: Dose, after: Dose) -> str:
    """Say the one thing that changes, or the next rung of a ladder."""
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


def _rung_text(exercise: Exercise, dose: Dose) -> str:
    run = round((dose.time_s or 0) / 60)
    walk = f", walk {round(dose.rest_s / 60)}," if dose.rest_s and dose.sets > 1 else ""
    return f"{exercise.name}: run {run} minutes{walk} {dose.sets} times"
