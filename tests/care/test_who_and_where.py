"""Neither who a person is nor where they point on the map may hide a danger sign."""

from __future__ import annotations

from dataclasses import replace

import pytest
from care.any_answers import LIBRARY, VOCABULARY, anything
from hypothesis import given, settings

from recoup.care.triage import triage
from recoup.library import read_answers, read_texts, read_vignettes
from recoup.library.texts import default_folder
from recoup.model.answers import Answers
from recoup.model.rule import Urgency

VIGNETTES = read_vignettes(read_texts(default_folder()), LIBRARY)
EMERGENCIES = [one for one in VIGNETTES if one.expected.urgency is Urgency.EMERGENCY]
ONLY_IN_ITS_PLACE = {
    "low-back-and-numb-in-bed-with-partner", "low-back-sudden-with-belly-smoker",
    "low-back-bleeding-beside-the-cord", "low-back-and-belly-of-an-older-diabetic",
    "neck-dizzy-and-unsteady-on-waking", "neck-car-crash-at-speed",
    "neck-dived-into-shallow-water", "perhaps-pregnant-with-belly-pain",
    "upper-back-after-cancer-and-unsteady",
}  # fmt: skip
"""Their other answers are not dangerous by the rules. The intake asks for at least one place."""
SILENT_ALONE = {"neuro_new_2w"}
"""Read by no rule without another nerve sign: docs/safety/open-questions.md, 5."""
NOWHERE = {"age": 60, "onset": "gradual", "duration_weeks": 1}


def test_no_rule_reads_the_sex_of_a_person():
    for rule in LIBRARY.red_flags:
        assert not [atom for atom in rule.when.atoms() if atom.startswith("sex=")], rule.id


def test_sex_moves_a_match_by_one_at_most_and_never_opens_or_closes_one():
    for condition in LIBRARY.conditions.values():
        for feature in condition.features:
            reads = {atom.partition("=")[0] for atom in feature.test.atoms()}
            assert "sex" not in reads or abs(feature.weight) <= 1, condition.id
        for gate in (condition.requires, condition.fallback):
            assert gate is None or "sex" not in {a.partition("=")[0] for a in gate.atoms()}


@settings(max_examples=150, deadline=None)
@given(anything)
def test_whoever_it_is_the_same_answers_are_as_urgent(answers):
    said = set()
    for sex in (None, *VOCABULARY.choices["sex"].values):
        choices = {name: value for name, value in answers.choices.items() if name != "sex"}
        choices |= {"sex": sex} if sex else {}
        result = triage(replace(answers, choices=choices), LIBRARY)
        said.add((result.urgency, result.action, tuple(flag.id for flag in result.flags)))
    assert len(said) == 1


@pytest.mark.parametrize("key", sorted(VOCABULARY.safety_screen))
def test_no_danger_sign_is_silent_when_no_place_is_marked(key):
    pregnant = {"pregnant": "yes"} if key in pregnancy_keys() else {}
    for state in ({"sx": [key]}, {"answer_state": {"unsure": [key]}}):
        result = triage(read_answers({**NOWHERE, **pregnant, **state}, VOCABULARY), LIBRARY)
        assert (result.urgency >= Urgency.ROUTINE) is (key not in SILENT_ALONE)


def pregnancy_keys():
    """Return the danger signs that only pregnancy rules read."""
    read = {}
    for rule in LIBRARY.red_flags:
        for atom in rule.when.atoms():
            read.setdefault(atom.removeprefix("sx:"), set()).add(rule.id)
    return {key for key in VOCABULARY.safety_screen
            if all(rule.startswith("RF-PR") for rule in read.get(key, ()) if rule != "RF-PR-07")}


@pytest.mark.parametrize("vignette", EMERGENCIES, ids=lambda one: one.id)
def test_an_emergency_without_a_place_is_still_seen_the_same_day_or_named_here(vignette):
    """Where it hurts may be left open or tapped wrongly. Some emergencies are one only in their
    place: their answers say nothing dangerous without it."""
    nowhere = triage(replace(vignette.answers, sites=frozenset()), LIBRARY)
    if vignette.id in ONLY_IN_ITS_PLACE:
        assert nowhere.urgency < Urgency.SAME_DAY, "remove it from the list"
    else:
        assert nowhere.urgency >= Urgency.SAME_DAY


def test_one_more_place_never_lowers_an_emergency():
    for vignette in EMERGENCIES:
        for site in VOCABULARY.lists["sites"]:
            more: Answers = replace(vignette.answers, sites=vignette.answers.sites | {site})
            assert triage(more, LIBRARY).urgency is Urgency.EMERGENCY, (vignette.id, site)
