"""Ana asks for today's session as a film, gets it from the real worker, and takes it along."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import pytest
from figures import HOME
from journeys.conftest import Server
from journeys.first_session import first_session
from journeys.test_program_film import CUES, PLAYED
from journeys.walking import accessible
from playwright.sync_api import Browser, Page, expect

APP = Path(__file__).with_name("small_app.py")
BUILT = ("data", "bodies", "tracks")


class SmallServer(Server):
    """Serves pages, and leaves the films to a worker that is started when it is time."""

    command = (str(APP), "serve", "--no-films")

    @contextmanager
    def worker(self) -> Iterator[None]:
        running = subprocess.Popen(
            [sys.executable, str(APP), "worker", "--tied"], stdin=subprocess.PIPE,
            env={**os.environ, "RECOUP_HOME": str(self.home)},
        )  # fmt: skip
        try:
            yield
        finally:
            running.communicate()  # it ends when its input does


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallServer]:
    home = tmp_path_factory.mktemp("with-a-session-film")
    for name in BUILT:
        (home / name).symlink_to(HOME / name)
    running = SmallServer(home)
    yield running
    running.kill()


def _asked(page: Page) -> None:
    page.get_by_role("link", name="Today").first.click()
    page.get_by_role("link", name="Today as a film").click()
    page.get_by_role("button", name=re.compile("Make today")).click()
    expect(page.get_by_role("heading", name="Your film comes next")).to_be_visible()


def _made(page: Page) -> list[str]:
    """Look again until the film is there; return what was said meanwhile."""
    said: list[str] = []
    for _ in range(2400):
        page.goto(page.url)
        if page.locator("video").count():
            return said
        said.append(" ".join(page.locator("main").inner_text().split()))
        assert page.get_by_role("link", name="Look again").count(), said[-1]
        page.wait_for_timeout(100)
    pytest.fail(f"the film was never made: {said[-1]}")


def test_todays_session_becomes_a_film_to_watch_and_to_take_along(
    browser: Browser, server: SmallServer
):
    with first_session(browser, server) as page:
        _asked(page)
        accessible(page)
        with server.worker():
            said = _made(page)
        assert any(re.search(r"\d+ percent, .+ left", text) for text in said), said[-3:]
        accessible(page)

        at, seconds, width = page.evaluate(PLAYED, None)
        assert at > 0.5
        assert width == 160
        chapters = page.evaluate(CUES, "chapters")
        assert (chapters[0], len(chapters), chapters[-1]) == ("Your session", 4, "Well done")
        captions = " ".join(page.evaluate(CUES, "captions")).replace("\n", " ")
        assert f"The first exercise is: {chapters[1]}." in captions
        assert "Tell Recoup how it went." in captions

        with page.expect_download() as saving:
            page.get_by_role("link", name="Save the film").click()
        assert re.fullmatch(r"recoup-\d{4}-\d\d-\d\d\.mp4", saving.value.suggested_filename)
        with av.open(str(saving.value.path())) as film:
            streams = (*film.streams.video, *film.streams.audio)
            kinds = {one.codec_context.name for one in streams}
            assert kinds == {"h264", "aac"}, "what televisions play from a stick"
            assert [one["metadata"]["title"] for one in film.chapters()] == chapters
            assert film.duration / av.time_base == pytest.approx(seconds, abs=0.1)

        files = page.eval_on_selector_all("source, track", "all => all.map((one) => one.src)")
        _is_nothing_to_cleo(browser, server, [page.url, *files])


def _is_nothing_to_cleo(browser: Browser, server: SmallServer, addresses: list[str]) -> None:
    with first_session(browser, server) as cleo:
        for address in addresses:
            assert cleo.request.get(address).status == 404
