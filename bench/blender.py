"""The peer for pictures: Blender's Cycles with 10 samples and denoising, on the processor.

Blender is in an environment of its own, `.venv-bench`: `make bench` installs it from
requirements/bench.txt. It is never part of the app.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recoup.body import Mesh
from recoup.film.draw import Camera, Mat
from recoup.film.draw.colour import linear
from recoup.film.draw.light import Light, Studio

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv-bench/bin/python"
SYSTEM = "libxkbcommon0 libxi6 libxfixes3 libxrender1 libgl1 libsm6"
"""Debian's packages that Blender loads and a bare machine has not."""


class NoBlenderError(Exception):
    """Blender is not installed, or cannot start; the text says what to do."""


@dataclass(frozen=True)
class Took:
    """Seconds a frame: by the clock with both cores, and of the processor."""

    wall_s: float
    cpu_s: float


def cycles(
    meshes: Sequence[Mesh], posed: Sequence[NDArray[np.float32]], camera: Camera, mat: Mat,
    size: tuple[int, int], picture: Path | None = None,
) -> Took:  # fmt: skip
    """Render each posed list of the meshes' vertices; the first is for warming up.

    Raise NoBlenderError where Blender is not installed or does not start.
    """
    if not PYTHON.exists():
        raise NoBlenderError("no Blender here (make bench installs it, Python 3.11 only)")
    with tempfile.TemporaryDirectory() as folder:
        shot, shown = Path(folder) / "shot.npz", picture or Path(folder) / "picture.png"
        np.savez(shot, **_shot(meshes, posed, camera, mat, size))  # type: ignore[arg-type]
        script = Path(__file__).with_name("renderer_cycles.py")
        ran = subprocess.run(
            [PYTHON, script, shot, shown], capture_output=True, text=True, check=False, cwd=folder
        )
    found = [line for line in ran.stdout.splitlines() if line.startswith("TOOK ")]
    if ran.returncode or not found:
        last = (ran.stderr.strip() or ran.stdout.strip() or "no output").splitlines()[-1]
        raise NoBlenderError(f"Blender failed: {last} (apt install {SYSTEM})")
    return Took(**json.loads(found[-1].removeprefix("TOOK ")))


def _shot(
    meshes: Sequence[Mesh], posed: Sequence[NDArray[np.float32]], camera: Camera, mat: Mat,
    size: tuple[int, int],
) -> dict[str, object]:  # fmt: skip
    start = np.cumsum([0, *(len(mesh.vertices) for mesh in meshes)])
    studio = Studio()
    return {
        "vertices": np.array(posed),
        "faces": np.concatenate([m.faces + a for m, a in zip(meshes, start, strict=False)]),
        "colour": linear(np.concatenate([mesh.colour for mesh in meshes])),
        "position": camera.position, "axes": camera.axes, "field_deg": camera.field_deg,
        "key": Light().key.astype(float), "size": size,
        "floor": linear(studio.floor), "mat_colour": linear(studio.mat),
        "mat": (mat.x, mat.z, mat.half_width, mat.half_length),
    }  # fmt: skip
