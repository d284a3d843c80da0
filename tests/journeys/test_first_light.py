"""From answers to a followed session and an easier day, in a real browser at phone size."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from journeys.conftest import Server
from journeys.walking import accessible, answer_intake, fill, report, welcome
from playwright.sync_api import Browser, Page, expect

CLASSIC: dict[str, Any] = {
    "age": 56, "sex": "male", "onset": "gradual", "sites": ["low_back"], "side": "right",
    "spread": "local_few_inches", "amount": 8, "unit": "weeks",
    "course": "comes_and_goes", "night": "none", "morning_stiffness": "lt_30min",
    "settle_time": "hours", "pain_now": 3, "pain_avg": 4, "pain_worst": 6,
    "agg": ["bend_back", "rotate", "stand_long", "walk"],
    "ease": ["sit", "bend_forward", "lie_down"], "minutes": 20,
}


def begin(page: Page, said: dict[str, Any], *, look: bool = False) -> list[str]:
    welcome(page)
    return answer_intake(page, said, look=look)


def start_program(page: Page) -> None:
    page.get_by_role("link", name=re.compile("see what fits", re.I)).click()
    page.get_by_role("button", name=re.compile("start", re.I)).first.click()
    page.wait_for_load_state()


def person_of(page: Page) -> str:
    return re.search(r"/p/([^/]+)/", page.url)[1]


def follow_session(page: Page, *, look: bool = False) -> int:
    """Do every exercise of today; return how many there were."""
    page.goto(f"/p/{person_of(page)}/today/")
    page.get_by_role("link", name=re.compile("^(start|carry on)", re.I)).first.click()
    page.wait_for_url(re.compile("/(check|session)/"))
    if "/check/" in page.url:
        if look:
            accessible(page)
        fill(page, {"new": [], "pain_now": 3, "slept_well": "yes", "slept": "yes"})
        page.get_by_role("button", name="Continue").click()
        page.wait_for_load_state()
    done = 0
    while "/session/" in page.url:
        if look and done < 2:
            accessible(page)
        page.get_by_role("button", name="Done", exact=True).click()
        page.wait_for_load_state()
        done += 1
        assert done < 20, "the session does not end"
    return done


def test_from_answers_to_an_easier_day(phone: Page, server: Server):
    screens = begin(phone, CLASSIC, look=True)
    assert len(screens) <= 25
    accessible(phone)
    phone.get_by_role("link", name=re.compile("see what fits", re.I)).click()
    accessible(phone)
    expect(phone.locator("main")).to_contain_text("consistent with a facet-joint pattern")
    phone.get_by_role("button", name=re.compile("start", re.I)).first.click()
    accessible(phone)
    person = person_of(phone)
    phone.goto(f"/p/{person}/program/")
    accessible(phone)
    for phase in ("Unload and flex", "Stability and return to bending back", "Keep it"):
        expect(phone.locator("main")).to_contain_text(phase)
    phone.goto(f"/p/{person}/today/")
    accessible(phone)
    listed = phone.locator("main ol.plan li").count()
    assert follow_session(phone, look=True) == listed
    accessible(phone)
    report(phone, during=6, after=4, effort=7)
    accessible(phone)
    expect(phone.locator("main")).to_contain_text("6 out of 10")
    _a_day_passes(server, person)
    phone.goto(f"/p/{person}/today/")
    accessible(phone)
    tomorrow = phone.locator("main")
    expect(tomorrow).to_contain_text("easier")
    expect(tomorrow).to_contain_text("6 out of 10")
    assert phone.locator("main ol.plan li").count() < listed
    for page in ("history", "safety", "data", "morning"):
        phone.goto(f"/p/{person}/{page}/")
        accessible(phone)
    phone.goto(f"/p/{person}/history/")
    expect(phone.locator("main")).to_contain_text("That was too much")


def _a_day_passes(server: Server, person: str) -> None:
    """Move a person's log one day back, which is what a night does to it."""
    import sqlite3

    with sqlite3.connect(server.home / "recoup.sqlite3", timeout=20) as database:
        rows = database.execute(
            "select id, at from records_event where person_id = ?", (person.replace("-", ""),)
        ).fetchall()
        assert rows
    _shift(server, person, timedelta(days=1))


def _shift(server: Server, person: str, by: timedelta) -> None:
    """Re-date the log through the application's own reader and writer, in a process of its own."""
    import os
    import subprocess
    import sys

    script = (
        "import django, sys; django.setup();"
        "from dataclasses import replace, fields;"
        "from datetime import date, timedelta;"
        "from recoup.records import log; from recoup.records.models import Event, Person;"
        "from recoup.services import shelf;"
        "from django.db import connection;"
        "p = Person.objects.get(pk=sys.argv[1]); by = timedelta(seconds=float(sys.argv[2]));"
        "events = log.read(p, shelf.current().vocabulary);"
        "back = lambda d: replace(d, **{f.name: getattr(d, f.name) - by for f in fields(d)"
        " if type(getattr(d, f.name)) is date});"
        "connection.cursor().execute('delete from records_event where person_id = %s', [p.pk.hex]);"
        "log.append(p, [replace(e, at=e.at - by, data=back(e.data)) for e in events])"
    )
    environment = {k: v for k, v in os.environ.items() if k not in {"DEBUG", "DATABASE_URL"}}
    subprocess.run(
        [sys.executable, "-c", script, person, str(by.total_seconds())],
        env={**environment, "RECOUP_HOME": str(server.home)}, check=True,
    )


@pytest.mark.parametrize(
    ("sign", "words"), [("saddle_numb", "emergency"), ("foot_drop", "today")]
)
def test_a_person_with_a_danger_sign_is_stopped(phone: Page, sign: str, words: str):
    begin(phone, {**CLASSIC, "sx": [sign]})
    if "/answers/" in phone.url:
        phone.get_by_role("link", name=re.compile("see what fits", re.I)).click()
    accessible(phone)
    main = phone.locator("main")
    expect(main).to_contain_text(re.compile(words, re.I))
    expect(phone.get_by_role("button", name=re.compile("start", re.I))).to_have_count(0)
    person = person_of(phone)
    answered = phone.request.post(f"/p/{person}/program/start/", fail_on_status_code=False)
    assert answered.status in {403, 404, 409}
    phone.goto(f"/p/{person}/today/")
    expect(phone.get_by_role("link", name=re.compile("^start", re.I))).to_have_count(0)


def test_a_stranger_gets_404_on_every_page(phone: Page, browser: Browser, server: Server):
    welcome(phone)
    person = person_of(phone)
    cleo = browser.new_context(base_url=server.address)
    for name in ("", "intake/", "intake/age/", "answers/", "result/", "program/", "today/",
                 "check/", "session/1/", "report/", "morning/", "review/", "history/",
                 "safety/", "data/", "data/export/", "data/erase/"):
        assert cleo.request.get(f"/p/{person}/{name}").status == 404, name
    cleo.close()


def test_a_killed_server_loses_nothing(browser: Browser, tmp_path):
    server = Server(tmp_path)
    context = browser.new_context(base_url=server.address, viewport={"width": 390, "height": 844})
    page = context.new_page()
    try:
        begin(page, CLASSIC)
        start_program(page)
        person = person_of(page)
        page.goto(f"/p/{person}/today/")
        page.get_by_role("link", name=re.compile("^start", re.I)).first.click()
        page.wait_for_url(re.compile("/(check|session)/"))
        fill(page, {"new": [], "pain_now": 3, "slept_well": "yes", "slept": "yes"})
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Done", exact=True).click()
        page.wait_for_url(re.compile("/session/2/"))
        server.kill()
        server.start()
        page.goto(f"/p/{person}/today/")
        expect(page.locator("main ol.plan li").first).to_contain_text("Done")
        page.get_by_role("link", name=re.compile("^carry on", re.I)).click()
        expect(page).to_have_url(re.compile("/session/2/"))
    finally:
        context.close()
        server.kill()


def test_the_whole_way_works_without_javascript(browser: Browser, server: Server):
    context = browser.new_context(
        base_url=server.address, viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/")
    page.locator("input[name=agreed]").check()
    page.locator("form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile("/intake/age/"))
    page.locator("input[name=age]").fill("56")
    page.get_by_role("button", name="Continue").click()
    expect(page).not_to_have_url(re.compile("/intake/age/"))
    context.close()


def test_a_mistyped_answer_is_kept_and_explained(phone: Page):
    welcome(phone)
    phone.locator("input[name=age]").fill("560")
    phone.get_by_role("button", name="Continue").click()
    accessible(phone)
    expect(phone.locator("main")).to_contain_text("120")
    assert phone.locator("input[name=age]").input_value() == "560"


def test_nothing_is_asked_of_any_other_machine(phone: Page, server: Server):
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    welcome(phone)
    assert asked
    assert all(url.startswith((server.address, "data:", "blob:")) for url in asked)
