"""``recoup check``: the library is validated and counted."""

from __future__ import annotations

import json
import shutil

import pytest
from cli.running import answer, run

from recoup.library.texts import default_folder


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(default_folder(), tmp_path / "library")


def test_our_library_has_no_problems_and_is_counted(library):
    said = answer("check", "--json")
    assert said["problems"] == []
    assert said["counts"]["red-flags"] == 194
    assert said["counts"]["conditions"] == 82
    assert said["counts"]["exercises"] == len(library.exercises)


def test_people_get_lines():
    result = run("check")
    assert result.exit_code == 0
    assert "194 red-flags" in result.stdout
    assert "No problems found" in result.stdout


def test_a_broken_library_fails_its_check_with_file_and_what_to_do(copy):
    program = copy / "programs" / "lumbar-facet-joint-pain.yaml"
    text = program.read_text(encoding="utf-8")
    program.write_text(text.replace("exercise: deep-belly-brace", "exercise: deep-belly-brase"),
                       encoding="utf-8")
    result = run("check", copy, "--json")
    assert result.exit_code == 1
    said = "\n".join(json.loads(result.stdout)["problems"])
    assert "lumbar-facet-joint-pain.yaml" in said
    assert "deep-belly-brace" in said


def test_a_file_that_cannot_be_read_at_all_is_listed_too(copy):
    (copy / "rules" / "siblings.yaml").unlink()
    result = run("check", copy, "--json")
    assert result.exit_code == 1
    assert "siblings.yaml" in result.stdout
