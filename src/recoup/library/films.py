"""Read ``films/``: what a program's film shows and says, and the words that all films use."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Literal

from recoup.library.expressions import Grammar
from recoup.library.finder import Finder
from recoup.library.motions import ids_in
from recoup.library.page import Page, Schema, Words
from recoup.library.problem import LibraryError, Path, Problem, nearest
from recoup.model.exercise import WORD_BLOCKS, Position
from recoup.model.film import FilmChapter, FilmScript, FilmWords, Scene

FOLDER = "films/"
WORDS = "films/words.yaml"

SHOWN: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("watch", "get-ready", "move-on", "hold", "keep-going", "rest", "change-sides",
         "change-position", "welcome", "halfway", "done", "done-more", "credit"), frozenset[str]()),
    **dict.fromkeys((block for block in WORD_BLOCKS if block != "describe"), frozenset()),
    "exercise": frozenset({"number", "of"}), "then": frozenset({"place"}),
    "minutes": frozenset({"exercises", "minutes"}), "have-ready": frozenset({"things"}),
}  # fmt: skip
"""Words on the picture by name, and what changes in them."""

SAID: dict[str, frozenset[str]] = {
    **{f"to-{position}": frozenset[str]() for position in Position},
    "session": frozenset(), "length": frozenset({"exercises", "minutes"}),
    "have-ready": frozenset({"things"}), "limit": frozenset({"cap"}),
    "first": frozenset({"name"}), "next": frozenset({"name"}), "last": frozenset({"name"}),
    "dose": frozenset({"dose"}), "halfway": frozenset(), "done": frozenset(),
}  # fmt: skip

BRACES = re.compile(r"\{([a-z]*)\}")


class _Scene(Schema):
    motion: Words
    say: Words
    view: str = ""
    look: Literal["plain", "x-ray"] = "plain"
    closeup: str = ""
    stretch: list[Words] | None = None
    label: str = ""
    points: list[Words] = []


class _Chapter(Schema):
    id: Words
    title: Words
    scenes: list[_Scene] = []
    exercise: Words | None = None


class _Film(Schema):
    id: Words
    program: Words
    title: Words
    under: list[Words] = []
    chapters: list[_Chapter]


class _Words(Schema):
    id: Words
    shown: dict[str, Words]
    said: dict[str, Words]
    targets: dict[str, Words]


def read_films(texts: Mapping[str, str]) -> dict[str, FilmScript]:
    """Return every film by id; raise LibraryError with every problem."""
    problems: list[Problem] = []
    films = _films(texts, problems)
    if problems:
        raise LibraryError(problems)
    return films


def read_film_words(texts: Mapping[str, str]) -> FilmWords:
    """Return the words that films use; raise LibraryError with every problem."""
    problems: list[Problem] = []
    found = _words(texts, problems)
    if problems or found is None:
        raise LibraryError(problems)
    return found


def check_films(finder: Finder) -> None:
    """Report what is wrong with ``films/``, names that lead nowhere among it."""
    films = _films(finder.texts, finder.problems)
    _words(finder.texts, finder.problems)
    motions = ids_in(finder.texts)
    for film in films.values():
        file = f"{FOLDER}{film.id}.yaml"
        _known(finder, file, ("program",), film.program, finder.library.programs)
        for place, chapter in enumerate(film.chapters):
            if chapter.exercise is not None:
                there = finder.library.exercises
                _known(finder, file, ("chapters", place, "exercise"), chapter.exercise, there)
            for number, scene in enumerate(chapter.scenes):
                at = ("chapters", place, "scenes", number, "motion")
                _known(finder, file, at, scene.motion, motions)


def _known(finder: Finder, file: str, path: Path, name: str, there: Collection[str]) -> None:
    if name not in there:
        finder.report(file, path, f"There is no {name}.", nearest(name, there))


def _films(texts: Mapping[str, str], problems: list[Problem]) -> dict[str, FilmScript]:
    found = {}
    for file in texts:
        if file.startswith(FOLDER) and file != WORDS:
            film = _film(Page(file, texts[file], Grammar(None, {}), problems))
            if film is not None:
                found[film.id] = film
    return found


def _film(page: Page) -> FilmScript | None:
    text = page.shaped(_Film)
    if text is None:
        return None
    for place, chapter in enumerate(text.chapters):
        if bool(chapter.scenes) == (chapter.exercise is not None):
            page.report(("chapters", place), "A chapter has either scenes or an exercise.",
                        "Give it one of them.")  # fmt: skip
        for number, scene in enumerate(chapter.scenes):
            if scene.stretch is not None and len(scene.stretch) != 2:
                page.report(("chapters", place, "scenes", number, "stretch"),
                            "A stretch has two positions.", "Write [from, to].")  # fmt: skip
    return FilmScript(
        text.id, text.program, text.title, tuple(text.under),
        tuple(
            FilmChapter(one.id, one.title, tuple(map(_scene, one.scenes)), one.exercise)
            for one in text.chapters
        ),
    )  # fmt: skip


def _scene(one: _Scene) -> Scene:
    stretch = (one.stretch[0], one.stretch[-1]) if one.stretch else None
    return Scene(
        one.motion, one.say, one.view, one.look, one.closeup, stretch, one.label, tuple(one.points)
    )


def _words(texts: Mapping[str, str], problems: list[Problem]) -> FilmWords | None:
    if WORDS not in texts:
        problems.append(Problem(WORDS, "", "This file is missing.", "Add it."))
        return None
    page = Page(WORDS, texts[WORDS], Grammar(None, {}), problems)
    text = page.shaped(_Words)
    if text is None:
        return None
    for part, needed in (("shown", SHOWN), ("said", SAID)):
        given: dict[str, str] = getattr(text, part)
        for name in needed.keys() - given.keys():
            page.report((part,), f"{name} is missing.", "Add it.")
        for name, words in given.items():
            if name not in needed:
                page.report((part, name), "Nothing says this.", nearest(name, needed))
            elif set(BRACES.findall(words)) - needed[name]:
                mend = ", ".join(f"{{{one}}}" for one in sorted(needed[name])) or "no braces"
                page.report((part, name), "Something in braces is not known.", f"Use {mend}.")
    return FilmWords(dict(text.shown), dict(text.said), dict(text.targets))
