"""A flare-up and a knee program in the browser: what is told is answered, at phone size."""

from __future__ import annotations

import re
from typing import Any

from journeys.test_first_light import CLASSIC, begin, person_of, start_program
from journeys.walking import accessible, fill, report
from playwright.sync_api import Page, expect

KNEE: dict[str, Any] = {
    **CLASSIC, "age": 67, "sex": "female", "activity_level": "moderate", "sites": ["knee_inner"],
    "side": "right", "spread": "none", "agg": ["stairs_down", "sit_to_stand", "walk"],
    "ease": ["rest"], "sx": ["grinding"],
}


def test_a_flare_up_from_the_first_word_to_the_shortened_session(phone: Page):
    begin(phone, CLASSIC)
    start_program(phone)
    phone.goto(f"/p/{person_of(phone)}/today/")
    phone.get_by_role("link", name="It feels like a flare-up").tap()
    phone.wait_for_url(re.compile("/morning/"))
    fill(phone, {"pain": 7, "stiffness": 20, "settled": "no", "flare": ["flare"]})
    accessible(phone)
    phone.get_by_role("button", name="Continue").tap()
    phone.wait_for_url(re.compile("/today/"))
    main = phone.locator("main")
    expect(phone.get_by_role("heading", level=2, name="You are in a flare-up")).to_be_visible()
    expect(main).to_contain_text("Day 1")
    expect(main.locator("ol.plan")).to_contain_text("Slow belly breathing")
    accessible(phone)
    phone.get_by_role("link", name="Start").tap()
    phone.wait_for_url(re.compile("/check/"))
    fill(phone, {"keys": [], "pain_now": 7, "slept_well": "no"})
    phone.get_by_text("Change today", exact=True).tap()
    phone.get_by_role("radio", name="10 minutes").check()
    accessible(phone)
    phone.get_by_role("button", name="Continue", exact=True).tap()
    phone.wait_for_url(re.compile("/session/"))
    phone.goto(f"/p/{person_of(phone)}/today/")
    title = phone.get_by_role("heading", level=1).inner_text()
    assert int(re.search(r"\d+", title)[0]) <= 10


def test_a_flare_up_told_by_mistake_is_taken_back(phone: Page):
    begin(phone, CLASSIC)
    start_program(phone)
    phone.goto(f"/p/{person_of(phone)}/morning/")
    fill(phone, {"pain": 7, "stiffness": 20, "settled": "no", "flare": ["flare"]})
    phone.get_by_role("button", name="Continue").tap()
    phone.wait_for_url(re.compile("/today/"))
    expect(phone.get_by_role("heading", level=2, name="You are in a flare-up")).to_be_visible()
    phone.goto(f"/p/{person_of(phone)}/history/")
    phone.get_by_role("link", name="Did you tell us something wrong? Correct it").tap()
    expect(phone.locator("main")).to_contain_text("Pain 7.")
    accessible(phone)
    phone.get_by_role("button", name=re.compile("^Take back: The morning after")).tap()
    phone.wait_for_url(re.compile("/morning/"))
    phone.goto(f"/p/{person_of(phone)}/today/")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    expect(phone.get_by_role("heading", level=2, name="You are in a flare-up")).to_have_count(0)


def test_a_knee_program_from_the_questions_to_the_report(phone: Page):
    begin(phone, KNEE)
    phone.get_by_role("link", name="See what fits").tap()
    phone.wait_for_url(re.compile("/result/"))
    expect(phone.locator("main")).to_contain_text("Knee program, osteoarthritis pattern")
    phone.get_by_role("button", name="Start this program").tap()
    phone.wait_for_url(re.compile("/today/"))
    accessible(phone)
    phone.get_by_role("link", name="Start").tap()
    phone.wait_for_url(re.compile("/check/"))
    fill(phone, {"keys": [], "pain_now": 3, "slept_well": "yes"})
    phone.get_by_role("button", name="Continue", exact=True).tap()
    phone.wait_for_url(re.compile("/session/1/"))
    accessible(phone)
    phone.get_by_role("button", name="Make it harder").tap()
    phone.wait_for_url(re.compile("asked=harder"))
    answer = phone.get_by_role("status", name="What came of it")
    expect(answer).to_contain_text("once a session was all green")
    accessible(phone)
    for _ in range(12):
        phone.get_by_role("button", name="Done", exact=True).click()
        phone.wait_for_load_state()
        if "/report/" in phone.url:
            break
    accessible(phone)
    assert phone.locator("input[name=moved]").count() == 0, "a knee has nothing to move down"
    report(phone, during=2, after=1, effort=4)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Done for today")
    phone.goto(f"/p/{person_of(phone)}/program/")
    accessible(phone)
    expect(phone.locator("main")).to_contain_text("After two weeks of sessions that go well")
    phone.goto("/library/?find=knee")
    accessible(phone)
    phone.get_by_role("link", name="Thigh tightening").first.tap()
    phone.wait_for_url(re.compile("/library/exercises/"))
    accessible(phone)
