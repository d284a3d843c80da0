"""History that concerns one joint counts at that joint only."""

from __future__ import annotations

from dataclasses import replace

import pytest
from care.any_answers import anything
from care.people_in_pain import told
from hypothesis import given
from hypothesis import strategies as st

from recoup.care.facts import elsewhere
from recoup.care.intake import intake
from recoup.care.triage import triage
from recoup.library import load, read_answers
from recoup.library.answers import write_answers
from recoup.library.problem import InputError
from recoup.model.answers import HISTORIES

LIBRARY = load()
JOINTS = sorted(LIBRARY.vocabulary.joints)
placed = st.dictionaries(
    st.sampled_from(sorted(HISTORIES)), st.frozensets(st.sampled_from(JOINTS), min_size=1)
)


def matched(answers) -> set[str]:
    return {match.condition for match in intake(answers, LIBRARY).matches}


def ids(answers) -> set[str]:
    return {flag.id for flag in triage(answers, LIBRARY).flags}


def test_a_knee_operation_opens_no_program_for_an_operated_back(library):
    operated = told(
        library, onset="after_surgery", hx=["clinician_cleared_exercise"], agg=[], ease=[]
    )
    assert "after-lumbar-surgery" in matched(operated), "nobody said where: it counts everywhere"
    at_the_knee = replace(operated, places={"operation": frozenset({"knee"})})
    assert "after-lumbar-surgery" not in matched(at_the_knee)
    at_the_back = replace(operated, places={"operation": frozenset({"spine"})})
    assert "after-lumbar-surgery" in matched(at_the_back)


def test_a_replaced_knee_blocks_no_program_for_a_sore_back(library):
    replaced = told(library, hx=["joint_replacement_here"])
    assert "RF-JT-08b" in ids(replaced)
    knee = replace(replaced, places={"replacement": frozenset({"knee"})})
    assert "RF-JT-08b" not in ids(knee)
    assert intake(knee, library).program == "lumbar-facet-joint-pain"


@pytest.mark.parametrize("sign", ["hot_red_joint", "deformity", "fever", "skin_wound_infected"])
def test_a_sign_that_could_be_at_the_replaced_joint_counts_all_the_same(library, sign):
    replaced = told(library, hx=["joint_replacement_here"], sx=[sign])
    knee = replace(replaced, places={"replacement": frozenset({"knee"})})
    assert ids(knee) == ids(replaced)


@pytest.mark.parametrize(("joint", "site"), [("hip", "knee_front"), ("hip", "buttock"),
                                             ("knee", "thigh_front"), ("shoulder", "neck")])
def test_a_replaced_joint_counts_where_its_pain_may_be_felt(library, joint, site):
    replaced = told(library, hx=["joint_replacement_here"], sites=[site])
    there = replace(replaced, places={"replacement": frozenset({joint})})
    assert ids(there) == ids(replaced)


def test_a_replaced_joint_counts_for_pain_all_over(library):
    replaced = told(library, hx=["joint_replacement_here"], sites=["widespread"])
    knee = replace(replaced, places={"replacement": frozenset({"knee"})})
    assert "RF-JT-08b" in ids(replaced)
    assert ids(knee) == ids(replaced)


def test_a_replaced_joint_counts_while_no_sore_place_is_known(library):
    replaced = told(library, hx=["joint_replacement_here"], sites=[])
    knee = replace(replaced, places={"replacement": frozenset({"knee"})})
    assert "RF-JT-08b" in ids(replaced)
    assert ids(knee) == ids(replaced)


def test_a_history_without_a_place_counts_though_another_was_placed(library):
    replaced = told(library, hx=["joint_replacement_here"])
    other = replace(replaced, places={"operation": frozenset({"knee"})})
    assert "RF-JT-08b" in ids(other)
    assert elsewhere(other, "replacement", frozenset({"lumbar"}), library.vocabulary) is False


def test_a_hip_is_near_the_knee_only_where_felt_pain_is_asked_about(library):
    hip = replace(told(library), places={"replacement": frozenset({"hip"})})
    knee, words = frozenset({"knee"}), library.vocabulary
    assert elsewhere(hip, "replacement", knee, words)
    assert not elsewhere(hip, "replacement", knee, words, near=True)


def test_a_knee_that_came_out_says_nothing_about_an_arm_that_cannot_be_lifted(library):
    arm = told(library, sites=["shoulder_front"], sx=["cannot_lift_arm"], hx=["prior_dislocation"])
    knee = replace(arm, places={"dislocation": frozenset({"knee"})})
    shoulder = replace(arm, places={"dislocation": frozenset({"shoulder"})})
    assert ids(shoulder) == ids(arm)
    assert ids(arm) - ids(knee) == {"RF-SH-02"}


@given(anything, placed)
def test_an_operation_or_a_joint_that_gives_way_counts_for_red_flags_wherever_it_was(
    answers, places
):
    kept = {name: joints for name, joints in places.items() if name in ("operation", "giving_way")}
    assert ids(replace(answers, places=kept)) == ids(answers)


@given(anything, placed)
def test_a_place_changes_nothing_but_this_joint(answers, places):
    gone = ({}, {"joint_replacement_here"}, {"prior_dislocation"},
            {"joint_replacement_here", "prior_dislocation"})
    possible = [ids(replace(answers, hx=answers.hx - frozenset(keys))) for keys in gone]
    assert ids(replace(answers, places=places)) in possible


def test_places_are_read_and_written(library):
    data = {"places": {"operation": ["knee", "hip"]}}
    answers = read_answers(data, library.vocabulary)
    assert answers.places == {"operation": frozenset({"knee", "hip"})}
    assert read_answers(write_answers(answers), library.vocabulary) == answers
    for wrong in ({"operation": ["nose"]}, {"haircut": ["knee"]}, {"operation": "knee"}, []):
        with pytest.raises(InputError):
            read_answers({"places": wrong}, library.vocabulary)
