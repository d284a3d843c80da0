from __future__ import annotations

import json
import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library.strategies import VOCABULARY, answers

from recoup.library import InputError, read_answers, write_answers
from recoup.model.answers import Activity, Answers

ANA = {
    "age": 52,
    "sex": "female",
    "duration_weeks": 3.5,
    "onset": "gradual",
    "side": "left",
    "sites": ["low_back", "buttock"],
    "agg": ["bend_back", "stand_long"],
    "ease": ["sit"],
    "sx": [],
    "answer_state": {"unsure": ["fever"], "skipped": ["pain_worst"]},
    "activities": ["gardening", {"name": "walking the dog", "ability": 4}],
    "minutes": 20,
    "missing_equipment": ["peanut-ball"],
}


def problems_of(data: object) -> dict[str, str]:
    with pytest.raises(InputError) as caught:
        read_answers(data, VOCABULARY)
    assert all(one.mend for one in caught.value.problems)
    return {one.path: f"{one.text} {one.mend}" for one in caught.value.problems}


def test_answers_become_one_typed_value():
    assert read_answers(ANA, VOCABULARY) == Answers(
        numbers={"age": 52, "duration_weeks": 3.5},
        choices={"sex": "female", "onset": "gradual", "side": "left"},
        sites=frozenset({"low_back", "buttock"}),
        agg=frozenset({"bend_back", "stand_long"}),
        ease=frozenset({"sit"}),
        unsure=frozenset({"fever"}),
        skipped=frozenset({"pain_worst"}),
        activities=(Activity("gardening"), Activity("walking the dog", 4)),
        minutes=20,
        missing_equipment=frozenset({"peanut-ball"}),
    )


def test_no_answers_at_all_are_answers():
    assert read_answers({}, VOCABULARY) == Answers()


@given(answers)
def test_written_answers_read_back_the_same(given_answers):
    text = json.dumps(write_answers(given_answers))
    assert read_answers(json.loads(text), VOCABULARY) == given_answers


def test_duplicate_members_are_fine():
    assert read_answers({"sx": ["fever", "fever"]}, VOCABULARY).sx == {"fever"}


def test_a_number_or_choice_that_is_null_is_left_out():
    assert read_answers({"age": None, "sex": None}, VOCABULARY) == Answers()


def test_a_whole_number_may_come_with_a_point():
    assert read_answers({"age": 52.0}, VOCABULARY).numbers == {"age": 52}


@pytest.mark.parametrize(
    ("data", "path", "said"),
    [
        ({"agee": 3}, "agee", "Did you mean age?"),
        ({"sights": []}, "sights", "Did you mean sites?"),
        ({"answer_sate": {}}, "answer_sate", "Did you mean answer_state?"),
        ({"age": "52"}, "age", "whole number, 0 to 120"),
        ({"age": True}, "age", "whole number"),
        ({"age": -1}, "age", "0 to 120"),
        ({"age": 121}, "age", "0 to 120"),
        ({"age": 40.5}, "age", "whole number"),
        ({"age": math.nan}, "age", "whole number"),
        ({"duration_weeks": math.inf}, "duration_weeks", "0 or more"),
        ({"duration_weeks": -0.1}, "duration_weeks", "0 or more"),
        ({"pain_worst": 11}, "pain_worst", "0 to 10"),
        ({"onset": "minor_traum"}, "onset", "Did you mean minor_trauma?"),
        ({"onset": 3}, "onset", "does not fit"),
        ({"sx": "fever"}, "sx", "must be a list"),
        ({"sx": None}, "sx", "Write [] when nothing applies."),
        ({"sx": {"fever": True}}, "sx", "must be a list"),
        ({"sx": ["fever", "fevers"]}, "sx[1]", "Did you mean fever?"),
        ({"sx": [["fever"]]}, "sx[0]", "Write keys as text."),
        ({"sx": [None]}, "sx[0]", "Write keys as text."),
        ({"sx": [1]}, "sx[0]", "Write keys as text."),
        ({"answer_state": []}, "answer_state", "object"),
        ({"answer_state": {"unsure": ["fevr"]}}, "answer_state.unsure[0]", "Did you mean fever?"),
        ({"answer_state": {"unsre": []}}, "answer_state.unsre", "Did you mean unsure?"),
        ({"activities": "run"}, "activities", "at most 3"),
        ({"activities": ["a", "b", "c", "d"]}, "activities", "at most 3"),
        ({"activities": [{"name": "run", "ability": 11}]}, "activities[0].ability", "0 to 10"),
        ({"activities": [{"ability": 1}]}, "activities[0].name", "missing"),
        ({"activities": [{"name": "run", "skill": 1}]}, "activities[0].skill", "not known"),
        ({"activities": [7]}, "activities[0]", "object"),
        ({"minutes": 0}, "minutes", "1 to 240"),
        ({"missing_equipment": ["Peanut ball!"]}, "missing_equipment[0]", "peanut-ball"),
        ([], "", "object"),
        (None, "", "object"),
        ("age", "", "object"),
    ],
)
def test_bad_answers_are_told_with_their_place(data, path, said):
    found = problems_of(data)
    assert list(found) == [path]
    assert said in found[path]


def test_every_problem_is_told_at_once():
    bad = {"age": "old", "aeg": 1, "onset": "x", "sx": ["a", "fever", "b"], "minutes": 999}
    assert set(problems_of(bad)) == {"age", "aeg", "onset", "sx[0]", "sx[2]", "minutes"}


def test_a_list_with_a_bad_member_is_never_half_read():
    with pytest.raises(InputError):
        read_answers({"sx": ["saddle_numb", "oops"]}, VOCABULARY)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["fever", "low_back", "gradual"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["unsure", "name", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
names = st.sampled_from(
    [
        *VOCABULARY.numbers,
        *VOCABULARY.choices,
        "sx",
        "agg",
        "answer_state",
        "activities",
        "minutes",
        "missing_equipment",
        "oops",
    ]
)


@given(st.dictionaries(names, json_values, max_size=6) | json_values)
def test_any_json_gives_answers_or_problems(data):
    with suppress(InputError):
        found = read_answers(data, VOCABULARY)
        assert read_answers(write_answers(found), VOCABULARY) == found
