"""The film of a program, watched in a real browser: both formats, captions, chapters, described."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.test import override_settings
from figures import HOME
from film.cutting import humming, in_place, room_at, wanted
from journeys.conftest import Server
from journeys.first_session import first_session
from journeys.walking import accessible
from playwright.sync_api import Browser, Page, expect

from recoup.film.edit.make import make
from recoup.film.store import FolderStore
from recoup.film.take import Built
from recoup.services import long_films, program_films
from recoup.services.figures import USUAL
from recoup.services.films import ENDINGS, FLAGSHIP


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose program film is there: a small one, under the name of the large."""
    folder = tmp_path_factory.mktemp("with-a-program-film")
    with ExitStack() as stack:
        humming(stack.enter_context(pytest.MonkeyPatch.context()))
        stack.enter_context(override_settings(RECOUP_HOME=folder))
        made = [make(wanted(endings=ENDINGS, described=described),
                     room_at(folder / "films", Built.at(HOME)), in_place)
                for described in (False, True)]  # fmt: skip
        store = FolderStore(folder / "films")
        index = json.dumps(long_films.index_of(made, store)).encode()
        script = program_films.scripts()[FLAGSHIP]
        store.put(f"{program_films.key_of(script, USUAL)}.json", io.BytesIO(index))
    return folder


@pytest.fixture(scope="module")
def planned_s(home: Path) -> float:
    """Return how long the plain film was planned."""
    index = json.loads(next((home / "films").glob("*.json")).read_bytes())
    chapters = (home / "films" / index["plain"]["chapters"]).read_text("utf-8")
    minutes, seconds = chapters.rpartition("--> ")[2].split("\n")[0].split(":")[1:]
    return 60 * int(minutes) + float(seconds)


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Server]:
    running = Server(home)
    yield running
    running.kill()


@pytest.fixture
def film(browser: Browser, server: Server) -> Iterator[Page]:
    with first_session(browser, server) as page:
        page.goto(re.search(r"/p/[^/]+/", page.url)[0] + "program/")
        page.get_by_role("link", name="Watch the film").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("A short film")
        yield page


CUES = """async (kind) => {
  const video = document.querySelector("video");
  const track = [...video.textTracks].find((one) => one.kind === kind);
  track.mode = "showing";
  for (let k = 0; k < 100 && !(track.cues && track.cues.length); k += 1)
    await new Promise((done) => setTimeout(done, 50));
  return [...track.cues].map((cue) => cue.text);
}"""

PLAYED = """async (src) => {
  const video = document.querySelector("video");
  video.muted = true;
  if (src) { video.src = src; video.load(); }
  await video.play();
  await new Promise((done) => setTimeout(done, 1200));
  return [video.currentTime, video.duration, video.videoWidth];
}"""


@pytest.mark.parametrize("ending", ENDINGS)
def test_both_formats_play_to_their_planned_length(film: Page, ending: str, planned_s: float):
    sources = film.eval_on_selector_all("source", "all => all.map((one) => one.src)")
    src = next(one for one in sources if one.endswith(ending))
    at, seconds, width = film.evaluate(PLAYED, src)
    assert at > 0.5
    assert seconds == pytest.approx(planned_s, abs=0.1)
    assert width == 160


def test_captions_and_chapters_are_there(film: Page):
    assert film.evaluate(CUES, "chapters") == ["The first", "The second"]
    assert "Lift. Lower." in " ".join(film.evaluate(CUES, "captions")).replace("\n", " ")


def test_a_chapter_is_gone_to_without_a_script(film: Page):
    film.get_by_role("link", name="The second").click()
    at = film.evaluate("""async () => {
      const video = document.querySelector("video");
      for (let k = 0; k < 100 && video.readyState < 1; k += 1)
        await new Promise((done) => setTimeout(done, 50));
      return video.currentTime;
    }""")
    assert at > 5


def test_the_described_film_is_another_one_and_tells_what_is_to_be_seen(film: Page):
    plain = film.locator("source").first.get_attribute("src")
    film.get_by_role("link", name="Watch it with audio description").click()
    assert film.locator("source").first.get_attribute("src") != plain
    told = " ".join(film.evaluate(CUES, "captions"))
    assert "The hips lower" in told.replace("\n", " ")
    film.get_by_role("link", name="Watch it without that").click()
    assert film.locator("source").first.get_attribute("src") == plain


def test_the_page_is_accessible_and_its_words_can_be_read(film: Page):
    accessible(film)
    film.get_by_text("All words of the film").click()
    expect(film.get_by_text("This is how it feels.")).to_be_visible()


def test_without_a_film_there_is_no_link_and_no_page(browser: Browser, tmp_path: Path):
    running = Server(tmp_path / "home")
    try:
        with first_session(browser, running) as page:
            page.goto(re.search(r"/p/[^/]+/", page.url)[0] + "program/")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            assert page.get_by_role("link", name="Watch the film").count() == 0
            assert page.request.get(f"{page.url}film/").status == 404
    finally:
        running.kill()
