"""Pain in several places: each is matched alone, one is chosen to start with."""

from __future__ import annotations

from dataclasses import replace

import pytest
from care.any_answers import LIBRARY, anything
from care.people_in_pain import told
from hypothesis import HealthCheck, given, settings

from recoup.care.intake import intake
from recoup.care.recognition import recognise
from recoup.care.regions import groups_of, shared_by, starts_of
from recoup.care.triage import stops_program, triage
from recoup.model.intake import Start

few = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def groups(*sites: str) -> set[frozenset[str]]:
    return set(groups_of(told(LIBRARY, sites=list(sites)), LIBRARY))


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        (["low_back"], [{"low_back"}]),
        (["low_back", "buttock"], [{"low_back", "buttock"}]),
        (["low_back", "knee_front"], [{"low_back"}, {"knee_front"}]),
        (["knee_front", "knee_inner", "neck"], [{"knee_front", "knee_inner"}, {"neck"}]),
        (["neck", "knee_front", "arch"], [{"neck"}, {"knee_front"}, {"arch"}]),
        (["widespread", "low_back"], [{"low_back"}]),
        ([], []),
    ],
)
def test_places_that_one_problem_could_explain_are_one_group(sites, expected):
    assert groups(*sites) == set(map(frozenset, expected))


def test_a_back_and_a_knee_are_matched_each_alone():
    answers = told(
        LIBRARY, sites=["low_back", "knee_front"],
        agg=["bend_back", "rotate", "stand_long", "walk", "stairs_down", "squat"],
    )
    back, knee = starts_of(answers, LIBRARY)
    assert back.sites == {"low_back"}
    assert back.matches[0].condition == "lumbar-facet-joint-pain"
    assert back.program == "lumbar-facet-joint-pain"
    assert knee.sites == {"knee_front"}
    assert LIBRARY.conditions[knee.matches[0].condition].region == "knee"
    assert "suggested-first" in {reason.rule for reason in back.because}
    assert "suggested-first" not in {reason.rule for reason in knee.because}


def test_one_sore_part_asks_for_no_choice():
    assert starts_of(told(LIBRARY), LIBRARY) == ()
    assert starts_of(told(LIBRARY, sites=["low_back", "buttock"]), LIBRARY) == ()


def test_pain_in_many_areas_is_a_part_of_its_own():
    answers = told(
        LIBRARY, sites=["low_back", "neck", "knee_front"], duration_weeks=100,
        sx=["pain_many_areas", "fatigue_marked", "poor_sleep", "low_mood"],
    )
    found = starts_of(answers, LIBRARY)
    whole = next(one for one in found if not one.sites)
    assert whole.matches[0].condition == "widespread-pain"
    others = [match.condition for one in found if one.sites for match in one.matches]
    assert "widespread-pain" not in others
    assert triage(answers, LIBRARY).urgency.word == "routine", "it deserves one assessment"


def test_a_red_flag_that_stops_the_program_leaves_nothing_to_choose():
    answers = told(LIBRARY, sites=["low_back", "knee_front"], sx=["saddle_numb"])
    assert starts_of(answers, LIBRARY) == ()


def test_what_is_shared_is_in_both_programs():
    program = LIBRARY.programs["lumbar-facet-joint-pain"]
    twin = replace(program, id="twin", phases=program.phases[:1])
    both = replace(LIBRARY, programs={**LIBRARY.programs, "twin": twin})
    one, other = (Start(frozenset(), (), name, ()) for name in (program.id, "twin"))
    names = shared_by((one, other), both)
    assert LIBRARY.exercises["single-knee-to-chest"].name in names
    assert shared_by((one, one), both) == ()
    assert shared_by((one,), both) == ()


@few
@given(anything)
def test_on_any_answers_each_part_holds_its_own_places_and_reasons(answers):
    found = starts_of(answers, LIBRARY)
    assert len(found) != 1
    if stops_program(triage(answers, LIBRARY)):
        assert found == ()
    placed = [site for one in found for site in one.sites]
    assert len(placed) == len(set(placed)), "no place is in two parts"
    for one in found:
        assert one.because
        for match in one.matches:
            condition = LIBRARY.conditions[match.condition]
            assert (condition.region == "general") is (not one.sites)
            gates = one.sites or answers.sites
            assert not condition.gate.isdisjoint(f"s:{site}" for site in gates)


@few
@given(anything)
def test_what_is_suggested_first_is_the_best_match_of_all(answers):
    found = starts_of(answers, LIBRARY)
    best = recognise(answers, LIBRARY)
    if found and best and found[0].matches:
        assert found[0].matches[0].score >= best[0].score
    assert intake(answers, LIBRARY).matches is not None
