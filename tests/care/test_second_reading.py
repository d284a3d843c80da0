"""Every rule of the library says the same as its second reading, at every edge."""

from __future__ import annotations

import pytest
from care.any_answers import LIBRARY, VOCABULARY, anything
from care.points import points_of
from care.second_reading import ALSO_ASKED, LOWERING, ROWS, SCREEN, fires
from hypothesis import given, settings
from hypothesis import strategies as st

from recoup.care.facts import screening_facts
from recoup.care.triage import triage
from recoup.library import read_answers, write_answers

RULES = {rule.id: rule for rule in LIBRARY.red_flags}


def engine(rule, said):
    facts = screening_facts(read_answers(said, VOCABULARY), VOCABULARY)
    return rule.when.holds(facts, rule.assume)


def test_the_page_has_the_same_rules_in_the_same_words():
    assert set(ROWS) == set(RULES)
    for row in ROWS.values():
        rule = RULES[row.id]
        assert ("filter" if rule.filter_only else rule.urgency.word) == row.urgency, row.id
        assert rule.action.word == row.action, row.id
        assert set(rule.sources) == set(row.sources), row.id


def test_every_rule_has_a_source_that_is_known():
    for row in ROWS.values():
        assert row.sources, row.id
        assert set(row.sources) <= set(LIBRARY.evidence), row.id


def test_the_lists_that_need_care_are_those_of_the_specification():
    assert VOCABULARY.safety_screen == SCREEN
    assert VOCABULARY.also_asked == ALSO_ASKED
    assert VOCABULARY.lowering == {key.partition(":")[2] for key in LOWERING}


@pytest.mark.parametrize("rule", LIBRARY.red_flags, ids=lambda rule: rule.id)
def test_a_rule_fires_in_every_way_it_can_and_in_no_other(rule):
    outcomes = set()
    for said in points_of(rule.id):
        expected = fires(rule.id, said)
        assert engine(rule, said) is expected, said
        outcomes.add(expected)
    assert outcomes == {True, False}, "it must fire on some answers and stay quiet on others"


@pytest.mark.parametrize("rule", LIBRARY.red_flags, ids=lambda rule: rule.id)
def test_a_rule_that_fires_raises_the_outcome_and_says_why(rule):
    said = next(one for one in points_of(rule.id) if fires(rule.id, one))
    result = triage(read_answers(said, VOCABULARY), LIBRARY)
    flag = next(flag for flag in result.flags if flag.id == rule.id)
    assert result.urgency >= rule.urgency
    assert result.action >= rule.action
    assert flag.because


@settings(max_examples=300, deadline=None)
@given(
    anything,
    st.frozensets(st.sampled_from(sorted(SCREEN | VOCABULARY.lowering | {"pregnant"})), max_size=2),
    st.frozensets(st.sampled_from(sorted(SCREEN | ALSO_ASKED | VOCABULARY.lowering)), max_size=2),
    st.frozensets(st.sampled_from(["age", "duration_weeks", "pain_worst", "onset"]), max_size=1),
    st.frozensets(st.sampled_from(sorted(LOWERING)), max_size=2),
    st.sampled_from([None, "yes", "no", "maybe"]),
)
def test_both_readings_agree_on_any_answers(answers, unsure, skipped, missing, lowering, pregnant):
    said = write_answers(answers)
    said = {name: value for name, value in said.items() if name not in missing}
    said["answer_state"] = {"unsure": sorted(unsure), "skipped": sorted(skipped)}
    for atom in lowering:
        name = {"hx": "hx", "sx": "sx", "agg": "agg", "t": "test"}[atom.partition(":")[0]]
        said[name] = sorted({*said.get(name, ()), atom.partition(":")[2]})
    said |= {"pregnant": pregnant} if pregnant else {}
    result = triage(read_answers(said, VOCABULARY), LIBRARY)
    assert {flag.id for flag in result.flags} == {name for name in ROWS if fires(name, said)}
