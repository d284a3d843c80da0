"""Writing a motion with ``recoup preview``: a real server, a copy of the library, a browser."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from cli.running import complaints
from figures import HOME
from playwright.sync_api import Browser, expect
from walking import accessible

LIBRARY = Path(__file__).parents[2] / "library"
ID = "peanut-ball-at-wall"
SECONDS = 180
"""How long to wait at most on a machine that is busy with other tests."""


class Writing:
    """One author: the text in her editor, and the preview beside it."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(LIBRARY / "motions", folder / "motions")
        self.text = folder / "motions" / f"{ID}.yaml"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "recoup.cli", "preview", ID, "--port", "0",
             "--library", str(folder)],
            env=os.environ | {"RECOUP_HOME": str(HOME)}, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        self.address = re.search(r"http://127\.0\.0\.1:\d+", said)[0]

    def get(self, path: str, host: str | None = None) -> bytes:
        request = urllib.request.Request(self.address + path)
        if host is not None:
            request.add_header("Host", host)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read()

    def version(self) -> int:
        return int(self.get("/version"))

    def settled(self, after: int = 0) -> str:
        """Return the page once nothing more is being done and its version is past ``after``."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            page = self.get("/").decode()
            now = int(re.search(r'data-version="(\d+)"', page)[1])
            if now > after and "Waiting for you to save." in page:
                return page
            time.sleep(0.2)
        pytest.fail(f"the page never settled: {page}")

    def save(self, old: str, new: str) -> str:
        """Change the text; return the page that shows it."""
        version, text = self.version(), self.text.read_text()
        assert old in text
        self.text.write_text(text.replace(old, new, 1))
        return self.settled(after=version + 1)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(timeout=30)
        finally:
            self.process.kill()
            self.process.stdout.close()


@pytest.fixture(scope="module")
def writing(tmp_path_factory):
    author = Writing(tmp_path_factory.mktemp("library"))
    yield author
    author.stop()


def knee_bend(page):
    """Return the number beside the claim about the knees, degrees."""
    return float(re.search(r"The knees bend a little\..*?<td class=\"number\">([\d.]+)", page)[1])


def test_a_saved_number_changes_the_picture_and_the_measure(writing):
    before = writing.settled()
    picture, version = writing.get("/still/1.jpg"), writing.version()
    assert picture.startswith(b"\xff\xd8")
    assert writing.get("/moving.webp")[8:12] == b"WEBP"
    after = writing.save("hip_flexion: 32, knee_flexion: 46", "hip_flexion: 40, knee_flexion: 58")
    assert writing.version() > version
    assert writing.get("/still/1.jpg") != picture
    assert knee_bend(after) > knee_bend(before) + 5


def test_a_broken_text_is_told_with_line_and_mend_while_the_last_good_picture_stays(writing):
    writing.settled()
    picture = writing.get("/still/1.jpg")
    page = writing.save("to: lower", "to: lowr")
    assert f"motions/{ID}.yaml:25: cycle[0].to: lowr is no position. Did you mean lower?" in page
    assert "Below is the last text that could be solved." in page
    assert "The knees bend a little." in page
    assert writing.get("/still/1.jpg") == picture
    assert "Mend the text" not in writing.save("to: lowr", "to: lower")


def test_the_open_page_follows_the_text_by_itself(writing, browser: Browser):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    writing.settled()
    page.goto(writing.address)
    page.evaluate("window.same = true")
    accessible(page)
    writing.save("text: The back stays easy.", "text: The back stays quite easy.")
    expect(page.get_by_text("The back stays quite easy.")).to_be_visible(timeout=10_000)
    assert page.evaluate("window.same"), "the page was loaded anew"
    assert errors == []
    page.close()


def test_the_preview_answers_nobody_elses_name_and_no_unknown_page(writing):
    for path, host, status in (("/", "evil.example", 403), ("/../pyproject.toml", None, 404)):
        with pytest.raises(urllib.error.HTTPError) as refused:
            writing.get(path, host)
        with refused.value:
            assert refused.value.code == status
    assert writing.get("/version", "localhost:8123").isdigit()


def test_an_unknown_motion_or_a_taken_port_is_bad_input(writing, monkeypatch):
    monkeypatch.setenv("RECOUP_HOME", str(HOME))
    (told,) = complaints("preview", "brigde")
    assert told == "There is no motion brigde. Did you mean bridge?"
    port = writing.address.rpartition(":")[2]
    (told,) = complaints("preview", "bridge", "--port", port)
    assert f"Port {port} cannot be used" in told


def test_ctrl_c_stops_the_preview_at_once(writing):
    assert writing.stop() == 0
