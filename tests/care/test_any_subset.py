"""Whatever part of the questions is answered, in whatever order, the intake holds."""

from __future__ import annotations

import json

import pytest
from care.any_answers import LIBRARY, VOCABULARY
from hypothesis import given, settings
from hypothesis import strategies as st

from recoup.care.intake import intake
from recoup.care.triage import triage
from recoup.exchange.documents import intake_document
from recoup.library import read_answers, write_answers
from recoup.model.answers import LISTS
from recoup.model.rule import Action, Urgency

WORST = {name: min(number.most, 5000) for name, number in VOCABULARY.numbers.items()}
LEAST = {name: number.least for name, number in VOCABULARY.numbers.items()}
ALL_KEYS = sorted({key for keys in VOCABULARY.lists.values() for key in keys})

number_of = {
    name: st.integers(int(one.least), int(one.most)) if one.whole
    else st.floats(one.least, min(one.most, 5000), allow_nan=False)
    for name, one in VOCABULARY.numbers.items()
}
whatever = st.fixed_dictionaries(
    {},
    optional={
        **number_of,
        **{name: st.sampled_from(sorted(one.values)) for name, one in VOCABULARY.choices.items()},
        **{name: st.lists(st.sampled_from(sorted(VOCABULARY.lists[name])), unique=True)
           for name in LISTS},
        "answer_state": st.fixed_dictionaries({}, optional={
            "unsure": st.lists(st.sampled_from(ALL_KEYS), unique=True, max_size=20),
            "skipped": st.lists(st.sampled_from(ALL_KEYS), unique=True, max_size=20),
        }),
    },
)
"""Any subset of all answers, in any combination, however absurd."""


def said(data):
    return intake_document(intake(read_answers(data, VOCABULARY), LIBRARY))


@settings(max_examples=300, deadline=None)
@given(whatever)
def test_nothing_crashes_on_any_subset_and_every_outcome_has_reasons(data):
    document = said(data)
    json.dumps(document)
    assert document["because"]
    assert document["program"] is None or document["program_action"] in ("allow", "modify")
    assert all(flag["because"] for flag in document["flags"])


@settings(max_examples=150, deadline=None)
@given(whatever, st.randoms(use_true_random=False))
def test_the_order_of_answers_is_irrelevant(data, chance):
    names = list(data)
    chance.shuffle(names)
    shuffled = {
        name: chance.sample(data[name], len(data[name])) if isinstance(data[name], list)
        else data[name]
        for name in names
    }
    assert json.dumps(said(shuffled)) == json.dumps(said(data))


@settings(max_examples=100, deadline=None)
@given(whatever)
def test_answers_written_and_read_again_say_the_same(data):
    answers = read_answers(data, VOCABULARY)
    assert intake(read_answers(write_answers(answers), VOCABULARY), LIBRARY) == intake(
        answers, LIBRARY
    )


@pytest.mark.parametrize("numbers", [WORST, LEAST], ids=["most", "least"])
def test_everything_at_once_is_an_emergency_and_blocked(numbers):
    lists = {name: sorted(VOCABULARY.lists[name]) for name in LISTS}
    everything = {**numbers, **lists, "onset": "major_trauma"}
    result = triage(read_answers(everything, VOCABULARY), LIBRARY)
    assert (result.urgency, result.action) == (Urgency.EMERGENCY, Action.BLOCK)


def test_everything_not_sure_is_an_emergency_and_everything_skipped_pauses():
    state = read_answers({"answer_state": {"unsure": ALL_KEYS}}, VOCABULARY)
    assert triage(state, LIBRARY).urgency is Urgency.EMERGENCY
    skipped = triage(read_answers({"answer_state": {"skipped": ALL_KEYS}}, VOCABULARY), LIBRARY)
    assert skipped.action is Action.PAUSE


@pytest.mark.parametrize("key", sorted(VOCABULARY.safety_screen))
def test_not_sure_about_one_danger_sign_says_what_yes_says(key):
    base = {"age": 60, "sites": ["low_back"], "onset": "sudden_no_cause", "duration_weeks": 0.5}
    yes = said({**base, "sx": [key]})
    unsure = said({**base, "answer_state": {"unsure": [key]}})
    for name in ("urgency", "program_action", "flags"):
        assert unsure[name] == yes[name]
