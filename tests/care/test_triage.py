"""Red flags: the most urgent wins, and nothing but the closed list lowers it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from care.any_answers import LIBRARY, VOCABULARY, anything, plain_keys, somebody_for
from care.people_in_pain import told
from care.points import points_of
from care.second_reading import fires
from hypothesis import given, settings
from hypothesis import strategies as st

from recoup.care.triage import NO_FLAG, certain, forget_flags, stops_program, triage
from recoup.library import read_answers
from recoup.model.answers import Answers
from recoup.model.expression import All, AnyOf, Not
from recoup.model.rule import Action, Urgency

EXCEPTION = "RF-SH-03"
"""A marked knee or calf quiets it, by the letter of the specification: test_closed_list.py."""


def flags(library, **answers):
    return {flag.id for flag in triage(told(library, **answers), library).flags}


def test_nothing_worrying_is_self_managed_and_says_that_this_can_change(library):
    result = triage(told(library), library)
    assert (result.urgency, result.action, result.flags) == (
        Urgency.SELF_MANAGE, Action.ALLOW, (),
    )
    assert result.because[0].rule == NO_FLAG == "no-red-flag"
    assert "can change" in result.because[0].text


def test_each_reason_names_its_rule_and_the_answers_that_were_there(library):
    result = triage(told(library, sx=["saddle_numb", "weight_loss"]), library)
    assert len(result.because) == len(result.flags) > 1
    for flag, reason in zip(result.flags, result.because, strict=True):
        assert (reason.rule, reason.text) == (flag.id, flag.message)
        assert reason.inputs == tuple((atom, True) for atom in flag.because) != ()


def test_flags_that_were_forgotten_are_worked_out_anew_and_the_same(library):
    def flag():
        """Of somebody else each time, who gives the same answers."""
        return triage(told(library, sx=["saddle_numb"]), library).flags[0]

    first = flag()
    assert flag() is first
    forget_flags()
    assert flag() == first
    assert flag() is not first


def test_no_rule_fires_when_nothing_is_answered_but_the_unfinished_screen(library):
    result = triage(Answers(), library)
    assert {flag.id for flag in result.flags} == {"RF-SY-12"}
    assert result.action is Action.PAUSE


@pytest.mark.parametrize("rule", LIBRARY.red_flags, ids=lambda rule: rule.id)
def test_every_rule_fires_for_somebody_and_says_why(rule):
    result = triage(somebody_for(rule.when), LIBRARY)
    flag = next(flag for flag in result.flags if flag.id == rule.id)
    assert flag.because
    assert flag.message == rule.message
    assert result.urgency >= rule.urgency
    assert result.action >= rule.action


@settings(max_examples=500, deadline=None)
@given(anything, plain_keys)
def test_one_more_answer_never_lowers_urgency_or_opens_the_program(answers, added):
    name, key = added
    more = replace(answers, **{name: getattr(answers, name) | {key}})
    before, after = triage(answers, LIBRARY), triage(more, LIBRARY)
    kept = [flag for flag in before.flags if not (flag.id == EXCEPTION and name == "sites")]
    assert after.urgency >= max((flag.urgency for flag in kept), default=Urgency.SELF_MANAGE)
    assert after.action >= max((flag.action for flag in kept), default=Action.ALLOW)


@settings(max_examples=150, deadline=None)
@given(anything, st.sampled_from(sorted(VOCABULARY.safety_screen)), st.booleans())
def test_not_sure_or_skipped_never_lowers_urgency(answers, key, sure):
    more = (
        replace(answers, unsure=answers.unsure | {key})
        if sure else replace(answers, skipped=answers.skipped | {key})
    )
    before, after = triage(answers, LIBRARY), triage(more, LIBRARY)
    assert (after.urgency, after.action) >= (before.urgency, before.action)
    assert after.action >= before.action


@settings(max_examples=150, deadline=None)
@given(anything)
def test_a_new_symptom_is_judged_twice_and_the_worse_counts(answers):
    once, twice = triage(answers, LIBRARY), triage(answers, LIBRARY, new_symptom=True)
    fresh = triage(replace(answers, numbers={**answers.numbers, "duration_weeks": 0}), LIBRARY)
    assert twice.urgency == max(once.urgency, fresh.urgency)
    assert twice.action == max(once.action, fresh.action)
    assert {f.id for f in twice.flags} == {f.id for f in once.flags} | {f.id for f in fresh.flags}
    assert len({f.id for f in twice.flags}) == len(twice.flags), "no flag is told twice"


@settings(max_examples=150, deadline=None)
@given(anything)
def test_the_highest_urgency_and_the_most_restrictive_action_win(answers):
    result = triage(answers, LIBRARY)
    assert result.urgency == max((f.urgency for f in result.flags), default=Urgency.SELF_MANAGE)
    assert result.action == max((f.action for f in result.flags), default=Action.ALLOW)
    ranks = [(flag.urgency, flag.action) for flag in result.flags]
    assert ranks == sorted(ranks, reverse=True)
    assert [reason.rule for reason in result.because] == [f.id for f in result.flags] or (
        not result.flags
    )


def test_saddle_numbness_alone_is_an_emergency_wherever_it_hurts(library):
    for site in library.vocabulary.lists["sites"]:
        result = triage(told(library, sites=[site], sx=["saddle_numb"]), library)
        assert (result.urgency, result.action) == (Urgency.EMERGENCY, Action.BLOCK)
    assert triage(told(library, sites=[], sx=["saddle_numb"]), library).urgency is (
        Urgency.EMERGENCY
    )


@pytest.mark.parametrize(
    "sign", ["bladder_retention", "bladder_incontinence", "bowel_incontinence"]
)
def test_bladder_or_bowel_change_is_same_day_and_with_back_pain_an_emergency(library, sign):
    elbow = told(library, sites=["elbow_outer"], spread="none", sx=[sign])
    assert triage(elbow, library).urgency is Urgency.SAME_DAY
    assert triage(told(library, sx=[sign]), library).urgency is Urgency.EMERGENCY


def test_a_known_thoracic_disc_with_legs_getting_weaker_goes_to_the_spinal_team_today(library):
    result = triage(
        told(
            library, sites=["upper_back"], duration_weeks=60, course="worsening",
            sx=["weak_both_legs", "numb_both_legs", "neuro_worsening"],
            hx=["thoracic_disc_known", "known_diagnosis_from_clinician"],
        ),
        library,
    )
    assert (result.urgency, result.action) == (Urgency.SAME_DAY, Action.BLOCK)
    assert "RF-SP-06b" in {flag.id for flag in result.flags}


def test_the_same_person_stable_for_six_weeks_needs_a_program_set_by_a_clinician(library):
    result = triage(
        told(
            library, sites=["upper_back"], duration_weeks=60,
            sx=["weak_both_legs", "neuro_stable_known"], hx=["thoracic_disc_known"],
        ),
        library,
    )
    assert (result.urgency, result.action) == (Urgency.URGENT_2W, Action.BLOCK)
    assert "RF-SP-07" in {flag.id for flag in result.flags}


@pytest.mark.parametrize("missing", [("age",), ("duration_weeks",), ("onset",)])
def test_an_unfinished_screen_pauses_the_program(library, missing):
    result = triage(told(library, without=missing), library)
    assert "RF-SY-12" in {flag.id for flag in result.flags}
    assert stops_program(result)


def test_a_skipped_danger_sign_pauses_and_still_shows_what_is_urgent(library):
    state = {"skipped": ["chest_pain"]}
    result = triage(told(library, sx=["saddle_numb"], answer_state=state), library)
    assert result.urgency is Urgency.EMERGENCY
    assert "RF-SY-12" in {flag.id for flag in result.flags}


def test_prefer_not_to_say_on_the_sexual_question_alone_pauses_nothing(library):
    state = {"skipped": ["sexual_change"]}
    assert flags(library, answer_state=state) == set()
    assert "RF-SY-12" in flags(library, sx=["saddle_numb"], answer_state=state)


def test_missing_numbers_count_as_the_worst_where_it_is_urgent(library):
    # E: age, duration and worst pain; S: age and duration; others: none
    drop = {"sx": ["foot_drop"]}
    assert "RF-SP-03" in flags(library, without=("duration_weeks",), **drop)
    assert "RF-SP-03" not in flags(library, **drop)
    old_neck = {"sites": ["neck"], "onset": "minor_trauma", "duration_weeks": 1}
    assert "RF-SP-14" in flags(library, without=("age",), **old_neck)
    assert "RF-SP-14" not in flags(library, **{**old_neck, "age": 30})
    tired = {"sx": ["fatigue_marked"]}
    assert "RF-SP-17b" not in flags(library, without=("age",), **tired)
    assert "RF-SP-17b" in flags(library, **{**tired, "age": 66})


def test_what_each_urgency_assumes_of_missing_numbers(library):
    for rule in library.red_flags:
        expected = {
            Urgency.EMERGENCY: {"age", "dur", "worst"}, Urgency.SAME_DAY: {"age", "dur"},
        }.get(rule.urgency, set())
        waits = {"age"} if rule.id.startswith("RF-PA") else set()
        assert rule.assume == expected - waits, rule.id


def test_a_missing_worst_pain_counts_in_an_emergency_rule(library):
    belly = {"sites": ["abdomen"], "onset": "sudden_no_cause", "duration_weeks": 0.3,
             "sx": ["sweaty_clammy"], "agg": []}
    assert "RF-SP-21c" in flags(library, without=("pain_worst",), **belly)
    assert "RF-SP-21c" not in flags(library, **{**belly, "pain_worst": 4})


@pytest.mark.parametrize(
    ("answers", "lowered_by", "floor"),
    [
        ({"sx": ["weak_both_legs"]}, {"sx": ["neuro_stable_known"]}, Urgency.URGENT_2W),
        ({"sx": ["foot_drop"]}, {"sx": ["neuro_stable_known"]}, Urgency.URGENT_2W),
        ({"onset": "major_trauma", "duration_weeks": 3},
         {"hx": ["known_diagnosis_from_clinician"]}, Urgency.ROUTINE),
        ({"hx": ["thoracic_disc_known"]}, {"hx": ["clinician_cleared_exercise"]},
         Urgency.SELF_MANAGE),
        ({"sites": ["big_toe_joint"], "sx": ["hot_red_joint"]}, {"hx": ["gout_known"]},
         Urgency.URGENT_2W),
    ],
)
def test_the_closed_list_lowers_to_its_floor(library, answers, lowered_by, floor):
    before = triage(told(library, **answers), library)
    more = {name: [*answers.get(name, []), *keys] for name, keys in lowered_by.items()}
    after = triage(told(library, **{**answers, **more}), library)
    assert after.urgency < before.urgency
    assert after.urgency == floor


def test_gout_in_another_joint_too_is_not_relaxed(library):
    toe = {"sx": ["hot_red_joint"], "hx": ["gout_known"]}
    assert triage(told(library, sites=["big_toe_joint", "knee_front"], **toe), library).urgency is (
        Urgency.SAME_DAY
    )


@settings(max_examples=150, deadline=None)
@given(anything, st.sampled_from(sorted(VOCABULARY.lowering)), plain_keys)
def test_a_certain_emergency_stays_one_whatever_else_is_answered(answers, lowering, added):
    if certain(answers, LIBRARY) is None:
        return
    name, key = added
    more = replace(answers, **{name: getattr(answers, name) | {key}})
    listed = next(n for n, keys in VOCABULARY.lists.items() if lowering in keys)
    more = replace(more, **{listed: getattr(more, listed) | {lowering}})
    assert triage(more, LIBRARY).urgency is Urgency.EMERGENCY


def test_same_day_is_never_certain_because_the_next_answer_may_make_it_an_emergency(library):
    unfinished = Answers(sx=frozenset({"bladder_retention"}))
    assert triage(unfinished, library).urgency is Urgency.SAME_DAY
    assert certain(unfinished, library) is None
    with_back_pain = replace(unfinished, sites=frozenset({"low_back"}))
    assert certain(with_back_pain, library).urgency is Urgency.EMERGENCY


def test_an_emergency_that_known_gout_or_the_number_of_weeks_would_lower_is_not_certain(library):
    hot = Answers(sx=frozenset({"hot_red_joint"}), hx=frozenset({"diabetes"}))
    assert triage(hot, library).urgency is Urgency.EMERGENCY
    assert certain(hot, library) is None
    headache = Answers(sx=frozenset({"worst_unfamiliar_neck_head_pain"}))
    assert triage(headache, library).urgency is Urgency.EMERGENCY
    assert certain(headache, library) is None


@pytest.mark.parametrize(
    "rule",
    [
        rule.id for rule in LIBRARY.red_flags
        if any(atom.startswith("dur<") for atom in rule.when.atoms())
        and not any(atom.startswith("dur>") for atom in rule.when.atoms())  # for what is old
    ],
)
def test_a_rule_for_what_is_new_fires_for_a_new_symptom_in_an_old_problem(rule):
    timed = 0
    for said in points_of(rule):
        old = {**said, "duration_weeks": 400}
        if fires(rule, {**said, "duration_weeks": 0}) and not fires(rule, old):
            answers, timed = read_answers(old, VOCABULARY), timed + 1
            assert rule not in {flag.id for flag in triage(answers, LIBRARY).flags}
            new = triage(answers, LIBRARY, new_symptom=True)
            told_of = [flag.id for flag in new.flags]
            assert rule in told_of
            assert len(told_of) == len(set(told_of)), "no flag is told twice"
        if timed == 3:
            return
    assert timed, "no answers were found for which the duration decides"


def test_when_the_sore_places_are_known_a_toe_is_no_longer_assumed(library):
    hot = Answers(sx=frozenset({"hot_red_joint"}), hx=frozenset({"diabetes"}))
    placed = replace(hot, sites=frozenset({"low_back"}))
    assert certain(hot, library) is None
    assert certain(placed, library).urgency is Urgency.EMERGENCY


def test_until_the_start_is_told_an_injury_is_assumed_where_it_would_lower(library):
    # No rule of today is lowered by an injury alone, so a rule of its own stands in for one.
    rule = replace(library.red_flags[0], id="RF-TEST", urgency=Urgency.EMERGENCY,
                   when=All((AnyOf.of("sx:fever"), Not(AnyOf.of("onset=minor_trauma")))))
    alone = replace(library, red_flags=(rule,))
    hot = Answers(sx=frozenset({"fever"}))
    assert certain(hot, alone) is None
    told_of = replace(hot, choices={"onset": "gradual"})
    assert certain(told_of, alone).urgency is Urgency.EMERGENCY
    by_injury = replace(hot, choices={"onset": "minor_trauma"})
    assert certain(by_injury, alone) is None


@pytest.mark.parametrize("toe", [True, False])
@pytest.mark.parametrize("injury", [True, False])
def test_every_kind_answer_is_tried_with_and_without_the_others(library, toe, injury):
    # The rule is quiet for known gout with exactly these two, and in no other case.
    quiet = [AnyOf.of("hx:gout_known")]
    for token, told_so in (("s:big_toe_joint", toe), ("onset=minor_trauma", injury)):
        quiet.append(AnyOf.of(token) if told_so else Not(AnyOf.of(token)))
    rule = replace(library.red_flags[0], id="RF-TEST", urgency=Urgency.EMERGENCY,
                   when=All((AnyOf.of("sx:fever"), Not(All(tuple(quiet))))))
    hot = Answers(sx=frozenset({"fever"}))
    assert certain(hot, replace(library, red_flags=(rule,))) is None
