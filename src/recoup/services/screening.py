"""The safety questions asked again: after a long gap, something new, or a jump in pain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from recoup.care.asking import asked_of
from recoup.care.rescreen import HOLDS_FOR, rescreen
from recoup.care.triage import certain
from recoup.model.answers import NOTHING, Answers
from recoup.model.decision import Reason
from recoup.model.event import Answered
from recoup.model.question import Question
from recoup.records.models import Person
from recoup.services import diary, shelf
from recoup.services.diary import Diary
from recoup.services.intake import Progress, keep

WEEK = "this-week"
CHANGING = ("pregnant", "weeks-pregnant", "history-heart-medicines", "history-falls-checks")


@dataclass(frozen=True, slots=True)
class Waiting:
    """The questions still open, in order, out of ``total`` of the whole safety screen."""

    questions: tuple[Question, ...]
    total: int
    because: tuple[Reason, ...]

    @property
    def first(self) -> Question:
        return self.questions[0]


def waiting(person: Person, now: datetime) -> Waiting | None:
    """Return what waits to be answered before exercise goes on; None when nothing does."""
    return waiting_in(diary.read(person), now.date())


def waiting_in(entry: Diary, day: date) -> Waiting | None:
    open_ = rescreen(entry.course, day, entry.library)
    if open_ is None:
        return None
    asked = asked_of(entry.course.answers, shelf.current())
    whole = shelf.current().vocabulary.safety_screen
    screen = [one for one in asked if one.list == "sx" and not whole.isdisjoint(one.options)]
    left = tuple(one for one in screen if not open_.keys.isdisjoint(one.options))
    return Waiting(left, len(screen), open_.because) if left else None


def at(person: Person, question_id: str, now: datetime) -> Progress:
    """Return the place of one open question. Raises LookupError when it is not open.

    A danger sign that was there before comes ticked, so that it is not lost by a slip; what was
    not there, or not sure, is for the person to say again.
    """
    entry = diary.read(person)
    found = waiting_in(entry, now.date())
    for question in found.questions if found else ():
        if found and question.id == question_id:
            answers = replace(entry.course.answers, unsure=NOTHING, skipped=NOTHING)
            place = found.questions.index(question)
            return Progress(
                question=question,
                number=found.total - len(found.questions) + place + 1,
                total=found.total,
                answers=answers,
                previous=None,
                stage=question.stage,
                finished=False,
            )
    raise LookupError(question_id)


def week_at(person: Person, question_id: str) -> Progress:
    """Return the place of one of the weekly questions. Raises LookupError for any other."""
    entry = diary.read(person)
    questions = _of_the_week()
    for place, question in enumerate(questions):
        if question.id == question_id:
            return Progress(
                question=question,
                number=place + 1,
                total=len(questions),
                answers=replace(entry.course.answers, unsure=NOTHING, skipped=NOTHING),
                previous=None,
                stage=question.stage,
                finished=False,
            )
    raise LookupError(question_id)


def week_next(person: Person, now: datetime) -> Question | None:
    """Return the first of the weekly questions that was not answered today."""
    return _next_of_week(diary.read(person), now.date())


def record_week(person: Person, question_id: str, given: Answers, now: datetime) -> Question | None:
    entry = keep(person, diary.read(person), question_id, given, now)
    return _next_of_week(entry, now.date())


def _of_the_week() -> tuple[Question, ...]:
    return shelf.current().questionnaires[WEEK].questions


def _next_of_week(entry: Diary, day: date) -> Question | None:
    today = {
        event.data.screen
        for event in entry.events
        if isinstance(event.data, Answered) and event.at.date() == day
    }
    return next((one for one in _of_the_week() if one.id not in today), None)


def changing_in(entry: Diary, day: date) -> tuple[Question, ...]:
    """Return the questions about what changes in life, such as pregnancy, medicines and falls,
    that were last answered four weeks ago or more (``clinical/intake.md``, "Behaviour")."""
    last = {
        event.data.screen: event.at.date()
        for event in entry.events
        if isinstance(event.data, Answered)
    }
    asked = asked_of(entry.course.answers, shelf.current())
    return tuple(
        one for one in asked
        if one.id in CHANGING and one.id in last and day - last[one.id] >= HOLDS_FOR
    )


def changing(person: Person, now: datetime) -> tuple[Question, ...]:
    return changing_in(diary.read(person), now.date())


def record(person: Person, question_id: str, given: Answers, now: datetime) -> Waiting | None:
    """Keep one answer and return what still waits: nothing, too, once an emergency is certain."""
    entry = keep(person, diary.read(person), question_id, given, now)
    if certain(entry.course.answers, shelf.current()) is not None:
        return None
    return waiting_in(entry, now.date())
