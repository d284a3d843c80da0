"""How alike the film and the live figure are: the same moment by the rasteriser and by three.js.

Both pictures and their difference (six times enlarged) are kept in ``var/likeness``.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from bench.chromium import CHROMIUM, browser, served
from bench.figure import Figure
from bench.stage import HEIGHT, WIDTH, Stage

MEAN, SHARE = 2.0, 2.0
"""At most so different: levels of 255 in the middle, per cent of pixels differing by over 24."""
FAR = 24
KEPT = Path("var/likeness")


@dataclass(frozen=True)
class Moment:
    """A picture of a motion: who, from where, how far into the cycle."""

    motion: str
    figure: str
    view: str
    at_s: float
    glow: bool = False


MOMENTS = (
    Moment("cat-camel", "woman", "three-quarter", 3.0),
    Moment("marching-bridge", "man", "side", 4.2),
    Moment("cat-camel", "woman", "above", 1.5, glow=True),
    Moment("cat-camel-sitting", "man", "side", 2.0),
)


def measure() -> Iterator[Figure]:
    if CHROMIUM is None:
        print("likeness: no Chromium here (apt install chromium libegl1).")
        return
    with browser() as chromium:
        for moment in MOMENTS:
            film, live, box = pictures(moment, chromium)
            mean, share = difference(film, live, box)
            keep(moment, film, live)
            what = f"{moment.motion}, {moment.figure}, {moment.view}"
            yield Figure(f"{what}: mean", mean, "of 255", MEAN, False)
            yield Figure(f"{what}: far off", share, "%", SHARE, False)


def pictures(
    moment: Moment, chromium: Any
) -> tuple[np.ndarray, np.ndarray, tuple[int, int, int, int]]:
    """Return the film's picture, the live one, and the rectangle round the figure."""
    stage = Stage(moment.motion, moment.figure)
    film, box = stage.film(moment.view, moment.at_s, moment.glow)
    with served(stage.files()) as address:
        page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(f"{address}/stage.html")
        page.wait_for_selector("recoup-figure[live]", timeout=120_000)
        data = page.evaluate(
            """([at, view, glow]) => {
              const figure = document.querySelector("recoup-figure");
              figure.pause(); figure.look(view); figure.light(glow); figure.currentTime = at;
              return figure.querySelector("canvas").toDataURL();
            }""",
            [moment.at_s, moment.view, moment.glow],
        )
        page.close()
    content = base64.b64decode(data.partition(",")[2])
    live = np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))
    return film, live, box


def difference(
    film: np.ndarray, live: np.ndarray, box: tuple[int, int, int, int]
) -> tuple[float, float]:
    """Return the mean difference in the rectangle, and the share of pixels far off (per cent)."""
    left, top, right, bottom = box
    away = abs(film.astype(int) - live.astype(int))[top:bottom, left:right]
    return float(away.mean()), float((away.max(2) > FAR).mean() * 100)


def keep(moment: Moment, film: np.ndarray, live: np.ndarray) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    away = np.clip(abs(film.astype(int) - live.astype(int)) * 6, 0, 255).astype(np.uint8)
    place = KEPT / f"{moment.motion}-{moment.figure}-{moment.view}.png"
    Image.fromarray(np.concatenate([film, live, away], axis=1)).save(place)
    return place
