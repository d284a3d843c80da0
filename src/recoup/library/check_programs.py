"""Check doses against limits, and phases, gates and modifiers for sense."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from recoup.library.finder import KEBAB, Finder
from recoup.library.problem import Path, nearest
from recoup.model.exercise import Dose, DoseLimits, Exercise, Kind, Limit
from recoup.model.program import Choice, Item, Modifier, Phase, Program

FIELDS = ("sets", "reps", "hold_s", "time_s", "rest_s")
NEEDED = {
    Kind.REPETITIONS: "reps",
    Kind.HOLD: "hold_s",
    Kind.TIME: "time_s",
    Kind.ADVICE: "time_s",
    Kind.SEQUENCE: "time_s",
}
"""The dose field without which a kind of exercise has no length."""


FLARE_LEAST = 3
"""Easing exercises for a flare-up (``clinical/progression.md``, section 6)."""


def check_programs(finder: Finder) -> None:
    for exercise in finder.library.exercises.values():
        _check_limits(finder, exercise)
    for program in finder.library.programs.values():
        _Check(finder, program).whole()


def _check_limits(finder: Finder, exercise: Exercise) -> None:
    file = f"exercises/{exercise.id}.yaml"
    for name in (*FIELDS, "per_day", "per_week"):
        limit: Limit | None = getattr(exercise.limits, name)
        if limit is not None and limit[0] > limit[1]:
            finder.report(file, ("dose", name), "The least is above the most.", "Swap them.")
    needed = NEEDED[exercise.kind]
    if getattr(exercise.limits, needed) is None:
        text = f"An exercise of kind {exercise.kind} needs {needed}."
        finder.report(file, ("dose",), text, f"Add {needed}: [least, most].")


class _Check:
    """The checks of one program."""

    def __init__(self, finder: Finder, program: Program) -> None:
        self._finder = finder
        self._program = program
        self._file = f"programs/{program.id}.yaml"
        self._exercises = finder.library.exercises

    def whole(self) -> None:
        library, program = self._finder.library, self._program
        self._known(("condition",), "condition", program.condition, library.conditions)
        self._known(("template",), "template", program.template, library.templates)
        condition = library.conditions.get(program.condition)
        if condition and condition.template != program.template:
            text = f"Its condition has the template {condition.template}."
            self._report(("template",), text, "Use the same template in both.")
        self._check_order()
        for place, phase in enumerate(program.phases):
            self._check_phase(("phases", place), phase)
        for place, modifier in enumerate(program.modifiers):
            self._check_modifier(("modifiers", place), modifier)
        self._check_ids()
        self._check_flare()

    def _check_flare(self) -> None:
        program = self._program
        for place, name in enumerate(program.flare_set):
            exercise = self._exercises.get(name)
            if exercise is None:
                self._known(("flare_set", place), "exercise", name, self._exercises)
            elif exercise.is_loaded:
                text = f"{name} is not an easing exercise."
                self._report(("flare_set", place), text, "Take one that eases or moves gently.")
        if len(program.flare_set) < FLARE_LEAST:
            text = "A flare-up needs easing exercises."
            self._report(("flare_set",), text, f"Name {FLARE_LEAST} or more, the best first.")
        if program.switch_to is not None:
            self._known(("switch_to",), "program", program.switch_to, self._finder.library.programs)
            if program.switch_to == program.id:
                self._report(("switch_to",), "It is this program.", "Name another one.")

    def _report(self, path: Path, text: str, mend: str) -> None:
        self._finder.report(self._file, path, text, mend)

    def _known(self, path: Path, kind: str, name: str, known: Mapping[str, object]) -> None:
        if name not in known:
            self._report(path, f"There is no {kind} {name}.", nearest(name, known))

    def _check_order(self) -> None:
        phases = self._program.phases
        if not phases:
            self._report(("phases",), "There is no phase.", "Add one.")
            return
        if phases[0].weeks[0] != 0:
            self._report(("phases", 0, "weeks"), "It starts late.", "Start in week 0.")
        for place, (before, phase) in enumerate(pairwise(phases), start=1):
            end = before.weeks[1]
            if end is None or not before.weeks[0] < phase.weeks[0] <= end:
                text = "It must start after the phase before it has started, with no gap."
                mend = f"Start it by week {end or phase.weeks[0]}, and end the phase before it."
                self._report(("phases", place, "weeks"), text, mend)
            if not before.gate:
                text = "Nothing says when to move on."
                self._report(("phases", place - 1, "gate"), text, "Add a gate.")
        if phases[-1].gate:
            path = ("phases", len(phases) - 1, "gate")
            self._report(path, "Nothing comes after the last phase.", "Write gate: [].")

    def _check_phase(self, path: Path, phase: Phase) -> None:
        start, end = phase.weeks
        if end is not None and end <= start:
            self._report((*path, "weeks"), "It ends before it starts.", "Write [from, to].")
        if phase.days_per_week > 7:
            self._report((*path, "days_per_week"), "A week has 7 days.", "Write 1 to 7.")
        if phase.minutes > 60:
            self._report((*path, "minutes"), "A session is 60 minutes at most.", "Shorten it.")
        self._check_exercises((*path, "avoid"), phase.avoid)
        if not phase.slots:
            self._report((*path, "slots"), "There is no slot.", "Add one.")
        for place, slot in enumerate(phase.slots):
            if slot.per_week is not None and slot.per_week > phase.days_per_week:
                text = "It comes more often than the sessions of the phase."
                mend = f"At most {phase.days_per_week}."
                self._report((*path, "slots", place, "per_week"), text, mend)
            for where, item in self._choices((*path, "slots", place, "choices"), slot.choices):
                if item.exercise in phase.avoid:
                    text = f"The phase also says to avoid {item.exercise}."
                    self._report((*where, "exercise"), text, "Remove it here or there.")

    def _check_exercises(self, path: Path, names: frozenset[str]) -> None:
        for name in sorted(names):
            self._known(path, "exercise", name, self._exercises)

    def _choices(self, path: Path, choices: tuple[Choice, ...]) -> Iterator[tuple[Path, Item]]:
        """Check choices and their items, and yield the items with their paths."""
        if not choices:
            self._report(path, "There is no choice.", "Add one.")
        for place, choice in enumerate(choices):
            if choice.pick > len(choice.items):
                text = f"It picks {choice.pick} of {len(choice.items)}."
                self._report((*path, place, "pick"), text, "Add items or pick fewer.")
            for number, item in enumerate(choice.items):
                where = (*path, place, "items", number)
                self._check_item(where, item)
                yield where, item

    def _check_item(self, path: Path, item: Item) -> None:
        exercise = self._exercises.get(item.exercise)
        if exercise is None:
            self._known((*path, "exercise"), "exercise", item.exercise, self._exercises)
            return
        if exercise.is_test:
            text = f"{item.exercise} is a test, for the measuring page alone."
            self._report((*path, "exercise"), text, "Use an exercise.")
        for number, criterion in enumerate(item.gate):
            if not KEBAB.fullmatch(criterion.id):
                mend = "Write it like walk-thirty-minutes."
                where = (*path, "gate", number, "id")
                self._report(where, f"{criterion.id} is not kebab-case.", mend)
        if item.per_week is not None and item.per_week > exercise.limits.per_week[1]:
            text = f"{item.exercise} is done {exercise.limits.per_week[1]} times a week at most."
            self._report((*path, "per_week"), text, "Lower it.")
        for step, dose in enumerate(item.doses):
            where = (*path, "steps", step - 1) if step else (*path, "dose")
            for text, mend in dose_faults(exercise, dose):
                self._report(where, text, mend)

    def _check_modifier(self, path: Path, modifier: Modifier) -> None:
        slots = {slot.id: slot for phase in self._program.phases for slot in phase.slots}
        self._check_exercises((*path, "leave_out"), modifier.leave_out)
        for field in ("slots", "adds"):
            for slot, choices in getattr(modifier, field).items():
                self._known((*path, field, slot), "slot", slot, slots)
                for where, item in self._choices((*path, field, slot), choices):
                    if item.exercise in modifier.leave_out:
                        text = f"The modifier also leaves out {item.exercise}."
                        self._report((*where, "exercise"), text, "Remove it here or there.")
        for name, caps in modifier.caps.items():
            where = (*path, "caps", name)
            exercise = self._exercises.get(name)
            if exercise is None:
                self._known(where, "exercise", name, self._exercises)
                continue
            for field, most in caps.items():
                for text, mend in _limit_faults(exercise.limits, field, most):
                    self._report((*where, field), text, mend)

    def _check_ids(self) -> None:
        """Names are unique: of phases, of slots in a phase, of criteria and of modifiers."""
        for pattern in ("phases.*.id", "phases.*.gate.*.id", "modifiers.*.id"):
            self._check_unique(pattern, kebab=pattern != "phases.*.id")
        for place in range(len(self._program.phases)):
            self._check_unique(f"phases.{place}.slots.*.id", kebab=False)

    def _check_unique(self, pattern: str, kebab: bool) -> None:
        seen = set()
        for path, id_ in self._finder.found(self._file, pattern):
            if id_ in seen:
                self._report(path, f"{id_} stands twice.", "Give one of them another id.")
            if kebab and not KEBAB.fullmatch(id_):
                self._report(path, f"{id_} is not kebab-case.", "Write it like usual-pain.")
            seen.add(id_)


def dose_faults(exercise: Exercise, dose: Dose) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a dose of this exercise, and how to mend it."""
    for field in FIELDS:
        value = getattr(dose, field)
        if value is not None:
            yield from _limit_faults(exercise.limits, field, value)
    needed = NEEDED[exercise.kind]
    if getattr(dose, needed) is None:
        yield f"{exercise.id} needs {needed}.", f"Add {needed}."
    if dose.variant is not None and dose.variant not in exercise.variants:
        mend = nearest(dose.variant, exercise.variants)
        yield f"{exercise.id} has no variant {dose.variant}.", mend


def _limit_faults(limits: DoseLimits, field: str, value: int) -> Iterator[tuple[str, str]]:
    limit: Limit | None = getattr(limits, field)
    if limit is None:
        harmless = (field == "rest_s" and value == 0) or (field == "reps" and value == 1)
        if not harmless:
            yield f"The exercise has no {field}.", "Leave it out, or give the exercise limits."
    elif not limit[0] <= value <= limit[1]:
        text = f"{field} {value} is outside the exercise's limits."
        yield text, f"Write {limit[0]} to {limit[1]}."
