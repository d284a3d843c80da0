"""A condition Recoup can recognise, and how well it fits a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from recoup.model.expression import Expression


class Fit(StrEnum):
    """Confidence in words. Weights are expert judgement, so never a percentage."""

    FITS_WELL = "fits-well"
    COULD_FIT = "could-fit"
    NOT_CLEAR = "not-clear"


@dataclass(frozen=True, slots=True)
class Feature:
    """An answer that speaks for (+3, +1) or against (-1, -3) a condition."""

    token: str
    weight: int
    test: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """``gate`` are the tokens of the sites, one of which must be marked. Where nothing else fits,
    ``fallback`` tells whether this non-specific entry stands in for its region."""

    id: str
    code: str
    name: str
    region: str
    prior: float
    template: str
    ceiling: Fit
    codes: Mapping[str, tuple[str, ...]]
    gate: frozenset[str]
    requires: Expression | None
    fallback: Expression | None
    features: tuple[Feature, ...]
    course: str
    refer: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """How well a condition fits: the person's own answers for and against, and what could not
    be checked."""

    condition: str
    code: str
    name: str
    score: float
    fit: Fit
    for_: tuple[str, ...]
    against: tuple[str, ...]
    not_asked: tuple[str, ...]
