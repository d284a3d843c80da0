"""Frames a second of the films' rasteriser against three.js and Blender's Cycles, in one run.

A bridge, three-quarter view, shadow and antialiasing as in films, skinning included. Two
single-thread processes are what films use on two cores. Ratios compare the processor's time a
frame on both sides, because neighbours are noisy: with free cores it is what the clock shows.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from bench.blender import NoBlenderError, cycles
from bench.figure import Figure
from bench.stage import Stage
from bench.threejs import KINDS, NoBrowserError, three
from recoup.body import FIGURES, Body, Skin, load_body
from recoup.film.draw import Camera, Mat, Painter, frame
from recoup.library import read_texts
from recoup.library.motions import read_motions
from recoup.library.texts import default_folder
from recoup.motion import Track, load_track

MOTION, FIGURE, VIEW = "bridge", "woman", "three-quarter"
SIZES = {"720p": (1280, 720), "1080p": (1920, 1080)}
AT_LEAST = {"720p": 25, "1080p": 15}
CORES, SECONDS, FRAMES_HZ = 2, 8.0, 30
THREE_TIMES = 6
CYCLES_TIMES, CYCLES_FRAMES = 300, 2


@dataclass(frozen=True)
class Shot:
    """One cycle of a motion in one size, solved and framed."""

    size: tuple[int, int]

    @cached_property
    def body(self) -> Body:
        home = Path(os.environ.get("RECOUP_HOME", "var"))
        return load_body(FIGURES[FIGURE], home / "data", home / "bodies")

    @cached_property
    def track(self) -> Track:
        home = Path(os.environ.get("RECOUP_HOME", "var"))
        motion = read_motions(read_texts(default_folder()))[MOTION]
        return load_track(motion, self.body, home / "tracks")

    @cached_property
    def poses(self) -> list[np.ndarray]:
        cycle = self.track.cycle
        times = np.arange(cycle.start_s, cycle.end_s, 1 / FRAMES_HZ)
        return [self.track.pose(t).transforms for t in times]

    @cached_property
    def camera(self) -> Camera:
        skin = Skin(self.body, every=5)
        points = np.concatenate([skin.vertices(pose) for pose in self.poses[::8]])
        return frame(points.astype(float), VIEW, self.size[0] / self.size[1])

    @cached_property
    def painter(self) -> Painter:
        found = Painter(self.body.meshes, *self.size, mat=Mat())
        found.look(self.camera)
        found.draw(self.poses[0])
        return found


@dataclass(frozen=True)
class Speed:
    frames_s: float
    cpu_s: float


def rasteriser(size: tuple[int, int]) -> Speed:
    """Return frames a second of two processes together, and the processor's seconds a frame."""
    os.environ["NUMBA_NUM_THREADS"] = "1"
    context = multiprocessing.get_context("spawn")
    Shot(size).painter  # noqa: B018  compiles, and solves what is not solved yet, once
    with context.Manager() as manager:
        together = manager.Barrier(CORES)
        with context.Pool(CORES) as pool:
            runs = pool.starmap(_run, [(size, together)] * CORES, chunksize=1)
    return Speed(sum(run.frames_s for run in runs), sum(run.cpu_s for run in runs) / CORES)


def _run(size: tuple[int, int], together: object) -> Speed:
    shot = Shot(size)
    painter, poses = shot.painter, shot.poses
    together.wait()  # type: ignore[attr-defined]
    start, cpu, frames = time.monotonic(), time.process_time(), 0
    while time.monotonic() - start < SECONDS:
        painter.draw(poses[frames % len(poses)])
        frames += 1
    took, spent = time.monotonic() - start, time.process_time() - cpu
    return Speed(frames / took, spent / frames)


def measure() -> Iterator[Figure]:
    cpu_s = {}
    for name, size in SIZES.items():
        speed = rasteriser(size)
        cpu_s[name] = speed.cpu_s
        what = f"rasteriser, {name}"
        yield Figure(f"{what}, two processes", speed.frames_s, "frames/s", AT_LEAST[name], True)
        goal_ms = 1000 * CORES / AT_LEAST[name]
        yield Figure(f"{what}, CPU a frame", 1000 * speed.cpu_s, "ms", goal_ms, False)
    own = CORES / cpu_s["720p"]
    try:
        for kind, what in KINDS.items():
            peer = CORES / three(Stage(MOTION, FIGURE), kind, SECONDS)
            print(f"{f'{what}, 720p, two cores':40}{peer:>9.3f} frames/s")
            yield Figure(f"rasteriser against {what}", own / peer, "times", THREE_TIMES, True)
    except NoBrowserError as error:
        print(f"three.js: {error}")
    try:
        peer = blender(SIZES["720p"])
    except NoBlenderError as error:
        print(f"Cycles: {error}")
        return
    print(f"{'Cycles, 10 samples, 720p, two threads':40}{peer:>9.3f} frames/s")
    yield Figure("rasteriser against Cycles", own / peer, "times", CYCLES_TIMES, True)


def blender(size: tuple[int, int], picture: Path | None = None) -> float:
    """Return the frames a second of Cycles on two cores, of the same poses from the same place."""
    shot = Shot(size)
    chosen = np.linspace(0, len(shot.poses) - 1, CYCLES_FRAMES + 1).astype(int)
    posed = []
    for k in chosen:
        shot.painter.draw(shot.poses[k])
        posed.append(shot.painter.vertices.copy())
    took = cycles(shot.body.meshes, posed, shot.camera, Mat(), size, picture)
    return CORES / took.cpu_s
