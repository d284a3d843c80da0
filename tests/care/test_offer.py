"""The whole intake: triage first, then recognition, then what program is offered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from care.any_answers import LIBRARY, anything, somebody_for
from care.people_in_pain import FACET, told
from hypothesis import given, settings

from recoup.care.intake import intake
from recoup.model.expression import AnyOf
from recoup.model.rule import Action

DISC = "bending-sensitive-low-back-pain"
BOTH_WAYS = {
    "age": 45,
    "agg": ["rotate"],
    "ease": ["sit", "lie_down"],
    "spread": "buttock_or_thigh_above_knee",
    "morning_stiffness": "none",
    "test": ["repeated_bend_forward_worse"],
}
"""Signs of two patterns: one likes bending forward, the other bending back."""

VAGUE = {
    "age": 45,
    "agg": ["rotate"],
    "ease": ["sit"],
    "side": "midline",
    "onset": "woke_with_it",
    "spread": "buttock_or_thigh_above_knee",
    "morning_stiffness": "gt_60min",
    "test": ["ext_rot_back_pain"],
}
"""One strong sign of a facet pattern, and much against it."""


def rules(outcome):
    return [reason.rule for reason in outcome.because]


def test_the_classic_picture_is_offered_the_facet_program_with_reasons(library):
    outcome = intake(told(library), library)
    assert outcome.program == FACET
    assert "match-could-fit" in rules(outcome)
    assert all(reason.text for reason in outcome.because)


@settings(max_examples=200, deadline=None)
@given(anything)
def test_a_program_that_is_paused_or_blocked_is_never_offered(answers):
    outcome = intake(answers, LIBRARY)
    assert outcome.program is None or outcome.triage.action < Action.PAUSE
    assert outcome.because


def test_two_patterns_that_ask_for_opposite_movements_start_neither(library):
    outcome = intake(told(library, **BOTH_WAYS), library)
    top = outcome.matches[:2]
    assert {match.condition for match in top} == {FACET, DISC}
    assert abs(top[0].score - top[1].score) < 3
    assert "direction-conflict" in rules(outcome)
    assert outcome.program in (None, "low-back-pain")


def test_a_clear_lead_is_no_conflict(library):
    outcome = intake(told(library, **{**BOTH_WAYS, "agg": ["rotate", "bend_back"]}), library)
    assert outcome.matches[0].score - outcome.matches[1].score >= 3
    assert "direction-conflict" not in rules(outcome)
    assert outcome.program == FACET


def test_where_nothing_is_clear_the_general_program_of_the_place_leads(library):
    outcome = intake(told(library, **VAGUE), library)
    assert outcome.matches[0].condition == FACET
    assert "match-not-clear" in rules(outcome)
    assert outcome.program in (None, "low-back-pain")


def test_without_a_match_nothing_is_offered(library):
    nowhere = replace(told(library), sites=frozenset())
    assert "no-match" in rules(intake(nowhere, library))


@pytest.mark.parametrize(
    "condition",
    [c for c in LIBRARY.conditions.values() if c.template == "REFER"], ids=lambda c: c.id,
)
def test_what_a_clinician_must_treat_has_no_program(condition):
    outcome = intake(fitting(condition), LIBRARY)
    assert outcome.program is None


@pytest.mark.parametrize(
    "condition",
    [c for c in LIBRARY.conditions.values() if c.template in ("CLEARANCE", "POSTOP")],
    ids=lambda c: c.id,
)
def test_locked_programs_wait_for_a_clinician(condition):
    assert intake(fitting(condition), LIBRARY).program is None


def fitting(condition):
    must = [AnyOf.of(*sorted(condition.gate))]
    must += [condition.requires] if condition.requires else []
    return somebody_for(*must, wishes=[f.test for f in condition.features if f.weight > 0])
