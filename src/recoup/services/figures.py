"""Who shows the exercises: picked by each person, kept with them like their language.

Nothing but pictures depends on it, so it is no event: no decision may ever read it.
"""

from __future__ import annotations

from recoup.body.figure import FIGURES
from recoup.body.suits import may_show
from recoup.care.course import Course
from recoup.model.exercise import Exercise
from recoup.records import people
from recoup.records.people import Person
from recoup.services import diary

USUAL = "woman"
"""Who shows the exercises to those who picked nobody, and what another figure leaves out."""

OLDER_FROM = 65


class UnknownFigureError(ValueError):
    """There is no figure of that name."""


def figure_of(person: Person) -> str:
    """Return who shows the exercises to a person."""
    return person.figure if person.figure in FIGURES else USUAL


def has_picked(person: Person) -> bool:
    return person.figure in FIGURES


def pick(person: Person, figure: str) -> None:
    """Keep who is to show the exercises from now on; raise UnknownFigureError."""
    if figure not in FIGURES:
        raise UnknownFigureError(figure)
    people.pick_figure(person, figure)


def offered(person: Person) -> str:
    """Return who is offered to a person: the one picked, or the one most like what they said."""
    return person.figure if has_picked(person) else likely(diary.read(person).course)


def likely(course: Course) -> str:
    """Return the figure most like what somebody answered. It is offered, never taken for them."""
    answers = course.answers
    if answers.choices.get("pregnant") == "yes":
        return "pregnant"
    if answers.choices.get("sex") == "male":
        return "man"
    age = answers.numbers.get("age")
    return "older" if age is not None and age >= OLDER_FROM else USUAL


def in_use() -> tuple[str, ...]:
    """Return the figures that somebody here is shown, the usual one where nobody is here yet:
    films of others are needed by nobody."""
    seen = {name if name in FIGURES else USUAL for name in people.figures_picked()} or {USUAL}
    return tuple(name for name in FIGURES if name in seen)


def shows(figure: str, exercise: Exercise) -> str:
    """Return who shows an exercise where ``figure`` was picked: that one, or the usual
    one for what it leaves out."""
    return figure if may_show(FIGURES[figure], exercise) else USUAL
