"""Mistakes in rule data: each condition, urgency and action changed a little.

A mutant is killed when the rule differs from its second reading at one of its points
(``tests/care/test_second_reading.py``), or when a vignette comes out differently. Both are the
same comparisons that the tests make, without starting a test run for each of thousands of mutants.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from care.points import points_of
from care.second_reading import LOWERING, ROWS, fires

from mutants.mutant import Fate, Mutant
from recoup.care.facts import screening_facts
from recoup.care.triage import triage
from recoup.library import load, read_answers, read_texts, read_vignettes
from recoup.library.expressions import written
from recoup.library.texts import default_folder
from recoup.model.expression import All, Any, AnyOf, Compare, Expression, Facts, Not
from recoup.model.rule import Action, RedFlag, Urgency
from recoup.model.vignette import Vignette

LIBRARY = load()
VIGNETTES = read_vignettes(read_texts(default_folder()), LIBRARY)
SIGNS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}


def fates() -> Iterator[tuple[Fate, Fate]]:
    """Yield the fate of every mutant under all tests, and under the vignettes alone."""
    for rule in LIBRARY.red_flags:
        for change, mutated in mutants_of(rule):
            mutant = Mutant(rule.id, change)
            story = _story_that_differs(rule, mutated)
            seen = "the second reading" if _differs(mutated) else story
            yield Fate(mutant, seen), Fate(mutant, story)


def mutants_of(rule: RedFlag) -> Iterator[tuple[str, RedFlag]]:
    """Yield what is changed, and the rule with that change."""
    for change, when in _changed(rule.when):
        yield change, replace(rule, when=when)
    for atom in sorted(LOWERING):
        if f"!{atom}" not in written(rule.when):
            yield f"relaxed by {atom}", replace(rule, when=All((rule.when, Not(AnyOf.of(atom)))))
    if rule.urgency > Urgency.SELF_MANAGE:
        lower = Urgency(rule.urgency - 1)
        yield f"urgency {lower.word}", replace(rule, urgency=lower)
    if rule.action > Action.ALLOW:
        lower_action = Action(rule.action - 1)
        yield f"program {lower_action.word}", replace(rule, action=lower_action)
    read = {part.name for part in _nodes(rule.when) if isinstance(part, Compare)}
    for name in sorted(rule.assume & read):
        yield f"missing {name} is no", replace(rule, assume=rule.assume - {name})


def _nodes(tree: Expression) -> Iterator[Expression]:
    yield tree
    if isinstance(tree, Not):
        yield from _nodes(tree.part)
    elif isinstance(tree, All | Any):
        for part in tree.parts:
            yield from _nodes(part)


def _changed(tree: Expression) -> Iterator[tuple[str, Expression]]:
    """Yield every way to change one node of a condition."""
    text = written(tree)
    short = text if len(text) <= 60 else f"{text[:57]}..."
    if not isinstance(tree, Not):
        yield f"not ({short})", Not(tree)
    if isinstance(tree, Compare):
        yield from ((f"{short} -> {one}", one) for one in _limits(tree))
    elif isinstance(tree, AnyOf):
        yield from _keys(tree, short)
    elif isinstance(tree, Not):
        yield f"{short} without not", tree.part
        yield from ((change, Not(part)) for change, part in _changed(tree.part))
    elif isinstance(tree, All | Any):
        yield from _parts(tree, short)


def _limits(tree: Compare) -> Iterator[Compare]:
    for value in (tree.value - 1, tree.value + 1):
        yield replace(tree, value=value)
    yield replace(tree, sign=SIGNS[tree.sign])


def _keys(tree: AnyOf, short: str) -> Iterator[tuple[str, Expression]]:
    if len(tree.tokens) == 1:
        return
    yield f"all of ({short})", All(tuple(map(AnyOf.of, tree.tokens)))
    for token in tree.tokens:
        rest = (one for one in tree.tokens if one != token)
        yield f"({short}) without {token}", AnyOf.of(*rest)


def _parts(tree: All | Any, short: str) -> Iterator[tuple[str, Expression]]:
    other = Any if isinstance(tree, All) else All
    yield f"{other.__name__.lower()} of ({short})", other(tree.parts)
    for place, part in enumerate(tree.parts):
        before, after = tree.parts[:place], tree.parts[place + 1 :]
        rest = (*before, *after)
        smaller = rest[0] if len(rest) == 1 else replace(tree, parts=rest)
        yield f"({short}) without ({written(part)})", smaller
        for change, one in _changed(part):
            yield change, replace(tree, parts=(*before, one, *after))


@cache
def _points(rule: str) -> tuple[tuple[Facts, bool], ...]:
    vocabulary = LIBRARY.vocabulary
    return tuple(
        (screening_facts(read_answers(said, vocabulary), vocabulary), fires(rule, said))
        for said in points_of(rule)
    )


def _differs(rule: RedFlag) -> bool:
    """Return whether the second reading notices a changed rule."""
    row = ROWS[rule.id]
    if (row.action, row.urgency) != (
        rule.action.word, "filter" if rule.filter_only else rule.urgency.word,
    ):
        return True
    return any(
        rule.when.holds(facts, rule.assume) is not expected for facts, expected in _points(rule.id)
    )


@dataclass(frozen=True)
class _Story:
    """A vignette's facts, and what all its flags are."""

    vignette: Vignette
    facts: Facts
    flags: dict[str, tuple[Urgency, Action]]


@cache
def _stories() -> tuple[_Story, ...]:
    found = []
    for vignette in VIGNETTES:
        if vignette.disagrees is None:
            flags = triage(vignette.answers, LIBRARY).flags
            facts = screening_facts(vignette.answers, LIBRARY.vocabulary)
            outcome = {flag.id: (flag.urgency, flag.action) for flag in flags}
            found.append(_Story(vignette, facts, outcome))
    return tuple(found)


def _story_that_differs(rule: RedFlag, mutated: RedFlag) -> str | None:
    """Return a vignette that comes out other than expected, or None."""
    for story in _stories():
        flags = {**story.flags}
        flags.pop(rule.id, None)
        if mutated.when.holds(story.facts, mutated.assume):
            flags[rule.id] = (mutated.urgency, mutated.action)
        if flags != story.flags and not _as_expected(flags, story.vignette):
            return story.vignette.id
    return None


def _as_expected(flags: dict[str, tuple[Urgency, Action]], vignette: Vignette) -> bool:
    expected = vignette.expected
    urgency = max((one for one, _ in flags.values()), default=Urgency.SELF_MANAGE)
    action = max((one for _, one in flags.values()), default=Action.ALLOW)
    fitting = set(expected.flags) <= set(flags) and set(expected.quiet).isdisjoint(flags)
    return fitting and (urgency, action) == (expected.urgency, expected.action)
