"""A vignette: one person's story, their answers, and what must come of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from recoup.model.answers import Answers
from recoup.model.rule import Action, Urgency


class Kind(StrEnum):
    """Why a story is told."""

    TYPICAL = "typical"
    ATYPICAL = "atypical"
    TRAP = "trap"
    MINIMAL = "minimal"
    CONTRADICTORY = "contradictory"


@dataclass(frozen=True, slots=True)
class Expected:
    """What a clinician expects. ``flags`` must fire, ``quiet`` must not; ``first`` is the best
    match, ``among`` are conditions among the first three."""

    urgency: Urgency
    action: Action
    flags: tuple[str, ...]
    quiet: tuple[str, ...]
    first: str | None
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vignette:
    """``why`` gives the ground for what is expected. ``disagrees`` is the reason why the engine
    is known to say something else; None where both agree."""

    id: str
    region: str
    kind: Kind
    story: str
    answers: Answers
    expected: Expected
    why: str
    disagrees: str | None
