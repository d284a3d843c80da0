"""Our rasteriser and three.js in Chromium at 1280x720, in one run: the processor's time a frame.

Chromium draws on the processor (Mesa's llvmpipe), as our rasteriser does; skinning is included on
both sides, and both use every core. Frames a second on two cores follow from the processor's time,
because neighbours are noisy: with two free cores it is what the clock shows.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numba
import numpy as np
import psutil

from bench.chromium import CHROMIUM, browser, served
from bench.figure import Figure
from bench.stage import HEIGHT, ROOT, WIDTH, Stage
from recoup.film.draw import Painter, frame
from recoup.film.live.moves import framing_points

MOTION, FIGURE = "cat-camel", "woman"
SECONDS = 8
AT_LEAST, TIMES = 25, 6
CORES = 2
PEERS = {"standard": "three.js, standard", "ours": "three.js, live figure"}


def measure() -> Iterator[Figure]:
    stage = Stage(MOTION, FIGURE)
    own = CORES / rasteriser(stage, WIDTH, HEIGHT)
    yield Figure("rasteriser, 720p, two cores", own, "frames/s", AT_LEAST, True)
    large = CORES / rasteriser(stage, 1920, 1080)
    yield Figure("rasteriser, 1080p, two cores", large, "frames/s", 15, True)
    if CHROMIUM is None:
        print("three.js: no Chromium here (apt install chromium libegl1).")
        return
    for name, what in PEERS.items():
        peer = CORES / three(stage, name)
        print(f"{what + ', 720p, two cores':48}{peer:>8.2f} frames/s")
        yield Figure(f"rasteriser against {what}", own / peer, "times", TIMES, True)


def rasteriser(stage: Stage, width: int, height: int) -> float:
    """Return the processor's seconds a frame: pose, skin, draw, on one core as films are made."""
    numba.set_num_threads(1)
    painter = Painter(stage.body.meshes, width, height, samples=2)
    painter.look(frame(framing_points(stage.track)[2], "three-quarter", width / height))
    cycle = stage.track.cycle
    times = np.arange(cycle.start_s, cycle.end_s, 1 / 30)
    painter.draw(stage.track.pose(times[0]).transforms)
    end, start, frames = time.monotonic() + SECONDS, time.process_time(), 0
    while time.monotonic() < end:
        painter.draw(stage.track.pose(times[frames % len(times)]).transforms)
        frames += 1
    return (time.process_time() - start) / frames


def three(stage: Stage, name: str) -> float:
    """Return the seconds of all of Chromium's processes a frame; ``name`` is one of PEERS."""
    page_text = '<!doctype html><title>Peer</title><script type="module" src="peer.js"></script>'
    files = stage.files() | {"peer.js": bundle(), "peer.html": page_text.encode()}
    with served(files) as address, browser() as chromium:
        page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_default_timeout(180_000)
        page.goto(f"{address}/peer.html")
        while not page.evaluate("Boolean(window.peers)"):
            page.wait_for_timeout(50)
        page.evaluate(f"window.peers.{name}().then((run) => {{ window.run = run; run(1); }})")
        start = _children_s()
        frames = page.evaluate(f"window.run({SECONDS})")
        return (_children_s() - start) / frames


def _children_s() -> float:
    """Return the processor's seconds of every process that this one has started."""
    each = [one.cpu_times() for one in psutil.Process().children(recursive=True)]
    return sum(one.user + one.system for one in each)


def bundle() -> bytes:
    """Return the peer's page script."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "peer.js"
        subprocess.run(
            ["node_modules/.bin/esbuild", "../bench/three/main.ts", "--bundle", "--format=esm",
             "--target=es2022", "--alias:three=./node_modules/three", "--log-level=error",
             f"--outfile={out}"],
            cwd=ROOT / "browser", check=True,
        )  # fmt: skip
        return out.read_bytes()
