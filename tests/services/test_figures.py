"""Who shows the exercises: offered by answers, picked by the person, made only where needed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.utils import timezone
from services.answering import CLASSIC, answer_intake

from recoup.body.figure import FIGURES
from recoup.body.suits import may_show
from recoup.film.order import sources
from recoup.film.store import FolderStore
from recoup.services import figures, films, people, shelf
from recoup.services.figures import USUAL
from recoup.services.showing import showing


@pytest.fixture
def home(tmp_path: Path, settings) -> Path:
    settings.RECOUP_HOME = tmp_path
    return tmp_path


def exercise(name: str):
    return shelf.current().exercises[name]


def put(home: Path, name: str, figure: str) -> None:
    key = films.order_of(exercise(name), figure).key(sources(home / "data"))
    for ending in (*films.ENDINGS, "jpg"):
        FolderStore(home / "films").put(f"{key}.{ending}", io.BytesIO(b"film"))


def left_out() -> str:
    """Return an exercise of the flagship program that the pregnant woman does not show."""
    return next(one.id for one in films.wanted() if not may_show(FIGURES["pregnant"], one))


def test_nobody_picked_is_the_usual_one(guest):
    assert figures.figure_of(guest) == USUAL
    assert not figures.has_picked(guest)
    assert figures.in_use() == (USUAL,)


def test_what_is_picked_stays_and_is_exported(guest):
    figures.pick(guest, "older")
    again = people.Person.objects.get(pk=guest.pk)
    assert figures.figure_of(again) == "older"
    assert people.export(again)["person"]["figure"] == "older"


def test_nobody_else_can_be_picked(guest):
    with pytest.raises(figures.UnknownFigureError):
        figures.pick(guest, "giant")
    assert not figures.has_picked(guest)


@pytest.mark.parametrize(("said", "figure"), [
    ({"sex": "male"}, "man"),
    ({"sex": "male", "age": 80}, "man"),
    ({"sex": "female", "age": 40}, "woman"),
    ({"sex": "female", "age": 70}, "older"),
    ({"sex": "female", "age": 33, "pregnant": "yes", "gestation_weeks": 30}, "pregnant"),
    ({"sex": "female", "age": 33, "pregnant": "maybe"}, "woman"),
])  # fmt: skip
def test_the_likely_one_is_offered_and_never_taken(guest, said: dict, figure: str):
    answer_intake(guest, {**CLASSIC, **said}, timezone.now())
    assert figures.offered(guest) == figure
    assert figures.figure_of(guest) == USUAL
    figures.pick(guest, "larger")
    assert figures.offered(guest) == "larger"


def test_only_figures_that_somebody_sees_are_needed(guest, ana_herself):
    figures.pick(guest, "man")
    assert figures.in_use() == ("woman", "man"), "the other has picked nobody"
    figures.pick(ana_herself, "man")
    assert figures.in_use() == ("man",)
    assert {part.figure for part in films.parts(figures.in_use())} == {"man"}


def test_of_the_usual_one_only_what_another_leaves_out_is_needed(home: Path):
    parts = films.parts(("pregnant",))
    assert [one.id for one in parts] == [one.id for one in films.wanted()]
    for one in parts:
        may = may_show(FIGURES["pregnant"], one.exercise)
        assert one.figure == ("pregnant" if may else USUAL), one.id


def test_the_usual_one_shows_what_the_picked_one_leaves_out(home: Path):
    name = left_out()
    put(home, name, USUAL)
    seen = showing(exercise(name), "pregnant")
    assert (seen.figure, seen.leaves_out, seen.stands_in) == (USUAL, True, True)
    assert seen.film == films.film_of(exercise(name))


def test_the_usual_one_stands_in_until_a_film_is_ready(home: Path):
    put(home, "bridge", USUAL)
    seen = showing(exercise("bridge"), "man")
    assert (seen.figure, seen.leaves_out, seen.stands_in) == (USUAL, False, True)
    put(home, "bridge", "man")
    seen = showing(exercise("bridge"), "man")
    assert (seen.figure, seen.stands_in) == ("man", False)
    assert seen.film == films.film_of(exercise("bridge"), "man")
    assert seen.film != films.film_of(exercise("bridge"))


def test_nothing_is_said_of_a_stand_in_where_there_is_no_film_at_all(home: Path):
    seen = showing(exercise("bridge"), "man")
    assert (seen.film, seen.live, seen.stands_in) == (None, None, False)
