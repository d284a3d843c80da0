"""The live figure in Chromium, under the app's own strict policy."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from bench import likeness
from bench.chromium import ARGUMENTS, CHROMIUM

LIVE = "recoup-figure[live]"
WAIT_MS = 120_000
DRAWN = """(() => {
  const figure = document.querySelector("recoup-figure");
  figure.currentTime = figure.currentTime; // draws
  return figure.querySelector("canvas").toDataURL();
})()"""


@pytest.fixture
def visit(chromium: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Open a page; its errors fail the test, whatever else happens."""
    pages, said = [], []

    def open_page(name: str = "stage.html", wait: str = LIVE, **options: Any) -> Any:
        page = chromium.new_page(viewport={"width": 390, "height": 844}, **options)
        page.set_default_timeout(WAIT_MS)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda line: said.append(line.text) if "Policy" in line.text else None)
        page.add_init_script(
            "window.heard = []; addEventListener('recoup-figure', (e) => heard.push(e.detail));"
        )
        page.goto(f"{address}/{name}")
        if wait:
            page.wait_for_selector(wait)
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert not said


def until(page: Any, true: str) -> None:
    """Wait until an expression is true. Playwright's own way needs eval, which the policy bars."""
    end = time.monotonic() + WAIT_MS / 1000
    while not page.evaluate(true):
        assert time.monotonic() < end, f"never true: {true}"
        page.wait_for_timeout(100)


def test_it_moves_and_stops_and_moves_on(visit):
    page = visit()
    figure = page.locator("recoup-figure")
    assert page.evaluate("heard") == ["live"]
    before = figure.evaluate("f => f.currentTime")
    until(page, f"document.querySelector('recoup-figure').currentTime > {before + 0.2}")
    page.get_by_role("button", name="Pause").click()
    stopped = figure.evaluate("f => f.currentTime")
    page.wait_for_timeout(600)
    assert figure.evaluate("f => f.currentTime") == stopped
    page.get_by_role("button", name="Play").click()
    until(page, f"document.querySelector('recoup-figure').currentTime > {stopped}")


def test_two_moments_differ_and_a_cycle_later_nothing_does(visit):
    page = visit()
    at = """t => { const f = document.querySelector('recoup-figure'); f.pause(); f.currentTime = t;
      return f.querySelector('canvas').toDataURL(); }"""
    cycle = page.evaluate("document.querySelector('recoup-figure').duration")
    assert page.evaluate(at, 1.0) != page.evaluate(at, 3.0)
    assert page.evaluate(at, 1.0) == page.evaluate(at, 1.0 + cycle)


def test_every_button_says_what_it_does_and_is_big_enough(visit):
    page = visit()
    buttons = page.get_by_role("group", name="Figure").get_by_role("button")
    assert buttons.all_inner_texts() == ["Pause", "Side", "Top", "Target"]
    for button in buttons.all():
        box = button.bounding_box()
        assert box["height"] >= 48
        assert box["width"] >= 48


def test_views_and_keys_turn_the_camera(visit):
    page = visit(reduced_motion="reduce")
    seen = [page.evaluate(DRAWN)]
    for name in ("Side view", "Top view"):
        button = page.get_by_role("button", name=name)
        button.click()
        assert button.get_attribute("aria-pressed") == "true"
        seen.append(page.evaluate(DRAWN))
    page.locator("recoup-figure canvas").focus()
    page.keyboard.press("ArrowLeft")
    seen.append(page.evaluate(DRAWN))
    assert page.get_by_role("button", name="Top view").get_attribute("aria-pressed") == "false"
    page.get_by_role("button", name="Show target").click()
    seen.append(page.evaluate(DRAWN))
    assert len(set(seen)) == len(seen)


def test_who_wants_no_motion_gets_a_still_and_may_play_it(visit):
    page = visit(reduced_motion="reduce")
    figure = page.locator("recoup-figure")
    assert figure.evaluate("f => f.paused && f.currentTime > 0")
    before = figure.evaluate("f => f.currentTime")
    page.wait_for_timeout(500)
    assert figure.evaluate("f => f.currentTime") == before
    page.get_by_role("button", name="Play").click()
    until(page, f"document.querySelector('recoup-figure').currentTime > {before}")


def test_a_slow_device_keeps_the_film(visit):
    """Chromium draws on the processor here: as slow a device as there is."""
    page = visit("slow.html", wait="")
    until(page, "heard.includes('slow')")
    assert page.locator("recoup-figure canvas").count() == 0
    assert page.locator("recoup-figure[live]").count() == 0
    assert page.locator("recoup-figure img").is_visible()


def test_a_missing_file_keeps_the_film(visit):
    page = visit("lost.html", wait="")
    until(page, "heard.includes('error')")
    assert page.locator("recoup-figure img").is_visible()
    assert page.locator("recoup-figure canvas").count() == 0


def test_what_is_removed_gives_the_graphics_card_back(visit):
    page = visit()
    lost = page.evaluate(
        """() => {
          const figure = document.querySelector('recoup-figure');
          const gl = figure.querySelector('canvas').getContext('webgl2');
          figure.remove();
          return [gl.isContextLost(), figure.querySelectorAll('canvas, .figure-bar').length];
        }"""
    )
    assert lost == [True, 0]


def test_a_figure_that_comes_back_is_live_again(visit):
    page = visit()
    page.evaluate("window.figure = document.querySelector('recoup-figure'); figure.remove()")
    page.evaluate("document.body.append(figure)")
    page.wait_for_selector(LIVE)
    until(page, "heard.length === 2")


def test_without_webgl_the_film_stays(chromium: Any, address: str):
    plain = chromium.browser_type.launch(
        executable_path=CHROMIUM, args=[*ARGUMENTS, "--disable-3d-apis"]
    )
    page = plain.new_page()
    page.goto(f"{address}/stage.html")
    page.wait_for_timeout(2000)
    assert page.locator("recoup-figure img").is_visible()
    assert page.locator("recoup-figure canvas").count() == 0
    plain.close()


def test_film_and_live_figure_are_alike(chromium: Any, bundled: None):
    moment = likeness.MOMENTS[0]
    mean, share = likeness.difference(*likeness.pictures(moment, chromium))
    print(f"mean {mean:.2f} of 255, {share:.2f} % far off")
    assert mean < likeness.MEAN
    assert share < likeness.SHARE
