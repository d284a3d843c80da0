"""Decisions carry their reasons: screen, audit trail, handout and tests read the same value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Change = TypeVar("Change")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was decided.

    ``rule`` names a rule of the library or of `care`; ``inputs`` are the values it looked at, as
    (name, value) pairs; ``text`` is one plain sentence for the person.
    """

    rule: str
    text: str
    inputs: tuple[tuple[str, str | int | float | bool | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Decision(Generic[Change]):
    change: Change
    because: tuple[Reason, ...]
