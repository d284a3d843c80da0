"""Homes whose films and live figures of exercises are there: small ones, under the names of the
large."""

from __future__ import annotations

import io
from concurrent.futures import Executor
from pathlib import Path

from figures import HOME

from recoup.film.exercise_film import Workshop, render
from recoup.film.live.make import make_live
from recoup.film.order import POSTER, Order
from recoup.film.store import FolderStore
from recoup.film.take import Built
from recoup.model.exercise import Exercise
from recoup.services import films, live
from recoup.services.figures import USUAL

HEIGHT = 180


class SmallFilms:
    """Fills a home that has no data packages."""

    def __init__(self, home: Path, executor: Executor) -> None:
        self._home, self._executor = home, executor
        self._made = FolderStore(home / "made")
        self._store = FolderStore(home / "films")

    def add(self, exercise: Exercise, figure: str = USUAL) -> None:
        """Add the film of an exercise by a figure, its poster, and the live figure."""
        order = films.order_of(exercise, figure)
        for ending, name in self._film(order).items():
            self._keep(name, f"{order.key('')}.{ending}")
        wanted = live.order_of(exercise, figure)
        files = make_live(wanted, HOME, self._made.folder)
        names = wanted.body_name(self._home), wanted.motion_name(self._home)
        for place, name in zip((files.body, files.motion), names, strict=True):
            self._store.put(name, io.BytesIO(place.read_bytes()))

    def add_portrait(self, exercise: Exercise, figure: str) -> None:
        """Add a picture of a figure: the poster of its film."""
        name = self._film(films.order_of(exercise, figure))[POSTER]
        self._keep(name, f"{films.portrait_order(figure).key('')}.{POSTER}")

    def _film(self, order: Order) -> dict[str, str]:
        parts = FolderStore(self._home / "parts")
        small = Workshop(Built.at(HOME), parts, self._made)
        return render(
            Order(order.motion, order.figure, height=HEIGHT), films.ENDINGS, small, self._executor
        )

    def _keep(self, name: str, large: str) -> None:
        with self._made.get(name) as file:
            self._store.put(large, io.BytesIO(file.read()))
