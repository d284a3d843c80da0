"""Somebody picks who shows the exercises, and sees them, in a real browser at phone size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from journeys.conftest import Server
from journeys.first_session import first_session
from journeys.small_films import SmallFilms
from journeys.walking import accessible
from playwright.sync_api import Browser, Page, expect

from recoup.film.farm import renderers
from recoup.services import shelf

FIRST = "ninety-ninety-rest"
"""The first exercise of the first session."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the first film by the woman and by the man."""
    folder = tmp_path_factory.mktemp("with-figures")
    with renderers() as executor:
        small, exercise = SmallFilms(folder, executor), shelf.current().exercises[FIRST]
        for figure in ("woman", "man"):
            small.add(exercise, figure)
            small.add_portrait(exercise, figure)
    return folder


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Server]:
    running = Server(home)
    yield running
    running.kill()


@pytest.fixture
def session(browser: Browser, server: Server) -> Iterator[Page]:
    with first_session(browser, server) as page:
        expect(page.locator("video.film")).to_have_count(1)
        yield page


def _seen(page: Page) -> tuple[str, str]:
    """Return the addresses of the film's picture and of the live body."""
    body = page.locator("recoup-figure").get_attribute("body")
    return page.locator("video.film").get_attribute("poster"), body


def _choose(page: Page, name: str) -> None:
    page.goto(re.search(r"/p/[^/]+/", page.url)[0] + "figure/")
    accessible(page)
    page.get_by_text(name, exact=True).click()
    page.get_by_role("button", name="Show me these films").click()
    page.wait_for_url(re.compile("/today/"))


def _to_the_exercise(page: Page) -> None:
    page.get_by_role("link", name=re.compile("start|carry on", re.I)).first.click()
    page.wait_for_url(re.compile("/session/1/"))


def test_today_leads_to_the_choice_and_the_choice_back(session: Page):
    session.get_by_role("link", name="Today").first.click()
    session.get_by_role("link", name="Choose", exact=True).click()
    heading = session.get_by_role("heading", level=1)
    expect(heading).to_have_text("Who should show you the exercises?")
    expect(session.get_by_role("radio")).to_have_count(5)
    expect(session.get_by_role("radio", checked=True)).to_have_count(1)
    width = session.evaluate("document.documentElement.scrollWidth")
    assert width <= session.viewport_size["width"], "nothing is cut off at the side"
    session.get_by_role("button", name="Show me these films").click()
    expect(session.get_by_text("Who should show you the exercises?")).to_have_count(0)


def test_the_one_who_is_picked_shows_the_exercise(session: Page):
    woman = _seen(session)
    _choose(session, "Man")
    expect(session.get_by_text("Shown by the man")).to_be_visible()
    _to_the_exercise(session)
    man = _seen(session)
    assert man[0] != woman[0]
    assert man[1] != woman[1]
    _choose(session, "Woman")
    _to_the_exercise(session)
    assert _seen(session) == woman


def test_a_figure_without_films_yet_is_said_to_be_on_its_way(session: Page):
    woman = _seen(session)
    _choose(session, "Older woman")
    _to_the_exercise(session)
    assert _seen(session) == woman
    expect(session.get_by_text("The film with the older woman is being made.")).to_be_visible()
    accessible(session)
