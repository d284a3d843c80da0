"""What a person does in the browser, step by step."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlparse

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

AXE = Axe()
QUESTION = re.compile(r"/p/[^/]+/intake/([\w-]+)/$")


def welcome(page: Page) -> None:
    """Read the notice, agree, and arrive at the first question."""
    page.goto("/")
    accessible(page)
    page.locator("input[name=agreed]").check()
    page.get_by_role("button", name=re.compile("start|begin|go on|continue", re.I)).first.click()
    page.wait_for_url(QUESTION)


def answer_intake(page: Page, said: dict[str, Any], *, look: bool = False) -> list[str]:
    """Answer screens until the questions end; return their ids in order."""
    screens: list[str] = []
    while match := QUESTION.search(urlparse(page.url).path):
        screens.append(match[1])
        assert len(screens) < 60, "the questions do not end"
        if look:
            accessible(page)
        fill(page, said)
        leave = page.get_by_role("button", name="Leave this out")
        answered = page.locator("input:checked").count() or not page.locator(
            "input[type=radio]"
        ).count()
        (leave if leave.count() and not answered else _go_on(page)).click()
        page.wait_for_load_state()
        again = QUESTION.search(urlparse(page.url).path)
        assert again is None or again[1] != match[1], f"{match[1]}: {page.inner_text('main')[:400]}"
    return screens


def _go_on(page: Page) -> Locator:
    return page.get_by_role("button", name="Continue", exact=True)


def fill(page: Page, said: dict[str, Any]) -> None:
    """Give this screen the answers it asks for: a tick, a choice, a number, or none of these."""
    for name in _names(page, "input[type=text]"):
        if name in said:
            page.locator(f"input[name={name}]").fill(str(said[name]))
    for name in _names(page, "input[type=radio]"):
        if name in said:
            page.locator(f"input[name={name}][value='{said[name]}']").check()
    boxes = page.locator("input[type=checkbox]")
    if not boxes.count():
        return
    wanted = {key for value in said.values() if isinstance(value, list) for key in value}
    ticked = 0
    for name, value in boxes.evaluate_all("all => all.map(one => [one.name, one.value])"):
        if value in wanted and value in said.get(_list_of(name), wanted):
            box = page.locator(f"input[type=checkbox][name='{name}'][value='{value}']")
            box.evaluate("box => { const d = box.closest('details'); if (d) d.open = true; }")
            box.check()
            ticked += 1
    alone = page.locator("input[type=checkbox][data-alone]")
    if not ticked and alone.count():
        alone.last.check()


def _names(page: Page, selector: str) -> list[str]:
    found = page.locator(selector).evaluate_all("all => all.map(one => one.name)")
    return list(dict.fromkeys(found))


def _list_of(name: str) -> str:
    return name


def report(page: Page, *, during: int, after: int, effort: int) -> None:
    for name, value in (("during", during), ("after", after), ("effort", effort)):
        page.locator(f"input[name={name}][value='{value}']").check()
    for name in ("hurt", "moved", "new"):
        choices = page.locator(f"input[name={name}]")
        if choices.count():
            choices.last.check()
    page.get_by_role("button", name="Finish").click()
    page.wait_for_load_state()


def accessible(page: Page) -> None:
    """Fail with what axe finds on this page, if anything."""
    found = AXE.run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
