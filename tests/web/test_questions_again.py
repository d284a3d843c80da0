"""The safety questions again: after a gap, with something new, each week."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from services.answering import CLASSIC, answer_intake
from web.visiting import answer_the_week, page, seen_by

from recoup.model.event import SessionDone
from recoup.services import intake, program


@pytest.fixture
def away(guest):
    """Somebody who comes back after more than four weeks."""
    then = timezone.now() - timedelta(days=40)
    answer_intake(guest, CLASSIC, then)
    program.enrol(guest, intake.outcome(guest, then).program, then)
    program.report(guest, SessionDone(then.date(), 2, 2, 4), then)
    return guest


def answer_safety_questions(client: Client, person, **ticks: list[str]) -> tuple[list[str], str]:
    """Answer every open safety question; return their ids and where the last one led."""
    asked = []
    address = f"/p/{person.pk}/safety-questions/"
    while (address := client.get(address).get("Location", address)).count("/") == 5:
        name = address.split("/")[-2]
        asked.append(name)
        assert len(asked) < 20, "the safety questions do not end"
        address = client.post(address, {"keys": ticks.get(name) or ["none-of-these"]})["Location"]
    return asked, address


def test_after_four_weeks_today_leads_through_the_safety_questions_and_back(client, away):
    seen_by(client, away)
    text = page(client, away, "today/").content.decode()
    assert "You were away for four weeks or more" in text
    assert "RF-SY-12" in text
    (button,) = re.findall(r'<a class="button[^"]*" href="([^"]+)"', text)
    assert button.endswith("/safety-questions/")
    assert page(client, away, "session/1/")["Location"].endswith("/today/")
    asked, back = answer_safety_questions(client, away)
    assert len(asked) == len(set(asked)) == 7
    assert all(name.startswith("danger-") for name in asked)
    assert back.endswith(f"/p/{away.pk}/today/")
    text = page(client, away, "today/").content.decode()
    assert "Answer the safety questions" not in text
    assert 'class="plan"' in text


def test_half_answered_safety_questions_go_on_where_they_stopped(client, away):
    seen_by(client, away)
    first = page(client, away, "safety-questions/")["Location"]
    text = client.get(first).content.decode()
    assert "Safety questions, 1 of 7" in text
    assert not re.search(r'name="keys"[^>]*checked', text), "an old no is asked anew"
    assert client.post(first, {}).status_code == 422
    client.post(first, {"keys": ["none-of-these"]})
    second = page(client, away, "safety-questions/")["Location"]
    assert second != first
    assert "Safety questions, 2 of 7" in client.get(second).content.decode()
    assert client.get(first)["Location"] == second, "what is answered is not asked twice"
    assert "6 of 7" in page(client, away, "today/").content.decode()


def test_a_danger_sign_among_the_safety_questions_shows_the_care_page(client, away):
    seen_by(client, away)
    asked, back = answer_safety_questions(
        client, away, **{"danger-bladder-bowel": ["saddle_numb"]}
    )
    assert asked == ["danger-bladder-bowel"], "an emergency ends the questions"
    text = client.get(back).content.decode()
    assert "care--emergency" in text
    assert "Answer the safety questions" not in text


def test_something_new_leads_through_the_safety_questions(hers: Client, enrolled):
    sent = {"keys": ["dizzy"], "pain_now": "3", "slept_well": "yes"}
    answer = hers.post(f"/p/{enrolled.pk}/check/", sent)
    assert answer["Location"].endswith("/today/")
    text = page(hers, enrolled, "today/").content.decode()
    assert "something new has come up" in text
    assert page(hers, enrolled, "session/1/")["Location"].endswith("/today/")
    answer_safety_questions(hers, enrolled, **{"danger-heart-breathing": ["dizzy"]})
    assert page(hers, enrolled, "session/1/").status_code == 200


def test_not_sure_among_the_safety_questions_asks_each_alone(client, away):
    seen_by(client, away)
    address = page(client, away, "safety-questions/")["Location"]
    text = client.post(address, {"keys": ["not-sure"]}).content.decode()
    assert "one at a time" in text
    names = re.findall(r'name="(each-[a-z_0-9]+)"', text)
    sent = dict.fromkeys(names, "no") | {"each": "yes"}
    assert client.post(address, sent)["Location"] != address


def test_the_week_starts_with_the_danger_signs(hers: Client, enrolled):
    assert "/review/signs/this-week-signs/" in page(hers, enrolled, "review/")["Location"]
    assert answer_the_week(hers, enrolled, keys=["chest_pain"]).endswith("/review/")
    assert page(hers, enrolled, "review/")["Location"].endswith("/today/")
    assert "care" in page(hers, enrolled, "today/").content.decode()


def test_an_emergency_ends_the_weekly_questions_at_once(hers: Client, enrolled):
    address = f"/p/{enrolled.pk}/review/signs/this-week-signs/"
    assert hers.post(address, {"keys": ["saddle_numb"]})["Location"].endswith("/review/")
    assert page(hers, enrolled, "review/")["Location"].endswith("/today/")
    assert "care--emergency" in page(hers, enrolled, "today/").content.decode()


def test_what_is_known_is_ticked_already_in_the_weekly_signs(client, guest):
    now = timezone.now()
    answer_intake(guest, {**CLASSIC, "sx": ["numb_arm"]}, now)
    program.enrol(guest, intake.outcome(guest, now).program, now)
    text = page(seen_by(client, guest), guest, "review/signs/this-week-signs/").content.decode()
    assert re.search(r'value="numb_arm" checked', text)


def test_medicines_and_falls_are_asked_again_every_four_weeks(client, guest):
    now = timezone.now()
    then = now - timedelta(days=28)
    answer_intake(guest, {**CLASSIC, "hx": ["smoker"]}, then)
    program.enrol(guest, intake.outcome(guest, then).program, then)
    program.report(guest, SessionDone((now - timedelta(days=2)).date(), 2, 2, 4), now)
    seen_by(client, guest)
    assert "Has anything changed?" in page(client, guest, "today/").content.decode()
    asked = []
    while (address := page(client, guest, "still-so/")["Location"]).count("/") == 5:
        asked.append(address.split("/")[-2])
        text = client.get(address).content.decode()
        assert re.search(r'name="keys"[^>]*checked', text), "the last answer is ticked"
        client.post(address, {"keys": ["fall_recent"] if "falls" in address else ["smoker"]})
        assert len(asked) < 5, "the questions do not end"
    assert asked == ["history-heart-medicines", "history-falls-checks"]
    text = page(client, guest, "today/").content.decode()
    assert "Has anything changed?" not in text
    assert "something new has come up" in text, "a fall is news"


def test_answers_of_four_weeks_ago_open_no_program(client, guest):
    then = timezone.now() - timedelta(days=29)
    answer_intake(guest, CLASSIC, then)
    seen_by(client, guest)
    text = page(client, guest, "result/").content.decode()
    assert "Start this program" not in text
    assert "/safety-questions/" in text
    with pytest.raises(program.NotOffered):
        program.enrol(guest, "lumbar-facet-joint-pain", timezone.now())
    answer_safety_questions(client, guest)
    assert "Start this program" in page(client, guest, "result/").content.decode()


def test_none_of_these_is_ticked_when_an_answer_is_changed_that_was_none(client, guest):
    answer_intake(guest, CLASSIC, timezone.now())
    text = page(seen_by(client, guest), guest, "intake/danger-nerves/").content.decode()
    assert re.search(r'value="none-of-these" checked', text)
    text = page(client, guest, "intake/worse/").content.decode()
    assert not re.search(r'value="none-of-these" checked', text)
