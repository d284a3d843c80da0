"""The peer for pages: three.js in Chromium, which draws on the processor (Mesa's llvmpipe)."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import psutil

from bench.chromium import CHROMIUM, browser, served
from bench.stage import HEIGHT, ROOT, WIDTH, Stage

KINDS = {"standard": "three.js, standard", "ours": "three.js, live figure"}


class NoBrowserError(Exception):
    """There is no Chromium; the text says what to do."""


def three(stage: Stage, name: str, seconds: float) -> float:
    """Return the seconds of all of Chromium's processes a frame; ``name`` is one of KINDS.

    Raise NoBrowserError.
    """
    if CHROMIUM is None:
        raise NoBrowserError("no Chromium here (apt install chromium libegl1)")
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
        frames = page.evaluate(f"window.run({seconds})")
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
