"""The intake for the whole body, by touch and by keyboard alone, and the ways back to exercise."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlparse

from journeys.conftest import Server
from journeys.test_first_light import CLASSIC, _shift, begin, person_of, start_program
from journeys.walking import QUESTION, accessible, answer_intake, fill, welcome
from playwright.sync_api import Page, expect

KNEE: dict[str, Any] = {
    **CLASSIC, "age": 45, "sex": "female", "pregnant": "no", "activity_level": "moderate",
    "sites": ["knee_front"], "side": "left", "spread": "none",
    "agg": ["stairs_down", "squat", "sit"], "ease": ["rest"], "sx": ["giving_way"],
    "giving_way": ["knee"],
}
FOCUSED = "() => { const e = document.activeElement; return [e.name || '', e.value || '']; }"


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue", exact=True).click()
    page.wait_for_load_state()


def until(page: Page, question: str, said: dict[str, Any]) -> None:
    """Answer screens until one question comes up."""
    while not page.url.endswith(f"/{question}/"):
        assert QUESTION.search(urlparse(page.url).path), page.url
        fill(page, said)
        go_on(page)


def test_a_sore_knee_by_touch(phone: Page):
    welcome(phone)
    until(phone, "sites", KNEE)
    accessible(phone)
    for part in phone.locator(".map-hit").all():
        box = part.bounding_box()
        assert min(box["width"], box["height"]) >= 44, "every part takes a finger"
    phone.locator(".map a[aria-label='Knee'] .map-hit").first.tap()
    front = phone.get_by_role("checkbox", name="Front of the knee")
    expect(front).to_be_focused()
    front.tap()
    phone.locator(".map a[aria-label='Low back, pelvis and buttocks'] .map-hit").first.tap()
    phone.get_by_role("checkbox", name="Low back", exact=True).tap()
    fill(phone, {"side": "left", "spread": "none"})
    go_on(phone)
    screens = answer_intake(phone, KNEE, look=True)
    assert "which-joint" in screens, "a knee that gives way is asked about"
    accessible(phone)
    expect(phone.locator("main")).to_contain_text("Front of the knee")
    expect(phone.locator("main")).to_contain_text("Low back")
    phone.get_by_role("link", name="See what fits").tap()
    phone.wait_for_url(re.compile("/result/"))
    accessible(phone)


def test_the_tree_of_names_and_roles_says_everything(phone: Page):
    welcome(phone)
    until(phone, "sites", KNEE)
    expect(phone.get_by_role("heading", level=1, name="Where does it hurt?")).to_be_visible()
    picture = phone.get_by_role("group", name="Picture of the body")
    for view in ("Front of the body", "Back of the body"):
        links = picture.get_by_role("group", name=view).get_by_role("link")
        assert links.count() == 10
        expect(links.nth(8)).to_have_accessible_name("Knee")
    expect(phone.get_by_role("group", name="Which side hurts most?")).to_be_visible()
    expect(phone.get_by_role("radio", name="Left side")).not_to_be_checked()
    expect(phone.get_by_role("radio", name="I am not sure").first).not_to_be_checked()


def tab_to(page: Page, name: str, value: str | None = None) -> None:
    """Press Tab until an answer has the focus, opening no list on the way."""
    for _ in range(120):
        at = page.evaluate(FOCUSED)
        if at[0] == name and value in (None, at[1]):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name}={value} cannot be reached with the Tab key")


def choose(page: Page, name: str, value: str) -> None:
    """Choose one of a few answers with Tab, space and the arrow keys."""
    tab_to(page, name)
    page.keyboard.press("Space")
    for _ in range(20):
        if page.evaluate(FOCUSED) == [name, value]:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{name}={value} cannot be reached with the arrow keys")


def by_keyboard(page: Page, said: dict[str, Any]) -> None:
    """Answer one screen without a mouse and send it with Enter."""
    page.locator("h1").first.evaluate("h => { h.tabIndex = -1; h.focus(); }")
    texts = page.locator("input[type=text]").evaluate_all("all => all.map(e => e.name)")
    for name in texts:
        if name in said:
            tab_to(page, name)
            page.keyboard.type(str(said[name]))
    radios = page.locator("input[type=radio]").evaluate_all("all => all.map(e => e.name)")
    for name in dict.fromkeys(radios):
        if name in said:
            choose(page, name, str(said[name]))
    boxes = page.locator("input[type=checkbox]")
    if boxes.count():
        name = boxes.first.get_attribute("name") or ""
        tab_to(page, name, "none-of-these")
        page.keyboard.press("Space")
    press(page, "Continue")


def press(page: Page, words: str) -> None:
    for _ in range(120):
        if page.evaluate("() => document.activeElement.textContent.trim()").startswith(words):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{words} cannot be reached with the Tab key")


def test_a_whole_intake_by_keyboard_alone(phone: Page):
    welcome(phone)
    seen = 0
    while match := QUESTION.search(urlparse(phone.url).path):
        seen += 1
        assert seen < 40, "the questions do not end"
        if match[1] == "sites":
            where_by_keyboard(phone)
        elif phone.get_by_role("button", name="Leave this out").count():
            press(phone, "Leave this out")
        else:
            by_keyboard(phone, CLASSIC)
        again = QUESTION.search(urlparse(phone.url).path)
        assert again is None or again[1] != match[1], phone.inner_text("main")[:300]
    expect(phone.get_by_role("heading", level=1)).to_have_text("Check your answers")


def where_by_keyboard(page: Page) -> None:
    for _ in range(60):
        label = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
        if label == "Low back, pelvis and buttocks":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_to(page, "keys", "low_back")
    page.keyboard.press("Space")
    choose(page, "side", "right")
    choose(page, "spread", "local_few_inches")
    press(page, "Continue")


def test_four_weeks_away_lead_through_the_safety_questions_to_todays_session(
    phone: Page, server: Server
):
    begin(phone, CLASSIC)
    start_program(phone)
    person = person_of(phone)
    phone.goto(f"/p/{person}/history/")
    _shift(server, person, timedelta(days=40))
    server.kill()  # a process remembers a log by its ids, and a past that changes is news to it
    server.start()
    phone.goto(f"/p/{person}/today/")
    accessible(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("A few safety questions first")
    expect(phone.locator("main")).to_contain_text("four weeks or more")
    phone.get_by_role("link", name="Answer the safety questions").tap()
    phone.wait_for_url(re.compile("/safety-questions/"))
    asked = 0
    while "/safety-questions/" in phone.url:
        if asked < 2:
            accessible(phone)
        fill(phone, {})
        go_on(phone)
        asked += 1
        assert asked < 12, "the safety questions do not end"
    assert asked == 7
    assert "/today/" in phone.url
    expect(phone.locator("main ol.plan li").first).to_be_visible()


def test_a_clinicians_ok_is_written_down_on_the_phone(phone: Page):
    begin(phone, {**CLASSIC, "hx": ["thoracic_disc_known"]})
    phone.get_by_role("link", name="See what fits").tap()
    phone.wait_for_url(re.compile("/result/"))
    accessible(phone)
    phone.get_by_role("link", name="Write down their OK").tap()
    phone.wait_for_url(re.compile("/clearance/"))
    accessible(phone)
    phone.get_by_role("button", name="Write it down").tap()
    expect(phone.get_by_role("alert")).to_contain_text("Choose the day")
    accessible(phone)
    fill(phone, {"entered": "person", "by": "Dr Lee", "role": "doctor", "known": ["RF-SP-08"]})
    day = phone.locator("input[type=date]")
    day.fill(day.get_attribute("max") or "")
    phone.get_by_role("button", name="Write it down").tap()
    phone.wait_for_url(re.compile("/result/"))
    accessible(phone)
    expect(phone.locator("main")).to_contain_text("Dr Lee, doctor")
    for name in ("compare", "summary", "answers"):
        phone.goto(f"/p/{person_of(phone)}/{name}/")
        accessible(phone)
