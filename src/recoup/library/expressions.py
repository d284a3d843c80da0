"""The rule language: text such as ``sx:weak_leg & !ms=none & (dur<2 | SPINE)`` to a tree.

A token is a list's key (``s:low_back``), a choice (``onset=gradual``), a number compared with a
constant (``age>=50``), one of ``preg pregmaybe pp incomplete``, ``none`` (never true) or a macro
in capitals. ``!`` binds first, then ``&``, then ``|``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from recoup.library.problem import nearest
from recoup.model.answers import TOKEN_CHOICES, TOKEN_LISTS, TOKEN_NUMBERS, Vocabulary
from recoup.model.expression import All, Any, AnyOf, Compare, Expression, Never, Not

PLAIN = ("preg", "pregmaybe", "pp", "incomplete")

_PART = re.compile(
    r"""\s*(?:
      (?P<sign>[()&|!])
    | (?P<number>[a-z_]+)\s*(?P<compare><=|>=|<|>)\s*(?P<limit>\d+(?:\.\d+)?)(?![\w.])
    | (?P<choice>[a-z_]+)=(?P<value>\w+)
    | (?P<list>[a-z_]+):(?P<key>\w+)
    | (?P<macro>[A-Z][A-Z0-9_]*)(?!\w)
    | (?P<plain>[a-z_]+)(?!\w)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in an expression, and how to mend it."""

    text: str
    mend: str


class SyntaxFault(Exception):
    """The expression has no tree; holds the one fault."""

    def __init__(self, text: str, mend: str) -> None:
        super().__init__(text)
        self.fault = Fault(text, mend)


class Grammar:
    """The rule language over one vocabulary and its macros.

    ``parse`` returns a tree and every fault; with a fault the tree must not be used. Without a
    vocabulary or macros (because their file is broken) no key or macro is checked.
    """

    def __init__(
        self, vocabulary: Vocabulary | None, macros: Mapping[str, Expression] | None
    ) -> None:
        self._vocabulary = vocabulary
        self._macros = macros
        self._known: dict[str, tuple[Expression, tuple[Fault, ...]]] = {}

    def parse(self, text: str) -> tuple[Expression, tuple[Fault, ...]]:
        if text not in self._known:
            parser = _Parser(self)
            tree = parser.whole(text)
            self._known[text] = (tree, tuple(parser.faults))
        return self._known[text]

    def macro(self, name: str) -> Expression:
        return Never() if self._macros is None else self._macros.get(name, Never())

    def fault_of_macro(self, name: str) -> Fault | None:
        if self._macros is None or name in self._macros:
            return None
        mend = nearest(name, self._macros) if self._macros else "Write it out."
        return Fault(f"There is no macro {name} here.", mend)

    def fault_of_key(self, prefix: str, key: str) -> Fault | None:
        name = TOKEN_LISTS.get(prefix)
        if name is None:
            return Fault(f"There is no list {prefix}:.", nearest(prefix, TOKEN_LISTS))
        if self._vocabulary is None or key in self._vocabulary.lists[name]:
            return None
        return Fault(
            f"{prefix}:{key} is not in the vocabulary.",
            nearest(key, self._vocabulary.lists[name]),
        )

    def fault_of_choice(self, name: str, value: str) -> Fault | None:
        if name not in TOKEN_CHOICES:
            return Fault(f"There is no choice {name}=.", nearest(name, TOKEN_CHOICES))
        if self._vocabulary is None:
            return None
        values = self._vocabulary.choices[TOKEN_CHOICES[name]].values
        if value in values:
            return None
        return Fault(f"{name}={value} is not in the vocabulary.", nearest(value, values))


class _Parser:
    """Recursive descent over one text."""

    def __init__(self, grammar: Grammar) -> None:
        self.faults: list[Fault] = []
        self._grammar = grammar
        self._parts: list[re.Match[str]] = []
        self._place = 0

    def whole(self, text: str) -> Expression:
        try:
            self._parts = _split(text)
            return self._all()
        except SyntaxFault as stop:
            self.faults.append(stop.fault)
            return Never()

    def _all(self) -> Expression:
        tree = self._chain("|", any_of)
        if self._place < len(self._parts):
            part = self._parts[self._place].group().strip()
            raise SyntaxFault(f"Unexpected {part}.", "Join the parts with & or |, or close the ).")
        return tree

    def _sign(self) -> str | None:
        return self._parts[self._place]["sign"] if self._place < len(self._parts) else None

    def _chain(self, sign: str, join: Callable[[list[Expression]], Expression]) -> Expression:
        parts = [self._operand(sign)]
        while self._sign() == sign:
            self._place += 1
            parts.append(self._operand(sign))
        return parts[0] if len(parts) == 1 else join(parts)

    def _operand(self, sign: str) -> Expression:
        return self._chain("&", all_of) if sign == "|" else self._one()

    def _one(self) -> Expression:
        if self._place >= len(self._parts):
            raise SyntaxFault("The expression ends too early.", "Add the part that is missing.")
        part = self._parts[self._place]
        self._place += 1
        if part["sign"] == "!":
            return Not(self._one())
        if part["sign"] == "(":
            return self._in_brackets()
        if part["sign"]:
            raise SyntaxFault(f"Unexpected {part['sign']}.", "Put a token before it.")
        return self._token(part)

    def _in_brackets(self) -> Expression:
        tree = self._chain("|", any_of)
        if self._sign() != ")":
            raise SyntaxFault("A ( is not closed.", "Add the missing ).")
        self._place += 1
        return tree

    def _token(self, part: re.Match[str]) -> Expression:
        text = part.group().strip()
        if part["number"]:
            return self._compare(part)
        if part["macro"]:
            self._note(self._grammar.fault_of_macro(text))
            return self._grammar.macro(text)
        if part["list"]:
            self._note(self._grammar.fault_of_key(part["list"], part["key"]))
        elif part["choice"]:
            self._note(self._grammar.fault_of_choice(part["choice"], part["value"]))
        elif text == "none":
            return Never()
        elif text not in PLAIN:
            self._note(Fault(f"There is no token {text}.", nearest(text, PLAIN)))
        return AnyOf.of(text)

    def _note(self, fault: Fault | None) -> None:
        if fault is not None:
            self.faults.append(fault)

    def _compare(self, part: re.Match[str]) -> Expression:
        name = part["number"]
        if name not in TOKEN_NUMBERS:
            self._note(Fault(f"There is no number {name}.", nearest(name, TOKEN_NUMBERS)))
        return Compare(name, part["compare"], float(part["limit"]))


def _split(text: str) -> list[re.Match[str]]:
    parts, place, text = [], 0, text.rstrip()
    while place < len(text):
        part = _PART.match(text, place)
        if part is None:
            raise SyntaxFault(
                f"Cannot read {text[place : place + 20].strip()!r}.",
                "Use tokens like s:low_back, onset=gradual, age>=50, joined with ! & | ( ).",
            )
        parts.append(part)
        place = part.end()
    return parts


def any_of(parts: list[Expression]) -> Expression:
    """Join by or: nested ors are flattened and neighbouring tokens become one set."""
    flat: list[Expression] = []
    for part in parts:
        for piece in part.parts if isinstance(part, Any) else (part,):
            last = flat[-1] if flat else None
            if isinstance(piece, AnyOf) and isinstance(last, AnyOf):
                flat[-1] = AnyOf.of(*dict.fromkeys(last.tokens + piece.tokens))
            else:
                flat.append(piece)
    return flat[0] if len(flat) == 1 else Any(tuple(flat))


def all_of(parts: list[Expression]) -> Expression:
    """Join by and: nested ands are flattened."""
    flat: list[Expression] = []
    for part in parts:
        flat += part.parts if isinstance(part, All) else (part,)
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def written(tree: Expression) -> str:
    """Return the text of a tree: ``parse`` of it holds for the same facts as the tree.

    >>> written(All((AnyOf.of("preg"), Compare("weeks", ">=", 12))))
    'preg & weeks>=12'
    """
    if isinstance(tree, AnyOf):
        return " | ".join(tree.tokens) or "none"
    if isinstance(tree, Compare):
        return str(tree)
    if isinstance(tree, Not):
        return f"!{_bracketed(tree.part)}"
    if isinstance(tree, All):
        return " & ".join(_bracketed(part) for part in tree.parts)
    if isinstance(tree, Any):
        return " | ".join(_bracketed(part) for part in tree.parts)
    return "none"


def _bracketed(tree: Expression) -> str:
    text = written(tree)
    return f"({text})" if "|" in text or "&" in text else text
