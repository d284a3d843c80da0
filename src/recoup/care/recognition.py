"""Which conditions fit the answers, with what speaks for and against each.

Source: ``clinical/coverage.md``, "How to use this without being a clinician". Weights are expert
judgement, so the outcome is a word, never a percentage, and never a diagnosis.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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


def recognise(answers: Answers, library: Library) -> tuple[Match, ...]:
    """Return at most three matches, best first.

    A condition is considered when one of its sites is marked and what it requires is true, and
    shown when a +3 feature or two +1 features hold. With none, the region's own non-specific
    entry stands in, as "not clear".
    """
    facts = recognition_facts(answers)
    considered = [
        condition for condition in library.conditions.values() if _considered(condition, facts)
    ]
    weighed = [_weigh(condition, facts) for condition in considered]
    shown = sorted(
        (one for one in weighed if one.supported), key=lambda one: (-one.score, one.condition.id)
    )[:SHOWN]
    if not shown or shown[0].score < COULD_FIT_SCORE:
        shown = _with_fallback(shown, considered, facts)
    return tuple(
        _match(one, _fit(one, place, shown), facts, answers)
        for place, one in enumerate(shown)
    )


@dataclass(frozen=True, slots=True)
class _Weighed:
    condition: Condition
    score: float
    supported: bool
    fallback: bool = False


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
        if isinstance(feature.test, AnyOf):
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
    shown: list[_Weighed], considered: list[Condition], facts: Facts
) -> list[_Weighed]:
    """Put the region's non-specific entry first when nothing reaches "could fit"."""
    for condition in considered:
        if condition.fallback is not None and condition.fallback.holds(facts):
            others = [one for one in shown if one.condition is not condition]
            own = replace(_weigh(condition, facts), fallback=True)
            return [own, *others][:SHOWN]
    return shown


def _fit(one: _Weighed, place: int, shown: list[_Weighed]) -> Fit:
    if one.score < COULD_FIT_SCORE or one.fallback:
        return Fit.NOT_CLEAR
    lead = one.score - shown[1].score if place == 0 and len(shown) > 1 else FITS_WELL_LEAD
    well = place == 0 and one.score >= FITS_WELL_SCORE and lead >= FITS_WELL_LEAD
    return one.condition.ceiling if well else Fit.COULD_FIT


def _match(one: _Weighed, fit: Fit, facts: Facts, answers: Answers) -> Match:
    condition = one.condition
    held = [feature for feature in condition.features if feature.test.holds(facts)]
    return Match(
        condition=condition.id,
        code=condition.code,
        name=condition.name,
        score=one.score,
        fit=fit,
        for_=tuple(feature.token for feature in held if feature.weight > 0),
        against=tuple(feature.token for feature in held if feature.weight < 0),
        not_asked=tuple(
            feature.token
            for feature in condition.features
            if _unknown(feature.token, answers)
        ),
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
