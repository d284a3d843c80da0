"""Doses by level, and the smaller doses of careful days."""

from __future__ import annotations

import pytest
from care.people_in_pain import FACET
from hypothesis import given, settings
from hypothesis import strategies as st

from recoup.care.dosing import LOWEST_LEVEL, capped, dose_at, less, load
from recoup.model.exercise import DOSE_VARIABLES, Dose, clock_s
from recoup.model.program import Item

doses = st.builds(
    Dose,
    sets=st.integers(1, 6),
    reps=st.none() | st.integers(1, 20),
    hold_s=st.none() | st.integers(1, 300),
    time_s=st.none() | st.integers(5, 1800),
    rest_s=st.integers(0, 90),
)
shares = st.floats(0.3, 1)


@settings(deadline=None)
@given(doses, shares)
def test_less_is_never_more_of_anything(dose, share):
    smaller = less(dose, share)
    for name in DOSE_VARIABLES:
        before, after = getattr(dose, name), getattr(smaller, name)
        assert before == after or (after is not None and 0 < after < before)


@settings(deadline=None)
@given(doses, shares)
def test_less_changes_one_variable_at_most(dose, share):
    smaller = less(dose, share)
    assert sum(getattr(dose, n) != getattr(smaller, n) for n in DOSE_VARIABLES) <= 1


@pytest.mark.parametrize(
    ("dose", "share", "smaller"),
    [
        (Dose(3, reps=10), 0.6, Dose(3, reps=6)),
        (Dose(2, reps=8, hold_s=5), 0.7, Dose(2, reps=5, hold_s=5)),
        (Dose(3, reps=1, hold_s=20), 0.6, Dose(1, reps=1, hold_s=20)),
        (Dose(1, reps=1, hold_s=300), 0.5, Dose(1, reps=1, hold_s=150)),
        (Dose(1, time_s=300), 0.8, Dose(1, time_s=240)),
        (Dose(1, time_s=20), 0.7, Dose(1, time_s=20)),
        (Dose(1, reps=1, hold_s=2), 0.7, Dose(1, reps=1, hold_s=2)),
    ],
)
def test_repetitions_go_first_then_sets_then_time(dose, share, smaller):
    assert less(dose, share) == smaller


@settings(deadline=None)
@given(st.lists(doses, min_size=1, max_size=6), st.integers(LOWEST_LEVEL - 2, 12))
def test_every_level_has_a_dose_and_the_ladder_ends_at_its_last_step(ladder, level):
    item = Item("bridge", tuple(ladder))
    dose = dose_at(item, level)
    if level >= len(ladder):
        assert dose == ladder[-1]
    elif level >= 0:
        assert dose == ladder[level]


def test_every_step_of_the_program_changes_exactly_one_variable(library):
    for item in items(library):
        for before, after in zip(item.doses, item.doses[1:], strict=False):
            changed = [n for n in DOSE_VARIABLES if getattr(before, n) != getattr(after, n)]
            assert len(changed) == 1, (item.exercise, before, after)


def test_every_level_below_the_first_is_shorter(library):
    for item in items(library):
        exercise = library.exercises[item.exercise]
        clocks = [clock_s(exercise, dose_at(item, level)) for level in (0, -1, LOWEST_LEVEL)]
        assert clocks == sorted(clocks, reverse=True), item.exercise
        assert clocks[1] < clocks[0] or clocks[0] <= 60, item.exercise


def test_a_cap_lowers_and_never_raises():
    dose = Dose(3, reps=8, hold_s=10)
    assert capped(dose, (("hold_s", 5),), "why").change.hold_s == 5
    assert capped(dose, (("hold_s", 5),), "why").because[0].text == "why"
    assert capped(dose, (("hold_s", 20),), "why").change == dose
    assert capped(dose, (("time_s", 20),), "why").because == ()


def test_easing_carries_no_load_and_effort_scales_it(library):
    bridge, knee = library.exercises["bridge"], library.exercises["single-knee-to-chest"]
    assert load(knee, Dose(3, reps=1, hold_s=20), 8) == 0
    dose = Dose(3, reps=10, hold_s=3)
    assert load(bridge, dose, 4) == 120
    assert load(bridge, dose, 8) == 2 * load(bridge, dose, 4)
    assert load(bridge, Dose(3, reps=10, hold_s=10), 4) == 240


def items(library):
    program = library.programs[FACET]
    slots = [choices for phase in program.phases for choices in (s.choices for s in phase.slots)]
    slots += [cs for m in program.modifiers for cs in (*m.slots.values(), *m.adds.values())]
    return [item for choices in slots for choice in choices for item in choice.items]
