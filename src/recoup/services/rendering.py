"""Make the films and live figures that should exist and do not; start it again when killed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections

from recoup.body.figure import FIGURES
from recoup.film.exercise_film import RendererKilledError, Workshop, missing, render
from recoup.film.live.make import make_live
from recoup.film.store import FolderStore, StoreError
from recoup.model.exercise import Exercise
from recoup.services import (
    figures,
    films,
    live,
    long_films,
    program_films,
    session_films,
    speech,
)

try:
    import fcntl
except ImportError:  # where there are no such locks, two workers only do work twice
    fcntl = None  # type: ignore[assignment]

AGAIN_S = 60.0
"""How long to wait before another try when the disk is full or a renderer was killed."""
TRIES = 5
LOOK_S = 3.0
"""How often to look whether somebody wants something."""


class AlreadyRendering(Exception):
    """Another worker renders into the same folder."""


def render_missing(
    farm: Callable[..., Executor],
    tell: Callable[[str], None],
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Render every film that should exist and does not, in order; raise AlreadyRendering."""
    workshop = Workshop.at(Path(settings.RECOUP_HOME))
    with _alone(workshop.parts):
        workshop.parts.sweep()
        workshop.films.sweep()
        round_ = _Round(workshop, farm, tell, pause)
        try:
            for number, part in enumerate(_parts()):
                round_.make(part)
                if number == 0:  # nobody chooses who is to be seen before the first film is there
                    round_.portraits()
                session_films.make_asked(farm, tell)
            films.tell_pages(failed=round_.failed)
            session_films.make_asked(farm, tell)  # all films of exercises may be there already
            speech.make_missing(round_.executor, tell)
            session_films.make_asked(farm, tell)  # somebody waits; the rest can
            program_films.make_missing(farm, tell)
            long_films.sweep()
        finally:
            round_.close()


def keep_rendering(
    farm: Callable[..., Executor],
    tell: Callable[[str], None],
    pause: Callable[[float], None] | None = None,
) -> None:
    """Render what is missing, then wait until somebody picks a figure, asks for a film or starts
    a program, and so on; raise AlreadyRendering."""
    pause = pause or _wait
    before = None
    while True:
        asked = figures.in_use(), session_films.asked_for(), films.followed()
        if asked != before:
            render_missing(farm, tell, pause)
            before = asked
        else:
            pause(LOOK_S)


def _wait(seconds: float) -> None:
    """Wait without holding on to the database: it may be started anew meanwhile."""
    close_old_connections()
    time.sleep(seconds)


def _parts() -> Iterator[films.Part]:
    """Yield what should exist in order; somebody may pick another figure meanwhile."""
    done: set[films.Part] = set()
    while True:
        left = (one for one in films.parts(figures.in_use()) if one not in done)
        part = next(left, None)
        if part is None:
            return
        done.add(part)
        yield part


class _Round:
    """One walk through the films that should exist."""

    def __init__(
        self,
        workshop: Workshop,
        farm: Callable[..., Executor],
        tell: Callable[[str], None],
        pause: Callable[[float], None],
    ) -> None:
        self._workshop, self._farm, self._tell, self._pause = workshop, farm, tell, pause
        self._executor: Executor | None = None
        self.failed: dict[str, str] = {}

    def make(self, part: films.Part) -> None:
        """Make the live figure and the film of one exercise where they are missing; note what
        went wrong and go on to the next."""
        exercise = part.exercise
        order = films.order_of(exercise, part.figure)
        if order is None:
            return
        filmed = not missing(order, films.ENDINGS, self._workshop)
        if filmed and live.live_of(exercise, part.figure):
            return
        for attempt in range(1, TRIES + 1):
            try:
                self.executor()
                began = time.monotonic()
                self._figure(part)
                if not filmed:
                    told = self._progress(exercise)
                    render(order, films.ENDINGS, self._workshop, self.executor(), told)
            except (StoreError, RendererKilledError, BrokenProcessPool) as error:
                self._executor = None
                self._fail(exercise, error)
                if attempt < TRIES:
                    self._pause(AGAIN_S)
            except Exception as error:  # one bad motion must not cost the others
                self._fail(exercise, error)
                return
            else:
                self.failed.pop(exercise.id, None)
                now = films.state(figures.in_use())
                self._tell(f"Film of {exercise.id}: {time.monotonic() - began:.0f} s. "
                           f"{now.ready} of {now.wanted} films are ready.")  # fmt: skip
                return

    def close(self) -> None:
        """Let the renderers go."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    def executor(self) -> Executor:
        """Return the renderers, called together when they are first needed or were killed."""
        self._executor = self._executor or self._farm()
        return self._executor

    def portraits(self) -> None:
        """Make the picture of everybody who can be picked; without one the name stands alone."""
        for figure in FIGURES:
            order = films.portrait_order(figure)
            if order is None or not missing(order, (), self._workshop):
                continue
            try:
                render(order, (), self._workshop, self.executor())
            except Exception as error:  # as with the films, one bad picture must not cost others
                if isinstance(error, RendererKilledError | BrokenProcessPool):
                    self._executor = None
                self._tell(f"No picture of {figure}: {error}")

    def _figure(self, part: films.Part) -> None:
        order = live.order_of(part.exercise, part.figure)
        if order is not None and self._executor is not None:
            home = Path(settings.RECOUP_HOME)
            self._executor.submit(make_live, order, home, films.folder()).result()

    def _progress(self, exercise: Exercise) -> Callable[[int, int], None]:
        return lambda done, total: films.tell_pages(exercise.id, done / total, self.failed)

    def _fail(self, exercise: Exercise, error: Exception) -> None:
        self.failed[exercise.id] = str(error)
        self._tell(f"No film of {exercise.id}: {error}")
        films.tell_pages(failed=self.failed)


@contextmanager
def _alone(parts: FolderStore) -> Iterator[None]:
    """Hold the folder for one worker; the lock ends with the process, however it ends."""
    parts.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (parts.folder / "worker.lock").open("wb") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise AlreadyRendering(f"Another worker renders into {parts.folder}.") from None
        yield
