"""Answering the intake as a person would: one screen after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from people import CLASSIC

from recoup.library import read_answers
from recoup.model.answers import Answers
from recoup.model.question import Question
from recoup.services import intake, shelf

__all__ = ["CLASSIC", "answer_intake", "screen"]


def answer_intake(person: Any, said: dict[str, Any], now: datetime) -> list[str]:
    """Answer every screen that comes up; return their ids in order."""
    library = shelf.current()
    whole = read_answers(said, library.vocabulary)
    screens = []
    place = intake.progress(person)
    while place.question is not None:
        screens.append(place.question.id)
        assert len(screens) < 60, "the intake goes round in circles"
        place = intake.record(person, place.question.id, screen(whole, place.question), now)
    return screens


def screen(whole: Answers, question: Question) -> Answers:
    """Return the part of the answers that one screen asks for."""
    empty = Answers()
    part = replace(
        empty,
        numbers={k: v for k, v in whole.numbers.items() if k in question.fields},
        choices={k: v for k, v in whole.choices.items() if k in question.fields},
    )
    if question.list is not None:
        options = {option.key for option in intake.options(shelf.current(), question, whole)}
        told = {question.list: getattr(whole, question.list) & options}
        part = replace(part, **told, unsure=whole.unsure & options)
    return part
