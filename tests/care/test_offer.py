"""The whole intake: triage first, then recognition, then what program is offered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from care.any_answers import LIBRARY, anything, somebody_for
from care.people_in_pain import FACET, told
from hypothesis import given, settings

from recoup.care.course import CLEARED
from recoup.care.intake import allowed, intake
from recoup.model.expression import AnyOf
from recoup.model.rule import Action

DISC = "bending-sensitive-low-back-pain"
NEUTRAL = "low-back-pain"
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
    assert outcome.program == NEUTRAL


def test_a_clear_lead_is_no_conflict(library):
    outcome = intake(told(library, **{**BOTH_WAYS, "agg": ["rotate", "bend_back"]}), library)
    assert outcome.matches[0].score - outcome.matches[1].score >= 3
    assert "direction-conflict" not in rules(outcome)
    assert outcome.program == FACET


def test_where_nothing_is_clear_the_general_program_of_the_place_leads(library):
    outcome = intake(told(library, **VAGUE), library)
    assert outcome.matches[0].condition == FACET
    assert "match-not-clear" in rules(outcome)
    assert outcome.program == NEUTRAL


def test_without_a_match_nothing_is_offered(library):
    nowhere = replace(told(library), sites=frozenset())
    assert "no-match" in rules(intake(nowhere, library))


def test_what_a_clinician_must_treat_has_no_program_even_where_one_stands():
    referred = replace(LIBRARY.conditions[FACET], template="REFER")
    library = replace(LIBRARY, conditions={**LIBRARY.conditions, FACET: referred})
    outcome = intake(told(library), library)
    assert outcome.matches[0].condition == FACET
    assert (outcome.program, outcome.because[-1].rule) == (None, "no-program")


@pytest.mark.parametrize(
    "condition",
    [c for c in LIBRARY.conditions.values() if c.template in ("CLEARANCE", "POSTOP")],
    ids=lambda c: c.id,
)
def test_locked_programs_wait_for_a_clinician(condition):
    assert offered(condition) in (None, "program-stopped", "needs-clearance")


def test_the_lock_opens_with_a_clearance_and_not_when_it_is_unsure():
    library, condition = with_program_for("after-lumbar-surgery")
    person = replace(fitting(condition), hx=fitting(condition).hx | {CLEARED})
    outcome = intake(person, library)
    assert (outcome.matches[0].condition, outcome.program) == (condition.id, FACET)
    unsure = replace(person, unsure=frozenset({CLEARED}))
    assert intake(unsure, library).program is None
    assert intake(replace(person, hx=person.hx - {CLEARED}), library).program is None


def with_program_for(name):
    """Return a library in which the facet program is written for another condition."""
    program = replace(LIBRARY.programs[FACET], condition=name)
    return replace(LIBRARY, programs={FACET: program}), LIBRARY.conditions[name]


def offered(condition):
    """Return why no program is offered to somebody whose signs are all of one condition, or None
    when another condition leads."""
    library, _ = with_program_for(condition.id)
    person = fitting(condition)
    outcome = intake(replace(person, hx=person.hx - {CLEARED}), library)
    assert outcome.program is None
    leads = outcome.matches and outcome.matches[0].condition == condition.id
    return outcome.because[-1].rule if leads else None


def fitting(condition):
    must = [AnyOf.of(*sorted(condition.gate))]
    must += [condition.requires] if condition.requires else []
    return somebody_for(*must, wishes=[f.test for f in condition.features if f.weight > 0])


# Choosing another program

BENDING = {
    "agg": ["bend_forward", "sit", "cough_sneeze", "rotate"], "ease": ["walk_move", "lie_down"],
    "spread": "buttock_or_thigh_above_knee", "age": 40, "onset": "after_lift_or_twist",
    "test": ["repeated_bend_forward_worse", "repeated_bend_back_centralises"],
}


def test_when_two_opposite_patterns_fit_alike_only_the_neutral_program_can_be_chosen(library):
    assert choices(library, **BOTH_WAYS) == (NEUTRAL,)


def choices(library, **changes) -> tuple[str, ...]:
    answers = told(library, **changes)
    return allowed(intake(answers, library), answers, library)


def test_the_offered_program_is_the_first_choice(library):
    assert choices(library)[0] == FACET


def test_a_program_for_the_opposite_movements_cannot_be_chosen(library):
    found = intake(told(library, **BENDING), library)
    assert found.matches[0].condition == DISC
    assert FACET not in choices(library, **BENDING)


def test_another_program_that_could_fit_may_be_chosen(library):
    stenosis = {"agg": ["stand_long", "walk", "bend_back"], "ease": ["sit", "bend_forward"],
                "age": 70, "spread": "below_knee", "sites": ["low_back", "buttock", "thigh_back"],
                "sx": ["walk_leg_pain_eased_by_sit_or_lean"], "duration_weeks": 60}
    found = intake(told(library, **stenosis), library)
    assert found.program == "lumbar-spinal-stenosis"
    assert FACET in {one.condition for one in found.matches[1:]}
    first, *others = choices(library, **stenosis)
    assert first == found.program
    assert FACET in others


@pytest.mark.parametrize("sign", ["saddle_numb", "weak_leg", "unwell"])
def test_nothing_can_be_chosen_while_a_red_flag_stops_every_program(library, sign):
    assert choices(library, sx=[sign]) == ()
