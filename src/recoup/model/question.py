"""The intake's screens: one question each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from recoup.model.expression import Expression


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer to a self-test and the test keys it sets."""

    text: str
    adds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    """``kind``: number, choice, mixed, where, tick, places, scales, activities, practical or
    self-test.

    ``options`` are keys of ``list`` in order; empty with ``by_region`` means all keys offered
    for the regions of the person's sites. An option named in ``only_for`` is shown for these
    regions alone, an option or field in ``only_when`` while that holds. ``instead_of`` names the
    question that asks the same of people in other circumstances.
    """

    id: str
    stage: str
    heading: str
    kind: str
    hint: str = ""
    why: str = ""
    fields: tuple[str, ...] = ()
    list: str | None = None
    options: tuple[str, ...] = ()
    by_region: bool = False
    labels: Mapping[str, str] | None = None
    when: Expression | None = None
    regions: frozenset[str] = frozenset()
    optional: bool = False
    not_sure: bool = False
    unit: str = ""
    steps: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    only_for: Mapping[str, frozenset[str]] = field(default_factory=dict)
    only_when: Mapping[str, Expression] = field(default_factory=dict)
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    id: str
    version: int
    questions: tuple[Question, ...]
