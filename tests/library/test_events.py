from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from library.strategies import TOKENS, VOCABULARY, events

from recoup.library import InputError, read_event, read_log, write_event
from recoup.library.answers import EXTRAS
from recoup.model.event import Answered, MorningReport, SessionDone

ID = "0b7e1c2a-6f3d-4c58-9a1e-2d4f6b8c0e13"
DAY = "2026-11-22"


def event(kind: str, **data: object) -> dict[str, object]:
    return {
        "id": ID,
        "at": "2026-11-22T08:15:00+01:00",
        "device": "phone",
        "seq": 7,
        "kind": kind,
        "data": data,
    }


def problems_of(data: object) -> dict[str, str]:
    with pytest.raises(InputError) as caught:
        read_event(data, VOCABULARY)
    assert all(one.mend for one in caught.value.problems)
    return {one.path: f"{one.text} {one.mend}" for one in caught.value.problems}


def test_an_event_becomes_one_typed_value():
    found = read_event(event("session-done", session=DAY, during=4, after=2, effort=5), VOCABULARY)
    assert found.id == ID
    assert found.at == datetime(2026, 11, 22, 8, 15, tzinfo=timezone(timedelta(hours=1)))
    assert (found.device, found.seq) == ("phone", 7)
    assert found.data == SessionDone(date(2026, 11, 22), 4, 2, 5)


@given(events)
def test_a_written_event_reads_back_the_same(given_event):
    text = json.dumps(write_event(given_event))
    again = read_event(json.loads(text), VOCABULARY)
    assert again == given_event
    assert again.at.utcoffset() == given_event.at.utcoffset()


def test_an_id_is_kept_in_small_letters():
    assert read_event(event("cleared", by="Ben", day=DAY) | {"id": ID.upper()}, VOCABULARY).id == ID


def test_a_whole_intake_names_every_field():
    found = read_event(event("answered", answers={"age": 50}), VOCABULARY).data
    assert isinstance(found, Answered)
    assert found.screen == "intake"
    scalars = {*VOCABULARY.numbers, *VOCABULARY.choices}
    assert found.fields == set(TOKENS) | scalars | {*EXTRAS}


def test_a_screen_names_what_it_asked():
    found = read_event(
        event("answered", screen="danger", fields=["fever", "unwell"], answers={"sx": ["fever"]}),
        VOCABULARY,
    ).data
    assert isinstance(found, Answered)
    assert found.fields == {"sx:fever", "sx:unwell"}


def test_a_bare_key_among_the_fields_stands_for_itself_in_every_list():
    found = read_event(
        event("answered", screen="move", fields=["bend_back"], answers={}), VOCABULARY
    ).data
    assert isinstance(found, Answered)
    assert found.fields == {"agg:bend_back", "ease:bend_back"}


def test_a_screen_without_fields_names_what_was_answered():
    found = read_event(
        event("answered", screen="pain", answers={"pain_worst": 6, "sx": ["fever"]}), VOCABULARY
    ).data
    assert isinstance(found, Answered)
    assert found.fields == {"pain_worst", "sx:fever"}


def test_a_list_among_the_fields_stands_for_all_its_keys():
    found = read_event(
        event("answered", screen="better", fields=["ease"], answers={}), VOCABULARY
    ).data
    assert isinstance(found, Answered)
    assert found.fields == {f"ease:{key}" for key in VOCABULARY.lists["ease"]}


def test_a_key_of_two_lists_is_told_apart():
    found = read_event(
        event("answered", screen="better", fields=["ease:bend_back"], answers={}), VOCABULARY
    ).data
    assert isinstance(found, Answered)
    assert found.fields == {"ease:bend_back"}


SESSION = {"session": DAY, "during": 4, "after": 2, "effort": 5}
REVIEW = {"day": DAY, "average": 3}


@pytest.mark.parametrize(
    ("data", "path", "said"),
    [
        (event("morning-report", day=DAY, pain=11), "data.pain", "0 to 10"),
        (event("morning-report", day=DAY, pain=-1), "data.pain", "0 to 10"),
        (event("morning-report", day=DAY, pain="3"), "data.pain", "whole number"),
        (event("morning-report", day=DAY, pain=True), "data.pain", "whole number"),
        (event("morning-report", day=DAY), "data.pain", "missing"),
        (event("morning-report", day="22.11.2026", pain=1), "data.day", "2026-03-31"),
        (event("morning-report", day="20261122", pain=1), "data.day", "2026-03-31"),
        (event("morning-report", day=DAY, pain=1, mood=3), "data.mood", "not known"),
        (event("morning-report", day=DAY, pain=1, settled="yes"), "data.settled", "true or false"),
        (
            event("morning-report", day=DAY, pain=1, stiffness_min=1441),
            "data.stiffness_min",
            "1440",
        ),
        (event("session-done", **SESSION, new=["fevr"]), "data.new[0]", "Did you mean fever?"),
        (event("session-done", **SESSION, new="fever"), "data.new", "list"),
        (
            event("exercise-done", session=DAY, slot="A", exercise="bridge", result="don"),
            "data.result",
            "Did you mean done?",
        ),
        (event("weekly-review", **REVIEW, change=6), "data.change", "-5 to 5"),
        (event("weekly-review", **REVIEW, gate={"usual-pain": -1}), "data.gate.usual-pain", "0 to"),
        (event("weekly-review", **REVIEW, gate=[]), "data.gate", "object"),
        (event("weekly-review", **REVIEW, advance="maybe"), "data.advance", "no, yes"),
        (
            event("weekly-review", **REVIEW, activities=[{"name": "run", "ability": 12}]),
            "data.activities[0].ability",
            "0 to 10",
        ),
        (event("symptom", day=DAY, unsure=["x"]), "data.unsure[0]", "not known"),
        (event("answered", screen="age", answers={"age": 200}), "data.answers.age", "0 to 120"),
        (event("answered", screen="age", answers={"sx": ["fevr"]}), "data.answers.sx[0]", "fever"),
        (event("answered", screen="age"), "data.answers", "missing"),
        (event("answered", fields=["agee"], answers={}), "data.fields[0]", "Did you mean age?"),
        (event("corrected", event="7"), "data.event", "UUID"),
        (event("enrolled", program="", library="x"), "data.program", "characters"),
        (event("cleared", by="Ben"), "data.day", "missing"),
        (event("upgraded"), "data.library", "missing"),
        (event("session-don", **SESSION), "kind", "Did you mean session-done?"),
        (event("cleared", by="B", day=DAY) | {"id": "7"}, "id", "UUID"),
        (event("cleared", by="B", day=DAY) | {"id": f"{{{ID}}}"}, "id", "UUID"),
        (event("cleared", by="B", day=DAY) | {"at": "2026-11-22T08:15:00"}, "at", "offset"),
        (event("cleared", by="B", day=DAY) | {"at": 7}, "at", "offset"),
        (event("cleared", by="B", day=DAY) | {"seq": -1}, "seq", "0 to"),
        (event("cleared", by="B", day=DAY) | {"device": "x" * 101}, "device", "100"),
        (event("cleared", by="B", day=DAY) | {"user": "Ana"}, "user", "not known"),
        (event("cleared", by="B", day=DAY) | {"data": None}, "data", "missing"),
        ([], "", "object"),
    ],
)
def test_a_bad_event_is_told_with_its_place(data, path, said):
    found = problems_of(data)
    assert said in found[path]
    if isinstance(data, dict) and data["data"] is not None:
        assert list(found) == [path]


def test_every_problem_is_told_at_once():
    bad = event("session-done", session="x", during=11, after=2, effort=5, more=1) | {"seq": "7"}
    assert set(problems_of(bad)) == {"seq", "data.session", "data.during", "data.more"}


def test_a_log_keeps_the_good_lines_and_names_the_cut_off_one():
    good = json.dumps(event("morning-report", day=DAY, pain=2))
    wrong = json.dumps(event("morning-report", day=DAY, pain=12))
    found, problems = read_log([good, "", wrong, good, good[:50]], VOCABULARY)
    assert [one.data for one in found] == [MorningReport(date(2026, 11, 22), 2)] * 2
    assert [(one.line, one.path) for one in problems] == [(3, "data.pain"), (5, "")]
    assert "cut off" in problems[1].text
    assert problems[1].file == "events.jsonl"


@pytest.mark.parametrize("line", ["[" * 100_000, "1" * 5000, "null", '"x"', "{}"])
def test_a_strange_line_of_a_log_is_a_problem(line):
    found, problems = read_log([line], VOCABULARY)
    assert found == ()
    assert {one.line for one in problems} == {1}
