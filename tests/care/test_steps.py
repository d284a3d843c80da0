"""One step up: when it is earned, and everything that holds it back."""

from __future__ import annotations

import pytest
from care.people_in_pain import DAY, START, course_of, log_of
from hypothesis import given, settings
from hypothesis import strategies as st

from recoup.care.course import Attempt, Flare, Record, Run
from recoup.care.steps import chosen_harder, held_back, step_up
from recoup.care.traffic import Light
from recoup.library import load

LIBRARY = load()
BRACE = "deep-belly-brace"
KNEE = "single-knee-to-chest"


def record(*names, day=0, light=Light.GREEN, effort=4, result="done"):
    attempts = tuple(Attempt("C", name, result) for name in names)
    return Record(START + day * DAY, "P1", attempts, 1, 1, effort, None, light, 0.0, final=True)


def ready(*names, run=None, **values):
    """Return somebody whose exercises have gone well often enough, and the last session."""
    last = record(*names)
    runs = dict.fromkeys(names, run or Run(green=3, good=3))
    return course_of(LIBRARY, records=(last,), runs=runs, **values), last


HELD = {
    "held-flare": {"flare": Flare(START, 3, 6, 6)},
    "held-lighter": {"lighter_until": START + DAY},
    "held-halved": {"halved_until": START + DAY},
    "held-easier": {"easier_sessions": 1},
    "held-stepped": {"stepped": START},
}


@pytest.mark.parametrize("rule", HELD)
def test_nothing_gets_harder_while_something_holds_it_back(rule):
    course, last = ready(BRACE, **HELD[rule])
    assert held_back(course, START, LIBRARY).rule == rule
    assert step_up(course, last, LIBRARY, START) is course
    chosen = chosen_harder(course, BRACE, START, LIBRARY)
    assert chosen.change == course
    assert chosen.because[0].rule == rule


def test_a_day_later_the_lighter_weeks_and_the_last_step_hold_nothing_back():
    for rule in ("held-lighter", "held-halved", "held-stepped"):
        course, _ = ready(BRACE, **HELD[rule])
        assert held_back(course, START + DAY, LIBRARY) is None


@settings(max_examples=100, deadline=None)
@given(st.sets(st.sampled_from([BRACE, KNEE, "cat-camel-sitting", "graded-walking"])),
       st.integers(0, 6))
def test_at_most_one_exercise_goes_up_and_by_one_level(names, green):
    course, last = ready(*sorted(names), run=Run(green=green, good=green))
    after = step_up(course, last, LIBRARY, START)
    moved = {n: level for n, level in after.levels.items() if level != course.levels.get(n, 0)}
    assert len(moved) <= 1
    assert set(moved.values()) <= {1}
    for name in moved:
        assert after.runs[name] == Run(), "the next step is earned anew"
        assert after.stepped == START


@pytest.mark.parametrize(("name", "needed"), [(BRACE, 3), (KNEE, 2)])
def test_strength_needs_three_good_sessions_and_easing_two(name, needed):
    for green in range(1, 5):
        course, last = ready(name, run=Run(green=green, good=green))
        assert (step_up(course, last, LIBRARY, START) is not course) is (green >= needed)


@pytest.mark.parametrize(("effort", "steps"), [(6, True), (7, False)])
def test_three_good_sessions_with_some_pain_earn_one_up_to_an_effort_of_six(effort, steps):
    course, _ = ready(BRACE, run=Run(green=0, good=3))
    last = record(BRACE, light=Light.GREEN_2, effort=effort)
    assert (step_up(course, last, LIBRARY, START) is not course) is steps


def test_what_was_done_partly_or_skipped_earns_nothing():
    course, _ = ready(BRACE)
    for result in ("partly", "skipped"):
        assert step_up(course, record(BRACE, result=result), LIBRARY, START) is course


def test_the_top_of_the_ladder_is_the_end():
    course, last = ready(BRACE, levels={BRACE: 2})
    assert step_up(course, last, LIBRARY, START) is course


def test_harder_by_choice_needs_a_session_that_was_all_green():
    for light in Light:
        course = course_of(LIBRARY, records=(record(BRACE, light=light),))
        chosen = chosen_harder(course, BRACE, START + DAY, LIBRARY)
        assert (chosen.change.levels.get(BRACE, 0) == 1) is (light is Light.GREEN)
        assert chosen.because


def test_harder_by_choice_of_something_else_is_refused_in_words():
    course, _ = ready(BRACE)
    said = chosen_harder(course, "marching-bridge", START + DAY, LIBRARY)
    assert said.change == course
    assert said.because[0].rule == "held-cap"


def test_after_red_nothing_is_harder_the_next_day():
    log = log_of(LIBRARY)
    for day in range(3):
        log.session(day)
    log.session(3, during=7)
    levels = log.course().levels
    log.morning(4)
    log.exercise(4, "C", BRACE, "harder")
    after = log.course().levels
    assert all(after[name] <= levels.get(name, 0) for name in after)


def test_a_step_says_what_changes_and_after_how_many_sessions():
    course, last = ready(BRACE)
    reason = step_up(course, last, LIBRARY, START).changed[BRACE]
    assert reason.rule == "one-step-up"
    assert "9 repetitions instead of 8" in reason.text
    assert "3 sessions in a row" in reason.text
