"""``recoup intake``: answers in, urgency, matches and program out."""

from __future__ import annotations

import json

import pytest
from care.people_in_pain import CLASSIC, FACET
from cli.running import answer, complaints, file, run

URGENCIES = {"emergency", "same_day", "urgent_2w", "routine", "self_manage"}
ACTIONS = {"allow", "modify", "pause", "block"}
LUMBAR_CORD = {
    **CLASSIC, "sites": ["upper_back"], "course": "worsening", "duration_weeks": 60,
    "sx": ["weak_both_legs", "neuro_worsening"], "hx": ["thoracic_disc_known"],
}


def classic(tmp_path, **changes):
    return file(tmp_path, "answers.json", {**CLASSIC, **changes})


def test_the_classic_picture(tmp_path):
    said = answer("intake", classic(tmp_path))
    assert (said["urgency"], said["program_action"], said["flags"]) == ("self_manage", "allow", [])
    assert said["program"] == FACET
    first = said["matches"][0]
    assert (first["condition"], first["code"]) == (FACET, "LBP_FACET")
    assert first["name"] == "Low back pain, facet-joint pattern"
    assert first["fit"] == "could-fit"


@pytest.mark.parametrize("answers", [CLASSIC, LUMBAR_CORD, {**CLASSIC, "sx": ["saddle_numb"]}, {}])
def test_the_shape_is_that_of_the_contract(tmp_path, answers):
    said = answer("intake", file(tmp_path, "answers.json", answers))
    assert set(said) == {"urgency", "program_action", "flags", "matches", "program", "because"}
    assert said["urgency"] in URGENCIES
    assert said["program_action"] in ACTIONS
    for flag in said["flags"]:
        assert set(flag) == {"id", "suspected", "urgency", "message", "because"}
        assert flag["urgency"] in URGENCIES
    for match in said["matches"]:
        keys = {"condition", "code", "name", "score", "fit", "for", "against", "not_asked"}
        assert set(match) == keys
        assert match["against"] or match["not_asked"]
    assert len(said["matches"]) <= 3
    assert [m["score"] for m in said["matches"]] == sorted(
        (m["score"] for m in said["matches"]), reverse=True
    )
    for reason in said["because"]:
        assert set(reason) == {"rule", "inputs", "text"}


def test_the_thoracic_disc_commenter_is_sent_to_the_spinal_team_today(tmp_path):
    said = answer("intake", file(tmp_path, "answers.json", LUMBAR_CORD))
    assert (said["urgency"], said["program_action"], said["program"]) == (
        "same_day", "block", None,
    )
    assert "RF-SP-06b" in {flag["id"] for flag in said["flags"]}


def test_saddle_numbness_alone_is_an_emergency(tmp_path):
    said = answer("intake", file(tmp_path, "a.json", {"sx": ["saddle_numb"]}))
    assert (said["urgency"], said["program_action"]) == ("emergency", "block")
    assert said["flags"][0]["because"] == ["sx:saddle_numb"]


def test_a_list_left_out_means_nothing_reported(tmp_path):
    lists = ("sx", "hx", "test")
    bare = {key: value for key, value in CLASSIC.items() if key not in lists}
    assert answer("intake", file(tmp_path, "a.json", bare)) == answer(
        "intake", file(tmp_path, "b.json", {**CLASSIC, **{name: [] for name in lists}})
    )


def test_not_sure_counts_as_yes_and_skipped_pauses(tmp_path):
    unsure = answer("intake", classic(tmp_path, answer_state={"unsure": ["saddle_numb"]}))
    assert unsure["urgency"] == "emergency"
    skipped = answer("intake", classic(tmp_path, answer_state={"skipped": ["saddle_numb"]}))
    assert (skipped["program_action"], skipped["program"]) == ("pause", None)
    assert [flag["id"] for flag in skipped["flags"]] == ["RF-SY-12"]


def test_a_filter_rule_is_self_managed(tmp_path):
    said = answer("intake", classic(tmp_path, hx=["wrist_pain_loading"]))
    assert said["urgency"] == "self_manage"


def test_standard_input(tmp_path):
    assert answer("intake", "-", given=json.dumps(CLASSIC)) == answer("intake", classic(tmp_path))


def test_malformed_json_is_told_with_its_place(tmp_path):
    (line,) = complaints("intake", file(tmp_path, "bad.json", '{"age": 56,'))
    assert "bad.json" in line
    assert "line 2, column 1" in line


@pytest.mark.parametrize(
    "text", ["", "[]", "7", '"age"', "[" * 100_000, '{"age": ' + "9" * 5000 + "}"]
)
def test_what_is_no_object_is_told(tmp_path, text):
    assert complaints("intake", file(tmp_path, "bad.json", text))


def test_a_file_that_is_not_there_is_told(tmp_path):
    (line,) = complaints("intake", tmp_path / "nowhere.json")
    assert "nowhere.json" in line


def test_every_problem_is_listed_with_its_path_and_the_nearest_key(tmp_path):
    bad = {**CLASSIC, "agee": 56, "sites": ["low_bakc"], "age": 200, "onset": "gradul",
           "hx": "osteoporosis", "answer_state": {"unsure": ["saddle_num"]}}
    said = "\n".join(complaints("intake", file(tmp_path, "bad.json", bad)))
    for expected in (
        "agee", "Did you mean age?", "sites[0]", "Did you mean low_back?", "200", "0 to 120",
        "Did you mean gradual?", "hx", "must be a list", "saddle_numb",
    ):
        assert expected in said, expected


def test_one_person_a_line_gives_one_result_a_line(tmp_path):
    path = file(tmp_path, "people.jsonl", CLASSIC, {**CLASSIC, "sx": ["saddle_numb"]}, "", CLASSIC)
    result = run("intake", path)
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["urgency"] for line in lines] == ["self_manage", "emergency", "self_manage"]


def test_a_bad_line_gives_its_error_in_its_place_and_the_run_exits_2(tmp_path):
    path = file(tmp_path, "people.jsonl", CLASSIC, "{not json", {"agee": 1}, "[1]", CLASSIC)
    result = run("intake", path)
    assert result.exit_code == 2
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [sorted(line) == ["error"] for line in lines] == [False, True, True, True, False]
    assert all(isinstance(line["error"], list) and line["error"] for line in lines[1:4])
    assert "Did you mean age?" in lines[2]["error"][0]
    assert lines[0] == lines[4]


def test_a_line_may_hold_any_character_of_text(tmp_path):
    person = {**CLASSIC, "activities": [{"name": "tea\u2028and\u0085cake", "ability": 3}]}
    path = tmp_path / "people.jsonl"
    path.write_text(json.dumps(person, ensure_ascii=False) + "\n", encoding="utf-8")
    assert run("intake", path).exit_code == 0


def test_the_same_answers_give_the_same_bytes(tmp_path):
    path = classic(tmp_path)
    assert run("intake", path).stdout == run("intake", path).stdout


def test_a_key_that_stands_twice_is_told_because_the_first_would_be_lost(tmp_path):
    twice = '{"sx": ["saddle_numb"], "sx": []}'
    (line,) = complaints("intake", file(tmp_path, "bad.json", twice))
    assert "The key sx stands twice" in line
    result = run("intake", file(tmp_path, "people.jsonl", twice, CLASSIC))
    assert result.exit_code == 2
    first, second = map(json.loads, result.stdout.splitlines())
    assert "The key sx stands twice" in first["error"][0]
    assert second["urgency"] == "self_manage"


def test_half_a_character_is_told_like_any_other_unknown_key(tmp_path):
    half = r'{"\ud800": 1}'
    assert complaints("intake", file(tmp_path, "bad.json", half))
    result = run("intake", file(tmp_path, "people.jsonl", half, CLASSIC))
    assert (result.exit_code, len(result.stdout.splitlines())) == (2, 2)
    assert "error" in json.loads(result.stdout.splitlines()[0])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"age": NaN}', "nan does not fit"),
        ('{"age": 1e400}', "inf does not fit"),
        ('{"age": true}', "True does not fit"),
        ('{"age": "56"}', "does not fit"),
        ('{"duration_weeks": -1}', "Write a number, 0 or more"),
        ('{"sites": null}', "must be a list"),
        ('{"sites": [["low_back"]]}', "sites[0]"),
        ('{"answer_state": {"unsure": "fever"}}', "answer_state.unsure"),
        ('{"answer_state": {"maybe": []}}', "answer_state.maybe"),
        ("\ufeff{}", "BOM"),
        ("{'age': 56}", "line 1, column 2"),
        ('{"age": 56} {"age": 57}', "line 1, column 13"),
    ],
)
def test_each_mistake_is_told_precisely(tmp_path, text, said):
    told = "\n".join(complaints("intake", file(tmp_path, "bad.json", text)))
    assert said in told
    assert "bad.json" in told
