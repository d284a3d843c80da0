"""Who shows what: a pregnant body is not seen in what her trimester leaves out."""

from dataclasses import replace

import pytest
from cli.running import complaints, run

from recoup.body import FIGURES, may_move, may_show
from recoup.library import load
from recoup.model.exercise import Position, Suit

PREGNANT = FIGURES["pregnant"]
OTHERS = [name for name, one in FIGURES.items() if one.trimester is None]
EXERCISES = load().exercises


@pytest.mark.parametrize("name", EXERCISES)
def test_the_pregnant_body_shows_all_but_what_late_pregnancy_leaves_out(name):
    exercise = EXERCISES[name]
    left_out = exercise.suits.pregnancy[2] is Suit.LEAVE_OUT
    on_her_front = exercise.position is Position.PRONE
    assert may_show(PREGNANT, exercise) is not (left_out or on_her_front)


def test_the_pregnant_body_never_lies_on_her_front():
    changed = EXERCISES["t-and-y-raise"]
    assert changed.suits.pregnancy[2] is not Suit.LEAVE_OUT
    assert not may_show(PREGNANT, changed)


def test_both_kinds_are_in_the_library_so_that_the_rule_decides_something():
    assert {may_show(PREGNANT, one) for one in EXERCISES.values()} == {True, False}


@pytest.mark.parametrize("name", OTHERS)
def test_every_other_body_shows_every_exercise(name):
    assert all(may_show(FIGURES[name], one) for one in EXERCISES.values())


def test_it_is_her_own_trimester_that_counts():
    early = replace(PREGNANT, trimester=1)
    assert may_show(early, EXERCISES["marching-bridge"])
    assert not may_show(PREGNANT, EXERCISES["marching-bridge"])


def test_a_motion_goes_by_the_exercise_that_names_it():
    assert EXERCISES["deep-belly-brace"].motion == "abdominal-brace"
    assert may_move(PREGNANT, "abdominal-brace", EXERCISES.values())
    assert not may_move(PREGNANT, "chair-roll-down", EXERCISES.values())


def test_a_motion_of_two_exercises_is_shown_for_the_one_that_suits():
    twin = replace(EXERCISES["chair-roll-down"], id="twin", suits=EXERCISES["bridge"].suits)
    assert may_move(PREGNANT, "chair-roll-down", [*EXERCISES.values(), twin])


def test_a_mistake_is_shown_by_whom_its_motion_is_shown():
    assert may_move(PREGNANT, "bridge-mistake", EXERCISES.values())
    assert not may_move(PREGNANT, "chair-roll-down-mistake", EXERCISES.values())


def test_a_motion_of_no_exercise_is_not_for_the_pregnant_body():
    assert not may_move(PREGNANT, "somersault", EXERCISES.values())
    assert may_move(FIGURES["woman"], "somersault", EXERCISES.values())


def test_the_check_says_why_a_body_does_not_show_a_motion():
    (told,) = complaints("motion", "check", "chair-roll-down", "--body", "pregnant")
    assert told.startswith("pregnant does not show chair-roll-down: ")
    assert "trimester 3" in told


def test_no_film_is_made_of_her_in_what_is_left_out(tmp_path):
    (told,) = complaints(
        "film", "exercise", "chair-roll-down", "--body", "pregnant", "-o", tmp_path / "film.mp4"
    )
    assert told.startswith("--body: pregnant does not show chair-roll-down")


def test_the_help_names_everybody_who_can_show_an_exercise():
    said = run("film", "exercise", "--help").stdout
    assert all(name in said for name in FIGURES)
