from __future__ import annotations

from itertools import pairwise

import pytest
from library.broken import broken, reading_problems

from recoup.library import LibraryError, read, version_of
from recoup.model.condition import Fit
from recoup.model.exercise import Dose
from recoup.model.rule import Action, Urgency

FACET = "lumbar-facet-joint-pain"
CONDITION = f"conditions/{FACET}.yaml"
PROGRAM = f"programs/{FACET}.yaml"
BRIDGE = "exercises/bridge.yaml"
RUN = "walk-run-intervals"
SPINE = "rules/red-flags/spine.yaml"
ANSWERS = "vocabulary/answers.yaml"
MACROS = "vocabulary/macros.yaml"


def test_the_real_library_loads(library, texts):
    assert library.version == version_of(texts)
    assert len(library.conditions) == 82
    assert len(library.red_flags) == 194
    assert FACET in library.programs


def test_a_condition_carries_prior_ceiling_gate_and_weights(library):
    facet = library.conditions[FACET]
    assert facet.prior == 1.0
    assert facet.ceiling is Fit.COULD_FIT
    assert facet.gate == {"s:low_back", "s:buttock"}
    assert {one.token: one.weight for one in facet.features}["t:ext_rot_back_pain"] == 3
    assert {one.token: one.weight for one in facet.features}["age>=50"] == 1
    assert {one.token: one.weight for one in facet.features}["spread=below_knee"] == -3
    assert library.conditions["low-back-pain"].fallback is not None


def test_missing_numbers_count_as_true_only_where_the_rules_say_so(library):
    for flag in library.red_flags:
        expected = {
            Urgency.EMERGENCY: {"age", "dur", "worst"},
            Urgency.SAME_DAY: {"age", "dur"},
        }.get(flag.urgency, set())
        if flag.id.startswith("RF-PA"):
            expected = expected - {"age"}
        assert flag.assume == expected, flag.id


def test_a_filter_rule_shapes_the_program_and_not_the_urgency(library):
    flags = {flag.id: flag for flag in library.red_flags}
    fragile = flags["RF-SY-13"]
    assert (fragile.urgency, fragile.filter_only) == (Urgency.SELF_MANAGE, True)
    assert fragile.action is Action.MODIFY
    assert not flags["RF-SP-01"].filter_only


def test_every_step_changes_one_thing_and_only_running_has_a_ladder_of_whole_doses(library):
    for program in library.programs.values():
        for phase in program.phases:
            for slot in phase.slots:
                for choice in slot.choices:
                    for item in choice.items:
                        if item.exercise == RUN:
                            _assert_rungs(item.doses)
                        else:
                            _assert_single_steps(item.doses)


def _assert_rungs(doses: tuple[Dose, ...]) -> None:
    """Each run is longer than before, and there is never less running in all."""
    for before, after in pairwise(doses):
        assert (after.time_s or 0) > (before.time_s or 0)
        assert after.sets * (after.time_s or 0) >= before.sets * (before.time_s or 0)


def _assert_single_steps(doses: tuple[Dose, ...]) -> None:
    names = ("sets", "reps", "hold_s", "time_s", "rest_s", "variant")
    for before, after in pairwise(doses):
        changed = [name for name in names if getattr(before, name) != getattr(after, name)]
        assert len(changed) == 1


def test_a_dose_without_rest_takes_the_least_rest_of_its_exercise(library):
    item = library.programs[FACET].phase("P2").slots[3].choices[0].items[0]
    assert item.exercise == "bridge"
    assert item.doses[0].rest_s == library.exercises["bridge"].limits.rest_s[0]


BREAKS = {
    "a missing field": (CONDITION, "region: lumbar\n", "", "region", "missing"),
    "an unknown field": (
        CONDITION,
        "region: lumbar",
        "region: lumbar\nregoin: x",
        "regoin",
        "known",
    ),
    "a wrong word": (CONDITION, "frequency: B", "frequency: Q", "frequency", "Q is not known"),
    "a text for a list": (
        CONDITION,
        "sites: [low_back, buttock]",
        "sites: low_back",
        "sites",
        "list",
    ),
    "yes for a text": (BRIDGE, "name: Bridge", "name: yes", "name", "not text"),
    "an empty text": (CONDITION, "region: lumbar", "region: ''", "region", "empty"),
    "a wrong kind": (BRIDGE, "kind: repetitions", "kind: repetition", "kind", "repetition"),
    "three limits": (BRIDGE, "sets: [", "sets: [1, ", "dose.sets", "fit"),
    "a negative limit": (BRIDGE, "sets: [", "sets: [-", "dose.sets[0]", "fit"),
    "a situation that is none": (
        "exercises/marching-bridge.yaml",
        "  bed: >-",
        "  bet: >-",
        "change_if.bet",
        "bet",
    ),
    "an unknown key in a rule": (
        SPINE,
        "when: sx:saddle_numb",
        "when: sx:sadle_numb",
        "rules[0].when",
        "sx:sadle_numb",
    ),
    "an unknown key in a feature": (
        CONDITION,
        "- agg:bend_back",
        "- agg:bend_bak",
        "features.strongly_for[1]",
        "agg:bend_bak",
    ),
    "an unknown choice": (CONDITION, "- onset=gradual", "- onset=slow", "features.for[12]", "slow"),
    "an unknown prefix": (
        SPINE,
        "when: sx:saddle_numb",
        "when: sy:saddle_numb",
        "rules[0].when",
        "no list sy:",
    ),
    "an unknown number": (CONDITION, "- age>=50", "- aeg>=50", "features.for[11]", "no number aeg"),
    "an unknown macro": (SPINE, "(SPINE_NECK |", "(SPINE_NEC |", "rules[0].when", "SPINE_NEC"),
    "an open bracket": (
        PROGRAM,
        "when: preg | pregmaybe",
        "when: (preg | pregmaybe",
        "modifiers[0].when",
        "closed",
    ),
    "a loose sign": (
        PROGRAM,
        "when: preg | pregmaybe",
        "when: preg |",
        "modifiers[0].when",
        "early",
    ),
    "a macro in small letters": (
        MACROS,
        "macros:\n",
        "macros:\n  hip: s:groin\n",
        "macros.hip",
        "capitals",
    ),
    "a macro in a macro": (MACROS, "TRAUMA: (", "TRAUMA: (KNEE | ", "macros.TRAUMA", "KNEE"),
    "an urgency that is none": (
        SPINE,
        "urgency: emergency",
        "urgency: now",
        "rules[0].urgency",
        "now",
    ),
    "a number that is none": (ANSWERS, "type: int", "type: integer", "scalars.age", "neither"),
    "two changes in a step": (
        PROGRAM,
        "{hold_s: 25}",
        "{hold_s: 25, reps: 2}",
        "phases[0].slots[0].choices[1].items[0].steps[0]",
        "exactly one",
    ),
    "a step that changes nothing": (
        PROGRAM,
        "{hold_s: 25}",
        "{hold_s: 20}",
        "phases[0].slots[0].choices[1].items[0].steps[0]",
        "exactly one",
    ),
    "a measure that is none": (
        PROGRAM,
        "measure: average",
        "measure: avrage",
        "phases[0].gate[0].any[0].measure",
        "avrage",
    ),
    "a test with two limits": (
        PROGRAM,
        "{measure: average, at_most: 4}",
        "{measure: average, at_most: 4, at_least: 1}",
        "phases[0].gate[0].any[0]",
        "one limit",
    ),
    "a gate question left out": (
        PROGRAM,
        "        ask: Stand for ten minutes, if you can. How strong did the pain get?\n",
        "",
        "phases[0].gate[2].ask",
        "question is missing",
    ),
    "a broken pattern": (
        "wording/forbidden.yaml",
        "pattern: '",
        "pattern: '(",
        "phrases[0].pattern",
        "regular",
    ),
    "a level left out": (
        "wording/urgency.yaml",
        "  same_day:",
        "  some_day:",
        "levels.some_day",
        "some_day",
    ),
    "a certainty that is none": (
        "evidence/spine.yaml",
        "certainty: read",
        "certainty: red",
        "sources[0].certainty",
        "red",
    ),
    "a kind of question that is none": (
        "questions/intake.yaml",
        "kind: number",
        "kind: numbers",
        "questions[0].kind",
        "numbers",
    ),
    "a cap that is none": (
        "rules/phase-templates.yaml",
        "pain_cap: 4",
        "pain_cap: 14",
        "templates[0].pain_cap",
        "fit",
    ),
    "a flag that is none": (
        "equipment/mat.yaml",
        "assumed: true",
        "assumed: maybe",
        "assumed",
        "true nor false",
    ),
}


@pytest.mark.parametrize("kind", BREAKS)
def test_broken_text_is_told_with_file_path_and_line(texts, kind):
    file, old, new, path, said = BREAKS[kind]
    problems = reading_problems(broken(texts, file, old, new))
    found = [one for one in problems if (one.file, one.path) == (file, path) and said in one.text]
    assert found, problems
    assert found[0].mend
    assert found[0].line
    assert {one.file for one in problems} == {file}


def test_the_line_is_the_line_of_the_fault(texts):
    problems = reading_problems(broken(texts, CONDITION, "- agg:bend_back", "- agg:bend_bak"))
    line = texts[CONDITION].splitlines().index("    - agg:bend_back") + 1
    assert [one.line for one in problems] == [line]
    assert problems[0].mend == "Did you mean bend_back?"


def test_a_key_that_stands_twice_is_a_problem(texts):
    problems = reading_problems(broken(texts, CONDITION, "code: ", "code: X\ncode: "))
    assert [(one.path, one.line) for one in problems] == [("code", 3)]


def test_text_that_is_no_yaml_is_told_with_its_line(texts):
    problems = reading_problems(broken(texts, CONDITION, "code: ", "code: [\ncode: "))
    assert len(problems) == 1
    assert problems[0].text.startswith("This is not YAML")
    assert problems[0].line


def test_a_missing_file_is_a_problem(texts):
    rest = {file: text for file, text in texts.items() if file != "rules/siblings.yaml"}
    assert [one.file for one in reading_problems(rest)] == ["rules/siblings.yaml"]


def test_an_empty_file_is_a_problem(texts):
    assert [one.file for one in reading_problems(texts | {CONDITION: ""})] == [CONDITION]


def test_the_same_id_in_two_files_is_a_problem(texts):
    problems = reading_problems(texts | {"conditions/copy.yaml": texts[CONDITION]})
    assert FACET in problems[0].text


def test_all_problems_of_all_files_are_told_at_once(texts):
    worse = broken(texts, CONDITION, "frequency: B", "frequency: Q\nregoin: x")
    worse = broken(worse, CONDITION, "- agg:bend_back", "- agg:bend_bak")
    worse = broken(worse, BRIDGE, "kind: repetitions", "kind: repetition")
    worse = broken(worse, SPINE, "when: sx:saddle_numb", "when: sx:sadle_numb | ZZ | sx:weak_leg")
    with pytest.raises(LibraryError) as caught:
        read(worse)
    found = {(one.file, one.path) for one in caught.value.problems}
    assert found == {
        (CONDITION, "frequency"),
        (CONDITION, "regoin"),
        (CONDITION, "features.strongly_for[1]"),
        (BRIDGE, "kind"),
        (SPINE, "rules[0].when"),
    }
    assert len(caught.value.problems) == 6
    assert "Did you mean saddle_numb?" in str(caught.value)


def test_a_broken_vocabulary_does_not_blame_the_rules(texts):
    problems = reading_problems(broken(texts, ANSWERS, "version: 1", "version: one"))
    assert {one.file for one in problems} == {ANSWERS}
