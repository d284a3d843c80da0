"""The whole library as one value: everything that decisions and screens read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from recoup.model.answers import Vocabulary
from recoup.model.condition import Condition
from recoup.model.emergency import Emergency
from recoup.model.equipment import Equipment
from recoup.model.evidence import Source
from recoup.model.exercise import Exercise
from recoup.model.program import Program, ReferPage
from recoup.model.question import Questionnaire
from recoup.model.rule import RedFlag, Template
from recoup.model.wording import Wording


@dataclass(frozen=True, slots=True)
class Sibling:
    """A stand-in when an exercise does not suit: tried in order."""

    exercise: str
    swaps: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """``version`` is the content hash of all its text."""

    version: str
    vocabulary: Vocabulary
    questionnaires: Mapping[str, Questionnaire]
    red_flags: tuple[RedFlag, ...]
    templates: Mapping[str, Template]
    conditions: Mapping[str, Condition]
    exercises: Mapping[str, Exercise]
    programs: Mapping[str, Program]
    refer_pages: Mapping[str, ReferPage]
    siblings: Mapping[str, Sibling]
    equipment: Mapping[str, Equipment]
    evidence: Mapping[str, Source]
    wording: Wording
    emergency: Emergency = field(default_factory=Emergency)
