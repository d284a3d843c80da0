"""Frames a second of a real motion, from pose to finished file, on two cores."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure
from recoup.body import FIGURES
from recoup.film.exercise_film import Workshop, render
from recoup.film.farm import renderers
from recoup.film.order import Order
from recoup.film.store import FolderStore
from recoup.film.take import Built
from recoup.library import read_texts
from recoup.library.motions import read_motions
from recoup.library.texts import default_folder

HOME = Path(__file__).resolve().parents[1] / "var"
MOTION = "cat-camel"
SIZES = ((720, "16:9", ("mp4",), 25), (1080, "16:9", ("mp4",), 13),
         (720, "4:5", ("mp4", "webm"), 25))  # fmt: skip


def measure() -> Iterator[Figure]:
    motion = read_motions(read_texts(default_folder()))[MOTION]
    built = Built.at(HOME)
    with tempfile.TemporaryDirectory() as folder, renderers() as executor:
        place = Path(folder)
        warm = Workshop(built, FolderStore(place / "a"), FolderStore(place / "b"))
        render(Order(motion, height=90), ("mp4", "webm"), warm, executor)  # compiled, solved
        for height, shape, endings, goal in SIZES:
            order = Order(motion, next(iter(FIGURES)), shape, height)
            name = f"{place}/{height}{shape.replace(':', '')}"
            workshop = Workshop(built, FolderStore(Path(f"{name}a")), FolderStore(Path(f"{name}b")))
            counted: list[int] = []
            began = time.perf_counter()
            render(order, endings, workshop, executor, lambda _, n, c=counted: c.append(n))
            speed = counted[0] / (time.perf_counter() - began)
            what = f"film {order.width}x{height} {'+'.join(endings)}, end to end"
            yield Figure(what, speed, "frames/s", goal, True)
