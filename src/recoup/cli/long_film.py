"""``recoup film program`` and ``recoup film session``: films with chapters, voice and captions."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from recoup.cli.film import farm_here, workshop_here, writable, write
from recoup.cli.streams import FAILED_CHECK, WHO, fail, load_library, parse_json, read_text, told

if TYPE_CHECKING:
    from recoup.film.edit.make import Done, Made, Wanted
    from recoup.film.edit.shots import Shot
    from recoup.film.edit.stages import Room
    from recoup.film.edit.studio import Studio
    from recoup.model.content import Library

T = TypeVar("T")

Out = Annotated[Path, typer.Option("-o", "--out", help="The film, such as facet.mp4.")]


@dataclass(frozen=True, kw_only=True)
class How:
    """How a film is made: every command of this file takes these."""

    webm: Annotated[bool, typer.Option("--webm", help="Write a .webm beside it.")] = False
    height: Annotated[int, typer.Option(help="Height in pixels.")] = 720
    shape: Annotated[str, typer.Option(help="16:9 (wide) or 4:5 (upright).")] = "16:9"
    body: Annotated[str, typer.Option(help=WHO)] = "woman"
    voice: Annotated[
        str, typer.Option(help="heart, michael, espeak-ng, flite or silence.")
    ] = "heart"
    lang: Annotated[str, typer.Option(help="The language: en.")] = "en"
    large_text: Annotated[
        bool, typer.Option("--large-text", help="Type a third larger.")
    ] = False
    high_contrast: Annotated[
        bool, typer.Option("--high-contrast", help="White type on black.")
    ] = False
    described: Annotated[
        bool, typer.Option("--described", help="Play the audio description first.")
    ] = False


def with_how(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of How in place of its argument ``how``."""
    own = [one for one in signature(command, eval_str=True).parameters.values()
           if one.name != "how"]  # fmt: skip
    shared = list(signature(How, eval_str=True).parameters.values())

    @wraps(command)
    def asked(**given: Any) -> None:
        how = How(**{one.name: given.pop(one.name) for one in shared})
        command(**given, how=how)

    asked.__signature__ = Signature([  # type: ignore[attr-defined]
        one.replace(kind=Parameter.KEYWORD_ONLY) for one in (*own, *shared)
    ])
    asked.__annotations__ = {one.name: one.annotation for one in (*own, *shared)}
    return asked


@with_how
def program(
    name: Annotated[str, typer.Argument(metavar="ID", help="A program's id or code.")],
    out: Out,
    how: How,
) -> None:
    """Write the film of a program, with captions, chapters, transcript and poster beside it."""
    from recoup.film.edit.program import storyboard
    from recoup.library.films import read_films
    from recoup.library.problem import nearest

    _language(how.lang)
    library, texts = load_library(), _texts()
    films = _read(lambda: read_films(texts))
    codes = {library.conditions[one.condition].code: one.id for one in library.programs.values()}
    found = films.get(codes.get(name, name))
    if found is None:
        fail([f"There is no film of {name}. {nearest(name, films)}"])
    studio = _studio(library, texts, how)
    _make(found.title, studio, lambda: storyboard(found, studio), out, how)


@with_how
def session(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="What recoup plan prints, or -.")],
    out: Out,
    how: How,
) -> None:
    """Write the film of one person's session: every set, counted aloud, held and rested."""
    from recoup.film.edit.session import storyboard
    from recoup.library import InputError
    from recoup.library.plans import read_plan

    _language(how.lang)
    library, texts = load_library(), _texts()
    try:
        planned = read_plan(parse_json(read_text(plan), plan), library)
    except InputError as error:
        fail(f"{plan}: {line}" for line in told(error.problems))
    studio = _studio(library, texts, how)
    _make(studio.shown("welcome"), studio, lambda: storyboard(planned, studio), out, how)


def _language(lang: str) -> None:
    if lang != "en":
        fail([f"--lang: there are no texts in {lang!r} yet. Use en."])


def _texts() -> dict[str, str]:
    from recoup.library import read_texts
    from recoup.library.texts import default_folder

    return read_texts(default_folder())


def _studio(library: Library, texts: dict[str, str], how: How) -> Studio:
    """Return the studio; exit 2 with every problem of the library or of what is asked for."""
    from recoup.film.edit.studio import Studio
    from recoup.library.films import read_film_words
    from recoup.library.motions import read_motions
    from recoup.library.speech import read_manner

    return Studio.of(
        library, texts, _read(lambda: read_motions(texts)), _read(lambda: read_film_words(texts)),
        _read(lambda: read_manner(texts)), figure=how.body, shape=how.shape, height=how.height,
    )  # fmt: skip


def _read(read: Callable[[], T]) -> T:
    from recoup.library import LibraryError

    try:
        return read()
    except LibraryError as error:
        fail(error.problems)


def _make(
    title: str, studio: Studio, storyboard: Callable[[], tuple[Shot, ...]], out: Path, how: How
) -> None:
    from recoup.film.edit.drawing import Look
    from recoup.film.edit.make import Wanted
    from recoup.film.edit.studio import NoMotionError
    from recoup.film.order import OrderError
    from recoup.film.speech.casting import NAMES
    from recoup.library.problem import nearest
    from recoup.script.speaking import UnspeakableError

    if how.voice not in NAMES:
        fail([f"--voice: {how.voice!r} is not known. {nearest(how.voice, NAMES)}"])
    writable(out)
    try:
        shots = storyboard()
    except (OrderError, NoMotionError) as error:
        fail(error.problems)
    except UnspeakableError as error:
        fail(told(error.problems))
    endings = ("mp4", "webm") if how.webm else ("mp4",)
    look = Look(how.large_text, how.high_contrast)
    wanted = Wanted(title, shots, studio.manner.lexicon, look, endings, how.described)
    _write_all(_made(wanted, _room(how.voice)), out, how.described)


def _room(voice: str) -> Room:
    from recoup.film.edit.stages import Room

    workshop = workshop_here()
    return Room(workshop, voice, Path(os.environ.get("RECOUP_HOME", "var")) / "voice")


def _made(wanted: Wanted, room: Room) -> Made:
    from recoup.body import MissingDataError
    from recoup.film.edit.drawing import MissingFontError
    from recoup.film.edit.make import make
    from recoup.film.edit.timeline import OverlapError
    from recoup.film.exercise_film import RendererKilledError
    from recoup.film.farm import FarmError
    from recoup.film.speech.problem import VoiceError
    from recoup.film.store import StoreError
    from recoup.motion import ReachError

    try:
        return make(wanted, room, farm_here, _tell)
    except (ReachError, OverlapError) as error:
        fail([error], FAILED_CHECK)
    except (MissingDataError, MissingFontError, StoreError, RendererKilledError, FarmError,
            VoiceError) as error:  # fmt: skip
        fail([error])


def _tell(done: Done) -> None:
    share = 100 * done.work_s / max(done.total_s, 1e-9)
    left = f"about {max(1, round(done.left_s))} s left" if done.left_s < 90 else (
        f"about {round(done.left_s / 60)} minutes left")  # fmt: skip
    typer.echo(f"{share:3.0f} % · {done.what} · {left}", err=True)


def _write_all(made: Made, out: Path, described: bool) -> None:
    from recoup.film.edit.texts import caption_file, chapter_file, transcript, word_file

    films = workshop_here().films
    for ending, name in made.files.items():
        with films.get(name) as content:
            write(out.with_suffix(f".{ending}"), content)
    words = made.described_words if described else made.words
    texts = {
        ".vtt": caption_file(words),
        ".chapters.vtt": chapter_file(made.timeline),
        ".txt": transcript(made.timeline),
        ".words.json": word_file(made.timeline.heard(described), words),
    }
    for ending, text in texts.items():
        write(out.with_suffix(ending), BytesIO(text.encode()))
