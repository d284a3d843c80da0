"""History that concerns one joint counts at that joint only.

A replaced knee says nothing about a sore back. Where nobody said which joint it was, the answer
counts everywhere: unknown is not "elsewhere".
"""

from __future__ import annotations

from dataclasses import replace

from recoup.care.facts import EVERYWHERE, elsewhere, recognition_facts
from recoup.model.answers import HISTORIES, Answers, Vocabulary
from recoup.model.condition import Condition
from recoup.model.content import Library


def counted_there(answers: Answers, library: Library) -> Library:
    """Return the library as recognition should read it for these answers: a history of another
    joint neither makes a condition possible nor weighs for or against it."""
    if not answers.places:
        return library
    conditions = {
        name: kept
        for name, condition in library.conditions.items()
        if (kept := _counted(condition, answers, library.vocabulary)) is not None
    }
    return replace(library, conditions=conditions)


def _counted(condition: Condition, answers: Answers, vocabulary: Vocabulary) -> Condition | None:
    if condition.region == EVERYWHERE:
        return condition
    regions = frozenset({condition.region})
    gone = frozenset(
        token
        for name, tokens in HISTORIES.items()
        if elsewhere(answers, name, regions, vocabulary)
        for token in tokens
    )
    requires = condition.requires
    if requires is not None and gone.intersection(requires.atoms()):
        facts = recognition_facts(answers)
        if not requires.holds(replace(facts, tokens=facts.tokens - gone)):
            return None
    features = tuple(one for one in condition.features if one.token not in gone)
    return condition if features == condition.features else replace(condition, features=features)
