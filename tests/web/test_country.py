"""The country is asked, never guessed, and its emergency number is the one that is shown (H24)."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone
from people import make_person
from services.answering import answer_intake
from web.visiting import DANGER, page, seen_by

from recoup.library import load
from recoup.services import people

EMERGENCY = load().emergency
ANYWHERE = "112, 911 or 999, or your local emergency number"


def started(client: Client, **said: str):
    answer = client.post("/", {"agreed": "agreed", "time_zone": "Europe/London", **said})
    return people.Person.objects.get(pk=answer["Location"].split("/")[2])


def test_the_country_is_what_was_chosen_and_never_guessed(client: Client, db):
    assert started(client, country="gb").country == "gb"
    assert started(client).country == "", "a clock in London says nothing about where one is"
    assert started(client, country="").country == ""
    answer = client.post("/", {"agreed": "agreed", "country": "atlantis"})
    assert answer.status_code == 422
    assert "Choose from the list" in answer.content.decode()
    text = client.get("/").content.decode()
    assert '<option value="" selected>' in text
    assert text.count(" selected>") == 1


def test_an_emergency_shows_the_number_of_the_country(client: Client, db):
    ana = make_person(country="gb")
    answer_intake(ana, DANGER, timezone.now())
    seen_by(client, ana)
    for path in ("result/", "safety/"):
        text = page(client, ana, path).content.decode()
        assert 'href="tel:999"' in text, path
        assert ANYWHERE not in text, path
        assert "Emergency number: United Kingdom" in text, path
        assert "Somewhere else now?" in text, path


def test_without_a_country_the_three_numbers_are_offered(client: Client, db):
    ana = make_person()
    answer_intake(ana, DANGER, timezone.now())
    text = page(seen_by(client, ana), ana, "result/").content.decode()
    for number in ("112", "911", "999"):
        assert f'href="tel:{number}"' in text
    assert ANYWHERE in text
    assert "Choose your country" in text


def test_the_country_can_be_changed_and_taken_back(client: Client, db):
    ana = make_person(country="gb")
    address = f"/p/{ana.pk}/country/"
    seen_by(client, ana)
    assert '<option value="gb" selected>' in client.get(address).content.decode()
    assert client.post(address, {"country": "no"}).status_code == 302
    assert 'href="tel:113"' in page(client, ana, "safety/").content.decode()
    assert client.post(address, {"country": "narnia"}).status_code == 422
    assert client.post(address, {"country": ""}).status_code == 302
    ana.refresh_from_db()
    assert ana.country == ""
    assert people.export(ana)["person"]["country"] == ""


def test_nothing_dials_by_itself(client: Client, db):
    ana = make_person(country="gb")
    answer_intake(ana, DANGER, timezone.now())
    text = page(seen_by(client, ana), ana, "result/").content.decode()
    assert "http-equiv" not in text
    link = '<a class="button button--wide button--call" href="tel:'
    assert text.count("tel:") == text.count(link) == 1


def test_the_worker_hears_whose_number_to_show(client: Client, db):
    ana = make_person(country="nz")
    answer_intake(ana, DANGER, timezone.now())
    answer = page(seen_by(client, ana), ana, "result/")
    assert (answer["Recoup-Country"], answer["Recoup-Care"]) == ("nz", "emergency")
