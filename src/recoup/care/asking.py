"""Which questions and which answers a person is shown, by what they said so far.

Source: ``clinical/intake.md``. Nothing that a condition at the person's own painful places reads
is ever hidden, and danger signs are never filtered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from recoup.care.facts import screening_facts
from recoup.care.places import counted_there
from recoup.care.recognition import recognise
from recoup.care.triage import stops_program, triage
from recoup.model.answers import HISTORIES, NOTHING, TOKEN_LISTS, Answers
from recoup.model.content import Library
from recoup.model.expression import Facts
from recoup.model.question import Question

SCREEN = "intake"
FIRST_CHOICES = 12
"""As many answers are shown at once where a list depends on the place; the rest is unfolded."""

LONGEST = 25
"""Screens that a typical person answers; small tests fill what is left of it."""

MOST_TESTS = 2
READ_BY_A_RED_FLAG = 100
_PREFIX = {name: prefix for prefix, name in TOKEN_LISTS.items()}


def asked_of(answers: Answers, library: Library) -> tuple[Question, ...]:
    """Return the questions of the intake for this person, in order."""
    facts = _told(answers, library)
    regions = regions_of(answers, library)
    asked = tuple(
        question
        for question in library.questionnaires[SCREEN].questions
        if (question.when is None or question.when.holds(facts))
        and (not question.regions or not regions.isdisjoint(question.regions))
        and (question.list is None or options(question, answers, library))
    )
    rest = [question for question in asked if question.kind != "self-test"]
    tests = [question for question in asked if question.kind == "self-test"]
    chosen = _tests(tests, answers, library, LONGEST - len(rest))
    return tuple(one for one in asked if one.kind != "self-test" or one in chosen)


def options(question: Question, answers: Answers, library: Library) -> tuple[str, ...]:
    """Return the keys that a screen shows; by region, what matters most here comes first."""
    if question.list is None:
        return ()
    regions = regions_of(answers, library)
    read = read_here(answers.sites, library)
    prefix = _PREFIX[question.list]
    if question.by_region:
        known = library.vocabulary.lists[question.list]
        keys = [
            name
            for name, key in known.items()
            if not key.regions or not regions.isdisjoint(key.regions)
            or f"{prefix}:{name}" in read or f"{prefix}:{name}" in _flagged(library)
        ]
        return tuple(sorted(keys, key=lambda key: -read.get(f"{prefix}:{key}", 0)))
    facts = _told(answers, library)
    return tuple(
        key
        for key in question.options
        if _fits(question, key, regions, read, prefix) and _holds(question, key, facts)
    )


def fields_of(question: Question, answers: Answers, library: Library) -> tuple[str, ...]:
    """Return the scalars that a screen asks for."""
    facts = _told(answers, library)
    return tuple(name for name in question.fields if _holds(question, name, facts))


def _told(answers: Answers, library: Library) -> Facts:
    """Return the facts that questions are filtered by: a history stays told wherever it was."""
    return screening_facts(replace(answers, places={}), library.vocabulary)


def regions_of(answers: Answers, library: Library) -> frozenset[str]:
    sites = library.vocabulary.lists["sites"]
    return frozenset[str]().union(*(sites[site].regions for site in answers.sites))


def read_here(sites: frozenset[str], library: Library) -> Mapping[str, int]:
    """Return how much each answer weighs in the conditions of these places, for or against."""
    return _read_here(sites, library)


@lru_cache(maxsize=512)
def _read_here(sites: frozenset[str], library: Library) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    gates = frozenset(f"s:{site}" for site in sites)
    for condition in library.conditions.values():
        if condition.gate.isdisjoint(gates):
            continue
        for feature in condition.features:
            for atom in dict.fromkeys(feature.test.atoms()):
                found[atom] += abs(feature.weight)
        for one in (condition.requires, condition.fallback):
            found.update(dict.fromkeys(one.atoms() if one else (), 1))
    return found


@lru_cache(maxsize=8)
def _flagged(library: Library) -> frozenset[str]:
    """Return every answer that some red flag reads."""
    return frozenset(atom for flag in library.red_flags for atom in flag.when.atoms())


def _fits(
    question: Question, key: str, regions: frozenset[str], read: Mapping[str, int], prefix: str
) -> bool:
    wanted = question.only_for.get(key)
    return wanted is None or not regions.isdisjoint(wanted) or f"{prefix}:{key}" in read


def _holds(question: Question, key: str, facts: Facts) -> bool:
    when = question.only_when.get(key)
    return when is None or when.holds(facts)


def _tests(
    tests: Iterable[Question], answers: Answers, library: Library, room: int
) -> tuple[Question, ...]:
    """Return the small tests to offer: none while a red flag stops the program (H44), else those
    that red flags read and then those that tell the best matches apart, few enough to do."""
    if stops_program(triage(answers, library)):
        return ()
    weights: Counter[str] = Counter()
    before = replace(answers, test=NOTHING)  # else one test's answer would call for another test
    for match in recognise(before, counted_there(before, library)):
        for feature in library.conditions[match.condition].features:
            weights[feature.token] += abs(feature.weight)

    def worth(question: Question) -> int:
        tokens = {f"t:{key}" for outcome in question.outcomes for key in outcome.adds}
        flagged = READ_BY_A_RED_FLAG * bool(tokens & _flagged(library))
        return flagged + sum(weights[token] for token in tokens)

    best = sorted(((worth(one), -place, one) for place, one in enumerate(tests)), reverse=True)
    most = max(1, min(MOST_TESTS, room))
    return tuple(question for weight, _, question in best[:most] if weight)


def histories_of(answers: Answers, library: Library) -> tuple[str, ...]:
    """Return the histories that concern one joint and were told: each is asked which joint."""
    facts = _told(answers, library)
    return tuple(name for name, tokens in HISTORIES.items() if not facts.tokens.isdisjoint(tokens))
