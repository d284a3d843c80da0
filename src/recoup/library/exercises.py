"""Read ``exercises/``: dose limits, whom it suits, words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from recoup.library.page import Loose, Page, Schema, When, Whole, Words
from recoup.model.exercise import (
    DoseLimits,
    Exercise,
    Kind,
    Position,
    Sides,
    Suit,
    Suits,
    Surface,
)

Limit = Loose[tuple[Whole, Whole]]
Amount = Literal["none", "some", "full"]

Changes = Literal["pregnancy", "osteoporosis", "hypertension", "falls", "wrist", "knee", "bed"]
"""The situations in which an exercise may be done with a change."""


class _Dose(Schema):
    sets: Limit
    reps: Limit | None = None
    hold_s: Limit | None = None
    time_s: Limit | None = None
    rest_s: Limit | None = None
    per_day: Limit
    per_week: Limit
    tempo_s: Loose[tuple[Whole, Whole, Whole]] | None = None


class _Suits(Schema):
    pregnancy: Loose[tuple[Loose[Suit], Loose[Suit], Loose[Suit]]]
    osteoporosis: Loose[Suit]
    hypertension: Loose[Suit]
    falls: Loose[Suit]
    surface: Loose[Surface]
    loads_wrist: Amount
    loads_knee: Amount


class _Exercise(Schema):
    id: Words
    code: Words
    name: Words
    region: Words
    aim: Words
    use: Literal["treatment", "test"]
    position: Loose[Position]
    equipment: list[Words] = []
    sides: Loose[Sides]
    kind: Loose[Kind]
    dose: _Dose
    easier: Words | None = None
    harder: Words | None = None
    suits: _Suits
    not_if: list[When] = []
    change_if: dict[Changes, Words] = {}
    words: dict[str, str]
    variants: Annotated[dict[str, Words], Field(default_factory=dict)]
    motion: Words | None = None


def read_exercise(page: Page) -> Exercise | None:
    text = page.shaped(_Exercise)
    if text is None:
        return None
    return Exercise(
        id=text.id,
        code=text.code,
        name=text.name,
        region=text.region,
        aim=text.aim,
        is_test=text.use == "test",
        position=text.position,
        equipment=tuple(text.equipment),
        sides=text.sides,
        kind=text.kind,
        limits=DoseLimits(**text.dose.__dict__),
        easier=text.easier,
        harder=text.harder,
        suits=Suits(**text.suits.__dict__),
        not_if=tuple(text.not_if),
        change_if=dict(text.change_if.items()),
        words=text.words,
        variants=text.variants,
        motion=text.motion,
    )
