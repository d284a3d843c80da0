"""Read ``vignettes/``: people's stories, a file a region, each with what must come of it.

They stand apart from the library that decisions read: nobody's program depends on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from recoup.library.answers import answers_of
from recoup.library.expressions import Grammar
from recoup.library.finder import KEBAB
from recoup.library.page import Loose, Page, Schema, Words
from recoup.library.problem import LibraryError, Path, Problem, nearest
from recoup.library.rules import ACTIONS, URGENCIES
from recoup.model.content import Library
from recoup.model.vignette import Expected, Kind, Vignette

FOLDER = "vignettes/"


class _Expected(Schema):
    urgency: Words
    action: Words
    flags: list[Words] = []
    quiet: list[Words] = []
    first: Words | None = None
    among: list[Words] = []


class _Vignette(Schema):
    id: Words
    kind: Loose[Kind]
    story: Words
    answers: dict[str, Any]
    expect: _Expected
    why: Words
    disagrees: Words | None = None


class _Vignettes(Schema):
    id: Words
    vignettes: list[_Vignette] = Field(min_length=1)


def read_vignettes(texts: Mapping[str, str], library: Library) -> tuple[Vignette, ...]:
    """Return every vignette of these texts; raise LibraryError with every problem."""
    problems: list[Problem] = []
    found = vignettes_of(texts, library, problems)
    if problems:
        raise LibraryError(problems)
    return found


def vignettes_of(
    texts: Mapping[str, str], library: Library, problems: list[Problem]
) -> tuple[Vignette, ...]:
    """Return the vignettes that can be read, adding to ``problems``."""
    seen: set[str] = set()
    return tuple(
        vignette
        for file in texts
        if file.startswith(FOLDER)
        for vignette in _Shelf(file, texts[file], library, problems).read(seen)
    )


class _Shelf:
    """The vignettes of one file."""

    def __init__(
        self, file: str, text: str, library: Library, problems: list[Problem]
    ) -> None:
        self._page = Page(file, text, Grammar(library.vocabulary, {}), problems)
        self._library = library
        self._name = file.removeprefix(FOLDER).removesuffix(".yaml")
        self._flags = {rule.id for rule in library.red_flags}

    def read(self, seen: set[str]) -> Iterator[Vignette]:
        text = self._page.shaped(_Vignettes)
        if text is None:
            return
        if text.id != self._name:
            self._page.report(("id",), f"The id {text.id} is not the file's name.",
                              f"Write {self._name}.")
        for place, one in enumerate(text.vignettes):
            path = ("vignettes", place)
            if one.id in seen or not KEBAB.fullmatch(one.id):
                self._page.report((*path, "id"), f"{one.id} stands twice or is not kebab-case.",
                                  "Give it another name.")
            seen.add(one.id)
            yield self._vignette(one, path)

    def _vignette(self, one: _Vignette, path: Path) -> Vignette:
        found: list[Problem] = []
        answers = answers_of(one.answers, self._library.vocabulary, found)
        for problem in found:
            self._page.report((*path, "answers"), f"{problem.path}: {problem.text}", problem.mend)
        return Vignette(
            one.id, self._name, one.kind, one.story, answers,
            self._expected(one.expect, (*path, "expect")), one.why, one.disagrees,
        )

    def _expected(self, text: _Expected, path: Path) -> Expected:
        conditions = self._library.conditions
        for name, given, known in (
            ("urgency", [text.urgency], URGENCIES),
            ("action", [text.action], ACTIONS),
            ("flags", text.flags, self._flags),
            ("quiet", text.quiet, self._flags),
            ("first", [text.first] if text.first else [], conditions),
            ("among", text.among, conditions),
        ):
            for word in given:
                if word not in known:
                    self._page.report((*path, name), f"{word} is not known.", nearest(word, known))
        return Expected(
            URGENCIES.get(text.urgency, min(URGENCIES.values())),
            ACTIONS.get(text.action, min(ACTIONS.values())),
            tuple(text.flags), tuple(text.quiet), text.first, tuple(text.among),
        )
