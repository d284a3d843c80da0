"""The three modes: preview shows all, education ranks and chooses nothing, supervised names who
is responsible and waits for a clinician."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from services.answering import CLASSIC, answer_intake
from web.visiting import DANGER, page, seen_by

from recoup.model.event import Cleared
from recoup.services import clearance, intake, people, program

FACET = "lumbar-facet-joint-pain"
CLINIC = "Hill Road Clinic"


@pytest.fixture
def education(settings):
    settings.MODE = "education"


@pytest.fixture
def supervised(settings):
    settings.MODE, settings.ORGANISATION = "supervised", CLINIC


@pytest.fixture
def answered(client: Client, guest):
    answer_intake(guest, CLASSIC, timezone.now())
    seen_by(client, guest)
    return guest


def read(client: Client, person, path: str) -> str:
    return page(client, person, path).content.decode()


def test_education_ranks_no_pattern_and_chooses_no_program(client, answered, education):
    text = read(client, answered, "result/")
    for ranked in ("could fit", "fits well", "What speaks for it", "These can feel the same",
                   "facet-joint pattern. Several", "Start this program"):
        assert ranked not in text, ranked
    assert "Routines for where it hurts" in text
    assert "are often told" in text
    assert "Nothing in your answers needs urgent care today" in text
    for path in ("compare/", "start-with/"):
        assert page(client, answered, path)["Location"].endswith("/result/")
    assert page(client, answered, f"program/choose/{FACET}/").status_code == 404
    assert "Patterns the answers are consistent with" not in read(client, answered, "summary/")


def test_in_education_the_person_picks_and_nothing_starts_by_itself(client, answered, education):
    start = f"/p/{answered.pk}/program/start/"
    assert client.post(start)["Location"].endswith("/result/")
    assert client.post(start, {"program": FACET})["Location"].endswith("/today/")
    assert "What to expect" not in read(client, answered, "program/"), "no claim of an outcome"
    line = "General information and exercise routines for adults"
    assert line in read(client, answered, "today/")


def test_education_keeps_every_red_flag_and_its_page(client, guest, education):
    answer_intake(guest, DANGER, timezone.now())
    text = read(seen_by(client, guest), guest, "result/")
    assert "care--emergency" in text
    assert "Why am I seeing this?" in text
    answer = client.post(f"/p/{guest.pk}/program/start/", {"program": FACET})
    assert answer["Location"].endswith("/result/")


def test_supervised_names_who_is_responsible_on_every_page(client, answered, supervised):
    for path in ("result/", "answers/", "summary/", "safety/"):
        assert CLINIC in read(client, answered, path), path
    for path in ("/", "/about/", "/safety/"):
        assert CLINIC in client.get(path).content.decode(), path
    assert "Not yet clinically reviewed: for trying out" not in read(client, answered, "result/")


def test_supervised_waits_for_a_clinician_and_then_starts(client, answered, supervised):
    text = read(client, answered, "result/")
    assert "A clinician agrees first" in text
    assert "Start this program" not in text
    assert "Write down their OK" in text
    now = people.now_for(answered)
    with pytest.raises(program.NotOffered):
        program.enrol(answered, FACET, now)
    rules = clearance.asked(answered, now).rules
    clearance.record(answered, Cleared("Ben, physiotherapist", date.today(), rules), now)
    assert "Start this program" in read(client, answered, "result/")
    program.enrol(answered, FACET, now)
    assert program.overview(answered, now).program.id == FACET


def test_preview_offers_what_fits_and_says_that_nobody_has_signed(client, answered):
    text = read(client, answered, "result/")
    assert "could fit" in text
    assert "Not yet clinically reviewed: for trying out, not for real care." in text
    assert intake.outcome(answered, timezone.now()).program == FACET
