"""Which exercises fill a slot today: in order of preference, filtered, swapped or dropped.

Source: ``clinical/exercises.md``, "Filter rules": each removal needs a substitute, or the slot
is dropped and said so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from recoup.care.dosing import RUN
from recoup.care.fit import Situation, easy_walking, unsuitable
from recoup.model.content import Library
from recoup.model.decision import Reason
from recoup.model.exercise import Dose, Exercise
from recoup.model.program import Choice, Item, Modifier, Slot
from recoup.model.session import Dropped

NEVER = date.min
SWAP = "sibling-swap"
RESTS = ("mobility-only", "often-enough", "run-rest-day")
"""Reasons to rest, for which nothing takes the place of an exercise."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An item picked for a slot, with why it stands where another would have."""

    slot: Slot
    choice: Choice
    item: Item
    exercise: Exercise
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """What the choice of exercises depends on: the day, and the person's situation on it."""

    day: date
    person: Situation
    week: int
    green: bool
    mobility_only: bool
    last_done: Mapping[str, date]
    done_in_week: Mapping[str, int]
    opened: frozenset[str] = frozenset()


def choices_for(slot: Slot, modifiers: Iterable[Modifier]) -> tuple[Choice, ...]:
    """Return the slot's choices for this person: the first modifier that replaces them wins."""
    active = tuple(modifiers)
    replaced = next((m.slots[slot.id] for m in active if slot.id in m.slots), slot.choices)
    added = tuple(choice for m in active for choice in m.adds.get(slot.id, ()))
    return replaced + added


def gentle(exercise: Exercise) -> bool:
    """Return whether it may stand on a day of gentle movement only: easing, and easy walking."""
    return exercise.is_mobility or easy_walking(exercise)


def fill(
    slot: Slot,
    choice: Choice,
    taken: frozenset[str],
    today: Today,
    library: Library,
) -> tuple[list[Chosen], list[Dropped]]:
    """Return what is picked from a choice and what had to go, each with its reason."""
    picked: list[Chosen] = []
    refused: list[tuple[Item, Reason]] = []
    for item in _in_order(choice, today):
        if len(picked) == choice.pick:
            break
        exercise = library.exercises[item.exercise]
        if item.exercise in taken or not _due(item, today):
            continue
        reason = unsuitable(exercise, today.person) or _rests(item, exercise, today)
        if reason is None:
            because = tuple(why for _, why in refused)
            picked.append(Chosen(slot, choice, item, exercise, because))
            refused = []
        else:
            refused.append((item, reason))
    for item, reason in refused:
        if len(picked) == choice.pick:
            break
        if reason.rule in RESTS:
            continue
        used = taken | {one.exercise.id for one in picked}
        swap = _swap(item, reason, used, today, library)
        if swap is not None:
            picked.append(Chosen(slot, choice, swap[0], swap[1], swap[2]))
    explained = {why for one in picked for why in one.because}
    dropped = [
        Dropped(slot.id, item.exercise, (reason,))
        for item, reason in refused
        if reason not in explained
    ]
    return picked, dropped


def smallest_dose(exercise: Exercise) -> Dose:
    """Return the least dose the exercise allows, for a stand-in the program did not dose."""
    limits = exercise.limits
    return Dose(
        sets=limits.sets[0],
        reps=limits.reps[0] if limits.reps else None,
        hold_s=limits.hold_s[0] if limits.hold_s else None,
        time_s=limits.time_s[0] if limits.time_s else None,
        rest_s=limits.rest_s[0] if limits.rest_s else 0,
    )


def _in_order(choice: Choice, today: Today) -> tuple[Item, ...]:
    if not choice.rotate:
        return choice.items
    return tuple(
        sorted(choice.items, key=lambda item: today.last_done.get(item.exercise, NEVER))
    )


def _due(item: Item, today: Today) -> bool:
    """Return whether the item's time has come; what has not come yet is not left out."""
    if today.week < item.from_week or (item.only_if_green and not today.green):
        return False
    if item.gate and item.exercise not in today.opened:
        return False
    return item.when is None or item.when.holds(today.person.facts)


def _rests(item: Item, exercise: Exercise, today: Today) -> Reason | None:
    """Return why the exercise rests today: after too much pain, or done often enough this week.

    A program may lower how often an exercise comes in a week, never raise it. Running comes every
    second day at most (``clinical/progression.md``, section 4).
    """
    if today.mobility_only and not gentle(exercise):
        return Reason("mobility-only", f"{exercise.name} rests today, after too much pain.")
    ran = today.last_done.get(exercise.id, NEVER)
    if exercise.aim == RUN and (today.day - ran).days == 1:
        return Reason("run-rest-day", "Running has a day off between, so today you walk.")
    most, days = exercise.limits.per_week[1], today.done_in_week.get(exercise.id, 0)
    if days >= min(most, item.per_week or most):
        text = f"{exercise.name}: often enough for this week."
        return Reason("often-enough", text, (("days", days),))
    return None


def _swap(
    item: Item,
    reason: Reason,
    used: frozenset[str],
    today: Today,
    library: Library,
) -> tuple[Item, Exercise, tuple[Reason, ...]] | None:
    sibling = library.siblings.get(item.exercise)
    for name in sibling.swaps if sibling else ():
        exercise = library.exercises[name]
        stand_in = Item(name, (smallest_dose(exercise),))
        if name in used or unsuitable(exercise, today.person) or _rests(stand_in, exercise, today):
            continue
        text = f"{exercise.name} takes its place."
        swap = Reason(SWAP, text, (("instead_of", item.exercise),))
        return stand_in, exercise, (reason, swap)
    return None
