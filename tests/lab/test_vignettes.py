"""Our own stories: what a clinician expects of each, and what the engine says to it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from care.any_answers import LIBRARY
from typer.testing import CliRunner

from recoup.cli import app
from recoup.lab.vignettes import CAVEAT, MEASURES, WHOLE, Share, by_region, coverage, judge
from recoup.library import read_texts, read_vignettes
from recoup.library.texts import default_folder
from recoup.model.rule import Action, Urgency
from recoup.model.vignette import Kind

VIGNETTES = read_vignettes(read_texts(default_folder()), LIBRARY)
VERDICTS = {one.id: judge(one, LIBRARY) for one in VIGNETTES}
SAFETY = Path(__file__).parents[2] / "docs/safety"


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda one: one.id)
def test_the_engine_says_what_the_story_asks_for(vignette):
    verdict = VERDICTS[vignette.id]
    if vignette.disagrees is None:
        assert verdict.disagreements == ()
    else:
        assert verdict.disagreements, "they agree now: remove its reason for disagreeing"


def test_the_disagreements_we_know_of_are_these_five_and_two_concern_danger():
    known = {one.id for one in VIGNETTES if one.disagrees}
    assert known == {
        "sausage-toe", "neck-small-bump-at-thirty", "arm-will-not-lift-and-no-injury",
        "knee-tapped-beside-a-torn-biceps", "low-back-only-new-in-two-weeks",
    }
    less_urgent = {
        one.id for one in VIGNETTES if VERDICTS[one.id].urgency < one.expected.urgency
    }
    assert less_urgent == {"knee-tapped-beside-a-torn-biceps", "low-back-only-new-in-two-weeks"}


def test_there_are_stories_of_every_kind_urgency_action_and_region():
    assert len(VIGNETTES) >= 120
    assert {one.kind for one in VIGNETTES} == set(Kind)
    assert {one.expected.urgency for one in VIGNETTES} == set(Urgency)
    assert {one.expected.action for one in VIGNETTES} == set(Action)
    regions = {condition.region for condition in LIBRARY.conditions.values()}
    assert {one.region for one in VIGNETTES} == regions


def test_every_condition_is_the_best_match_of_a_typical_story():
    told = {one.expected.first for one in VIGNETTES if one.kind is Kind.TYPICAL}
    assert set(LIBRARY.conditions) - told == set()


def test_every_rule_is_expected_to_fire_in_a_story():
    told = {flag for one in VIGNETTES for flag in one.expected.flags}
    assert {rule.id for rule in LIBRARY.red_flags} - told == set()


def test_every_rule_stays_quiet_in_most_stories():
    fired = Counter(flag for verdict in VERDICTS.values() for flag in verdict.flags)
    assert max(fired.values()) < len(VIGNETTES) / 2


@pytest.mark.parametrize(
    ("options", "page"), [([], "vignettes.md"), (["--rules"], "rule-coverage.md")]
)
def test_the_report_shows_what_the_command_prints(options, page):
    printed = CliRunner().invoke(app, ["vignettes", *options])
    assert printed.exit_code == 0
    assert printed.stdout.strip() in (SAFETY / page).read_text("utf-8")


def test_the_figures_never_stand_without_what_they_are_not():
    assert CAVEAT in (SAFETY / "vignettes.md").read_text("utf-8")
    assert CAVEAT in CliRunner().invoke(app, ["vignettes"]).stdout


def test_the_coverage_of_a_rule_tells_who_expects_it_and_how_often_it_fires():
    found = {one.rule: one for one in coverage(VERDICTS.values(), LIBRARY)}
    assert set(found) == {rule.id for rule in LIBRARY.red_flags}
    assert "knee-locked-since-the-twist" in found["RF-JT-04c"].expected
    assert found["RF-JT-04c"].fires >= 1
    assert found["RF-SY-12"].quiet == 1
    assert found["RF-SY-12"].urgency == "filter"


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (9, 10, 0.5958, 0.9821), (10, 10, 0.7225, 1)],
)
def test_the_interval_is_wilsons(hits, total, low, high):
    assert Share(hits, total).interval() == pytest.approx((low, high), abs=1e-4)


def test_a_share_of_nobody_has_no_value():
    assert (Share(0, 0).value, Share(0, 0).interval()) == (None, None)


def measured(**shares):
    """Return each measure over three people: an emergency, a routine one, a well one."""
    people = [VERDICTS[name] for name in
              ("low-back-numb-when-wiping", "low-back-tired-at-sixty-six", "neck-at-the-desk")]
    changed = [replace(one, urgency=shares.get("urgency", one.urgency)) for one in people]
    return {m.name: (m.of(changed).hits, m.of(changed).total) for m in MEASURES}


def test_sensitivity_counts_who_is_sent_soon_enough_and_specificity_who_is_not_sent():
    assert measured()["sensitivity"] == (1, 1)
    assert measured()["specificity"] == (2, 2)
    assert measured()["over-triage"] == (0, 3)
    late = measured(urgency=Urgency.SAME_DAY)
    assert (late["sensitivity"], late["specificity"]) == ((0, 1), (0, 2))
    assert late["over-triage"] == (2, 3)


def test_a_match_counts_in_three_only_when_every_expected_pattern_is_shown():
    verdict = VERDICTS["neck-at-the-desk"]
    names = {m.name: m for m in MEASURES}
    assert names["top-3 match"].of([verdict]) == Share(1, 1)
    lost = replace(verdict, conditions=("neck-pain",))
    assert names["top-3 match"].of([lost]) == Share(0, 1)
    second = replace(verdict, conditions=("neck-pain", verdict.vignette.expected.first))
    assert names["top-3 match"].of([second]) == Share(1, 1)
    assert names["first match"].of([second]) == Share(0, 1)


def test_every_way_to_disagree_is_told():
    vignette = next(one for one in VIGNETTES if one.id == "neck-at-the-desk")
    wrong = replace(
        vignette.expected, urgency=Urgency.ROUTINE, action=Action.PAUSE, flags=("RF-SP-01",),
        first="knee-osteoarthritis", among=("gout",),
    )
    said = judge(replace(vignette, expected=wrong), LIBRARY).disagreements
    assert said[:3] == (
        "urgency self_manage, not routine", "action allow, not pause", "RF-SP-01 did not fire",
    )
    assert said[3].startswith("knee-osteoarthritis is not first of desk-related-neck-pain")
    assert said[4].startswith("gout is not among desk-related-neck-pain")
    fever = next(one for one in VIGNETTES if one.id == "elbow-with-fever")
    loud = replace(fever, expected=replace(fever.expected, quiet=("RF-SY-01",)))
    assert judge(loud, LIBRARY).disagreements == ("RF-SY-01 fired",)


def test_a_reason_for_disagreeing_that_is_no_longer_needed_is_a_surprise():
    verdict = VERDICTS["neck-at-the-desk"]
    assert not verdict.surprising
    assert replace(verdict, disagreements=("urgency",)).surprising
    marked = replace(verdict, vignette=replace(verdict.vignette, disagrees="because"))
    assert marked.surprising


def test_regions_stand_by_name_and_all_come_last():
    found = by_region(VERDICTS.values())
    assert list(found)[-1] == WHOLE
    assert sum(len(some) for region, some in found.items() if region != WHOLE) == len(VIGNETTES)
