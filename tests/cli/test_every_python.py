"""The same answers give the same bytes, on every Python that is here and in every run.

Other Pythons need not have our dependencies: they read the library as the values that this one
made of it, and everything that decides is the standard library alone.
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from care.any_answers import LIBRARY

from recoup.library import read_texts, read_vignettes, write_answers
from recoup.library.texts import default_folder

SRC = Path(__file__).parents[2] / "src"
SUPPORTED = ("3.11", "3.12", "3.13", "3.14")
DECIDE = """
import json, pickle, sys, types
src, library, people = sys.argv[1:]
sys.path.insert(0, src)
package = types.ModuleType("recoup.library")  # its own __init__ needs pydantic
package.__path__ = [src + "/recoup/library"]
sys.modules["recoup.library"] = package
from recoup.care.intake import intake
from recoup.exchange.documents import intake_document
from recoup.library.answers import read_answers
with open(library, "rb") as file:
    shelf = pickle.load(file)
out = open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False)
for line in open(people, encoding="utf-8"):
    answers = read_answers(json.loads(line), shelf.vocabulary)
    out.write(json.dumps(intake_document(intake(answers, shelf)), ensure_ascii=False) + "\\n")
"""


def pythons() -> list[str]:
    """Return a path for each supported Python that is here, also those that pyenv keeps apart."""
    found = []
    for version in SUPPORTED:
        kept = Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}")
        named = shutil.which(f"python{version}")
        places = [*map(str, sorted(kept)), *([named] if named else [])]
        found += [one for one in places if _version(one) == version][:1]
    return found


def _version(python: str) -> str | None:
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    run = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=False)
    return run.stdout.strip() if run.returncode == 0 else None


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    """Everybody of our vignettes, one a line."""
    vignettes = read_vignettes(read_texts(default_folder()), LIBRARY)
    path = tmp_path_factory.mktemp("people") / "people.jsonl"
    lines = (json.dumps(write_answers(one.answers)) for one in vignettes)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def said(people):
    """What the command says to them, in a process of its own."""
    return printed([sys.executable, "-m", "recoup.cli", "intake", str(people)], seed="1")


def printed(command: list[str], seed: str) -> bytes:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout


def test_another_run_says_the_same_bytes(people, said):
    assert len(said.splitlines()) >= 120
    command = [sys.executable, "-m", "recoup.cli", "intake", str(people)]
    assert printed(command, seed="2026") == said


def test_this_python_is_among_those_tried():
    assert "{}.{}".format(*sys.version_info[:2]) in {_version(one) for one in pythons()}


@pytest.mark.parametrize("python", pythons(), ids=lambda path: Path(path).name)
def test_this_python_says_the_same_bytes(python, people, said, tmp_path):
    library = tmp_path / "library.pickle"
    library.write_bytes(pickle.dumps(LIBRARY, protocol=4))
    command = [python, "-c", DECIDE, str(SRC), str(library), str(people)]
    assert printed(command, seed="7") == said
