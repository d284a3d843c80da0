"""Somebody at the first exercise of the first session."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from journeys.conftest import PHONE, Server
from journeys.test_first_light import CLASSIC, begin, start_program
from journeys.walking import fill
from playwright.sync_api import Browser, Page


@contextmanager
def first_session(browser: Browser, server: Server) -> Iterator[Page]:
    """Give the page of the first exercise; the browser's console must show no error."""
    # what a service worker fetches, a test cannot route; it has tests of its own
    context = browser.new_context(
        viewport=PHONE, base_url=server.address, service_workers="block"
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    begin(page, CLASSIC)
    start_program(page)
    page.goto(re.search(r"/p/[^/]+/", page.url)[0] + "today/")
    page.get_by_role("link", name=re.compile("^start", re.I)).first.click()
    page.wait_for_url(re.compile("/check/"))
    fill(page, {"new": [], "pain_now": 3, "slept_well": "yes", "slept": "yes"})
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(re.compile("/session/"))
    yield page
    context.close()
    assert problems == []
