"""``recoup motion check`` in two processes."""

from cli.running import run
from figures import HOME


def test_two_processes_answer_in_the_order_asked(monkeypatch):
    monkeypatch.setenv("RECOUP_HOME", str(HOME))
    bodies = ("--body", "woman", "--body", "older")
    found = run("motion", "check", "pelvic-tilt-lying", *bodies)
    assert found.stdout.splitlines() == [
        "pelvic-tilt-lying · woman: good",
        "pelvic-tilt-lying · older: good",
    ]
    assert found.exit_code == 0
