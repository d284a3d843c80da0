"""What a person sees when Recoup cannot be reached: never a page of the browser's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from journeys.conftest import PHONE, Server
from journeys.test_first_light import CLASSIC, begin, person_of, start_program
from journeys.test_whole_body import go_on, until
from journeys.walking import accessible, answer_intake, fill, welcome
from playwright.sync_api import Browser, Page, expect

READY = "() => navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller)"
NOW = "Stop and get emergency help now"


@pytest.fixture
def lone(browser: Browser, tmp_path) -> Iterator[tuple[Page, Server]]:
    """A phone and a server of its own, to be killed."""
    server = Server(tmp_path)
    context = browser.new_context(viewport=PHONE, has_touch=True, base_url=server.address)
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page, server
    context.close()
    if server.process.poll() is None:
        server.kill()


def kept(page: Page) -> None:
    """Wait until the worker answers for this page."""
    page.wait_for_function(READY)


def in_britain(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Which country are you in?").select_option("gb")
    page.locator("input[name=agreed]").check()
    page.get_by_role("button", name=re.compile("start")).click()
    page.wait_for_url(re.compile("/intake/age/"))
    kept(page)


def test_the_danger_signs_stand_without_a_network(phone: Page):
    welcome(phone)
    kept(phone)
    phone.context.set_offline(True)
    phone.get_by_role("link", name="Danger signs").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Danger signs")
    expect(phone.locator("main")).to_contain_text("Pain or pressure in your chest")
    expect(phone.get_by_role("link", name="Call 112")).to_have_attribute("href", "tel:112")
    phone.goto("/about/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Recoup cannot be reached just now")
    accessible(phone)
    family = phone.evaluate("() => document.fonts.check('18px \"Atkinson Hyperlegible Next\"')")
    assert family, "the type is kept too"


@pytest.mark.parametrize(
    ("sign", "heading"),
    [
        ("saddle_numb", NOW),
        ("trunk_sensory_level", "Please be seen today"),
        ("weak_leg", "Please arrange an appointment within two weeks"),
        ("both_leg_pain", "Worth a routine appointment"),
    ],
)
def test_a_danger_sign_is_heard_though_the_server_is_gone(
    lone: tuple[Page, Server], sign: str, heading: str
):
    page, server = lone
    in_britain(page)
    until(page, "danger-bladder-bowel" if sign == "saddle_numb" else "danger-nerves", CLASSIC)
    fill(page, {"sx": [sign]})
    server.kill()
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    accessible(page)
    main = page.locator("main")
    expect(main).to_contain_text("Recoup cannot be reached just now")
    expect(main.locator(".reason").first).not_to_be_empty()
    assert "112, 911 or 999" not in main.inner_text(), "the country was chosen"
    if sign == "saddle_numb":
        expect(page.get_by_role("link", name="Call 999")).to_have_attribute("href", "tel:999")


def test_no_sign_and_no_server_leads_to_the_danger_signs_and_back(lone: tuple[Page, Server]):
    page, server = lone
    in_britain(page)
    until(page, "danger-nerves", CLASSIC)
    server.kill()
    fill(page, {})
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Recoup cannot be reached just now")
    expect(page.locator("main")).to_contain_text("New numbness between your legs")
    server.start()
    page.get_by_role("link", name="Try again").click()
    page.wait_for_url(re.compile("/danger-nerves/"))
    answer_intake(page, CLASSIC)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")


def test_who_has_an_emergency_sees_it_on_every_page_without_a_network(phone: Page):
    begin(phone, {**CLASSIC, "sx": ["saddle_numb"]})
    person = person_of(phone)
    kept(phone)
    phone.goto(f"/p/{person}/result/")
    phone.context.set_offline(True)
    for path in ("result/", "today/", "", "intake/age/"):
        phone.goto(f"/p/{person}/{path}")
        expect(phone.get_by_role("heading", level=1)).to_have_text(NOW)
    phone.context.set_offline(False)
    phone.goto(f"/p/{person}/data/erase/")
    phone.get_by_role("button", name=re.compile("erase", re.I)).click()
    phone.wait_for_load_state()
    left = phone.evaluate(
        "() => caches.open('recoup-known').then(c => c.keys()).then(keys => keys.length)"
    )
    assert left == 0, "erasing leaves nothing in the browser"


def test_a_new_sign_before_a_session_is_heard_without_a_network(phone: Page):
    begin(phone, CLASSIC)
    start_program(phone)
    person = person_of(phone)
    kept(phone)
    phone.goto(f"/p/{person}/check/")
    fill(phone, {"keys": ["saddle_numb"], "pain_now": 3, "slept_well": "yes"})
    phone.context.set_offline(True)
    go_on(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text(NOW)


def test_a_half_finished_intake_survives_a_killed_server_and_a_closed_browser(
    browser: Browser, tmp_path
):
    server = Server(tmp_path)
    context = browser.new_context(viewport=PHONE, base_url=server.address)
    page = context.new_page()
    try:
        in_britain(page)
        until(page, "danger-limbs", CLASSIC)
        cookies = context.storage_state()
        context.close()
        server.kill()
        server.start()
        context = browser.new_context(
            viewport=PHONE, base_url=server.address, storage_state=cookies
        )
        page = context.new_page()
        page.goto("/")
        page.get_by_role("link", name="Carry on").click()
        page.wait_for_url(re.compile("/intake/danger-limbs/"))
        page.get_by_role("link", name="Back").click()
        page.get_by_role("checkbox", name="None of these").wait_for()
        expect(page.get_by_role("checkbox", name="None of these")).to_be_checked()
        page.goto("/")
        page.get_by_role("link", name="Carry on").click()
        answer_intake(page, CLASSIC)
        expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
        expect(page.locator("main")).to_contain_text("56 years")
    finally:
        context.close()
        server.kill()
