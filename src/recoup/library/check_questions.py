"""Check the intake's screens: each key exists, is asked once, and danger signs are asked."""

from __future__ import annotations

from collections.abc import Iterator

from recoup.library.answers import EXTRAS
from recoup.library.finder import KEBAB, Finder
from recoup.library.problem import Path, nearest
from recoup.model.question import Question, Questionnaire


def check_questions(finder: Finder) -> None:
    asked: set[str] = set()
    for questionnaire in finder.library.questionnaires.values():
        asked |= _check_questionnaire(finder, questionnaire)
    vocabulary = finder.library.vocabulary
    for key in sorted(vocabulary.safety_screen | vocabulary.also_asked):
        if f"sx:{key}" not in asked:
            text = f"Nobody asks for the danger sign {key}."
            finder.report("vocabulary/answers.yaml", ("lists", "sx", key), text, "Add a question.")


def _check_questionnaire(finder: Finder, questionnaire: Questionnaire) -> set[str]:
    file = f"questions/{questionnaire.id}.yaml"
    asked: dict[str, str] = {}
    seen: set[str] = set()
    for place, question in enumerate(questionnaire.questions):
        path: Path = ("questions", place)
        if question.id in seen:
            finder.report(file, (*path, "id"), f"{question.id} stands twice.", "Rename one.")
        if not KEBAB.fullmatch(question.id):
            finder.report(file, (*path, "id"), "The id is not kebab-case.", "Rename it.")
        seen.add(question.id)
        _check_shape(finder, file, path, question)
        for where, key, mend in _keys(finder, path, question):
            if mend:
                finder.report(file, where, f"{key} is not in the vocabulary.", mend)
            elif asked.setdefault(key, question.id) != question.id:
                text = f"{key} is also asked by {asked[key]}."
                finder.report(file, where, text, "Ask it once.")
    return set(asked)


def _check_shape(finder: Finder, file: str, path: Path, question: Question) -> None:
    if question.kind in ("number", "choice", "scales") and not question.fields:
        text = f"A question of kind {question.kind} needs fields."
        finder.report(file, path, text, "Name the scalars it asks.")
    if question.kind == "tick" and not (question.list and (question.options or question.by_region)):
        mend = "Name a list, and options or by-region."
        finder.report(file, path, "A question of kind tick needs options.", mend)
    if question.kind == "self-test" and not question.outcomes:
        finder.report(file, path, "A self-test needs outcomes.", "Add what a person may answer.")


def _keys(finder: Finder, path: Path, question: Question) -> Iterator[tuple[Path, str, str | None]]:
    """Yield what a question asks: where, the key, and how to mend it when it is not known."""
    vocabulary = finder.library.vocabulary
    scalars = {**vocabulary.numbers, **vocabulary.choices}
    for place, name in enumerate(question.fields):
        known = name in scalars or name in EXTRAS
        yield (*path, "fields", place), name, None if known else nearest(name, scalars)
    if question.list:
        keys = vocabulary.lists[question.list]
        prefix = "t" if question.list == "test" else question.list
        for place, key in enumerate(question.options):
            mend = None if key in keys else nearest(key, keys)
            yield (*path, "options", place), f"{prefix}:{key}", mend
        if question.by_region:
            for key in (key for key in keys if keys[key].regions):
                yield (*path, "options"), f"{prefix}:{key}", None
        for key in question.labels or {}:
            if key not in keys:
                yield (*path, "labels", key), key, nearest(key, keys)
    tests = vocabulary.lists["test"]
    for place, outcome in enumerate(question.outcomes):
        for key in sorted(outcome.adds):
            mend = None if key in tests else nearest(key, tests)
            yield (*path, "outcomes", place, "adds"), f"t:{key}", mend
