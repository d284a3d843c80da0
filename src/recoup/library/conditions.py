"""Read ``conditions/``: one recognisable pain problem a file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from recoup.library.expressions import written
from recoup.library.page import Page, Schema, When, Words
from recoup.model.condition import Condition, Feature, Fit

PRIOR = {"A": 2.0, "B": 1.0, "C": 0.0, "D": -0.5, "E": -1.0}
"""Score before any answer, by how common the condition is (A most)."""

WEIGHT = {"strongly_for": 3, "for_": 1, "against": -1, "strongly_against": -3}


class _Codes(Schema):
    icd10cm: list[Words] = []
    icd10_who_block: list[Words] = []
    icd11_mms: Words | None = None


class _Features(Schema):
    strongly_for: list[When] = []
    for_: Annotated[list[When], Field(alias="for")] = []
    against: list[When] = []
    strongly_against: list[When] = []


class _Condition(Schema):
    id: Words
    code: Words
    name: Words
    region: Words
    frequency: Literal["A", "B", "C", "D", "E"]
    template: Words
    ceiling: Literal["could-fit"] | None = None
    codes: _Codes
    sites: list[Words]
    requires: When | None = None
    fallback: When | None = None
    features: _Features
    course: Words
    refer: Words
    sources: list[Words] = []
    note: Words | None = None


def read_condition(page: Page) -> Condition | None:
    text = page.shaped(_Condition)
    if text is None:
        return None
    return Condition(
        id=text.id,
        code=text.code,
        name=text.name,
        region=text.region,
        prior=PRIOR[text.frequency],
        template=text.template,
        ceiling=Fit.COULD_FIT if text.ceiling else Fit.FITS_WELL,
        codes=_codes(text.codes),
        gate=frozenset(f"s:{site}" for site in text.sites),
        requires=text.requires,
        fallback=text.fallback,
        features=_features(text.features),
        course=text.course,
        refer=text.refer,
        sources=tuple(text.sources),
    )


def _codes(codes: _Codes) -> dict[str, tuple[str, ...]]:
    found = {
        "icd10cm": tuple(codes.icd10cm),
        "icd10_who_block": tuple(codes.icd10_who_block),
        "icd11_mms": (codes.icd11_mms,) if codes.icd11_mms else (),
    }
    return {system: values for system, values in found.items() if values}


def _features(features: _Features) -> tuple[Feature, ...]:
    return tuple(
        Feature(written(test), weight, test)
        for group, weight in WEIGHT.items()
        for test in getattr(features, group)
    )
