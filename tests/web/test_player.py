"""The player in the page: small, typed, and right about what time it is."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import recoup.web

ROOT = Path(__file__).parents[2]
BROWSER = ROOT / "browser"
ESBUILD = BROWSER / "node_modules/.bin/esbuild"
BUILT = Path(recoup.web.__file__).parent / "static/dist/player.js"
BYTES = 10_000
NODE = shutil.which("node")

needs_node = pytest.mark.skipif(
    NODE is None or not ESBUILD.exists(), reason="browser tools are not installed: run make run"
)

HOLD = {"do": "Hold", "seconds": 20, "place": "Left side, 1 of 3", "reps": 0,
        "tempo": [0, 0, 0], "sides": []}
READY = {**HOLD, "do": "Get ready", "seconds": 4}
REPS = {"do": "Move", "seconds": 40, "place": "Set 1 of 2", "reps": 8, "tempo": [2, 1, 2],
        "sides": []}
SLOW = {**REPS, "seconds": 56, "tempo": [2, 3, 2]}
MARCH = {"do": "Move", "seconds": 20, "place": "", "reps": 4, "tempo": [2, 1, 2],
         "sides": ["right", "left"]}
LONG = {**HOLD, "seconds": 300, "place": ""}


def moments(tmp_path: Path, steps: list[dict], at: list[float]) -> list[dict]:
    built = tmp_path / "clock.mjs"
    subprocess.run(
        [ESBUILD, BROWSER / "player/clock.ts", f"--outfile={built}", "--format=esm"],
        check=True, capture_output=True,
    )
    script = tmp_path / "ask.mjs"
    script.write_text(
        f"import {{ momentAt }} from {json.dumps(str(built))};"
        f"const steps = {json.dumps(steps)};"
        f"console.log(JSON.stringify({json.dumps(at)}.map((t) => momentAt(steps, t))))"
    )
    done = subprocess.run([NODE, script], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


@needs_node
def test_a_hold_counts_down_and_ends(tmp_path: Path):
    shown = moments(tmp_path, [READY, HOLD], [0, 3.9, 4, 4.1, 23.9, 24, 99])
    assert [(one["do"], one["number"]) for one in shown] == [
        ("Get ready", "4"), ("Get ready", "1"), ("Hold", "20"), ("Hold", "20"), ("Hold", "1"),
        ("Finished", ""), ("Finished", ""),
    ]
    assert [one["finished"] for one in shown] == [False] * 5 + [True] * 2


@needs_node
def test_repetitions_count_up_with_the_movement(tmp_path: Path):
    shown = moments(tmp_path, [SLOW], [0, 2, 4.9, 5, 6.9, 7, 55.9])
    assert [(one["do"], one["number"]) for one in shown] == [
        ("Go", "1"), ("Hold", "1"), ("Hold", "1"), ("And back", "1"), ("And back", "1"),
        ("Go", "2"), ("And back", "8"),
    ]
    assert shown[0]["place"] == "of 8. Set 1 of 2"


@needs_node
def test_a_short_pause_is_part_of_the_movement(tmp_path: Path):
    (shown,) = moments(tmp_path, [REPS], [2.5])
    assert shown["do"] == "And back"


@needs_node
def test_sides_swap_every_repetition(tmp_path: Path):
    shown = moments(tmp_path, [MARCH], [0, 5, 10, 15])
    assert [(one["do"], one["number"], one["place"]) for one in shown] == [
        ("Right: go", "1", "of 2"), ("Left: go", "1", "of 2"), ("Right: go", "2", "of 2"),
        ("Left: go", "2", "of 2"),
    ]


@needs_node
def test_long_times_are_read_in_minutes(tmp_path: Path):
    shown = moments(tmp_path, [LONG], [0, 30, 179.5, 181])
    assert [one["number"] for one in shown] == ["5:00", "4:30", "2:01", "119"]


@pytest.mark.skipif(not BUILT.exists(), reason="the player is not built: run make run")
def test_the_player_stays_small():
    assert BUILT.stat().st_size < BYTES
