"""A second reading of the rules that the invariants rest on, written apart from ``care``.

Source: ``clinical/exercises.md`` (filter rules, dose fields) and ``clinical/progression.md``,
section 4. Nothing here is shared with the code it checks but the values of ``model`` and the dose
that stands at a step of a ladder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from recoup.care.dosing import dose_at
from recoup.model.answers import TOKEN_CHOICES, TOKEN_LISTS, TOKEN_NUMBERS, Answers
from recoup.model.content import Library
from recoup.model.exercise import Dose, Exercise, Kind, Position, Sides, Suit, Surface
from recoup.model.expression import Facts
from recoup.model.program import Choice, Item, Modifier, Phase, Program, Slot

CLEARED = "hx:clinician_cleared_exercise"
OK_HOLDS = timedelta(days=28)
FRAGILE = {"hx:osteoporosis", "hx:fragility_fracture", "hx:steroid_long_term"}
FALLS = {
    "hx:repeated_falls", "hx:fall_recent", "sx:unsteady_walk", "t:balance_10s_fail", "sx:dizzy"
}
AT_WORK = {"chair", "counter", "doorway", "shoes", "table", "wall"}
WORK, STANDING, SEAT = "work", "standing", "seat"
GET_IN_AND_OUT_S = 4


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is true of a person for now, whatever the day brings."""

    facts: Facts
    trimesters: tuple[int, ...]
    fragile: bool
    pressure: bool
    falls: bool
    no_floor: bool
    missing: frozenset[str]


def circumstances(
    answers: Answers, weeks: int | None, cleared: date | None, day: date, library: Library
) -> Circumstances:
    """Return what the answers come to on ``day``; ``weeks`` are those of a pregnancy by now."""
    tokens = _tokens(answers, library)
    if cleared is None or day - cleared >= OK_HOLDS:
        tokens.discard(CLEARED)
    numbers = {
        short: answers.numbers[name] for short, name in TOKEN_NUMBERS.items()
        if name in answers.numbers
    }
    if weeks is not None:
        numbers["weeks"] = weeks
    trimesters: tuple[int, ...] = ()
    if tokens & {"preg", "pregmaybe"}:
        trimesters = (0, 1, 2) if weeks is None else (0 if weeks < 14 else 1 if weeks < 28 else 2,)
    falls = bool(tokens & FALLS) or numbers.get("age", 0) >= 75
    heart = bool(tokens & {"hx:heart_disease", "hx:aaa_known"}) and CLEARED not in tokens
    return Circumstances(
        facts=Facts(frozenset(tokens), numbers),
        trimesters=trimesters,
        fragile=bool(tokens & FRAGILE),
        pressure=heart or "hx:hypertension_uncontrolled" in tokens,
        falls=falls,
        no_floor=falls or "hx:cannot_get_off_floor" in tokens,
        missing=answers.missing_equipment,
    )


def _tokens(answers: Answers, library: Library) -> set[str]:
    words = library.vocabulary
    tokens = {
        f"{prefix}:{key}" for prefix, name in TOKEN_LISTS.items() for key in getattr(answers, name)
    }
    tokens |= {
        f"{prefix}={answers.choices[name]}" for prefix, name in TOKEN_CHOICES.items()
        if name in answers.choices
    }
    tokens |= {f"sx:{key}" for key in answers.unsure & words.safety_screen}
    unknown = (answers.unsure | answers.skipped) - words.lowering
    tokens |= {f"hx:{key}" for key in unknown if key in words.lists["hx"]}
    pregnant = answers.choices.get("pregnant")
    tokens |= {"preg"} if pregnant == "yes" else {"pregmaybe"} if pregnant == "maybe" else set()
    return tokens | ({"pp"} if "postpartum_weeks" in answers.numbers else set())


def why_unsuitable(exercise: Exercise, who: Circumstances) -> str | None:
    """Return what makes an exercise unfit for a person at any time; None when nothing does."""
    suits = exercise.suits
    if any(suits.pregnancy[column] is Suit.LEAVE_OUT for column in who.trimesters):
        return "pregnancy"
    for applies, suit, word in (
        (who.fragile, suits.osteoporosis, "fragile bones"),
        (who.pressure, suits.hypertension, "blood pressure or heart"),
        (who.falls, suits.falls, "falls"),
    ):
        if applies and suit is Suit.LEAVE_OUT:
            return word
    tokens = who.facts.tokens
    if "hx:wrist_pain_loading" in tokens and suits.loads_wrist == "full":
        return "sore wrists"
    if "hx:knee_pain_kneeling" in tokens and suits.loads_knee == "full":
        return "sore knees"
    if any(condition.holds(who.facts) for condition in exercise.not_if):
        return "not_if"
    return None


def why_not_here(
    exercise: Exercise, who: Circumstances, missing: frozenset[str], place: str | None
) -> str | None:
    """Return what is not at hand today for an exercise; None when all is."""
    missing = missing | who.missing
    floor = who.no_floor or "floor" in missing or place in (WORK, STANDING)
    bed = "bed" in missing or place in (WORK, STANDING)
    if floor and exercise.suits.surface is Surface.FLOOR:
        return "the floor"
    if floor and bed and exercise.suits.surface is Surface.BED_OR_FLOOR:
        return "a bed or the floor"
    if place == STANDING or SEAT in missing:
        if exercise.position is not Position.STANDING:
            return "a seat"
        if "chair" in exercise.equipment:
            return "chair"
    needs = set(exercise.equipment)
    lacking = needs & missing or (needs - AT_WORK if place == WORK else set())
    return min(lacking, default=None)


def active(program: Program, facts: Facts) -> tuple[Modifier, ...]:
    """Return the modifiers of a program that apply."""
    return tuple(one for one in program.modifiers if one.when.holds(facts))


def choices(slot: Slot, modifiers: tuple[Modifier, ...]) -> Iterator[Choice]:
    """Yield the choices of a slot as the modifiers leave them: the first that replaces wins."""
    replaced = [one.slots[slot.id] for one in modifiers if slot.id in one.slots]
    yield from replaced[0] if replaced else slot.choices
    for one in modifiers:
        yield from one.adds.get(slot.id, ())


def every_item(program: Program, phase: Phase) -> Iterator[Item]:
    """Yield every item that a session of a phase may hold, of whatever modifier."""
    found = [choice for slot in phase.slots for choice in slot.choices]
    for modifier in program.modifiers:
        found += [c for cs in (*modifier.slots.values(), *modifier.adds.values()) for c in cs]
    for choice in found:
        yield from choice.items


def seconds(exercise: Exercise, dose: Dose) -> int:
    """Return how long a dose takes, on both sides where there are two."""
    rests = (dose.sets - 1) * dose.rest_s
    if exercise.kind is Kind.REPETITIONS:
        out, pause, back = exercise.limits.tempo_s or (2, 1, 2)
        hold = pause if dose.hold_s is None else dose.hold_s
        work = dose.sets * (dose.reps or 1) * (out + hold + back)
        twice = exercise.sides in (Sides.EACH, Sides.ALTERNATING)
    elif exercise.kind is Kind.HOLD:
        work = dose.sets * (GET_IN_AND_OUT_S + (dose.hold_s or 0))
        twice = exercise.sides is Sides.EACH
    else:
        work = dose.sets * (dose.time_s or 0)
        twice = exercise.sides is Sides.EACH
    both_rests = 2 if exercise.sides is Sides.EACH else 1
    return (2 if twice else 1) * work + both_rests * rests


def planned_load(
    program: Program, phase: Phase, levels: Mapping[str, int], who: Circumstances, library: Library
) -> float:
    """Return the load of a week: of each choice what this person is given, at its level, as often
    as it comes. Only strength and control work carries load; running has a ladder of its own."""
    total = 0.0
    modifiers = active(program, who.facts)
    left_out = phase.avoid.union(*(one.leave_out for one in modifiers))
    for slot in phase.slots:
        days = min(phase.days_per_week, slot.per_week or 7)
        for choice in choices(slot, modifiers):
            fit = [
                item for item in choice.items
                if _given(item, who, left_out, library)
            ]
            each = [_item_load(item, days, levels, library) for item in fit]
            if choice.rotate and each:
                total += min(choice.pick, len(each)) * sum(each) / len(each)
            else:
                total += sum(each[: choice.pick])
    return total


def _given(item: Item, who: Circumstances, left_out: frozenset[str], library: Library) -> bool:
    exercise = library.exercises[item.exercise]
    return (
        item.exercise not in left_out
        and (item.when is None or item.when.holds(who.facts))
        and why_unsuitable(exercise, who) is None
        and why_not_here(exercise, who, frozenset(), None) is None
    )


def _item_load(item: Item, days: int, levels: Mapping[str, int], library: Library) -> float:
    exercise = library.exercises[item.exercise]
    if not exercise.is_loaded or exercise.aim == "return to run":
        return 0.0
    dose = dose_at(item, levels.get(item.exercise, 0))
    times = min(days, exercise.limits.per_week[1], item.per_week or 7)
    if exercise.kind is Kind.REPETITIONS:
        one = (dose.reps or 1) * max(1.0, (dose.hold_s or 0) / 5)
    else:
        one = (dose.hold_s or dose.time_s or 0) / 5
    return times * dose.sets * one


def ladder(item: Item, level: int) -> Dose:
    """Return the dose of a level, the first one below it."""
    return item.doses[max(0, min(level, len(item.doses) - 1))]


def least_of(exercise: Exercise) -> Dose:
    """Return the least dose of an exercise, which is that of a stand-in."""
    limits = exercise.limits
    reps, hold_s, time_s = (
        None if limit is None else limit[0]
        for limit in (limits.reps, limits.hold_s, limits.time_s)
    )
    return Dose(limits.sets[0], reps, hold_s, time_s)


def exceeds(dose: Dose, most: Dose) -> str | None:
    """Return the part of a dose that is more than allowed; None when there is none."""
    for name in ("sets", "reps", "hold_s", "time_s"):
        one, limit = getattr(dose, name), getattr(most, name)
        if one is not None and one > (limit if limit is not None else 1):
            return name
    return None
