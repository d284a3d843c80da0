"""Read ``conditions/``: one recognisable pain problem a file."""

from __future__ import annotations

from typing import Literal

from recoup.library.page import Page, Schema, Words
from recoup.model.condition import Condition, Feature, Fit

PRIOR = {"A": 2.0, "B": 1.0, "C": 0.0, "D": -0.5, "E": -1.0}
"""Score before any answer, by how common the condition is (A most)."""

WEIGHT = {"strongly_for": 3, "for": 1, "against": -1, "strongly_against": -3}


class _Codes(Schema):
    icd10cm: list[Words] = []
    icd10_who_block: list[Words] = []
    icd11_mms: Words | None = None


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
    requires: Words | None = None
    fallback: Words | None = None
    features: dict[Literal["strongly_for", "for", "against", "strongly_against"], list[Words]]
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
        requires=page.optional_expression(("requires",), text.requires),
        fallback=page.optional_expression(("fallback",), text.fallback),
        features=_features(page, text),
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


def _features(page: Page, text: _Condition) -> tuple[Feature, ...]:
    return tuple(
        Feature(token, weight, page.expression(("features", group, place), token))
        for group, weight in WEIGHT.items()
        for place, token in enumerate(text.features.get(group, ()))  # type: ignore[call-overload]
    )
