"""Recognition: what fits, in words, with what speaks against it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from care.any_answers import LIBRARY, anything, somebody_for
from care.people_in_pain import CLASSIC, FACET, told
from hypothesis import given, settings

from recoup.care.recognition import NEVER_CHECKED, recognise
from recoup.model.answers import Answers
from recoup.model.condition import Fit
from recoup.model.expression import AnyOf


def found(library, **answers):
    return recognise(told(library, **answers), library)


def test_the_classic_facet_picture_comes_first_and_only_could_fit(library):
    first = found(library)[0]
    assert first.condition == FACET
    assert first.score >= 8
    assert first.fit is Fit.COULD_FIT


@pytest.mark.parametrize(
    "code", ["LBP_FACET", "LBP_DISC", "SIJ_PAIN", "DEEP_GLUTEAL"]
)
def test_what_history_cannot_confirm_never_fits_well(library, code):
    condition = next(c for c in library.conditions.values() if c.code == code)
    assert condition.ceiling is Fit.COULD_FIT
    everything = somebody_for(
        AnyOf.of(*sorted(condition.gate)),
        wishes=[f.test for f in condition.features if f.weight > 0],
    )
    own = [m for m in recognise(everything, library) if m.code == code]
    assert own
    assert own[0].fit is Fit.COULD_FIT


@pytest.mark.parametrize("condition", LIBRARY.conditions.values(), ids=lambda c: c.id)
def test_every_condition_comes_up_for_somebody(condition):
    must = [AnyOf.of(*sorted(condition.gate))]
    must += [condition.requires] if condition.requires else []
    best = sorted(condition.features, key=lambda f: -f.weight)
    person = somebody_for(*must, wishes=[f.test for f in best if f.weight > 0])
    assert condition.id in {match.condition for match in recognise(person, LIBRARY)}


@settings(max_examples=200, deadline=None)
@given(anything)
def test_there_are_at_most_three_best_first_each_with_a_doubt(answers):
    matches = recognise(answers, LIBRARY)
    assert len(matches) <= 3
    assert len({match.condition for match in matches}) == len(matches)
    scores = [match.score for match in matches]
    assert scores == sorted(scores, reverse=True)
    for match in matches:
        assert match.against or match.not_asked
        assert (match.fit is Fit.NOT_CLEAR) == (match.score < 4)
    for place, match in enumerate(matches):
        lead = scores[0] - scores[1] if len(scores) > 1 else 3
        well = place == 0 and match.score >= 8 and lead >= 3
        assert match.fit is not Fit.FITS_WELL or well
        if well:
            assert match.fit is LIBRARY.conditions[match.condition].ceiling


def test_a_pattern_fits_well_only_with_a_clear_lead_over_the_second(library):
    more = [m for m in recognise_all(library) if m[0].score >= 8]
    assert {m[0].fit for m in more if m[0].score - m[1].score < 3} == {Fit.COULD_FIT}
    assert Fit.FITS_WELL in {m[0].fit for m in more if m[0].score - m[1].score >= 3}


def recognise_all(library):
    """Return the matches of somebody with every sign of a condition, for each condition."""
    for condition in library.conditions.values():
        must = [AnyOf.of(*sorted(condition.gate))]
        must += [condition.requires] if condition.requires else []
        best = [f.test for f in condition.features if f.weight > 0]
        matches = recognise(somebody_for(*must, wishes=best), library)
        if len(matches) > 1:
            yield matches


@settings(max_examples=200, deadline=None)
@given(anything)
def test_the_score_is_the_prior_and_what_speaks_for_and_against(answers):
    for match in recognise(answers, LIBRARY):
        condition = LIBRARY.conditions[match.condition]
        weights = {feature.token: feature.weight for feature in condition.features}
        said = [*match.for_, *match.against]
        assert match.score == condition.prior + sum(weights[token] for token in said)
        strong = [weights[token] for token in match.for_]
        assert 3 in strong or strong.count(1) >= 2 or condition.fallback is not None


@settings(max_examples=200, deadline=None)
@given(anything)
def test_only_conditions_of_the_marked_places_are_considered(answers):
    tokens = {f"s:{site}" for site in answers.sites}
    for match in recognise(answers, LIBRARY):
        assert LIBRARY.conditions[match.condition].gate & tokens


def test_not_sure_counts_for_nothing(library):
    sure = found(library)[0]
    unsure = found(library, agg=["rotate", "stand_long", "walk"],
                   answer_state={"unsure": ["bend_back"]})
    facet = next(m for m in unsure if m.condition == FACET)
    assert facet.score == sure.score - 3
    assert "agg:bend_back" in facet.not_asked
    as_told = found(library, answer_state={"unsure": ["bend_back"]})
    assert as_told == unsure


def test_a_self_test_that_was_not_done_counts_for_nothing_and_is_listed(library):
    first = found(library)[0]
    assert "t:ext_rot_back_pain" in first.not_asked
    done = found(library, test=["ext_rot_back_pain"])[0]
    assert done.score == first.score + 3
    assert "t:ext_rot_back_pain" in done.for_


@pytest.mark.parametrize(
    ("answers", "change"),
    [
        ({"test": ["ext_rot_back_no_pain"]}, -3),
        ({"spread": "below_knee"}, -4),  # no longer the few inches either
        ({"sx": ["numb_leg"]}, -3),
        ({"morning_stiffness": "gt_60min"}, -4),
        ({"agg": [*CLASSIC["agg"], "cough_sneeze"]}, -1),
        ({"agg": [*CLASSIC["agg"], "sit_to_stand"]}, -1),
        ({"side": "midline"}, -2),
        ({"test": ["repeated_bend_back_centralises"]}, -1),
        ({"agg": [*CLASSIC["agg"], "bend_forward"]}, -1),
    ],
)
def test_what_speaks_against_a_facet_pattern(library, answers, change):
    def facet(matches):
        return next(match for match in matches if match.condition == FACET)

    assert facet(found(library, **answers)).score == facet(found(library)).score + change


def test_where_nothing_else_fits_the_general_pattern_of_the_place_stands_in(library):
    for site, condition in (
        ("low_back", "low-back-pain"),
        ("neck", "neck-pain"),
        ("upper_back", "upper-back-pain"),
        ("shoulder_outer", "rotator-cuff-shoulder-pain"),
    ):
        bare = Answers(numbers={"age": 40}, sites=frozenset({site}))
        matches = recognise(bare, library)
        assert condition in {match.condition for match in matches}, site
        assert all(match.fit is Fit.NOT_CLEAR for match in matches)


@pytest.mark.parametrize(("age", "condition"), [(60, "knee-osteoarthritis"), (25, "kneecap-pain")])
def test_a_sore_knee_without_more_stands_in_by_age(library, age, condition):
    bare = Answers(numbers={"age": age}, sites=frozenset({"knee_front"}))
    assert condition in {match.condition for match in recognise(bare, library)}


def test_two_sore_places_both_get_their_general_pattern(library):
    bare = Answers(numbers={"age": 40}, sites=frozenset({"low_back", "neck"}))
    assert {m.condition for m in recognise(bare, library)} >= {"low-back-pain", "neck-pain"}


def test_no_sore_place_means_no_match(library):
    assert recognise(replace(told(library), sites=frozenset()), library) == ()


def test_something_is_always_said_that_could_not_be_checked(library):
    doubts = [m.not_asked for m in found(library) if not m.against]
    assert NEVER_CHECKED in doubts


@pytest.mark.parametrize("condition", LIBRARY.conditions.values(), ids=lambda c: c.id)
def test_every_condition_is_the_best_match_for_somebody(condition):
    must = [AnyOf.of(*sorted(condition.gate))]
    must += [condition.requires] if condition.requires else []
    best = sorted(condition.features, key=lambda f: -f.weight)
    person = somebody_for(*must, wishes=[f.test for f in best if f.weight > 0])
    matches = recognise(person, LIBRARY)
    scores = {match.condition: match.score for match in matches}
    assert scores[condition.id] == matches[0].score
