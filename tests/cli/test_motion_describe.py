"""``recoup motion describe`` tells a motion to somebody who cannot see it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from figures import HOME
from running import answer, complaints, run


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUP_HOME", str(HOME))


def test_it_prints_the_start_and_every_phase_with_its_time():
    printed = run("motion", "describe", "bridge").stdout.splitlines()
    assert printed[0].startswith("The person lies on the back on a mat")
    assert [line.partition(" ")[0] for line in printed[1:]] == [
        "get_in", "cycle", "cycle", "cycle", "cycle", "get_out"
    ]  # fmt: skip
    assert printed[2].startswith("cycle 2.4-4.4 s: Over about two seconds, the hips lift")


def test_it_prints_json_with_a_full_and_a_short_text():
    told = answer("motion", "describe", "bridge", "--body", "man", "--json")
    assert (told["motion"], told["body"], told["side"]) == ("bridge", "man", "left")
    for phase in told["phases"]:
        assert set(phase) == {"part", "start_s", "end_s", "text", "short"}
        assert len(phase["short"]) <= len(phase["text"])
    for before, after in pairwise(told["phases"]):
        assert before["end_s"] == after["start_s"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("bridg",), "There is no motion bridg. Did you mean bridge?"),
        (("bridge", "--body", "womn"), "There is no body womn. Did you mean woman?"),
        (("bridge", "--side", "up"), "There is no side up. Use one of: left, right."),
    ],
)
def test_an_unknown_name_is_told_with_what_there_is(words: tuple[str, ...], said: str):
    assert complaints("motion", "describe", *words) == [said]
