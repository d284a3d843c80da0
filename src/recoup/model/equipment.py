"""What an exercise needs, and what at home does as well."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Equipment:
    """``assumed`` marks what nearly every home has."""

    id: str
    name: str
    at_home: str
    assumed: bool
    choose: str
    care: str
    answers: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
