"""The rule language as values.

A rule's condition, such as ``sx:weak_leg & !sx:neuro_stable_known & dur<2``, is a tree of the
nodes below. Tokens are whole answers ("s:low_back", "ms=lt_30min", "preg"); numbers are compared
by name. Sets of tokens are tested at once, which keeps a full screen of all rules under a
fraction of a millisecond.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

NO_NUMBERS: frozenset[str] = frozenset()

_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a person, ready to be tested.

    ``tokens`` are the answers that hold. ``numbers`` has an entry for each number that was given:
    "age" in years, "dur" in weeks, "worst" and "avg" in 0-10.
    """

    tokens: frozenset[str]
    numbers: Mapping[str, float]


class Expression:
    """A condition over facts. ``assume`` names the numbers whose absence counts as true."""

    __slots__ = ()

    def holds(self, facts: Facts, assume: frozenset[str] = NO_NUMBERS) -> bool:
        raise NotImplementedError

    def atoms(self) -> Iterator[str]:
        """Yield every token and comparison in reading order."""
        raise NotImplementedError

    def because(self, facts: Facts, assume: frozenset[str] = NO_NUMBERS) -> tuple[str, ...]:
        """Return the atoms that make it hold, in reading order; empty when it does not hold."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Never(Expression):
    def holds(self, facts: Facts, assume: frozenset[str] = NO_NUMBERS) -> bool:
        return False

    def atoms(self) -> Iterator[str]:
        return iter(())

    def because(self, facts: Facts, assume: frozenset[str] = NO_NUMBERS) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class AnyOf(Expression):
    """True when at least one of the tokens was answered."""

    tokens: tuple[str, ...]
    lookup: frozenset[str]

    @classmethod
    def of(cls, *tokens: str) -> AnyOf:
        return cls(tokens, frozenset(tokens))

    def holds(self, facts: Facts, assume: frozenset[str] = NO_NUMBERS) -> bool:
        return not self.lookup.isdisjoint(facts.tokens)

    def atoms(self) -> Iterator[str]:
        return iter(self.tokens)

    def because(self, facts: Facts, assume: frozenset[str] = NO_NUMBERS) -> tuple[str, ...]:
        return tuple(token for token in self.tokens if token in facts.tokens)


@dataclass(frozen=True, slots=True)
class Compare(Expression):
    """A number compared with a constant, such as ``age>=50``."""

    name: str
    sign: str
    value: float

    def holds(self, facts: Facts, assume: frozenset[str] = NO_NUMBERS) -> bool:
        given = facts.numbers.get(self.name)
        if given is None:
            return self.name in assume
        return _COMPARE[self.sign](given, self.value)

    def atoms(self) -> Iterator[str]:
        yield str(self)

    def because(self, facts: Facts, assume: frozenset[str] = NO_NUMBERS) -> tuple[str, ...]:
        return (str(self),) if self.holds(facts, assume) else ()

    def __str__(self) -> str:
        return f"{self.name}{self.sign}{self.value:g}"


@dataclass(frozen=True, slots=True)
class Not(Expression):
    part: Expression

    def holds(self, facts: Facts, assume: frozenset[str] = NO_NUMBERS) -> bool:
        return not self.part.holds(facts, assume)

    def atoms(self) -> Iterator[str]:
        return self.part.atoms()

    def because(self, facts: Facts, assume: frozenset[str] = NO_NUMBERS) -> tuple[str, ...]:
        if self.part.holds(facts, assume):
            return ()
        return tuple(f"!{atom}" for atom in self.part.atoms())


@dataclass(frozen=True, slots=True)
class All(Expression):
    parts: tuple[Expression, ...]

    def holds(self, facts: Facts, assume: frozenset[str] = NO_NUMBERS) -> bool:
        for part in self.parts:  # a loop, not all(): this is the hot path of every intake
            if not part.holds(facts, assume):
                return False
        return True

    def atoms(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.atoms()

    def because(self, facts: Facts, assume: frozenset[str] = NO_NUMBERS) -> tuple[str, ...]:
        if not self.holds(facts, assume):
            return ()
        return _joined(self.parts, facts, assume)


@dataclass(frozen=True, slots=True)
class Any(Expression):
    parts: tuple[Expression, ...]

    def holds(self, facts: Facts, assume: frozenset[str] = NO_NUMBERS) -> bool:
        for part in self.parts:
            if part.holds(facts, assume):
                return True
        return False

    def atoms(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.atoms()

    def because(self, facts: Facts, assume: frozenset[str] = NO_NUMBERS) -> tuple[str, ...]:
        return _joined(self.parts, facts, assume)


def _joined(parts: tuple[Expression, ...], facts: Facts, assume: frozenset[str]) -> tuple[str, ...]:
    found = (atom for part in parts for atom in part.because(facts, assume))
    return tuple(dict.fromkeys(found))
