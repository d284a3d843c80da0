"""What a person is asked: everything that matters at their own sore places, and not much else."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from care.any_answers import anything
from hypothesis import given

from recoup.care.asking import LONGEST, MOST_TESTS, asked_of, options
from recoup.care.triage import stops_program, triage
from recoup.library import load
from recoup.model.answers import TOKEN_LISTS, Answers

LIBRARY = load()
VOCABULARY = LIBRARY.vocabulary
SITES = sorted(VOCABULARY.lists["sites"])
INTAKE = LIBRARY.questionnaires["intake"].questions

NOT_ASKED = {
    "hx:clinician_cleared_exercise": "written down on its own page, with who and when (H32)",
    "t:three_plus_pelvic_provocation": "needs the hands of a clinician",
}
"""What conditions read and no screen asks, each with the reason."""

DISTURBING_TO_TEST = {"osteoporosis", "fragility_fracture", "steroid_long_term"}
SPINE_TESTS = {
    "ext_rot_back_pain", "repeated_bend_back_centralises", "repeated_bend_forward_worse",
}


def somebody(site: str, **changes) -> Answers:
    answers = Answers(
        numbers={"age": 45, "duration_weeks": 8},
        choices={"sex": "female", "onset": "gradual", "pregnant": "no"},
        sites=frozenset({site}),
    )
    return replace(answers, **changes)


def people_at(site: str) -> tuple[Answers, ...]:
    """A few people with the same sore place: plain, injured, pregnant, a mother, elderly."""
    plain = somebody(site)
    return (
        plain,
        replace(plain, choices={**plain.choices, "onset": "minor_trauma"}),
        replace(plain, choices={**plain.choices, "pregnant": "yes"}),
        replace(plain, numbers={**plain.numbers, "postpartum_weeks": 8}),
        replace(plain, numbers={**plain.numbers, "age": 70}),
    )


def answerable(answers: Answers) -> set[str]:
    """Every token that this person's screens can set, small tests apart."""
    found = set()
    for question in asked_of(answers, LIBRARY):
        prefixes = [p for p, name in TOKEN_LISTS.items() if name == question.list]
        found |= {f"{p}:{key}" for p in prefixes for key in options(question, answers, LIBRARY)}
    return found


TESTED = {f"t:{key}" for question in INTAKE for one in question.outcomes for key in one.adds}


@pytest.mark.parametrize("condition", LIBRARY.conditions.values(), ids=lambda one: one.id)
def test_what_a_condition_reads_can_be_answered_at_each_of_its_places(condition):
    read = {
        atom
        for feature in condition.features
        for atom in feature.test.atoms()
        if ":" in atom and not atom.startswith("s:")
    }
    for gate in condition.gate:
        can = TESTED.union(*(answerable(one) for one in people_at(gate.removeprefix("s:"))))
        assert read - can <= NOT_ASKED.keys(), gate


@pytest.mark.parametrize("site", SITES)
def test_a_typical_person_answers_at_most_25_screens(site):
    man = somebody(site, choices={"sex": "male", "onset": "gradual"})
    for person in (somebody(site), man):
        assert len(asked_of(person, LIBRARY)) <= LONGEST == 25


@pytest.mark.parametrize("site", SITES)
def test_danger_signs_are_never_filtered(site):
    shown = answerable(somebody(site))
    elsewhere = answerable(Answers(choices={"onset": "gradual"}))
    danger = {
        f"sx:{key}" for key in VOCABULARY.safety_screen | VOCABULARY.also_asked
    } & elsewhere
    assert danger <= shown


def test_what_weighs_most_at_a_place_comes_first():
    worse = next(one for one in INTAKE if one.id == "worse")
    first = options(worse, somebody("heel_under"), LIBRARY)[:12]
    assert {"first_steps", "barefoot_hard_floor"} <= set(first)
    assert "chew" not in options(worse, somebody("heel_under"), LIBRARY)


def offered(answers: Answers) -> set[str]:
    tests = [one for one in asked_of(answers, LIBRARY) if one.kind == "self-test"]
    return {key for question in tests for one in question.outcomes for key in one.adds}


@given(anything)
def test_no_test_is_offered_while_a_red_flag_stops_the_program(answers):
    if stops_program(triage(answers, LIBRARY)):
        assert not offered(answers)


@given(anything)
def test_no_test_is_offered_that_could_harm(answers):
    """Hazard H44: neck after an injury, spine with fragile bones or pregnant, balance alone."""
    tests = [one for one in asked_of(answers, LIBRARY) if one.kind == "self-test"]
    assert len(tests) <= MOST_TESTS
    names = {question.id for question in tests}
    if answers.choices.get("onset") in ("minor_trauma", "major_trauma"):
        assert "neck-turn-test" not in names
    frail = DISTURBING_TO_TEST & answers.hx or answers.choices.get("pregnant") in ("yes", "maybe")
    if frail:
        assert not SPINE_TESTS & offered(answers)
    for question in tests:
        if question.id in ("balance-test", "one-leg-hip-test", "squat-test", "heel-raise-test"):
            assert any("counter" in step for step in question.steps)


@pytest.mark.parametrize("question", [one for one in INTAKE if one.kind == "self-test"],
                         ids=lambda one: one.id)
def test_each_test_has_steps_a_stop_and_a_way_out(question):
    text = " ".join(question.steps)
    assert len(question.steps) >= 2
    assert "top" in text or question.instead_of, "it says when to stop"
    assert any("not do it" in one.text for one in question.outcomes)
    assert question.optional


def test_two_questions_for_one_test_are_never_asked_of_the_same_person():
    pairs = [one for one in INTAKE if one.instead_of]
    assert pairs
    for one, (site, onset) in itertools.product(
        pairs, itertools.product(SITES, VOCABULARY.choices["onset"].values)
    ):
        person = somebody(site, choices={"sex": "male", "onset": onset})
        asked = {question.id for question in asked_of(person, LIBRARY)}
        assert not {one.id, one.instead_of} <= asked


RED_FLAG_TESTS = {
    "balance_10s_fail": ("knee_front", {"age": 70}, {}),
    "squeeze_adductor_pain": ("groin", {}, {}),
    "calf_squeeze_no_foot_move": ("achilles_mid", {}, {}),
    "er_shoulder_lt_half": ("shoulder_outer", {}, {}),
    "neck_turn_lt_60": ("neck", {}, {}),
    "hip_ir_limited": ("groin", {}, {}),
}


@pytest.mark.parametrize("key", RED_FLAG_TESTS)
def test_each_test_that_a_red_flag_reads_is_offered_to_somebody(key):
    site, numbers, choices = RED_FLAG_TESTS[key]
    plain = somebody(site)
    man = replace(
        plain, numbers={**plain.numbers, **numbers}, choices={"sex": "male", "onset": "gradual"}
    )
    assert key in offered(replace(man, choices={**man.choices, **choices}))


def test_after_an_injury_the_neck_is_asked_about_and_not_tested():
    hurt = somebody("neck", choices={"sex": "male", "onset": "minor_trauma"})
    names = [one.id for one in asked_of(hurt, LIBRARY) if one.kind == "self-test"]
    assert "neck-turn-noticed" in names or stops_program(triage(hurt, LIBRARY))
