"""Which conditions fit the answers, with what speaks for and against each.

Source: ``clinical/coverage.md``, "How to use this without being a clinician". Weights are expert
judgement, so the outcome is a word, never a percentage, and never a diagnosis.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from recoup.care.facts import recognition_facts
from recoup.model.answers import (
    TOKEN_CHOICES,
    TOKEN_LISTS,
    TOKEN_NUMBERS,
    Answers,
)
from recoup.model.condition import Condition, Feature, Fit, Match
from recoup.model.content import Library
from recoup.model.expression import AnyOf, Facts

SHOWN = 3
FITS_WELL_SCORE = 8
FITS_WELL_LEAD = 3
COULD_FIT_SCORE = 4
STRONG = 3
NEVER_CHECKED = ("an examination by hand",)
"""Something always speaks against a match or could not be checked."""


def recognise(answers: Answers, library: Library) -> tuple[Match, ...]:
    """Return at most three matches, best first.

    A condition is considered when one of its sites is marked and what it requires is true, and
    shown when a +3 feature or two +1 features hold. Where nothing reaches "could fit", the
    non-specific entries of the sore regions are among them, as "not clear".
    """
    facts = recognition_facts(answers)
    considered = [
        condition for condition in library.conditions.values() if _considered(condition, facts)
    ]
    weighed = [_weigh(condition, facts) for condition in considered]
    shown = _best(one for one in weighed if one.supported)
    if not shown or shown[0].score < COULD_FIT_SCORE:
        shown = _with_fallback(shown, weighed, facts)
    return tuple(
        _match(one, _fit(one, place, shown), facts, answers)
        for place, one in enumerate(shown)
    )


def _best(weighed: Iterable[_Weighed]) -> list[_Weighed]:
    return sorted(weighed, key=lambda one: (-one.score, one.condition.id))[:SHOWN]


@dataclass(frozen=True, slots=True)
class _Weighed:
    condition: Condition
    score: float
    supported: bool


@dataclass(frozen=True, slots=True)
class _Index:
    """A condition's features ready to be summed: whole answers by token, the rest one by one."""

    weights: dict[str, int]
    keys: frozenset[str]
    others: tuple[Feature, ...]


@lru_cache(maxsize=1024)
def _index(condition: Condition) -> _Index:
    weights, others = {}, []
    for feature in condition.features:
        if isinstance(feature.test, AnyOf) and len(feature.test.tokens) == 1:
            weights[feature.test.tokens[0]] = feature.weight
        else:
            others.append(feature)
    return _Index(weights, frozenset(weights), tuple(others))


def _considered(condition: Condition, facts: Facts) -> bool:
    if condition.gate.isdisjoint(facts.tokens):
        return False
    return condition.requires is None or condition.requires.holds(facts)


def _weigh(condition: Condition, facts: Facts) -> _Weighed:
    index = _index(condition)
    held = [index.weights[token] for token in index.keys & facts.tokens]
    held += [feature.weight for feature in index.others if feature.test.holds(facts)]
    supported = STRONG in held or held.count(1) >= 2
    return _Weighed(condition, condition.prior + sum(held), supported)


def _with_fallback(
    shown: list[_Weighed], weighed: list[_Weighed], facts: Facts
) -> list[_Weighed]:
    """Add the non-specific entries of the sore regions, best first with the others."""
    stand_ins = _best(
        one for one in weighed
        if one.condition.fallback is not None and one.condition.fallback.holds(facts)
    )
    others = [one for one in shown if one not in stand_ins]
    return _best([*others[: SHOWN - len(stand_ins)], *stand_ins])


def _fit(one: _Weighed, place: int, shown: list[_Weighed]) -> Fit:
    if one.score < COULD_FIT_SCORE:
        return Fit.NOT_CLEAR
    lead = one.score - shown[1].score if place == 0 and len(shown) > 1 else FITS_WELL_LEAD
    well = place == 0 and one.score >= FITS_WELL_SCORE and lead >= FITS_WELL_LEAD
    return one.condition.ceiling if well else Fit.COULD_FIT


def _match(one: _Weighed, fit: Fit, facts: Facts, answers: Answers) -> Match:
    condition = one.condition
    held = [feature for feature in condition.features if feature.test.holds(facts)]
    against = tuple(feature.token for feature in held if feature.weight < 0)
    open_ = tuple(f.token for f in condition.features if _unknown(f.token, answers))
    return Match(
        condition=condition.id,
        code=condition.code,
        name=condition.name,
        score=one.score,
        fit=fit,
        for_=tuple(feature.token for feature in held if feature.weight > 0),
        against=against,
        not_asked=open_ if against or open_ else NEVER_CHECKED,
    )


def _unknown(token: str, answers: Answers) -> bool:
    """Return whether the answer behind a token is not known: unsure, skipped, or not asked."""
    prefix, _, key = token.partition(":")
    if key:
        open_ = key in answers.unsure or key in answers.skipped
        return open_ or (TOKEN_LISTS[prefix] == "test" and key not in answers.test)
    name = token.partition("=")[0]
    if name in TOKEN_CHOICES:
        return TOKEN_CHOICES[name] not in answers.choices
    for number, scalar in TOKEN_NUMBERS.items():
        if token.startswith((number + "<", number + ">")):
            return scalar not in answers.numbers
    return False
