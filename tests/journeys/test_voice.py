"""Somebody on the floor who does not look is told what to do, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import numpy as np
import pytest
from journeys.conftest import Server
from journeys.first_session import first_session
from journeys.walking import accessible
from playwright.sync_api import Browser, Page, expect

from recoup.film.speech.fallback import Silence
from recoup.film.speech.order import mark
from recoup.film.speech.recording import record
from recoup.film.speech.value import RATE, Speech
from recoup.film.store import FolderStore
from recoup.script.line import Line
from recoup.services import speech


def tone(line: Line) -> Speech:
    said = Silence(words_per_s=4).speak(line)
    at = np.arange(len(said.samples)) / RATE
    return Speech((0.1 * np.sin(2 * np.pi * 330 * at)).astype(np.float32), said.words)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose recordings are there: tones, with the times of words."""
    home = tmp_path_factory.mktemp("spoken")
    store = FolderStore(home / "films")
    with ThreadPoolExecutor(1) as executor:
        for order in islice(speech.wanted(), 12):
            record(order, mark(speech.VOICE), tone, store, executor)
    running = Server(home)
    yield running
    running.kill()


@pytest.fixture
def session(browser: Browser, spoken: Server) -> Iterator[Page]:
    with first_session(browser, spoken) as page:
        yield page


def sounds(page: Page) -> list[str]:
    names = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    return [name for name in names if name.endswith((".weba", ".m4a"))]


def test_the_timer_speaks_when_the_sound_is_on_and_only_then(session: Page):
    cues = session.locator("recoup-cues")
    start = session.get_by_role("button", name="Start", exact=True)
    start.click()
    session.wait_for_timeout(500)
    assert cues.get_attribute("data-said") is None
    assert sounds(session) == [], "with the sound off, no sound is fetched"
    session.get_by_role("button", name="Start over").click()

    with session.expect_response(re.compile("weba$")):
        session.get_by_label("Sound").check()
    session.wait_for_timeout(500)
    start.click()
    expect(cues).to_have_attribute("data-said", re.compile("^get-ready"))
    live = session.locator("recoup-timer [role=status]")
    assert live.get_attribute("aria-live") == "off", "a screen reader is not told it twice"
    session.get_by_role("button", name="Pause", exact=True).click()
    expect(live).to_have_attribute("aria-live", "polite")
    expect(live).to_have_text("Paused.")

    session.reload()
    expect(session.get_by_label("Sound")).to_be_checked()


def test_the_next_step_is_told_at_once(session: Page):
    session.get_by_label("Sound").check()
    session.wait_for_timeout(1500)
    session.get_by_role("button", name="Start", exact=True).click()
    cues = session.locator("recoup-cues")
    expect(cues).to_have_attribute("data-said", re.compile("^get-ready"))
    session.get_by_role("button", name="Next step").click()
    expect(cues).to_have_attribute("data-said", re.compile("^(hold|begin)"))


def test_the_words_are_read_out_sentence_by_sentence(session: Page):
    accessible(session)
    before = session.locator(".words").inner_text()
    assert sounds(session) == [], "nothing is fetched before a touch"
    session.get_by_role("button", name="Read it to me").click()
    now = session.locator(".said-now")
    expect(now).to_have_count(1)
    first = now.inner_text()
    assert first.strip() in before
    expect(now).not_to_have_text(first)
    assert session.locator(".words").inner_text() == before, "the words stay as they are"
    session.get_by_role("button", name="Stop reading").click()
    expect(now).to_have_count(0)
    expect(session.get_by_role("button", name="Read it to me")).to_be_visible()
