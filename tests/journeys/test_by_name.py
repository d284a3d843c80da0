"""A whole intake through the accessibility tree alone: by roles and names, as a screen reader
says them. No name of a field, no address, no style is used to find anything."""

from __future__ import annotations

import re

from journeys.test_first_light import person_of
from playwright.sync_api import Page, expect

CHOSEN = {
    "What sex were you given at birth?": "Male",
    "How did this pain start?": "It came on slowly",
    "Which side hurts most?": "Right side",
    "How far does the pain reach?": "It spreads a few inches around the spot",
    "Days, weeks, months or years?": "Weeks",
    "Right now": "3",
    "On average": "4",
    "At its worst": "6",
    "How has it changed over the last two weeks?": "It comes and goes",
    "What is it like at night?": "No pain at night",
    "How long after you get up until you are about as loose as you will get?":
        "I am as loose as I get in under 30 minutes",
    "When an ordinary task makes it worse, how long until it settles?": "It settles within hours",
    "Before this pain, how active were you in a normal week?": "I do brisk activity on most weeks",
    "How long can one session be?": "About 20 minutes",
}
WRITTEN = {"How old are you?": "56", "How many?": "8"}
TICKED = {
    "What makes it worse?": ("Bending back", "Standing for long", "Walking", "Twisting or turning"),
    "What makes it better?": ("Sitting down", "Bending forward", "Lying down"),
}
CONTROLS = ("textbox", "radio", "checkbox", "button", "combobox", "link")


def everything_is_named(page: Page) -> None:
    """Fail when a control on this page has no name, or the page has not one main heading."""
    assert page.get_by_role("heading", level=1).count() == 1, page.url
    assert page.get_by_role("main").count() == 1
    for role in CONTROLS:
        for control in page.get_by_role(role).all():
            expect(control).to_have_accessible_name(re.compile(r"\S"))
    for group in page.locator("fieldset").all():
        expect(group).to_have_role("group")
        expect(group).to_have_accessible_name(re.compile(r"\S"))


def answer_by_name(page: Page) -> None:
    heading = page.get_by_role("heading", level=1).inner_text()
    if heading == "Where does it hurt?":
        where(page)
    for label, text in WRITTEN.items():
        box = page.get_by_role("textbox", name=label, exact=True)
        if box.count():
            box.fill(text)
    for label, choice in CHOSEN.items():
        group = page.get_by_role("group", name=label, exact=True)
        if group.count():
            group.get_by_role("radio", name=choice, exact=True).check()
    for name in TICKED.get(heading, ()):
        page.get_by_role("checkbox", name=name, exact=True).check()
    none = page.get_by_role("checkbox", name="None of these", exact=True)
    if none.count() and heading not in TICKED:
        none.check()


def where(page: Page) -> None:
    """Choose a place from the plain list, which says the same as the picture."""
    page.get_by_text("Low back, pelvis and buttocks", exact=True).last.click()
    page.get_by_role("checkbox", name="Low back", exact=True).check()


def test_a_whole_intake_by_names_and_roles(phone: Page):
    phone.goto("/")
    everything_is_named(phone)
    phone.get_by_role("combobox", name="Which country are you in?").select_option(label="Spain")
    phone.get_by_role("checkbox", name=re.compile("I am 18 or over")).check()
    phone.get_by_role("button", name="I understand, start").click()
    headings: list[str] = []
    while phone.get_by_role("button", name="Continue", exact=True).count():
        headings.append(phone.get_by_role("heading", level=1).inner_text())
        assert len(headings) <= 25, "a typical person answers at most 25 screens"
        everything_is_named(phone)
        before = phone.url
        leave = phone.get_by_role("button", name="Leave this out", exact=True)
        if leave.count():
            leave.click()
        else:
            answer_by_name(phone)
            phone.get_by_role("button", name="Continue", exact=True).click()
        phone.wait_for_url(lambda url, before=before: url != before)
    assert headings[0] == "How old are you?"
    assert headings.index("Where does it hurt?") > headings.index(
        "Any change between your legs, or when you pee or poo?"
    ), "danger signs come first"
    everything_is_named(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Check your answers")
    phone.get_by_role("link", name="See what fits").click()
    everything_is_named(phone)
    expect(phone.get_by_role("heading", name="Low back pain, facet-joint pattern")).to_be_visible()
    phone.get_by_role("button", name="Start this program").click()
    phone.wait_for_url(re.compile("/today/"))
    everything_is_named(phone)
    phone.goto(f"/p/{person_of(phone)}/safety/")
    expect(phone.get_by_role("link", name="Call 112")).to_be_visible()
