"""The session plays the film of its exercise, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from journeys.conftest import Server
from journeys.first_session import first_session
from journeys.small_films import SmallFilms
from journeys.walking import accessible
from playwright.sync_api import Browser, Page, Route, expect

from recoup.film.farm import renderers
from recoup.services import films


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the films of three exercises."""
    folder = tmp_path_factory.mktemp("with-films")
    with renderers() as executor:
        small = SmallFilms(folder, executor)
        for exercise in films.wanted()[:3]:
            small.add(exercise)
    return folder


@pytest.fixture(scope="module")
def with_films(home: Path) -> Iterator[Server]:
    running = Server(home)
    yield running
    running.kill()


@pytest.fixture
def session(browser: Browser, with_films: Server) -> Iterator[Page]:
    with first_session(browser, with_films) as page:
        _to_a_film(page)
        yield page


def _to_a_film(page: Page) -> None:
    """Go on to the first exercise that has a film."""
    for _ in range(10):
        if page.locator("video.film").count():
            return
        page.get_by_role("button", name="Done", exact=True).click()
        page.wait_for_load_state()
    pytest.fail("no exercise of the session has a film")


def _until(page: Page, holds: str) -> None:
    """Wait until something holds for the film. The page's policy forbids Playwright's own way."""
    for _ in range(150):
        if page.locator("video.film").evaluate(holds):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never: {holds}")


def _on(page: Page) -> None:
    """Go on to the next film."""
    page.get_by_role("button", name="Done", exact=True).click()
    page.wait_for_load_state()
    _to_a_film(page)


def _frame(page: Page, at_s: float) -> list[int]:
    """Return a picture of the film at a time, as a small list of grey values."""
    return page.evaluate(
        """async (at) => {
            const film = document.querySelector("video.film");
            film.pause();
            const there = new Promise((done) => (film.onseeked = done));
            film.currentTime = at;
            await there;
            const canvas = document.createElement("canvas");
            [canvas.width, canvas.height] = [72, 90];
            const pen = canvas.getContext("2d");
            pen.drawImage(film, 0, 0, 72, 90);
            const data = pen.getImageData(0, 0, 72, 90).data;
            return Array.from({length: 72 * 90}, (_, k) => data[4 * k + 1]);
        }""",
        at_s,
    )


def _apart(one: list[int], other: list[int]) -> float:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


def test_the_film_plays_by_itself_and_can_be_paused(session: Page):
    accessible(session)
    film = session.locator("video.film")
    _until(session, "film => film.currentTime > 0.3")
    pause = session.get_by_role("button", name="Pause the film")
    pause.focus()
    session.keyboard.press("Enter")
    expect(session.get_by_role("button", name="Play the film")).to_be_visible()
    stopped = film.evaluate("film => film.currentTime")
    session.wait_for_timeout(300)
    assert film.evaluate("film => film.currentTime") == stopped


def test_seeking_works_and_shows_other_moments(session: Page):
    _on(session)  # the first is a rest: only the breath moves
    film = session.locator("video.film")
    _until(session, "film => film.readyState >= 2")
    seconds = film.evaluate("film => film.duration")
    moments = [_frame(session, seconds * share) for share in (0.0, 0.35, 0.7)]
    assert max(_apart(moments[0], one) for one in moments[1:]) > 1
    assert _apart(moments[0], _frame(session, 0.0)) < 0.5, "back where it began"
    assert film.evaluate("film => film.seekable.end(0)") == pytest.approx(seconds)
    address = film.evaluate("film => film.currentSrc")
    part = session.request.get(address, headers={"Range": "bytes=100-199"})
    assert (part.status, len(part.body())) == (206, 100)


def test_another_exercise_has_another_film(session: Page):
    _until(session, "film => film.readyState >= 2")
    first, began = _frame(session, 0.5), session.locator("video.film").evaluate("f => f.currentSrc")
    _on(session)
    _until(session, "film => film.readyState >= 2")
    assert session.locator("video.film").evaluate("film => film.currentSrc") != began
    assert _apart(first, _frame(session, 0.5)) > 1


def test_it_waits_for_a_touch_where_motion_is_not_welcome(session: Page):
    session.emulate_media(reduced_motion="reduce")
    session.reload()
    figure = session.locator("recoup-figure[live]")
    figure.wait_for(timeout=60_000)
    still = figure.evaluate("figure => figure.currentTime")
    session.wait_for_timeout(500)
    assert figure.evaluate("figure => figure.paused && figure.currentTime") == still
    assert session.locator("video.film").evaluate("film => film.paused && film.currentTime === 0")
    session.get_by_role("button", name="Play").click()
    # too slow to draw it live here: the film takes over, playing
    _until(session, "film => film.currentTime > 0.1 && film.checkVisibility()")


def _at_once(route: Route) -> None:
    """Let the page choose the live figure without measuring: there is no quick device here."""
    answer = route.fetch()
    text = answer.text().replace("<recoup-figure ", '<recoup-figure choose="always" ')
    route.fulfill(response=answer, body=text)


def test_a_slow_device_keeps_the_film(session: Page):
    expect(session.locator("recoup-figure")).to_have_count(1)
    _until(session, "film => film.currentTime > 0.3 && film.checkVisibility()")
    expect(session.locator("recoup-figure[live]")).to_have_count(0)


def test_a_quick_device_draws_the_figure_and_rests_the_film(session: Page):
    _on(session)
    session.route(re.compile("/session/"), _at_once)
    session.reload()
    session.locator("recoup-figure[live]").wait_for(timeout=60_000)
    assert session.locator("video.film").evaluate("film => film.paused")
    figure = session.locator("recoup-figure")
    began = figure.evaluate("figure => figure.currentTime")
    session.wait_for_timeout(1500)
    assert figure.evaluate("figure => figure.currentTime") > began
    accessible(session)
    for name in ("Pause", "Side view", "Top view", "Show target"):
        expect(session.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    side = session.get_by_role("button", name="Side view")
    side.click()
    expect(side).to_have_attribute("aria-pressed", "true")
