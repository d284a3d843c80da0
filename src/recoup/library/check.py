"""Check a library beyond its shape: `recoup check`."""

from __future__ import annotations

from collections.abc import Mapping

from recoup.library.check_programs import check_programs
from recoup.library.check_questions import check_questions
from recoup.library.check_references import check_references
from recoup.library.check_words import check_words
from recoup.library.films import check_films
from recoup.library.finder import Finder
from recoup.library.problem import Problem
from recoup.library.speech import check_speech
from recoup.library.vignettes import vignettes_of
from recoup.model.content import Library


def check(library: Library, texts: Mapping[str, str]) -> tuple[Problem, ...]:
    """Return every problem of the texts that ``library`` was read from, sorted by place.

    Each names the file, the path inside it, the line, what is wrong and how to mend it. None at
    all means that the library may be shown to people.
    """
    finder = Finder(library, texts)
    check_references(finder)
    check_programs(finder)
    check_questions(finder)
    check_words(finder)
    vignettes_of(texts, library, finder.problems)
    check_speech(finder)
    check_films(finder)
    return tuple(sorted(set(finder.problems), key=lambda one: (one.file, one.line or 0, one.path)))


def counts(library: Library, texts: Mapping[str, str]) -> dict[str, int]:
    """Return how many of each kind there are in the texts that ``library`` was read from."""
    questions = (len(one.questions) for one in library.questionnaires.values())
    return {
        "conditions": len(library.conditions),
        "equipment": len(library.equipment),
        "exercises": len(library.exercises),
        "programs": len(library.programs),
        "questions": sum(questions),
        "red-flags": len(library.red_flags),
        "refer-pages": len(library.refer_pages),
        "siblings": len(library.siblings),
        "sources": len(library.evidence),
        "templates": len(library.templates),
        "vignettes": len(vignettes_of(texts, library, [])),
        "words": sum(len(keys) for keys in library.vocabulary.lists.values()),
    }
