"""The load that a whole week carries at given levels, and the cap on its rise.

Source: ``clinical/progression.md``, section 4: total weekly load (sets x repetitions, or
hold_s/5, x effort) may rise by a fifth a week at most. Effort is the expected one, the same for
all, so what counts is what is planned and not how a good day felt. A new phase brings its own
doses, which its gate opens; within a phase every step is held against the levels of a week
before, both with the exercises that this person is given now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from recoup.care.course import Course
from recoup.care.dosing import dose_at, load
from recoup.care.fit import Situation, situation, unsuitable
from recoup.care.selection import choices_for
from recoup.model.content import Library
from recoup.model.frozen import replace
from recoup.model.program import Choice, Item, Modifier, Phase

EXPECTED_EFFORT = 5
WEEKLY_RISE = 1.2
WEEK = timedelta(days=7)


def within_cap(course: Course, item: Item, level: int, library: Library, day: date) -> bool:
    """Return whether moving ``item`` to ``level`` keeps the week's load within a fifth more than
    that of a week ago, or of the start of the phase where that was later."""
    week = week_of(course, library)
    after = week.load({**course.levels, item.exercise: level})
    return after <= WEEKLY_RISE * week.load(_week_ago(course, day)) + 1e-9


def remembered(course: Course, day: date) -> Course:
    """Return the course with its levels kept as those that hold from ``day`` on."""
    if course.climb and course.climb[-1][1] == course.levels:
        return course
    kept = [(d, levels) for d, levels in course.climb if d < day]
    old = [place for place, (d, _) in enumerate(kept) if d <= day - 2 * WEEK]
    kept = kept[old[-1] if old else 0 :]  # the last one before then still tells what held
    return replace(course, climb=(*kept, (day, course.levels)))


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a phase for one person: of each choice what suits them, as often as it comes."""

    phase: Phase
    modifiers: tuple[Modifier, ...]
    person: Situation
    library: Library

    def load(self, levels: Mapping[str, int]) -> float:
        """Return the load of the week at these levels."""
        return sum(
            self._choice(choice, min(self.phase.days_per_week, slot.per_week or 7), levels)
            for slot in self.phase.slots
            for choice in choices_for(slot, self.modifiers)
        )

    def _choice(self, choice: Choice, days: int, levels: Mapping[str, int]) -> float:
        """Of items by preference the first that suit count; items in turn share the days."""
        each = [self._item(item, days, levels) for item in choice.items if self._given(item)]
        if choice.rotate and each:
            return min(choice.pick, len(each)) * sum(each) / len(each)
        return sum(each[: choice.pick])

    def _given(self, item: Item) -> bool:
        if item.when is not None and not item.when.holds(self.person.facts):
            return False
        return unsuitable(self.library.exercises[item.exercise], self.person) is None

    def _item(self, item: Item, days: int, levels: Mapping[str, int]) -> float:
        exercise = self.library.exercises[item.exercise]
        most = min(days, item.per_week or days, exercise.limits.per_week[1])
        dose = dose_at(item, levels.get(item.exercise, 0))
        return most * load(exercise, dose, EXPECTED_EFFORT)


def week_of(course: Course, library: Library) -> Week:
    """Return the week of the present phase for the person of this course."""
    program = library.programs[course.program or ""]
    phase = program.phase(course.phase or "")
    person = situation(course.answers, library)
    modifiers = tuple(m for m in program.modifiers if m.when.holds(person.facts))
    left_out = phase.avoid.union(*(m.leave_out for m in modifiers))
    return Week(phase, modifiers, replace(person, avoid=left_out), library)


def _week_ago(course: Course, day: date) -> Mapping[str, int]:
    """Return the levels of a week ago; the first ones where the phase has not gone on that long."""
    before = [levels for since, levels in course.climb if since <= day - WEEK]
    return before[-1] if before else {}
