"""The steps of the timer take as long as the dose says, in the order of sides given."""

from __future__ import annotations

import pytest

from recoup.model.exercise import Dose, Kind, Sides, clock_s
from recoup.script.pace import CHANGE_S, READY_S, seconds, steps
from recoup.services import shelf


def doses():
    library = shelf.current()
    for program in library.programs.values():
        for phase in program.phases:
            for slot in phase.slots:
                for choice in slot.choices:
                    for item in choice.items:
                        for dose in item.doses:
                            yield library.exercises[item.exercise], dose


@pytest.mark.parametrize(
    ("exercise", "dose"), [pytest.param(e, d, id=f"{e.id}-{d}") for e, d in doses()]
)
def test_the_timer_takes_the_time_of_the_dose(exercise, dose):
    row = steps(exercise, dose, ("left", "right"))
    extra = CHANGE_S if exercise.sides is Sides.EACH else 0
    if exercise.kind is not Kind.HOLD:
        extra += READY_S
    assert seconds(row) == clock_s(exercise, dose) + extra


def test_sides_come_in_the_order_given():
    exercise = shelf.current().exercises["single-knee-to-chest"]
    row = steps(exercise, Dose(2, 1, hold_s=20, rest_s=10), ("right", "left"))
    assert [(one.do, one.seconds) for one in row] == [
        ("Get ready", 4), ("Hold", 20), ("Rest", 10), ("Get ready", 4), ("Hold", 20),
        ("Change sides", 8),
        ("Get ready", 4), ("Hold", 20), ("Rest", 10), ("Get ready", 4), ("Hold", 20),
    ]
    assert [one.text for one in row if one.text] == [
        "Right side: hold for 20 seconds.", "Rest for 10 seconds.",
        "Right side: hold for 20 seconds.", "Left side: hold for 20 seconds.",
        "Rest for 10 seconds.", "Left side: hold for 20 seconds.",
    ]
    assert row[4].place == "Right side, 2 of 2"


def test_alternating_sides_swap_every_repetition():
    exercise = shelf.current().exercises["marching-bridge"]
    row = steps(exercise, Dose(1, 6, hold_s=1), ("right", "left"))
    work = row[-1]
    assert (work.reps, work.sides, work.tempo) == (12, ("right", "left"), (2, 1, 2))
    assert work.text == "12 times, right side first, then swap each time."


def test_without_an_order_the_left_side_starts():
    exercise = shelf.current().exercises["single-knee-to-chest"]
    assert steps(exercise, Dose(1, 1, hold_s=20), ())[0].place == "Left side"
