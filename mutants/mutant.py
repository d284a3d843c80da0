"""A mutant and its fate."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """One small mistake. ``place`` is a rule or a function; ``change`` says what was done."""

    place: str
    change: str

    @property
    def name(self) -> str:
        return f"{self.place}: {self.change}"


@dataclass(frozen=True, slots=True)
class Fate:
    """``killed_by`` is what noticed the mutant; None when it survived."""

    mutant: Mutant
    killed_by: str | None
