"""Check the intake's screens: each key exists, is asked once, and danger signs are asked."""

from __future__ import annotations

from collections.abc import Iterator

from recoup.library.answers import EXTRAS
from recoup.library.finder import KEBAB, Finder
from recoup.library.problem import Path, nearest
from recoup.model.answers import TOKEN_LISTS
from recoup.model.question import Question, Questionnaire

_PREFIX = {name: prefix for prefix, name in TOKEN_LISTS.items()}

INTAKE = "intake"
"""The questionnaire that must ask for every danger sign."""

RECORDED = frozenset({"hx:clinician_cleared_exercise"})
"""Kept by an event of its own with who and when, never as a tick (hazard H32)."""

NEEDS_FIELDS = ("number", "choice", "mixed", "where", "places", "scales")

OPTIONAL = "t"
"""Self-tests may be left out, so rules may read tests that are not asked yet."""


def check_questions(finder: Finder) -> None:
    asked: set[str] = set()
    for questionnaire in finder.library.questionnaires.values():
        keys = _check_questionnaire(finder, questionnaire)
        if questionnaire.id == INTAKE:
            asked = keys
    vocabulary = finder.library.vocabulary
    for key in sorted(vocabulary.safety_screen | vocabulary.also_asked):
        if f"sx:{key}" not in asked:
            path = ("lists", "sx", key)
            text = f"Nobody asks for the danger sign {key}."
            finder.report("vocabulary/answers.yaml", path, text, "Ask it in questions/intake.yaml.")
    _check_rules(finder, asked | RECORDED)
    _check_regions(finder)


def _check_rules(finder: Finder, asked: set[str]) -> None:
    """Report what a red flag reads and nobody asks: such a rule can never fire."""
    when = {flag.id: flag.when for flag in finder.library.red_flags}
    for file in finder.files("rules/red-flags"):
        for path, id_ in finder.found(file, "rules.*.id"):
            for atom in dict.fromkeys(when[id_].atoms()):
                prefix, _, key = atom.partition(":")
                if key and prefix != OPTIONAL and atom not in asked:
                    text = f"The rule reads {atom}, and nobody asks for it."
                    mend = "Ask it in questions/intake.yaml."
                    finder.report(file, (*path[:-1], "when"), text, mend)


def _check_regions(finder: Finder) -> None:
    """Report regions that no site has: what is offered by them would never be seen."""
    file = "vocabulary/answers.yaml"
    sites = finder.library.vocabulary.lists["sites"].values()
    known = {region for site in sites for region in site.regions}
    for pattern in ("lists.agg.*.regions.*", "lists.ease.*.regions.*"):
        for path, region in finder.found(file, pattern):
            if region not in known:
                finder.report(
                    file, path, f"No site has the region {region}.", nearest(region, known)
                )
    for site in sites:
        if not site.regions:
            path = ("lists", "sites", site.key)
            finder.report(file, path, "The site has no region.", "Add regions.")
    for file in finder.files("questions"):
        for path, region in finder.found(file, "questions.*.regions.*"):
            if region not in known:
                finder.report(
                    file, path, f"No site has the region {region}.", nearest(region, known)
                )


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
        _check_filters(finder, file, path, question)
        for where, key, mend in _keys(finder, path, question):
            if mend:
                finder.report(file, where, f"{key} is not in the vocabulary.", mend)
            elif asked.setdefault(key, question.id) not in (question.id, question.instead_of):
                text = f"{key} is also asked by {asked[key]}."
                finder.report(file, where, text, "Ask it once.")
    return set(asked)


def _check_shape(finder: Finder, file: str, path: Path, question: Question) -> None:
    if question.kind in NEEDS_FIELDS and not question.fields:
        text = f"A question of kind {question.kind} needs fields."
        finder.report(file, path, text, "Name the scalars it asks.")
    options = question.list and (question.options or question.by_region)
    if question.kind in ("tick", "where") and not options:
        mend = "Name a list, and options or by-region."
        finder.report(file, path, "A question of kind tick needs options.", mend)
    for key in question.labels or {}:
        if key not in (*question.fields, *question.options):
            text = f"The question does not ask {key}."
            finder.report(file, (*path, "labels", key), text, nearest(key, question.fields))
    if question.kind == "self-test" and not question.outcomes:
        finder.report(file, path, "A self-test needs outcomes.", "Add what a person may answer.")


def _check_filters(finder: Finder, file: str, path: Path, question: Question) -> None:
    """Report filters of what is not shown, and filters of danger signs: these are never hidden."""
    vocabulary = finder.library.vocabulary
    danger = vocabulary.safety_screen | vocabulary.also_asked
    known = {region for site in vocabulary.lists["sites"].values() for region in site.regions}
    for name, filters in (("only_for", question.only_for), ("only_when", question.only_when)):
        for key in filters:
            where = (*path, name, key)
            shown = (*question.options, *(question.fields if name == "only_when" else ()))
            if key not in shown:
                text = f"The question does not show {key}."
                finder.report(file, where, text, nearest(key, shown))
            if question.list == "sx" and key in danger:
                text = f"{key} is a danger sign, and everyone is asked for it."
                finder.report(file, where, text, "Remove the filter.")
    for key, regions in question.only_for.items():
        for region in sorted(regions - known):
            text = f"No site has the region {region}."
            finder.report(file, (*path, "only_for", key), text, nearest(region, known))


def _keys(finder: Finder, path: Path, question: Question) -> Iterator[tuple[Path, str, str | None]]:
    """Yield what a question asks: where, the key, and how to mend it when it is not known."""
    vocabulary = finder.library.vocabulary
    scalars = {**vocabulary.numbers, **vocabulary.choices}
    for place, name in enumerate(question.fields):
        known = name in scalars or name in EXTRAS
        yield (*path, "fields", place), name, None if known else nearest(name, scalars)
    if question.list:
        keys = vocabulary.lists[question.list]
        prefix = _PREFIX[question.list]
        for place, key in enumerate(question.options):
            mend = None if key in keys else nearest(key, keys)
            yield (*path, "options", place), f"{prefix}:{key}", mend
        if question.by_region:
            yield from (((*path, "options"), f"{prefix}:{key}", None) for key in keys)
    tests = vocabulary.lists["test"]
    for place, outcome in enumerate(question.outcomes):
        for key in sorted(outcome.adds):
            mend = None if key in tests else nearest(key, tests)
            yield (*path, "outcomes", place, "adds"), f"t:{key}", mend
