"""Unknown is not "no": how "not sure", skipped and missing answers count."""

from __future__ import annotations

import pytest
from care.people_in_pain import told

from recoup.care.facts import recognition_facts, screen_incomplete, screen_of, screening_facts


def tokens(library, **answers):
    return screening_facts(told(library, **answers), library.vocabulary).tokens


def test_not_sure_about_a_danger_sign_counts_as_having_it(library):
    for key in library.vocabulary.safety_screen:
        assert f"sx:{key}" in tokens(library, answer_state={"unsure": [key]})


def test_not_sure_about_what_lowers_urgency_counts_as_not_given(library):
    for key in library.vocabulary.lowering:
        listed = next(n for n, keys in library.vocabulary.lists.items() if key in keys)
        for state in ("unsure", "skipped"):
            found = tokens(library, **{listed: [key]}, answer_state={state: [key]})
            assert not any(token.endswith(f":{key}") for token in found)


def test_not_sure_about_anything_else_is_unknown(library):
    assert "agg:squat" not in tokens(library, answer_state={"unsure": ["squat"]})
    assert "sx:unwell" not in tokens(library, answer_state={"unsure": ["unwell"]})


@pytest.mark.parametrize(
    ("answers", "holds"),
    [
        ({"pregnant": "yes"}, {"preg"}),
        ({"pregnant": "maybe"}, {"pregmaybe"}),
        ({"pregnant": "no"}, set()),
        ({}, set()),
        ({"answer_state": {"unsure": ["pregnant"]}}, {"pregmaybe"}),
        ({"pregnant": "yes", "answer_state": {"unsure": ["pregnant"]}}, {"preg"}),
        ({"postpartum_weeks": 0}, {"pp"}),
    ],
)
def test_pregnancy_is_yes_perhaps_or_no(library, answers, holds):
    found = tokens(library, **answers) & {"preg", "pregmaybe", "pp"}
    assert found == holds


@pytest.mark.parametrize("number", ["age", "duration_weeks", "onset"])
def test_without_age_onset_or_duration_the_screen_is_incomplete(library, number):
    assert not screen_incomplete(told(library), library.vocabulary)
    assert screen_incomplete(told(library, without=(number,)), library.vocabulary)


def test_each_skipped_question_of_the_screen_leaves_it_incomplete(library):
    vocabulary = library.vocabulary
    for key in (vocabulary.safety_screen | vocabulary.also_asked) - {"sexual_change"}:
        assert screen_incomplete(told(library, answer_state={"skipped": [key]}), vocabulary), key


@pytest.mark.parametrize(
    ("answers", "incomplete"),
    [
        ({}, False),
        ({"sx": ["saddle_numb"]}, True),
        ({"sx": ["bladder_retention"]}, True),
        ({"sx": ["bladder_incontinence"]}, True),
        ({"sx": ["bowel_incontinence"]}, True),
        ({"unsure": ["saddle_numb"]}, True),
        ({"skipped": ["bowel_incontinence"]}, True),
        ({"skipped": ["fever"]}, True),
    ],
)
def test_the_sexual_question_alone_may_stay_open_when_the_rest_is_clearly_no(
    library, answers, incomplete
):
    state = {
        "skipped": ["sexual_change", *answers.get("skipped", [])],
        "unsure": answers.get("unsure", []),
    }
    given = told(library, sx=answers.get("sx", []), answer_state=state)
    assert screen_incomplete(given, library.vocabulary) is incomplete


def test_recognition_counts_nothing_that_is_not_sure_or_skipped(library):
    for state in ("unsure", "skipped"):
        given = told(library, agg=["bend_back"], answer_state={state: ["bend_back"]})
        assert "agg:bend_back" not in recognition_facts(given).tokens


def test_a_group_of_the_screen_that_is_not_shown_is_not_skipped(library):
    shown = screen_of(told(library), library)
    assert "saddle_numb" in shown
    assert "vaginal_bleeding" not in shown
    assert "four_steps_no" not in shown
    assert "vaginal_bleeding" in screen_of(told(library, pregnant="yes"), library)
    assert "four_steps_no" in screen_of(told(library, onset="minor_trauma"), library)


def test_every_key_of_the_screen_is_shown_to_somebody(library):
    everything = told(library, sex="female", pregnant="yes", onset="minor_trauma")
    assert screen_of(everything, library) == library.vocabulary.safety_screen


@pytest.mark.parametrize(
    ("answers", "holds"),
    [
        ({"pregnant": "yes"}, {"preg"}),
        ({"pregnant": "yes", "answer_state": {"unsure": ["pregnant"]}}, set()),
        ({"pregnant": "yes", "answer_state": {"unsure": ["fever"]}}, {"preg"}),
        ({"pregnant": "maybe"}, set()),
        ({"postpartum_weeks": 0}, {"pp"}),
        ({}, set()),
    ],
)
def test_recognition_counts_a_pregnancy_only_when_it_is_sure(library, answers, holds):
    assert recognition_facts(told(library, **answers)).tokens & {"preg", "pp"} == holds
