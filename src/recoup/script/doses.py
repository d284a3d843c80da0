"""A dose in plain words, as pages show it and films say it. Pure: values in, text out."""

from __future__ import annotations

from recoup.model.exercise import Dose, Exercise, Kind, Sides
from recoup.script.pace import length_in_words

SHORT_PAUSE_S = 1


def dose_in_words(exercise: Exercise, dose: Dose) -> str:
    """Return the dose in one phrase.

    >>> # a hold, each side: '3 holds of 20 seconds, each side'
    >>> # repetitions, sides in turn: '3 sets of 6 each side, one side after the other'
    """
    if exercise.kind is Kind.REPETITIONS:
        return _repetitions(exercise, dose)
    if exercise.kind is Kind.HOLD:
        return _holds(exercise, dose)
    return _stretch_of_time(exercise, dose)


def _repetitions(exercise: Exercise, dose: Dose) -> str:
    reps = dose.reps or 1
    text = _times(reps) if dose.sets == 1 else f"{dose.sets} sets of {reps}"
    if exercise.sides is Sides.ALTERNATING:
        text += " each side, one side after the other"
    elif exercise.sides is Sides.EACH:
        text += ", each side"
    if dose.hold_s is not None and dose.hold_s > SHORT_PAUSE_S:
        text += f". Hold each for {length_in_words(dose.hold_s)}"
    return text


def _holds(exercise: Exercise, dose: Dose) -> str:
    count = dose.sets * (dose.reps or 1)
    length = length_in_words(dose.hold_s or 0)
    text = f"Hold for {length}" if count == 1 else f"{count} holds of {length}"
    return text + _each_side(exercise)


def _stretch_of_time(exercise: Exercise, dose: Dose) -> str:
    """Walking swaps sides by itself, so only ``Sides.EACH`` is said here."""
    if not dose.time_s:
        return _times(dose.sets) + _each_side(exercise)
    length = length_in_words(dose.time_s)
    if dose.sets == 1:
        return length[0].upper() + length[1:] + _each_side(exercise)
    return f"{_times(dose.sets)}, {length} each time{_each_side(exercise)}"


def _each_side(exercise: Exercise) -> str:
    return ", each side" if exercise.sides is Sides.EACH else ""


def _times(count: int) -> str:
    return {1: "Once", 2: "Twice"}.get(count, f"{count} times")
