"""The film of a program in the app: made by the worker when the voice is there.

Like films of exercises it follows from the library and from whom people picked to show it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from recoup.film.store import FolderStore
from recoup.library import LibraryError
from recoup.library.films import read_films
from recoup.model.film import FilmScript
from recoup.services import figures, films, long_films, shelf
from recoup.services.figures import USUAL
from recoup.services.long_films import FAILURES, Farm, LongFilm


def film_of(program: str, figure: str = USUAL) -> LongFilm | None:
    """Return the film of a program when it can be played, else None."""
    script = scripts().get(program)
    return None if script is None else long_films.kept(key_of(script, figure), _store())


@cache
def scripts() -> dict[str, FilmScript]:
    """Return the films that there are words for, by program."""
    try:
        return {one.program: one for one in read_films(shelf.texts()).values()}
    except LibraryError:
        return {}


def make_missing(farm: Farm, tell: Callable[[str], None]) -> None:
    """Make the film of every program that has words, with everybody who is seen here, where it
    is missing; nothing without a voice."""
    if not long_films.can_speak():
        return
    for script in scripts().values():
        for figure in figures.in_use():
            if film_of(script.program, figure) is not None:
                continue
            try:
                _make(script, figure, farm)
            except FAILURES as error:
                tell(f"No film of the program {script.program}: {error}")
                return
            tell(f"Film of the program {script.program}, {figure}: ready.")


def _make(script: FilmScript, figure: str, farm: Farm) -> None:
    from recoup.film.edit.program import storyboard  # noqa: PLC0415 - only the worker

    studio = long_films.studio_of(figure)
    if studio is not None:
        shots = storyboard(script, studio)
        long_films.make(key_of(script, figure), script.title, shots, studio, _store(), farm)


def key_of(script: FilmScript, figure: str) -> str:
    return long_films.key_of("program-film", script.id, figure)


def _store() -> FolderStore:
    return FolderStore(films.folder())
