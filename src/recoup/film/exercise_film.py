"""Render the film of an exercise: one repetition that closes on itself.

The film is rendered in parts by any executor. A finished part is kept by the name of what it is
made from, so that an interrupted rendering goes on where it stopped.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from recoup.film.encode import FORMATS, DamagedError, Format, encode_part, join, jpeg, png
from recoup.film.order import POSTER, Order, digest
from recoup.film.store import FolderStore, Store, UnwritableError, scratch, unwritable
from recoup.film.take import Built, Clock, Take

PART_FRAMES = 60
"""About how many frames a part has: two seconds."""

Progress = Callable[[int, int], None]
"""Told how many frames are done, of how many."""


class RendererKilledError(Exception):
    """A renderer process ended in the middle of its work; what is done is kept."""


@dataclass(frozen=True)
class Workshop:
    """Where films are made: build output, unfinished parts, finished films."""

    built: Built
    parts: FolderStore
    films: Store

    @classmethod
    def at(cls, home: Path) -> Workshop:
        films = home / "films"
        return cls(Built.at(home), FolderStore(films / "parts"), FolderStore(films))

    def key(self, order: Order) -> str:
        return order.key(self.built.sources)


def names(key: str, endings: Sequence[str]) -> dict[str, str]:
    """Return the name of a film in each format, and of its poster, by ending."""
    return {ending: f"{key}.{ending}" for ending in (*endings, POSTER)}


def missing(order: Order, endings: Sequence[str], workshop: Workshop) -> list[str]:
    """Return the endings that are not in the store yet."""
    wanted = names(workshop.key(order), endings)
    return [ending for ending, name in wanted.items() if not workshop.films.has(name)]


def render(
    order: Order,
    endings: Sequence[str],
    workshop: Workshop,
    executor: Executor,
    progress: Progress = lambda done, total: None,
) -> dict[str, str]:
    """Render what is missing of a film; return the names in the store by ending.

    Raises ReachError, MissingDataError, UnwritableError or RendererKilledError; the store then
    holds whole files or nothing, and the finished parts wait for the next try.
    """
    key = workshop.key(order)
    wanted = names(key, endings)
    lacking = missing(order, endings, workshop)
    if not lacking:
        return wanted
    try:
        _render(order, lacking, key, workshop, executor, progress)
    except BrokenProcessPool:
        raise RendererKilledError(
            f"{order.motion.id}: a renderer was killed, perhaps for lack of memory. Start again: "
            "the finished parts are kept."
        ) from None
    return wanted


def _render(
    order: Order,
    lacking: Sequence[str],
    key: str,
    workshop: Workshop,
    executor: Executor,
    progress: Progress,
) -> None:
    clock = executor.submit(prepare, order, workshop.built).result()
    if POSTER in lacking:
        data = executor.submit(still, order, workshop.built, clock.poster, POSTER).result()
        workshop.films.put(f"{key}.{POSTER}", io.BytesIO(data))
    forms = [FORMATS[ending] for ending in lacking if ending in FORMATS]
    if not forms:
        return
    parts = split(clock.frames)
    _render_parts(order, clock, [(k, *part) for k, part in enumerate(parts)], forms, key, workshop,
                  executor, progress)  # fmt: skip
    for form in forms:
        _join(form, [(part_name(key, k, form), part[1]) for k, part in enumerate(parts)],
              f"{key}.{form.ending}", workshop)  # fmt: skip
    for form in forms:
        for k in range(len(parts)):
            workshop.parts.drop(part_name(key, k, form))


def split(frames: int) -> list[tuple[int, int]]:
    """Return first frame and number of frames of each part: even shares, for two at a time.

    >>> split(130)
    [(0, 65), (65, 65)]
    """
    count = min(frames, max(2, 2 * round(frames / PART_FRAMES / 2)))
    edges = [round(frames * k / count) for k in range(count + 1)]
    return [(a, b - a) for a, b in pairwise(edges)]


def part_name(key: str, k: int, form: Format) -> str:
    return f"{digest(key, 'part', str(k))}.{form.ending}"


def _render_parts(
    order: Order,
    clock: Clock,
    parts: Sequence[tuple[int, int, int]],
    forms: Sequence[Format],
    key: str,
    workshop: Workshop,
    executor: Executor,
    progress: Progress,
) -> None:
    """Have every part rendered that is not there yet; the first failure stops the rest."""
    done = 0
    running: dict[Future[None], int] = {}
    for k, first, count in parts:
        lacking = [form for form in forms if not workshop.parts.has(part_name(key, k, form))]
        if not lacking:
            done += count
            continue
        job = Job(order, first, count, [(form.ending, part_name(key, k, form))
                                              for form in lacking])  # fmt: skip
        running[executor.submit(render_part, job, workshop.built, workshop.parts)] = count
    progress(done, clock.frames)
    try:
        for finished in as_completed(running):
            finished.result()
            done += running[finished]
            progress(done, clock.frames)
    finally:
        for future in running:
            future.cancel()


def _join(
    form: Format, parts: Sequence[tuple[str, int]], name: str, workshop: Workshop
) -> None:
    with scratch(workshop.parts) as folder:
        place = Path(folder) / name
        try:
            join(((workshop.parts.get(part), count) for part, count in parts), place, form)
        except DamagedError:
            for part, _ in parts:
                workshop.parts.drop(part)
            raise UnwritableError(
                f"{workshop.parts.folder}: a part of the film was damaged; its parts are removed. "
                "Start again, and look after this disk."
            ) from None
        except OSError as error:
            raise unwritable(workshop.parts.folder, error) from error
        with place.open("rb") as file:
            workshop.films.put(name, file)


# What renderers do; arguments and results travel between processes.


@dataclass(frozen=True)
class Job:
    """A part to render: its frames, and the name of what it becomes by ending."""

    order: Order
    first: int
    count: int
    becomes: Sequence[tuple[str, str]]


def prepare(order: Order, built: Built) -> Clock:
    """Build the body and solve the motion where that is not done yet; say how long it is."""
    return take_of(order, built).clock


def render_part(job: Job, built: Built, parts: FolderStore) -> None:
    """Render and encode one part, and keep it when it is whole."""
    order = job.order
    pictures = take_of(order, built).pictures(job.first, job.count)
    with scratch(parts) as folder:
        places = [(FORMATS[ending], Path(folder) / name) for ending, name in job.becomes]
        try:
            encode_part(pictures, places, order.width, order.height)
        except OSError as error:
            raise unwritable(parts.folder, error) from error
        for _, place in places:
            with place.open("rb") as file:
                parts.put(place.name, file)


def still(order: Order, built: Built, k: int, ending: str) -> bytes:
    """Return frame ``k`` as a picture file: jpg or png."""
    picture = take_of(order, built).picture(k)
    return jpeg(picture) if ending == POSTER else png(picture)


def stills(order: Order, built: Built) -> list[tuple[str, bytes]]:
    """Return every position of the cycle by name as PNG: pictures for paper."""
    take = take_of(order, built)
    return [(name, png(take.picture(k))) for name, k in take.positions().items()]


def take_of(order: Order, built: Built) -> Take:
    """Return the take of an order: the last one is kept, as the parts of a film follow on."""
    return _kept_take(order.key(built.sources), _Held(order, built))


@dataclass(frozen=True, eq=False)
class _Held:
    """What a take is made from, left out of the key: motions hold mappings."""

    order: Order
    built: Built

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.built == other.built

    def __hash__(self) -> int:
        return hash(self.built)


@lru_cache(maxsize=1)
def _kept_take(key: str, held: _Held) -> Take:
    return Take(held.order, held.built)
