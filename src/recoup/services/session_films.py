"""The film of one person's session today: made when they ask for it, for them alone.

It is kept apart from all other films, under a name that tells nothing, and only for a while.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from recoup.film.store import NAME, FolderStore, MissingError
from recoup.model.session import Session
from recoup.records import people as records
from recoup.records.people import Person
from recoup.services import figures, films, long_films, program, shelf
from recoup.services.clock import now_for
from recoup.services.long_films import FAILURES, Farm, LongFilm

KEPT_S = 14 * 24 * 60 * 60
"""How long a session's film is kept: long enough to take it along."""

ENDINGS = ("mp4",)
"""What televisions play from a stick."""


@dataclass(frozen=True, slots=True)
class SessionFilm:
    """How far a film is: it is there, it is being made (``share`` from 0 to 1, about ``left_s``
    to go) or waits, it ``failed``, or nobody asked for it. ``lacking`` are exercises that nothing
    shows yet."""

    film: LongFilm | None = None
    asked: bool = False
    share: float | None = None
    left_s: float | None = None
    failed: str = ""
    lacking: tuple[str, ...] = ()


def film_of(person: Person, session: Session) -> SessionFilm:
    """Return how far the film of a person's session is."""
    lacking = tuple(
        one.name for one in (shelf.current().exercises[slot.exercise] for slot in session.slots)
        if not _has_motion(one.id)
    )  # fmt: skip
    if lacking:
        return SessionFilm(lacking=lacking)
    key = key_of(person, session)
    news = films.news()
    making = news.making == _news(key)
    return SessionFilm(
        film=long_films.kept(key, _store()),
        asked=person.film_asked == key,
        share=news.share if making else None,
        left_s=news.left_s if making else None,
        failed=news.failed.get(_news(key), ""),
    )


def ask(person: Person, session: Session) -> None:
    """Have the worker make the film of a person's session."""
    records.ask_for_film(person, key_of(person, session))


def open_file(person: Person, name: str) -> BinaryIO:
    """Return a file of the film that a person asked for; raise MissingError for any other."""
    film = long_films.kept(person.film_asked, _store()) if person.film_asked else None
    if film is None or name not in film.names:
        raise MissingError(f"{name} is not in the film of this person.")
    return _store().get(name)


def forget(person: Person) -> None:
    """Remove the film that a person asked for last."""
    film = long_films.kept(person.film_asked, _store()) if person.film_asked else None
    if film is not None:
        for name in (f"{person.film_asked}.{long_films.INDEX}", *film.names):
            _store().drop(name)


def asked_for() -> frozenset[str]:
    """Return the names of all films that somebody waits for or has asked for last."""
    return frozenset(one.film_asked for one in records.who_asked_for_films())


def make_asked(farm: Farm, tell: Callable[[str], None]) -> None:
    """Make every film that somebody asked for and that is still their session."""
    _sweep()
    for person in records.who_asked_for_films():
        if long_films.kept(person.film_asked, _store()) is not None:
            continue
        if long_films.can_speak() and _is_todays(person):
            failed = _make(person, farm)
            tell(f"No film of a session: {failed}" if failed else "Film of a session: ready.")
        if long_films.kept(person.film_asked, _store()) is None:
            records.ask_for_film(person, "")  # they may ask again


def _is_todays(person: Person) -> bool:
    try:
        plan = program.today(person, now_for(person))
    except program.NotEnrolled:
        return False
    session = plan.session
    fits = bool(session.slots) and session.refused is None
    return fits and key_of(person, session) == person.film_asked


def _make(person: Person, farm: Farm) -> str:
    """Make the film of a person's session; return what went wrong, if anything."""
    from recoup.film.edit.session import storyboard  # noqa: PLC0415 - only the worker
    from recoup.film.edit.studio import NoMotionError  # noqa: PLC0415
    from recoup.script.speaking import UnspeakableError  # noqa: PLC0415

    key = person.film_asked
    studio = long_films.studio_of(figures.figure_of(person))
    if studio is None:
        return "the library's words cannot be read"
    session = program.today(person, now_for(person)).session

    def told(share: float, left_s: float) -> None:
        films.tell_pages(making=_news(key), share=share, left_s=left_s)

    try:
        shots = storyboard(session, studio)
        long_films.make(key, studio.shown("welcome"), shots, studio, _store(), farm,
                        endings=ENDINGS, versions=(False,), told=told)  # fmt: skip
    except (*FAILURES, NoMotionError, UnspeakableError) as error:
        films.tell_pages(failed={_news(key): str(error)})
        return str(error)
    films.tell_pages()
    return ""


def key_of(person: Person, session: Session) -> str:
    """Return the name of the film: everything that is seen and heard in it follows from it."""
    slots = [(one.exercise, one.dose, one.order) for one in session.slots]
    told = repr((session.cap, session.minutes, slots))
    return long_films.key_of("session-film", str(person.pk), told, figures.figure_of(person))


def _news(key: str) -> str:
    return f"a session ({key[:8]})"


def _has_motion(exercise: str) -> bool:
    one = shelf.current().exercises[exercise]
    return (one.motion or one.id) in shelf.motions()


def _sweep() -> None:
    """Remove films that nobody asked for lately."""
    for place in _store().folder.glob("*"):
        old = NAME.fullmatch(place.name) and time.time() - place.stat().st_mtime > KEPT_S
        if old:
            place.unlink(missing_ok=True)


def _store() -> FolderStore:
    return FolderStore(Path(films.folder()) / "sessions")
