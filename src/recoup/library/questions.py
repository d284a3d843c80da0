"""Read ``questions/``: the screens of the intake, one question each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from recoup.library.page import Page, Schema, Words
from recoup.library.problem import Path
from recoup.model.question import Outcome, Question, Questionnaire

BY_REGION = "by-region"


class _Outcome(Schema):
    text: Words
    adds: list[Words] = []


class _Question(Schema):
    id: Words
    stage: Words
    heading: Words
    kind: Literal["number", "choice", "tick", "scales", "activities", "practical", "self-test"]
    hint: Words | None = None
    why: Words | None = None
    fields: list[Words] = []
    list_: Annotated[
        Literal["sites", "agg", "ease", "sx", "hx", "test"] | None, Field(alias="list")
    ] = None
    options: list[Words] | Words = []
    labels: dict[str, Words] | None = None
    when: Words | None = None
    regions: list[Words] = []
    optional: bool = False
    not_sure: bool = False
    unit: Words | None = None
    steps: list[Words] = []
    outcomes: list[_Outcome] = []


class _Questionnaire(Schema):
    id: Words
    version: int
    questions: list[_Question]


def read_questionnaire(page: Page) -> Questionnaire | None:
    text = page.shaped(_Questionnaire)
    if text is None:
        return None
    questions = tuple(
        _question(page, ("questions", place), one) for place, one in enumerate(text.questions)
    )
    return Questionnaire(text.id, text.version, questions)


def _question(page: Page, path: Path, text: _Question) -> Question:
    by_region = text.options == BY_REGION
    if isinstance(text.options, str) and not by_region:
        page.report((*path, "options"), "Options are a list.", f"Write a list or {BY_REGION}.")
    return Question(
        id=text.id,
        stage=text.stage,
        heading=text.heading,
        kind=text.kind,
        hint=text.hint or "",
        why=text.why or "",
        fields=tuple(text.fields),
        list=text.list_,
        options=() if isinstance(text.options, str) else tuple(text.options),
        by_region=by_region,
        labels=text.labels,
        when=page.optional_expression((*path, "when"), text.when),
        regions=frozenset(text.regions),
        optional=text.optional,
        not_sure=text.not_sure,
        unit=text.unit or "",
        steps=tuple(text.steps),
        outcomes=tuple(Outcome(one.text, frozenset(one.adds)) for one in text.outcomes),
    )
