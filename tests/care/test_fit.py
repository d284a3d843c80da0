"""Whether an exercise suits a person: the filters, in their order."""

from __future__ import annotations

import pytest
from care.people_in_pain import told

from recoup.care.fit import changes, hold_cap, needs_no_floor, situation, unsuitable
from recoup.model.exercise import Suit, Surface


def why_not(library, exercise, missing=frozenset(), avoid=frozenset(), **answers):
    person = situation(told(library, **answers), library, missing, avoid)
    reason = unsuitable(library.exercises[exercise], person)
    return reason and reason.rule


def test_the_classic_person_may_do_everything(library):
    person = situation(told(library), library)
    for exercise in library.exercises.values():
        assert unsuitable(exercise, person) is None
        assert changes(exercise, person, library) == ()


@pytest.mark.parametrize(
    ("exercise", "answers", "rule"),
    [
        ("peanut-ball-lying", {"hx": ["anticoagulant"]}, "not-if"),
        ("peanut-ball-at-wall", {"hx": ["bleeding_disorder"]}, "not-if"),
        ("peanut-ball-at-wall", {"hx": ["cancer_history"]}, "not-if"),
        ("peanut-ball-lying", {"sx": ["numb_leg"]}, "not-if"),
        ("warm-pack", {"hx": ["neuropathy_feet"]}, "not-if"),
        ("peanut-ball-lying", {"pregnant": "yes", "gestation_weeks": 8}, "not-if"),
        ("marching-bridge", {"pregnant": "yes", "gestation_weeks": 20}, "leave-out-pregnancy"),
        ("both-knees-to-chest", {"hx": ["osteoporosis"]}, "leave-out-osteoporosis"),
        ("childs-pose", {"hx": ["steroid_long_term"]}, "leave-out-osteoporosis"),
        ("cat-camel", {"hx": ["cannot_get_off_floor"]}, "no-floor"),
        ("cat-camel", {"age": 75}, "no-floor"),
        ("cat-camel", {"hx": ["repeated_falls"]}, "no-floor"),
        ("cat-camel", {"hx": ["wrist_pain_loading"]}, "sore-wrist"),
        ("childs-pose", {"hx": ["knee_pain_kneeling"]}, "sore-knee"),
        ("anti-rotation-press", {"missing_equipment": ["resistance-band"]}, "no-equipment"),
    ],
)
def test_each_filter_leaves_out_what_it_must(library, exercise, answers, rule):
    assert why_not(library, exercise) is None
    assert why_not(library, exercise, **answers) == rule


@pytest.mark.parametrize("surface", list(Surface))
def test_without_a_floor_the_bed_will_do_and_without_both_a_chair(library, surface):
    for exercise in library.exercises.values():
        if exercise.suits.surface is not surface:
            continue
        no_floor = why_not(library, exercise.id, missing=frozenset({"floor"}))
        neither = why_not(library, exercise.id, missing=frozenset({"floor", "bed"}))
        assert (no_floor is None) == (surface is not Surface.FLOOR)
        assert (neither is None) == (surface is Surface.NONE)


def test_an_exercise_on_the_bed_says_so(library):
    person = situation(told(library, hx=["cannot_get_off_floor"]), library)
    said = changes(library.exercises["bridge"], person, library)
    assert [reason.rule for reason in said] == ["modify-bed"]
    assert "bed" in said[0].text


@pytest.mark.parametrize(
    ("weeks", "column"), [(1, 0), (13, 0), (14, 1), (27, 1), (28, 2), (41, 2)]
)
def test_trimesters_change_at_14_and_28_weeks(library, weeks, column):
    person = situation(told(library, pregnant="yes", gestation_weeks=weeks), library)
    assert person.trimesters == (column,)


@pytest.mark.parametrize("answers", [{"pregnant": "yes"}, {"pregnant": "maybe"}])
def test_unknown_weeks_count_as_every_trimester(library, answers):
    assert situation(told(library, **answers), library).trimesters == (0, 1, 2)


def test_a_history_that_is_not_known_to_be_clear_filters_as_if_it_were_there(library):
    for state in ("unsure", "skipped"):
        open_ = {"answer_state": {state: ["osteoporosis", "anticoagulant"]}}
        assert why_not(library, "both-knees-to-chest", **open_) == "leave-out-osteoporosis"
        assert why_not(library, "peanut-ball-lying", **open_) == "not-if"


def test_a_clearance_one_is_not_sure_about_does_not_open_a_heart_filter(library):
    heart = {"hx": ["heart_disease", "clinician_cleared_exercise"]}
    assert not situation(told(library, **heart), library).hypertension
    unsure = {**heart, "answer_state": {"unsure": ["clinician_cleared_exercise"]}}
    assert situation(told(library, **unsure), library).hypertension


def test_what_a_phase_avoids_goes_before_everything_else(library):
    reason = why_not(library, "peanut-ball-lying", avoid=frozenset({"peanut-ball-lying"}),
                     hx=["anticoagulant"])
    assert reason == "avoid-in-phase"


def test_every_removal_says_why_in_plain_words(library):
    person = situation(
        told(library, pregnant="yes", gestation_weeks=30, age=80,
             hx=["osteoporosis", "anticoagulant", "wrist_pain_loading"]),
        library, frozenset({"chair"}),
    )
    for exercise in library.exercises.values():
        reason = unsuitable(exercise, person)
        assert reason is None or (reason.text.endswith(".") and exercise.name in reason.text)


def test_every_change_has_words_of_its_own_or_the_common_ones(library):
    person = situation(
        told(library, pregnant="yes", gestation_weeks=20, age=80,
             hx=["hypertension_uncontrolled", "wrist_pain_loading", "knee_pain_kneeling"]),
        library,
    )
    for exercise in library.exercises.values():
        for reason in changes(exercise, person, library):
            assert len(reason.text) > 20


def test_high_blood_pressure_keeps_holds_short_where_the_exercise_says_modify(library):
    person = situation(told(library, hx=["hypertension_uncontrolled"]), library)
    for exercise in library.exercises.values():
        short = exercise.suits.hypertension is Suit.MODIFY
        assert hold_cap(exercise, person) == ((("hold_s", 10),) if short else ())
        assert hold_cap(exercise, situation(told(library), library)) == ()


def test_an_exercise_on_a_chair_or_standing_needs_no_floor(library):
    assert needs_no_floor(library.exercises["seated-march"])
    assert needs_no_floor(library.exercises["graded-walking"])
    assert not needs_no_floor(library.exercises["bridge"])
    assert not needs_no_floor(library.exercises["hip-thrust"])  # seated on the floor
