"""Read the whole library: text in, one frozen value out, or every problem at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

from recoup.library.conditions import read_condition
from recoup.library.emergency import NUMBERS, read_emergency
from recoup.library.equipment import read_equipment
from recoup.library.evidence import read_evidence
from recoup.library.exercises import read_exercise
from recoup.library.expressions import Grammar
from recoup.library.page import Page
from recoup.library.problem import LibraryError, Problem
from recoup.library.programs import read_program
from recoup.library.questions import read_questionnaire
from recoup.library.rules import read_red_flags, read_siblings, read_templates
from recoup.library.texts import default_folder, read_texts, version_of
from recoup.library.vocabulary import read_macros, read_vocabulary
from recoup.library.wording import FILES, read_wording
from recoup.library.yaml_text import parse
from recoup.model.content import Library
from recoup.model.emergency import Emergency
from recoup.model.exercise import Exercise
from recoup.model.program import Program, ReferPage

VOCABULARY = "vocabulary/answers.yaml"
MACROS = "vocabulary/macros.yaml"
TEMPLATES = "rules/phase-templates.yaml"
SIBLINGS = "rules/siblings.yaml"
RED_FLAGS = "rules/red-flags"
ONCE = (VOCABULARY, MACROS, TEMPLATES, SIBLINGS, *(f"wording/{name}.yaml" for name in FILES))
"""Files that every library has."""

LATER = (NUMBERS,)
"""Files that came later: a program may be pinned to a library without them."""

MANY = (RED_FLAGS, "conditions", "exercises", "programs", "questions", "evidence", "equipment")
"""Folders that hold any number of files."""


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


V = TypeVar("V")
I_ = TypeVar("I_", bound=_HasId)


def load(folder: Path | None = None) -> Library:
    """Read the library of ``folder`` (by default the one that came with the program)."""
    try:
        return read(read_texts(folder or default_folder()))
    finally:
        parse.cache_clear()  # what was read is a value now; a server has no use for the rest


def read(texts: Mapping[str, str]) -> Library:
    """Return the library of these texts; raise LibraryError with every problem of every file."""
    problems = [_lost(file) for file in ONCE if file not in texts]
    if problems:
        raise LibraryError(problems)
    library = _Shelf(texts, problems).library()
    if library is None or problems:
        raise LibraryError(sorted(problems, key=lambda one: (one.file, one.line or 0)))
    return library


def read_exercises(texts: Mapping[str, str]) -> dict[str, Exercise]:
    """Return the exercises of these texts alone, none where there is no vocabulary to read them
    with; raise LibraryError with every problem of theirs, whatever else is wrong."""
    if VOCABULARY not in texts or MACROS not in texts:
        return {}
    problems: list[Problem] = []
    found = _Shelf(texts, problems).exercises()
    mine = [one for one in problems if one.file.startswith("exercises/")]
    if mine:
        raise LibraryError(sorted(mine, key=lambda one: (one.file, one.line or 0)))
    return found


def _lost(file: str) -> Problem:
    return Problem(file, "", "This file is missing.", "Add it.")


class _Shelf:
    """All texts on their way to one value; the vocabulary goes first, because rules name it."""

    def __init__(self, texts: Mapping[str, str], problems: list[Problem]) -> None:
        self._texts = texts
        self._problems = problems
        self._grammar = Grammar(None, {})
        self._vocabulary = read_vocabulary(self._page(VOCABULARY))
        self._grammar = Grammar(self._vocabulary, {})
        self._grammar = Grammar(self._vocabulary, read_macros(self._page(MACROS)))

    def library(self) -> Library | None:
        exercises = self.exercises()
        wording = read_wording({name: self._page(f"wording/{name}.yaml") for name in FILES})
        red_flags = self._each_of(RED_FLAGS, read_red_flags)
        templates = read_templates(self._page(TEMPLATES))
        siblings = read_siblings(self._page(SIBLINGS))
        plans = self._each("programs", lambda page: read_program(page, exercises))
        conditions = self._each("conditions", read_condition)
        questionnaires = self._each("questions", read_questionnaire)
        equipment = self._each("equipment", read_equipment)
        evidence = self._each_of("evidence", read_evidence)
        if self._vocabulary is None or wording is None:
            return None
        return Library(
            version=version_of(self._texts),
            vocabulary=self._vocabulary,
            questionnaires=self._by_id("questions", questionnaires),
            red_flags=tuple(red_flags),
            templates=self._by_id(TEMPLATES, templates),
            conditions=self._by_id("conditions", conditions),
            exercises=exercises,
            programs=self._by_id("programs", (p for p in plans if isinstance(p, Program))),
            refer_pages=self._by_id("programs", (p for p in plans if isinstance(p, ReferPage))),
            siblings={sibling.exercise: sibling for sibling in siblings},
            equipment=self._by_id("equipment", equipment),
            evidence=self._by_id("evidence", evidence),
            wording=wording,
            emergency=self._emergency(),
        )

    def exercises(self) -> dict[str, Exercise]:
        return self._by_id("exercises", self._each("exercises", read_exercise))

    def _emergency(self) -> Emergency:
        return read_emergency(self._page(NUMBERS)) if NUMBERS in self._texts else Emergency()

    def _page(self, file: str) -> Page:
        return Page(file, self._texts[file], self._grammar, self._problems)

    def _pages(self, folder: str) -> Iterable[Page]:
        return (self._page(file) for file in self._texts if file.startswith(f"{folder}/"))

    def _each(self, folder: str, one: Callable[[Page], V | None]) -> list[V]:
        found = (one(page) for page in self._pages(folder))
        return [value for value in found if value is not None]

    def _each_of(self, folder: str, many: Callable[[Page], Iterable[V]]) -> list[V]:
        return [value for page in self._pages(folder) for value in many(page)]

    def _by_id(self, place: str, values: Iterable[I_]) -> dict[str, I_]:
        found: dict[str, I_] = {}
        for value in values:
            if value.id in found:
                text = f"{value.id} stands twice."
                self._problems.append(Problem(place, "id", text, "Give one another id."))
            found[value.id] = value
        return found
