"""A guided self-test harms nobody: who must not try a movement is never asked to (hazard H44).

Source: ``clinical/intake.md``, part 13.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from care.any_answers import LIBRARY, anything
from hypothesis import given

from recoup.care.asking import SCREEN, asked_of
from recoup.care.triage import triage
from recoup.library import read_texts, read_vignettes
from recoup.library.texts import default_folder
from recoup.model.answers import Answers
from recoup.model.rule import Action

TESTS = {one.id: one for one in LIBRARY.questionnaires[SCREEN].questions if one.kind == "self-test"}
BENDS_THE_SPINE = {"back-self-test", "back-bend-repeat", "back-bend-forward-repeat"}
NEEDS_BALANCE = {"balance-test", "one-leg-hip-test", "heel-raise-test", "squat-test"}


def offered(answers: Answers) -> set[str]:
    return {one.id for one in asked_of(answers, LIBRARY) if one.kind == "self-test"}


@given(anything)
def test_a_program_that_is_stopped_asks_for_no_self_test(answers: Answers):
    if any(flag.action >= Action.PAUSE for flag in triage(answers, LIBRARY).flags):
        assert offered(answers) == set()


STORIES = [one.answers for one in read_vignettes(read_texts(default_folder()), LIBRARY)]


def changed(**more: object) -> list[Answers]:
    """Return everybody of the vignettes, with something told besides."""
    found = []
    for one in STORIES:
        hx = one.hx | set(more.get("hx", ()))  # type: ignore[call-overload]
        choices = {**one.choices, **more.get("choices", {})}  # type: ignore[dict-item]
        found.append(replace(one, hx=hx, choices=choices))
    return found


def all_offered(people: list[Answers]) -> set[str]:
    return set().union(*map(offered, people))


def test_the_vignettes_are_offered_what_is_held_back_below():
    assert all_offered(STORIES) >= BENDS_THE_SPINE | {"neck-turn-test"}


@pytest.mark.parametrize("fragile", ["osteoporosis", "fragility_fracture", "steroid_long_term"])
def test_fragile_bones_never_bend_the_spine_to_test_it(fragile: str):
    people = changed(hx=[fragile])
    assert all_offered(people) & BENDS_THE_SPINE == set()
    assert all_offered(people), "other tests are still asked"


@pytest.mark.parametrize("pregnant", ["yes", "maybe"])
def test_pregnancy_never_bends_the_spine_to_test_it(pregnant: str):
    people = changed(choices={"pregnant": pregnant})
    assert all_offered(people) & BENDS_THE_SPINE == set()


@pytest.mark.parametrize(
    "injury",
    [{"choices": {"onset": "minor_trauma"}}, {"choices": {"onset": "major_trauma"}},
     {"hx": ["fall_recent"]}],
)  # fmt: skip
def test_nobody_turns_the_neck_after_an_injury(injury: dict[str, object]):
    assert "neck-turn-test" not in all_offered(changed(**injury))


def test_a_self_test_that_bends_the_spine_is_known_here():
    """A new one must be added above, so that the property covers it."""
    assert {id_ for id_ in TESTS if id_.startswith("back-")} == BENDS_THE_SPINE


@pytest.mark.parametrize("id_", sorted(NEEDS_BALANCE))
def test_a_test_of_balance_is_done_beside_a_support(id_: str):
    first = " ".join(TESTS[id_].steps)
    assert "kitchen counter" in first
    assert "both hands" in first


@pytest.mark.parametrize("id_", sorted(TESTS))
def test_every_self_test_may_be_left_out_and_says_when_to_stop(id_: str):
    test = TESTS[id_]
    assert test.optional
    told = f"{test.hint} {' '.join(test.steps)}".lower()
    assert "stop" in told or "do not try it" in told
