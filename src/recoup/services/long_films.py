"""The film of a program in the app: made by the worker when the voice is there, after all else.

Like films of exercises it follows from the library alone. Its index is kept last: where the index
is, the films, their captions and their chapters are.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
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
from recoup.library import LibraryError
from recoup.library.films import read_film_words, read_films
from recoup.model.film import FilmScript
from recoup.services import films, shelf, speech

if TYPE_CHECKING:
    from recoup.film.edit.make import Made

INDEX, TEXT = "json", "vtt"
SHAPE, HEIGHT = "16:9", 720
_EDIT = Path(__file__).resolve().parents[1] / "film" / "edit"


@dataclass(frozen=True, slots=True)
class Version:
    """A film as it can be played: names in the store of its formats, captions and chapters."""

    formats: tuple[tuple[str, str], ...]
    captions: str
    chapters: str


@dataclass(frozen=True, slots=True)
class LongFilm:
    """``described`` stops to tell what is to be seen. ``places`` are chapters with their second,
    in either version."""

    title: str
    minutes: int
    poster: str
    plain: Version
    described: Version
    places: tuple[tuple[str, int, int], ...]
    transcript: str


def film_of(program: str) -> LongFilm | None:
    """Return the film of a program when it can be played, else None."""
    script = scripts().get(program)
    if script is None:
        return None
    try:
        with _store().get(f"{_key(script)}.{INDEX}") as file:
            return _read(json.load(file))
    except (StoreError, ValueError, KeyError):
        return None


@cache
def scripts() -> dict[str, FilmScript]:
    """Return the films that there are words for, by program."""
    try:
        return {one.program: one for one in read_films(shelf.texts()).values()}
    except LibraryError:
        return {}


def make_missing(farm: Callable[[], Executor], tell: Callable[[str], None]) -> None:
    """Make the film of every program that has words and none yet; nothing without a voice."""
    if not is_built(_voices()):
        return
    for script in scripts().values():
        if film_of(script.program) is not None:
            continue
        try:
            _make(script, farm)
        except (VoiceError, StoreError, RendererKilledError) as error:
            tell(f"No film of the program {script.program}: {error}")
            return
        tell(f"Film of the program {script.program}: ready.")


def _make(script: FilmScript, farm: Callable[[], Executor]) -> None:
    from recoup.film.edit.make import Room, Wanted, make  # noqa: PLC0415 - only the worker
    from recoup.film.edit.program import storyboard  # noqa: PLC0415
    from recoup.film.edit.studio import Studio  # noqa: PLC0415

    library, texts, manner = shelf.current(), shelf.texts(), shelf.manner()
    if manner is None:
        return
    studio = Studio(
        shelf.motions(), library.exercises, read_film_words(texts), manner,
        {one.id: one.name for one in library.equipment.values()}, texts,
        films.FIGURE, SHAPE, HEIGHT,
    )  # fmt: skip
    room = Room(Workshop.at(Path(settings.RECOUP_HOME)), speech.VOICE, _voices())
    shots = storyboard(script, studio)
    made = [
        make(Wanted(script.title, shots, manner.lexicon, endings=films.ENDINGS,
                    described=described), room, farm)
        for described in (False, True)
    ]  # fmt: skip
    index = json.dumps(_index(*made)).encode()
    _store().put(f"{_key(script)}.{INDEX}", io.BytesIO(index))


def _index(plain: Made, described: Made) -> dict[str, Any]:
    from recoup.film.edit.texts import transcript  # noqa: PLC0415 - only the worker
    from recoup.film.encode import FPS  # noqa: PLC0415

    starts = zip(plain.timeline.chapters, described.timeline.chapters, strict=True)
    return {
        "title": plain.timeline.title,
        "minutes": round(plain.timeline.seconds / 60),
        "poster": plain.files[POSTER],
        "plain": _version(plain, plain.words),
        "described": _version(described, described.described_words),
        "places": [[a.title, a.first // FPS, b.first // FPS] for a, b in starts],
        "transcript": transcript(described.timeline),
    }


def _version(made: Made, words: Any) -> dict[str, Any]:  # noqa: ANN401 - rows of words
    from recoup.film.edit.texts import caption_file, chapter_file  # noqa: PLC0415

    return {
        "formats": [[ending, made.files[ending]] for ending in films.ENDINGS],
        "captions": _kept(caption_file(words)),
        "chapters": _kept(chapter_file(made.timeline)),
    }


def _kept(text: str) -> str:
    name = f"{digest('text', text)}.{TEXT}"
    _store().put(name, io.BytesIO(text.encode()))
    return name


def _read(index: dict[str, Any]) -> LongFilm:
    plain, described = (
        Version(tuple((a, b) for a, b in one["formats"]), one["captions"], one["chapters"])
        for one in (index["plain"], index["described"])
    )
    places = tuple((title, a, b) for title, a, b in index["places"])
    return LongFilm(index["title"], index["minutes"], index["poster"], plain, described, places,
                    index["transcript"])  # fmt: skip


def _key(script: FilmScript) -> str:
    """Return the name that follows from all texts and from the code that films are made with."""
    data = sources(Path(settings.RECOUP_HOME) / "data")
    return digest("program-film", script.id, shelf.current().version, data, mark(speech.VOICE),
                  films.FIGURE, SHAPE, str(HEIGHT), drawing_code(), _edit_code())  # fmt: skip


@cache
def _edit_code() -> str:
    total = hashlib.sha256()
    for path in sorted(_EDIT.glob("*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()


def _store() -> FolderStore:
    return FolderStore(films.folder())


def _voices() -> Path:
    return Path(settings.RECOUP_HOME) / "voice"
