"""Read ``questions/``: the screens of the intake, one question each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from recoup.library.page import Lines, Page, Schema, When, Words
from recoup.model.question import Outcome, Question, Questionnaire

BY_REGION = "by-region"


class _Outcome(Schema):
    text: Words
    adds: list[Words] = []


class _Question(Schema):
    id: Words
    stage: Words
    heading: Words
    kind: Literal[
        "number", "choice", "mixed", "where", "tick", "places", "scales", "activities",
        "practical", "self-test",
    ]
    hint: Words | None = None
    why: Words | None = None
    fields: list[Words] = []
    list_: Annotated[
        Literal["sites", "agg", "ease", "sx", "hx", "test"] | None, Field(alias="list")
    ] = None
    options: Lines = []
    labels: dict[str, Words] | None = None
    when: When | None = None
    regions: list[Words] = []
    optional: bool = False
    not_sure: bool = False
    unit: Words | None = None
    steps: list[Words] = []
    outcomes: list[_Outcome] = []
    only_for: dict[str, list[Words]] = {}
    only_when: dict[str, When] = {}
    instead_of: Words | None = None


class _Questionnaire(Schema):
    id: Words
    version: int
    questions: list[_Question]


def read_questionnaire(page: Page) -> Questionnaire | None:
    text = page.shaped(_Questionnaire)
    if text is None:
        return None
    return Questionnaire(text.id, text.version, tuple(map(_question, text.questions)))


def _question(text: _Question) -> Question:
    by_region = text.options == [BY_REGION]
    return Question(
        id=text.id,
        stage=text.stage,
        heading=text.heading,
        kind=text.kind,
        hint=text.hint or "",
        why=text.why or "",
        fields=tuple(text.fields),
        list=text.list_,
        options=() if by_region else tuple(text.options),
        by_region=by_region,
        labels=text.labels,
        when=text.when,
        regions=frozenset(text.regions),
        optional=text.optional,
        not_sure=text.not_sure,
        unit=text.unit or "",
        steps=tuple(text.steps),
        outcomes=tuple(Outcome(one.text, frozenset(one.adds)) for one in text.outcomes),
        only_for={key: frozenset(regions) for key, regions in text.only_for.items()},
        only_when=text.only_when,
        instead_of=text.instead_of or "",
    )
