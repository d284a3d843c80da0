from __future__ import annotations

import pytest
from library.broken import broken, new_problems

from recoup.library import check, counts

FACET = "lumbar-facet-joint-pain"
CONDITION = f"conditions/{FACET}.yaml"
PROGRAM = f"programs/{FACET}.yaml"
BRIDGE = "exercises/bridge.yaml"
MARCHING = "exercises/marching-bridge.yaml"
SPINE = "rules/red-flags/spine.yaml"
ANSWERS = "vocabulary/answers.yaml"
INTAKE = "questions/intake.yaml"
TEMPLATES = "rules/phase-templates.yaml"
SIBLINGS = "rules/siblings.yaml"
FIRST_DOSE = "phases[0].slots[0].choices[1].items[0].dose"
LONG = (
    "Notwithstanding considerable individual variability, comprehensive rehabilitation "
    "interventions incorporating progressively individualised neuromuscular facilitation "
    "demonstrate appreciable longitudinal improvements throughout heterogeneous populations "
    "everywhere nowadays."
)


def test_the_real_library_has_no_problem(library, texts):
    assert [str(problem) for problem in check(library, texts)] == []


def test_counts_tell_how_many_of_each_kind_there_are(library, texts):
    found = counts(library, texts)
    assert found["conditions"] == 82
    assert found["red-flags"] == 194
    assert list(found) == sorted(found)
    assert all(found.values())


BREAKS = {
    "a card of its own for a rule that is none": (
        "wording/urgency.yaml",
        "rules: [RF-SY-03]",
        "rules: [RF-SY-99]",
        "own_cards.crisis.rules[0]",
        "RF-SY-99",
    ),
    "an id unlike its file": (CONDITION, f"id: {FACET}", "id: facet-pain", "id", "file's name"),
    "no source": (
        TEMPLATES,
        "sources: [Thomee1997, design-rule]",
        "sources: []",
        "templates[0]",
        "no source",
    ),
    "an unknown source": (
        SPINE,
        "sources: [Finucane2020,",
        "sources: [Finucan2020,",
        "rules[0].sources[0]",
        "no source Finucan2020",
    ),
    "an unknown template": (CONDITION, "template: FACET", "template: FACETS", "template", "FACETS"),
    "an unknown site": (CONDITION, "sites: [low_back,", "sites: [lowback,", "sites[0]", "lowback"),
    "a code used twice": (CONDITION, "code: LBP_FACET", "code: THOR_DISC", "code", "twice"),
    "unknown equipment": (
        "exercises/graded-walking.yaml",
        "[shoes]",
        "[boots]",
        "equipment[0]",
        "boots",
    ),
    "an unknown easier exercise": (MARCHING, "easier: bridge", "easier: bride", "easier", "bride"),
    "a loop of harder": (
        "exercises/single-leg-bridge.yaml",
        "harder: hip-thrust",
        "harder: bridge",
        "harder",
        "back here",
    ),
    "an unknown motion": (BRIDGE, "motion: bridge", "motion: brigde", "motion", "brigde"),
    "a stand-in that does not exist": (
        SIBLINGS,
        "swaps: [cat-camel-sitting,",
        "swaps: [cat-camel-sit,",
        "siblings[0].swaps[0]",
        "cat-camel-sit",
    ),
    "an exercise that stands in for itself": (
        SIBLINGS,
        "swaps: [cat-camel-sitting,",
        "swaps: [cat-camel,",
        "",
        "itself",
    ),
    "a rule id used twice": (SPINE, "id: RF-SP-01b", "id: RF-SP-01", "rules[1].id", "twice"),
    "a safety key that does not exist": (
        ANSWERS,
        "safety_screen: [fainted,",
        "safety_screen: [faint,",
        "safety_screen[0]",
        "faint",
    ),
    "a default that is no value": (
        ANSWERS,
        "default: 'no'",
        "default: 'never'",
        "scalars.pregnant.default",
        "never",
    ),
    "too few repetitions": (
        PROGRAM,
        "dose: {sets: 3, reps: 1, hold_s: 20}",
        "dose: {sets: 3, reps: 1, hold_s: 5}",
        FIRST_DOSE,
        "outside",
    ),
    "a dose field that the exercise does not have": (
        PROGRAM,
        "dose: {sets: 3, reps: 1, hold_s: 20}",
        "dose: {sets: 3, reps: 1, hold_s: 20, time_s: 9}",
        FIRST_DOSE,
        "no time_s",
    ),
    "a hold without a time": (
        PROGRAM,
        "dose: {sets: 3, reps: 1, hold_s: 20}",
        "dose: {sets: 3, reps: 1}",
        FIRST_DOSE,
        "needs hold_s",
    ),
    "a variant that does not exist": (
        PROGRAM,
        "variant: heel-lift",
        "variant: heel-left",
        "phases[2].slots[1].choices[0].items[0].dose",
        "heel-left",
    ),
    "a dose of a modifier outside the limits": (
        PROGRAM,
        "{exercise: pelvic-circles, dose: {sets: 2, reps: 10}}",
        "{exercise: pelvic-circles, dose: {sets: 2, reps: 90}}",
        "modifiers[0].slots.D[0].items[1].dose",
        "outside",
    ),
    "a cap outside the limits": (
        PROGRAM,
        "caps: {bridge: {hold_s: 5}}",
        "caps: {bridge: {hold_s: 500}}",
        "modifiers[2].caps.bridge.hold_s",
        "outside",
    ),
    "an exercise that does not exist": (
        PROGRAM,
        "{exercise: ninety-ninety-rest,",
        "{exercise: ninety-rest,",
        "phases[0].slots[0].choices[0].items[0].exercise",
        "ninety-rest",
    ),
    "a picture of more than there is": (
        PROGRAM,
        "pick: 2",
        "pick: 9",
        "phases[2].slots[1].choices[1].pick",
        "picks 9",
    ),
    "a phase that ends before it starts": (
        PROGRAM,
        "weeks: [4, 10]",
        "weeks: [4, 3]",
        "phases[2].weeks",
        "ends",
    ),
    "a gap between phases": (
        PROGRAM,
        "weeks: [2, 4]",
        "weeks: [3, 4]",
        "phases[1].weeks",
        "no gap",
    ),
    "a program that starts late": (
        PROGRAM,
        "weeks: [0, 2]",
        "weeks: [1, 2]",
        "phases[0].weeks",
        "late",
    ),
    "eight days a week": (
        PROGRAM,
        "days_per_week: 7",
        "days_per_week: 8",
        "phases[0].days_per_week",
        "7 days",
    ),
    "what a phase avoids and offers": (
        PROGRAM,
        "avoid: [prone-prop-on-elbows,",
        "avoid: [single-knee-to-chest,",
        "phases[0].slots[0].choices[1].items[0].exercise",
        "avoid",
    ),
    "what a modifier leaves out and offers": (
        PROGRAM,
        "leave_out: [peanut-ball-lying,",
        "leave_out: [pelvic-circles,",
        "modifiers[0].slots.D[0].items[1].exercise",
        "leaves out",
    ),
    "a slot that does not exist": (
        PROGRAM,
        "    slots:\n      A:",
        "    slots:\n      Z:",
        "modifiers[0].slots.Z",
        "Z",
    ),
    "a criterion used twice": (
        PROGRAM,
        "id: bridge-pain",
        "id: bridge-level",
        "phases[1].gate[1].id",
        "twice",
    ),
    "a program of another kind": (PROGRAM, "template: FACET", "template: OA", "template", "FACET"),
    "a missing block": (BRIDGE, "  breathe: ", "  breath: ", "words", "breathe is missing"),
    "an empty block": (
        MARCHING,
        "  breathe: >-\n    Breathe out as you lift your hips and each foot. "
        "Never hold your breath.\n",
        "  breathe: ''\n",
        "words.breathe",
        "empty",
    ),
    "a block too many": (BRIDGE, "words:", "words:\n  smile: Smile.", "words.smile", "smile"),
    "a forbidden phrase": (
        CONDITION,
        "course: ",
        "course: We guarantee it. ",
        "course",
        "guarantee",
    ),
    "a mark of doubt": (CONDITION, "course: ", "course: Half [unsure] ", "course", "[unsure]"),
    "a hard text": (
        PROGRAM,
        "    - Flares are common. They do not mean harm.",
        f"    - {LONG}",
        "words.flare[0]",
        "grade",
    ),
    "a question for a key that does not exist": (
        INTAKE,
        "fields: [age]",
        "fields: [agee]",
        "questions[0].fields[0]",
        "agee",
    ),
    "a danger sign that nobody asks": (
        INTAKE,
        "fainted,",
        "",
        "lists.sx.fainted",
        "fainted",
    ),
    "a region that no site has": (
        INTAKE,
        "regions: [lumbar]",
        "regions: [lumber]",
        "regions[0]",
        "lumber",
    ),
}


@pytest.mark.parametrize("kind", BREAKS)
def test_a_fault_is_told_with_its_place_and_how_to_mend_it(texts, kind):
    file, old, new, path, said = BREAKS[kind]
    problems = new_problems(texts, broken(texts, file, old, new))
    found = [one for one in problems if one.path.endswith(path) and said in one.text]
    assert found, [str(one) for one in problems]
    assert all(one.mend and one.line for one in found)


def test_a_change_that_nobody_explains_is_a_problem(texts):
    unclear = broken(texts, BRIDGE, "osteoporosis: ok", "osteoporosis: modify")
    assert new_problems(texts, unclear) == []
    unclear = broken(unclear, "wording/modify.yaml", "  osteoporosis:", "  bones:")
    assert (BRIDGE, "suits.osteoporosis") in {
        (one.file, one.path) for one in new_problems(texts, unclear)
    }


@pytest.mark.parametrize("file", ["rules/red-flag/lost.yaml", "wording/lost.yaml", "lost.yaml"])
def test_a_file_that_nobody_reads_is_a_problem(texts, file):
    problems = new_problems(texts, texts | {file: "id: lost\n"})
    assert [one.file for one in problems] == [file]


def test_a_file_name_is_kebab_case(texts):
    problems = new_problems(texts, texts | {"cards/My_Card.yaml": "id: x\n"})
    assert "kebab" in problems[0].text


def test_a_question_asked_twice_is_a_problem(texts):
    twice = broken(texts, INTAKE, "fields: [pregnant, postpartum_weeks]", "fields: [pregnant, age]")
    assert any("also asked" in one.text for one in new_problems(texts, twice))


def test_allowed_phrases_are_no_fault(texts):
    allowed = broken(texts, CONDITION, "course: ", "course: There is no cure. ")
    assert new_problems(texts, allowed) == []
