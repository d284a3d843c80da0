"""The page where somebody picks who shows the exercises, and what the other pages say of it."""



from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.test import Client
from services.test_figures import exercise, put
from web.visiting import page

from recoup.body.figure import FIGURES
from recoup.film.order import sources
from recoup.film.store import FolderStore
from recoup.services import figures, films, people
from recoup.web.wording import FIGURE_WORDS


@pytest.fixture
def home(tmp_path: Path, settings) -> Path:
    settings.RECOUP_HOME = tmp_path
    return tmp_path


def text_of(client: Client, person, path: str) -> str:
    return page(client, person, path).content.decode()


def again(person):
    return people.Person.objects.get(pk=person.pk)


def test_every_figure_has_words():
    assert list(FIGURE_WORDS) == list(FIGURES)


def test_it_offers_all_with_the_likely_one_chosen(home: Path, hers: Client, enrolled):
    shown = text_of(hers, enrolled, "figure/")
    assert shown.count('name="figure"') == len(FIGURES)
    likely = figures.offered(enrolled)
    assert f'value="{likely}" checked' in shown
    assert shown.count(" checked") == 1
    assert "<img" not in shown, "no picture is better than one of somebody else"
    name = f"{films.portrait_order('older').key(sources(home / 'data'))}.jpg"
    FolderStore(home / "films").put(name, io.BytesIO(b"picture"))
    assert f"/media/{name}" in text_of(hers, enrolled, "figure/")


def test_a_choice_is_kept_and_can_be_changed(home: Path, hers: Client, enrolled):
    for name in ("larger", "older"):
        answer = hers.post(f"/p/{enrolled.pk}/figure/", {"figure": name})
        assert answer["Location"] == f"/p/{enrolled.pk}/"
        assert figures.figure_of(again(enrolled)) == name
        assert f"Shown by {FIGURE_WORDS[name]}" in text_of(hers, enrolled, "today/")
        assert f"shown by {FIGURE_WORDS[name]}" in text_of(hers, enrolled, "program/")


@pytest.mark.parametrize("said", [{}, {"figure": "giant"}])
def test_no_choice_is_a_problem_told(home: Path, hers: Client, enrolled, said: dict):
    answer = hers.post(f"/p/{enrolled.pk}/figure/", said)
    assert answer.status_code == 422
    assert "Choose one" in answer.content.decode()
    assert not figures.has_picked(again(enrolled))


def test_today_asks_until_somebody_is_picked(home: Path, hers: Client, enrolled):
    question = "Who should show you the exercises?"
    assert question in text_of(hers, enrolled, "today/")
    figures.pick(enrolled, "woman")
    assert question not in text_of(hers, enrolled, "today/")


def test_the_session_shows_the_one_who_was_picked(home: Path, hers: Client, checked):
    slot = _first(hers, checked)
    for name in ("woman", "man"):
        put(home, slot, name)
    woman, man = (films.film_of(exercise(slot), name).poster for name in ("woman", "man"))
    assert woman in text_of(hers, checked, "session/1/")
    figures.pick(checked, "man")
    shown = text_of(hers, checked, "session/1/")
    assert man in shown
    assert woman not in shown
    assert man in text_of(hers, checked, "today/")
    assert "shows it." not in shown


def test_the_session_says_that_somebody_stands_in(home: Path, hers: Client, checked):
    slot = _first(hers, checked)
    put(home, slot, "woman")
    figures.pick(checked, "man")
    shown = text_of(hers, checked, "session/1/")
    assert films.film_of(exercise(slot)).poster in shown
    assert "The film with the man is being made. Until it is ready, the woman shows it." in shown


def test_the_session_says_that_a_figure_leaves_it_out(
    home: Path, hers: Client, checked, monkeypatch
):
    slot = _first(hers, checked)
    put(home, slot, "woman")
    put(home, slot, "pregnant")
    figures.pick(checked, "pregnant")
    monkeypatch.setattr(figures, "may_show", lambda figure, one: figure.trimester is None)
    shown = text_of(hers, checked, "session/1/")
    assert "The pregnant woman does not show this exercise" in shown
    assert films.film_of(exercise(slot)).poster in shown


def test_the_choice_is_in_the_copy_of_somebodys_data(home: Path, hers: Client, enrolled):
    figures.pick(enrolled, "pregnant")
    assert '"figure": "pregnant"' in text_of(hers, enrolled, "data/export/")


def _first(client: Client, person) -> str:
    """Return the first exercise of today's session."""
    from django.utils import timezone

    from recoup.services import program

    return program.today(person, timezone.now()).session.slots[0].exercise
