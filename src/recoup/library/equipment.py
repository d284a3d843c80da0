"""Read ``equipment/``: what an exercise needs, and what at home does as well."""

from __future__ import annotations

from recoup.library.page import Page, Schema, Words
from recoup.model.equipment import Equipment


class _Answer(Schema):
    question: Words
    answer: Words


class _Equipment(Schema):
    id: Words
    name: Words
    at_home: Words
    assumed: bool
    choose: Words
    care: Words
    answers: list[_Answer] = []
    sources: list[Words] = []


def read_equipment(page: Page) -> Equipment | None:
    text = page.shaped(_Equipment)
    if text is None:
        return None
    return Equipment(
        id=text.id,
        name=text.name,
        at_home=text.at_home,
        assumed=text.assumed,
        choose=text.choose,
        care=text.care,
        answers=tuple((one.question, one.answer) for one in text.answers),
        sources=tuple(text.sources),
    )
