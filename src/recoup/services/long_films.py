"""Films with chapters and voice in the app: how they are kept, and how the worker makes one.

Its index is kept last: where the index is, the films, their captions and their chapters are.
"""

from __future__ import annotations

import hashlib
import io
import json
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from recoup.film.exercise_film import RendererKilledError, Workshop
from recoup.film.order import POSTER, digest, drawing_code, sources
from recoup.film.speech.order import is_built, mark
from recoup.film.speech.problem import VoiceError
from recoup.film.store import FolderStore, StoreError
from recoup.library.films import read_film_words
from recoup.services import films, shelf, speech
from recoup.services.figures import USUAL

if TYPE_CHECKING:
    from recoup.film.edit.make import Done, Made
    from recoup.film.edit.shots import Shot
    from recoup.film.edit.studio import Studio

GB = 10**9
INDEX, TEXT = "json", "vtt"
SHAPE, HEIGHT = "16:9", 720
FAILURES = (VoiceError, StoreError, RendererKilledError)
"""What may go another way the next time."""

_EDIT = Path(__file__).resolve().parents[1] / "film" / "edit"

Farm = Callable[[], Executor]


@dataclass(frozen=True, slots=True)
class Version:
    """A film as it can be played: names in the store of its formats, captions and chapters."""

    formats: tuple[tuple[str, str], ...]
    captions: str
    chapters: str


@dataclass(frozen=True, slots=True)
class LongFilm:
    """``described`` stops to tell what is to be seen; not every film has it. ``places`` are
    chapters with their second in the plain version and in the other. ``stood_in``: the figure
    that was wanted leaves out some of it, and the usual one is seen there."""

    title: str
    minutes: int
    poster: str
    plain: Version
    described: Version | None
    places: tuple[tuple[str, int, int], ...]
    transcript: str
    stood_in: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name in the store that belongs to it."""
        versions = [one for one in (self.plain, self.described) if one is not None]
        return (self.poster, *(
            name for one in versions
            for name in (one.captions, one.chapters, *(name for _, name in one.formats))
        ))  # fmt: skip


def key_of(kind: str, *made_from: str) -> str:
    """Return the name that follows from what a film is made from, all texts, and the code."""
    data = sources(Path(settings.RECOUP_HOME) / "data")
    return digest(kind, *made_from, shelf.current().version, data, mark(speech.VOICE), SHAPE,
                  str(HEIGHT), drawing_code(), _edit_code())  # fmt: skip


def kept(key: str, store: FolderStore) -> LongFilm | None:
    """Return the film of a name when it can be played, else None."""
    try:
        with store.get(f"{key}.{INDEX}") as file:
            return _read(json.load(file))
    except (StoreError, ValueError, KeyError):
        return None


def can_speak() -> bool:
    """Whether the voice is here that these films need."""
    return is_built(_voices())


def studio_of(figure: str) -> Studio | None:
    """Return the studio with a figure, the usual one for what it leaves out; None when texts
    cannot be read."""
    from recoup.film.edit.studio import Studio  # noqa: PLC0415 - only the worker

    manner = shelf.manner()
    if manner is None:
        return None
    return Studio.of(
        shelf.current(), shelf.texts(), shelf.motions(), read_film_words(shelf.texts()), manner,
        figure=figure, shape=SHAPE, height=HEIGHT, stand_in=USUAL,
    )  # fmt: skip


def make(
    key: str,
    title: str,
    shots: Sequence[Shot],
    studio: Studio,
    store: FolderStore,
    farm: Farm,
    *,
    endings: Sequence[str] = films.ENDINGS,
    versions: Sequence[bool] = (False, True),
    told: Callable[[float, float], None] = lambda share, left_s: None,
) -> None:
    """Make a film, its described version too where ``versions`` has True, and keep its index.
    ``told`` is given how much is done (0 to 1) and about how many seconds are left. Raises one of
    FAILURES."""
    from recoup.film.edit.make import Wanted  # noqa: PLC0415 - only the worker
    from recoup.film.edit.make import make as cut  # noqa: PLC0415
    from recoup.film.edit.stages import Room  # noqa: PLC0415

    there = Workshop.at(Path(settings.RECOUP_HOME))
    room = Room(Workshop(there.built, there.parts, store), speech.VOICE, _voices())

    def progress(done: Done) -> None:
        told(min(1.0, done.work_s / max(done.total_s, 1e-9)), done.left_s)

    made = [
        cut(Wanted(title, tuple(shots), studio.manner.lexicon, endings=tuple(endings),
                   described=described), room, farm, progress)
        for described in versions
    ]  # fmt: skip
    index = index_of(made, store, stood_in=_stood_in(shots, studio.figure))
    store.put(f"{key}.{INDEX}", io.BytesIO(json.dumps(index).encode()))


def sweep() -> None:
    """Keep what films are cut from within its size."""
    from recoup.film.edit.stages import Room  # noqa: PLC0415 - only the worker
    from recoup.film.edit.sweeping import sweep as within  # noqa: PLC0415

    room = Room(Workshop.at(Path(settings.RECOUP_HOME)), speech.VOICE, _voices())
    within(room.stores, settings.RECOUP_FILM_STORE_GB * GB, time.time())


def _stood_in(shots: Sequence[Shot], figure: str) -> bool:
    return figure != USUAL and any(shot.order.figure == USUAL for shot in shots)


def index_of(made: Sequence[Made], store: FolderStore, *, stood_in: bool = False) -> dict[str, Any]:
    """Keep captions and chapters of a film's versions, and return its index."""
    from recoup.film.edit.texts import transcript  # noqa: PLC0415 - only the worker
    from recoup.film.encode import FPS  # noqa: PLC0415

    plain, described = made[0], made[-1]
    starts = zip(plain.timeline.chapters, described.timeline.chapters, strict=True)
    return {
        "title": plain.timeline.title,
        "minutes": round(plain.timeline.seconds / 60),
        "poster": plain.files[POSTER],
        "plain": _version(plain, plain.words, store),
        "described": None if described is plain else
        _version(described, described.described_words, store),
        "places": [[a.title, a.first // FPS, b.first // FPS] for a, b in starts],
        "transcript": transcript(described.timeline),
        "stood_in": stood_in,
    }


def _version(made: Made, words: Any, store: FolderStore) -> dict[str, Any]:  # noqa: ANN401 - rows
    from recoup.film.edit.texts import caption_file, chapter_file  # noqa: PLC0415

    return {
        "formats": [[one, name] for one, name in made.files.items() if one in films.ENDINGS],
        "captions": _kept(caption_file(words), store),
        "chapters": _kept(chapter_file(made.timeline), store),
    }


def _kept(text: str, store: FolderStore) -> str:
    name = f"{digest('text', text)}.{TEXT}"
    store.put(name, io.BytesIO(text.encode()))
    return name


def _read(index: dict[str, Any]) -> LongFilm:
    plain, described = (
        one and Version(tuple((a, b) for a, b in one["formats"]), one["captions"], one["chapters"])
        for one in (index["plain"], index["described"])
    )
    places = tuple((title, a, b) for title, a, b in index["places"])
    return LongFilm(index["title"], index["minutes"], index["poster"], plain, described, places,
                    index["transcript"], index["stood_in"])  # fmt: skip


@cache
def _edit_code() -> str:
    total = hashlib.sha256()
    for path in sorted(_EDIT.glob("*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()


def _voices() -> Path:
    return Path(settings.RECOUP_HOME) / "voice"
