"""The red flags as JSON, for a device that the server cannot be reached from.

An expression becomes a list with its kind first: ``["any", token, ...]``, ``["all", part, ...]``,
``["or", part, ...]``, ``["not", part]``, ``["<", number's name, limit]``. What never holds is
``["any"]``. ``browser/offline/rules.ts`` reads it; a test holds both to the same outcome.
"""

from __future__ import annotations

from typing import Any

from recoup.model.expression import All, AnyOf, Compare, Expression, Facts, Never, Not
from recoup.model.expression import Any as AtLeastOne
from recoup.model.rule import RedFlag, Urgency

Document = dict[str, Any]


def rules_document(rules: tuple[RedFlag, ...]) -> list[Document]:
    """Return the rules that ask for care, the most urgent first."""
    asking = [rule for rule in rules if rule.urgency > Urgency.SELF_MANAGE]
    asking.sort(key=lambda rule: -rule.urgency)
    return [
        {
            "id": rule.id,
            "urgency": rule.urgency.word,
            "message": rule.message,
            "when": expression_document(rule.when),
            "assume": sorted(rule.assume),
        }
        for rule in asking
    ]


def expression_document(tree: Expression) -> list[Any]:
    match tree:
        case AnyOf():
            return ["any", *tree.tokens]
        case Never():
            return ["any"]
        case Compare():
            return [tree.sign, tree.name, tree.value]
        case Not():
            return ["not", expression_document(tree.part)]
        case All():
            return ["all", *map(expression_document, tree.parts)]
        case AtLeastOne():
            return ["or", *map(expression_document, tree.parts)]
    raise TypeError(tree)


def facts_document(facts: Facts) -> Document:
    return {"tokens": sorted(facts.tokens), "numbers": dict(facts.numbers)}
