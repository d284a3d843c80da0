"""Where a rule, a condition or a number comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """How well the source itself was checked."""

    READ = "read"
    ABSTRACT = "abstract"
    SECONDARY = "secondary"
    MEMORY = "memory"
    UNSURE = "unsure"
    EXPERT = "expert"


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    citation: str
    certainty: Certainty
    doi: str | None = None
    point: str = ""
    note: str = ""
