"""``recoup motion check`` in two processes."""

import pytest
from cli.running import complaints, run
from figures import HOME


@pytest.fixture(autouse=True)
def home(monkeypatch):
    monkeypatch.setenv("RECOUP_HOME", str(HOME))


def test_two_processes_answer_in_the_order_asked():
    found = run("motion", "check", "cat-camel", "abdominal-brace", "--body", "woman")
    assert found.stdout.splitlines() == ["cat-camel · woman: good", "abdominal-brace · woman: good"]
    assert found.exit_code == 0


def test_an_unknown_body_is_told_before_any_work():
    (told,) = complaints("motion", "check", "bridge", "--body", "older-man")
    assert told.startswith("There is no body older-man.")
