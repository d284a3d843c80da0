"""Films of exercises: which should exist, which do, and how far the rest is.

What should exist follows from the library alone. Nothing is queued, so nothing can be lost: the
worker (``services.rendering``) renders what is missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from recoup.film.order import POSTER, Order, sources
from recoup.film.store import FolderStore, whole_file
from recoup.model.exercise import Exercise
from recoup.model.program import Program
from recoup.services import figures, shelf
from recoup.services.figures import USUAL

FLAGSHIP = "lumbar-facet-joint-pain"
ENDINGS = ("webm", "mp4")
"""Formats of the app's films, the one to try first in front."""
SHAPE, HEIGHT = "4:5", 720
PORTRAIT, PORTRAIT_HEIGHT = "graded-walking", 450
"""The motion of which everybody's picture is taken: upright, without anything beside them."""


@dataclass(frozen=True, slots=True)
class Film:
    """The film of an exercise in the store: the names of its formats by ending, and its poster."""

    formats: tuple[tuple[str, str], ...]
    poster: str


@dataclass(frozen=True, slots=True)
class State:
    """How far the films are. ``making`` is the exercise whose film is rendered now, ``share`` how
    much of it is done (0 to 1), ``left_s`` about how long it still takes; ``failed`` says by
    exercise what went wrong; ``seen`` are the figures that somebody here is shown."""

    ready: int = 0
    wanted: int = 0
    making: str | None = None
    share: float = 0.0
    left_s: float | None = None
    failed: dict[str, str] = field(default_factory=dict)
    seen: tuple[str, ...] = (USUAL,)

    @property
    def complete(self) -> bool:
        return self.ready == self.wanted


@dataclass(frozen=True, slots=True)
class Part:
    """A film that should exist: an exercise by id, and who shows it."""

    id: str
    figure: str

    @property
    def exercise(self) -> Exercise:
        return shelf.current().exercises[self.id]


def film_of(exercise: Exercise, figure: str = USUAL) -> Film | None:
    """Return the film of an exercise when it can be played, else None."""
    key = _key(exercise.id, figure, _sources())
    store = _store()
    if key is None or not store.has(f"{key}.{POSTER}"):
        return None
    formats = tuple(
        (ending, f"{key}.{ending}") for ending in ENDINGS if store.has(f"{key}.{ending}")
    )
    return Film(formats, f"{key}.{POSTER}") if formats else None


def open_media(name: str) -> BinaryIO:
    """Return an artefact of the store, open for reading; raise MissingError."""
    return _store().get(name)


def wanted() -> tuple[Exercise, ...]:
    """Return the exercises whose films should exist and that have a motion: first those of the
    programs that somebody here follows, then those of the flagship program. Of each program the
    first session's come first."""
    return _wanted(followed())


@lru_cache(maxsize=8)
def _wanted(programs: tuple[str, ...]) -> tuple[Exercise, ...]:
    library = shelf.current()
    known = [library.programs[one] for one in (*programs, FLAGSHIP) if one in library.programs]
    ids = dict.fromkeys(one for program in known for one in in_order(program))
    exercises = [library.exercises[one] for one in ids]
    return tuple(one for one in exercises if shelf.motion_of(one) is not None)


FOLLOWED = "programs.json"


def followed() -> tuple[str, ...]:
    """Return the programs that somebody here started, the newest first. Nothing says who."""
    try:
        told = json.loads((folder() / FOLLOWED).read_text("utf-8"))
        return tuple(one for one in told if isinstance(one, str))
    except (OSError, ValueError, TypeError):
        return ()


def follow(program: str) -> None:
    """Note that a program was started, so that its films come first. A full disk may lose it."""
    names = tuple(dict.fromkeys((program, *followed())))
    if names == followed():
        return
    try:
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        with whole_file(folder() / FOLLOWED) as file:
            file.write(json.dumps(names).encode())
    except OSError:
        return


def in_order(program: Program) -> Iterator[str]:
    """Yield the program's exercises by when they are first met: of every phase the ones that are
    picked first, then their alternatives."""
    for phase in program.phases:
        choices = [choice for slot in phase.slots for choice in slot.choices]
        for choice in choices:
            yield from (item.exercise for item in choice.items[: choice.pick])
        for choice in choices:
            yield from (item.exercise for item in choice.items[choice.pick :])


def parts(seen: Iterable[str]) -> tuple[Part, ...]:
    """Return the films that should exist for the figures that are seen here: what one of them
    leaves out, the usual one shows. Of each exercise all figures come before the next one."""
    shown = tuple(seen)
    return tuple(dict.fromkeys(
        Part(exercise.id, figures.shows(figure, exercise))
        for exercise in wanted() for figure in shown
    ))  # fmt: skip


def state(seen: Iterable[str] | None = None) -> State:
    """Return how far the films are: of the figures given, or of those that the worker told of."""
    store, sources, told = _store(), _sources(), news()
    keys = [_key(one.id, one.figure, sources)
            for one in parts(told.seen if seen is None else seen)]  # fmt: skip
    ready = sum(all(store.has(f"{key}.{one}") for one in (*ENDINGS, POSTER)) for key in keys)
    return replace(told, ready=ready, wanted=len(keys))


def order_of(exercise: Exercise, figure: str = USUAL) -> Order | None:
    """Return the order of an exercise's film in the app, or None when it has no motion."""
    motion = shelf.motion_of(exercise)
    return None if motion is None else Order(motion, figure, SHAPE, HEIGHT)


@lru_cache(maxsize=4096)
def _key(exercise: str, figure: str, sources: str) -> str | None:
    order = order_of(shelf.current().exercises[exercise], figure)
    return None if order is None else order.key(sources)


def portrait_order(figure: str) -> Order | None:
    """Return the order whose poster is the picture of a figure; None without its motion."""
    motion = shelf.motions().get(PORTRAIT)
    if motion is None:
        return None
    return Order(motion, figure, SHAPE, PORTRAIT_HEIGHT, glowing=False)


def portrait_of(figure: str) -> str | None:
    """Return the name of a figure's picture in the store, or None while there is none."""
    key = _portrait_key(figure, _sources())
    return f"{key}.{POSTER}" if key and _store().has(f"{key}.{POSTER}") else None


@lru_cache(maxsize=64)
def _portrait_key(figure: str, sources: str) -> str | None:
    order = portrait_order(figure)
    return None if order is None else order.key(sources)


def folder() -> Path:
    """Return where films, posters and live figures are kept."""
    return Path(settings.RECOUP_HOME) / "films"


def _store() -> FolderStore:
    return FolderStore(folder())


def _sources() -> str:
    return sources(Path(settings.RECOUP_HOME) / "data")


NEWS = "state.json"


def news() -> State:
    """Return what the worker told last; how many films are ready is not in it."""
    try:
        told = json.loads((folder() / NEWS).read_text("utf-8"))
        return State(**{**told, "seen": tuple(told.get("seen", (USUAL,)))})
    except (OSError, ValueError, TypeError, AttributeError):
        return State()


def tell_pages(
    making: str | None = None,
    share: float = 0.0,
    failed: dict[str, str] | None = None,
    left_s: float | None = None,
) -> None:
    """Leave a note for the pages. It is news, not state: a full disk may lose it."""
    now = State(making=making, share=share, left_s=left_s, failed=failed or {},
                seen=figures.in_use())  # fmt: skip
    try:
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        with whole_file(folder() / NEWS) as file:
            file.write(json.dumps(asdict(now)).encode())
    except OSError:
        return
