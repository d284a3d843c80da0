"""Few ups and downs: the plan's order against every other order there could be."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from recoup.care.order import changes, height, in_order
from recoup.care.selection import smallest_dose
from recoup.library import load
from recoup.model.session import Planned

LIBRARY = load()
EXERCISES = LIBRARY.exercises
NAMES = st.lists(st.sampled_from(sorted(EXERCISES)), max_size=5, unique=True)


def planned(name, *, apart=False):
    dose = smallest_dose(EXERCISES[name])
    return Planned("A", name, dose, (), 60, apart, False, 0, ())


@settings(max_examples=150)
@given(NAMES, NAMES)
def test_nothing_is_lost_and_what_may_be_done_any_time_stays_at_the_end(names, walks):
    session = [planned(name) for name in names]
    session += [planned(name, apart=True) for name in walks if name not in names]
    ordered = in_order(session, EXERCISES)
    assert sorted(one.exercise for one in ordered) == sorted(one.exercise for one in session)
    assert [one.apart for one in ordered] == sorted(one.apart for one in session)


@settings(max_examples=150)
@given(NAMES)
def test_no_other_order_with_easing_first_has_fewer_ups_and_downs(names):
    session = [planned(name) for name in names]
    ordered = in_order(session, EXERCISES)
    assert [EXERCISES[one.exercise].is_loaded for one in ordered] == sorted(
        EXERCISES[name].is_loaded for name in names
    )
    others = (
        order for order in permutations(session)
        if [EXERCISES[o.exercise].is_loaded for o in order] == sorted(
            EXERCISES[o.exercise].is_loaded for o in order)
    )
    assert changes(ordered, EXERCISES) == min(changes(order, EXERCISES) for order in others)


@settings(max_examples=100)
@given(NAMES)
def test_an_order_that_cannot_be_bettered_is_left_as_it_is(names):
    once = in_order([planned(name) for name in names], EXERCISES)
    assert in_order(once, EXERCISES) == once


def test_the_floor_costs_three_times_a_chair():
    down, seated, up = (
        next(name for name in sorted(EXERCISES) if height(EXERCISES[name]) == where)
        for where in ("down", "seated", "up")
    )
    cost = {name: changes([planned(name)], EXERCISES) for name in (down, seated, up)}
    assert cost == {down: 3, seated: 1, up: 0}
    assert changes([planned(seated), planned(down)], EXERCISES) == 1 + 3
    assert changes([planned(down), planned(up), planned(seated)], EXERCISES) == 3 + 3 + 1
