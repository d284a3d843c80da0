"""The session's voice: there when its recordings are, absent without a trace when they are not."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from web.visiting import page

import recoup.web
from recoup.film.speech.order import mark
from recoup.film.store import FolderStore
from recoup.services import people, program, shelf, speech

ROOT = Path(__file__).parents[2]
BROWSER = ROOT / "browser"
ESBUILD = BROWSER / "node_modules/.bin/esbuild"
NODE = shutil.which("node")
BUILT = Path(recoup.web.__file__).parent / "static/dist/voice.js"
BYTES = 6_000


def put(home: Path, order) -> str:
    name = f"{order.key(mark(speech.VOICE))}.json"
    FolderStore(home / "films").put(name, io.BytesIO(b"{}"))
    return name


@pytest.fixture
def home(tmp_path: Path, settings) -> Path:
    settings.RECOUP_HOME = tmp_path
    return tmp_path


def test_without_recordings_the_page_has_no_voice(home: Path, hers, checked):
    text = page(hers, checked, "session/1/").content.decode()
    assert "recoup-cues" not in text
    assert "recoup-reader" not in text
    assert "voice.js" not in text


def test_with_recordings_the_page_has_cues_and_a_reader(home: Path, hers, checked):
    exercise = program.today(checked, people.now_for(checked)).session.slots[0].exercise
    cues = put(home, speech.cue_order())
    reading = put(home, speech.reading_order(shelf.current().exercises[exercise]))
    text = page(hers, checked, "session/1/").content.decode()
    assert f'<recoup-cues src="/media/{cues}">' in text
    assert f'<recoup-reader src="/media/{reading}">' in text
    assert text.count("dist/voice") == 1
    planned = re.findall(r'<i data-at="([\d.]+)" data-say="([a-z0-9 -]+)"></i>', text)
    assert planned[0][0] == "0.0"
    assert planned[-1][1] == "done"


@pytest.mark.parametrize(("ending", "kind"), [
    ("json", "application/json"), ("weba", "audio/webm"), ("m4a", "audio/mp4"),
])  # fmt: skip
def test_sound_and_its_index_are_served_for_ever(home: Path, client, ending: str, kind: str):
    name = f"{'0' * 32}.{ending}"
    FolderStore(home / "films").put(name, io.BytesIO(b"sound"))
    answer = client.get(f"/media/{name}", headers={"Range": "bytes=1-2"})
    assert (answer.status_code, answer["Content-Type"]) == (206, kind)
    assert "immutable" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content) == b"ou"


@pytest.mark.skipif(
    NODE is None or not ESBUILD.exists(), reason="browser tools are not installed: run make run"
)
def test_cues_are_due_once_and_never_late(tmp_path: Path):
    built = tmp_path / "due.mjs"
    subprocess.run([ESBUILD, BROWSER / "voice/due.ts", f"--outfile={built}", "--format=esm"],
                   check=True, capture_output=True)  # fmt: skip
    plan = [{"at": at, "say": [str(at)]} for at in (0, 4, 5, 9)]
    asked = [(-1, 0.02), (0.02, 0.1), (3.95, 4.05), (4.05, 4.15), (4.15, 9.1), (9.1, 60)]
    script = tmp_path / "ask.mjs"
    script.write_text(
        f"import {{ due }} from {json.dumps(str(built))};"
        f"console.log(JSON.stringify({json.dumps(asked)}.map(([from, at]) =>"
        f" due({json.dumps(plan)}, from, at).map((cue) => cue.at))))"
    )
    done = subprocess.run([NODE, script], check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == [[0], [], [4], [], [9], []]


@pytest.mark.skipif(not BUILT.exists(), reason="the voice is not built: run make run")
def test_the_voice_script_stays_small():
    assert BUILT.stat().st_size < BYTES
