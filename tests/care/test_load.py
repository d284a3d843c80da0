"""A week's planned load rises by a fifth at most (progression.md, section 4)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from care.people_in_pain import DAY, START, course_of, told
from hypothesis import given, settings
from hypothesis import strategies as st

from recoup.care.load import WEEKLY_RISE, remembered, week_of, within_cap
from recoup.care.steps import phase_items
from recoup.library import load

LIBRARY = load()
PLACES = [(p.id, phase.id) for p in LIBRARY.programs.values() for phase in p.phases]
PLACE = st.sampled_from(PLACES)


def at(place, **values):
    program, phase = place
    return course_of(LIBRARY, program=program, phase=phase, **values)


def ladder(place):
    """Return the items of a phase that have steps and carry load, with their highest level."""
    items = phase_items(at(place), LIBRARY)
    return {
        name: len(item.doses) - 1 for name, item in items.items()
        if len(item.doses) > 1 and LIBRARY.exercises[name].is_loaded
    }


@settings(max_examples=80, deadline=None)
@given(PLACE, st.data())
def test_climbing_as_fast_as_allowed_never_adds_more_than_a_fifth_in_a_week(place, data):
    """Every step that the cap allows is taken, of whatever exercise, day after day."""
    course = remembered(at(place), START)
    week, loads = week_of(course, LIBRARY), {}
    items, tops = phase_items(course, LIBRARY), ladder(place)
    for number in range(20):
        day = START + number * DAY
        for name in data.draw(st.lists(st.sampled_from(sorted(tops) or ["none"]), max_size=2)):
            level = course.levels.get(name, 0)
            if level < tops.get(name, 0) and within_cap(
                course, items[name], level + 1, LIBRARY, day
            ):
                course = replace(course, levels={**course.levels, name: level + 1})
        course = remembered(course, day)
        loads[number] = week.load(course.levels)
        before = loads[number - 7] if number >= 7 else week.load({})
        assert loads[number] <= WEEKLY_RISE * before + 1e-6


@settings(max_examples=100, deadline=None)
@given(PLACE, st.integers(-2, 0), st.integers(-2, 0))
def test_a_lower_level_never_means_more_load(place, one, other):
    week = week_of(at(place), LIBRARY)
    low, high = sorted((one, other))
    names = ladder(place)
    assert week.load(dict.fromkeys(names, low)) <= week.load(dict.fromkeys(names, high)) + 1e-9


def test_a_step_that_adds_nothing_is_always_within_the_cap():
    course = course_of(LIBRARY)
    walk = phase_items(course, LIBRARY)["graded-walking"]
    for level in range(len(walk.doses)):
        assert within_cap(course, walk, level, LIBRARY, START)


def test_what_this_person_is_not_given_does_not_count():
    up = {"marching-bridge": 3}
    usual = week_of(course_of(LIBRARY, phase="P3"), LIBRARY)
    assert usual.load(up) > usual.load({})
    expecting = told(LIBRARY, pregnant="yes", gestation_weeks=20, sex="female", age=31)
    hers = week_of(course_of(LIBRARY, expecting, phase="P3"), LIBRARY)
    assert hers.load(up) == hers.load({}) > 0


def test_levels_of_two_weeks_ago_are_forgotten_but_for_the_last_before_then():
    course = course_of(LIBRARY)
    for number in range(40):
        levels = {"deep-belly-brace": number}
        course = remembered(replace(course, levels=levels), START + number * DAY)
    days = [(day - START).days for day, _ in course.climb]
    assert days == list(range(25, 40))


def test_unchanged_levels_are_remembered_once():
    course = remembered(course_of(LIBRARY), START)
    assert remembered(course, START + DAY) is course


@pytest.mark.parametrize("place", PLACES[:12])
def test_every_loaded_step_weighs_something_or_changes_how_it_is_done(place):
    course = at(place)
    for item in phase_items(course, LIBRARY).values():
        for before, after in zip(item.doses, item.doses[1:], strict=False):
            assert before != after
