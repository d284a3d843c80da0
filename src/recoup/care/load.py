"""The load that a whole week carries at the present levels, and the cap on its rise.

Source: ``clinical/progression.md``, section 4: total weekly load (sets x repetitions, or
hold_s/5, x effort) may rise by a fifth a week at most. Effort is the expected one, the same for
all, so what counts is what is planned and not how a good day felt. A new phase brings its own
doses, which its gate opens; within a phase every step is held against the week before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from recoup.care.course import Course
from recoup.care.dosing import dose_at, load
from recoup.model.content import Library
from recoup.model.program import Choice, Item, Phase, Slot

EXPECTED_EFFORT = 5
WEEKLY_RISE = 1.2
WEEK = timedelta(days=7)


def week_load(phase: Phase, levels: Mapping[str, int], library: Library) -> float:
    """Return the load of one week of a phase: each item as often as its slot, its limits and its
    turn let it come, at its level."""
    return sum(_slot_load(slot, phase, levels, library) for slot in phase.slots)


def within_cap(course: Course, item: Item, level: int, library: Library, day: date) -> bool:
    """Return whether moving ``item`` to ``level`` keeps the week's load within a fifth more than
    that of a week ago, or of the start of the phase where that was later."""
    phase = library.programs[course.program or ""].phase(course.phase or "")
    after = week_load(phase, {**course.levels, item.exercise: level}, library)
    return after <= WEEKLY_RISE * _week_ago(course, phase, library, day) + 1e-9


def remembered(course: Course, library: Library, day: date) -> Course:
    """Return the course with the load of its levels kept from ``day`` on."""
    phase = library.programs[course.program or ""].phase(course.phase or "")
    now = week_load(phase, course.levels, library)
    kept = [(d, l_) for d, l_ in course.loads if d < day]
    old = [place for place, (d, _) in enumerate(kept) if d <= day - 2 * WEEK]
    kept = kept[old[-1] if old else 0 :]  # the last one before then still tells what held
    return replace(course, loads=(*kept, (day, now)))


def _week_ago(course: Course, phase: Phase, library: Library, day: date) -> float:
    before = [load_ for d, load_ in course.loads if d <= day - WEEK]
    if before:
        return before[-1]
    if course.loads:
        return course.loads[0][1]
    return week_load(phase, {}, library)


def _slot_load(
    slot: Slot, phase: Phase, levels: Mapping[str, int], library: Library
) -> float:
    days = min(phase.days_per_week, slot.per_week or phase.days_per_week)
    return sum(_choice_load(choice, days, levels, library) for choice in slot.choices)


def _choice_load(
    choice: Choice, days: int, levels: Mapping[str, int], library: Library
) -> float:
    """Of items by preference the heaviest count, because which one a person does is the filters'
    choice; items in turn share the days."""
    each = sorted((_item_load(i, days, levels, library) for i in choice.items), reverse=True)
    if choice.rotate:
        return choice.pick * sum(each) / len(each)
    return sum(each[: choice.pick])


def _item_load(item: Item, days: int, levels: Mapping[str, int], library: Library) -> float:
    exercise = library.exercises[item.exercise]
    most = min(days, item.per_week or days, exercise.limits.per_week[1])
    dose = dose_at(item, levels.get(item.exercise, 0))
    return most * load(exercise, dose, EXPECTED_EFFORT)
