"""What the answers mean, and what a clinician said of it, on the page."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from services.answering import CLASSIC, answer_intake
from web.visiting import DANGER, page, seen_by

from recoup.services import intake

OK = {"entered": "person", "by": "Dr Lee", "role": "doctor", "known": ["RF-SP-08"]}


def test_a_clinicians_ok_is_written_down_with_who_when_and_for_what(client, guest):
    now = timezone.now()
    answer_intake(guest, {**CLASSIC, "hx": ["thoracic_disc_known"]}, now)
    seen_by(client, guest)
    text = page(client, guest, "result/").content.decode()
    assert "Has a clinician said that you may exercise?" in text
    assert "Start this program" not in text
    address = f"/p/{guest.pk}/clearance/"
    assert client.post(address, {}).status_code == 422
    told = client.post(address, {**OK, "day": "2001-01-01"})
    assert told.status_code == 422
    assert "an older OK is not about this" in told.content.decode()
    assert client.post(address, {**OK, "day": now.date().isoformat()}).status_code == 302
    text = page(client, guest, "result/").content.decode()
    for words in ("Cleared for exercise", "Dr Lee, doctor", "RF-SP-08", "Start this program"):
        assert words in text, words
    assert page(client, guest, "clearance/")["Location"].endswith("/result/")


def test_an_ok_must_cover_everything_it_would_open(client, guest):
    now = timezone.now()
    said = {**CLASSIC, "hx": ["thoracic_disc_known", "recent_surgery_6w"]}
    answer_intake(guest, said, now)
    seen_by(client, guest)
    sent = {**OK, "day": now.date().isoformat()}
    answer = client.post(f"/p/{guest.pk}/clearance/", sent)
    assert answer.status_code == 422
    assert "knew about all of these" in answer.content.decode()


def test_an_emergency_has_no_page_for_an_ok(client, guest):
    answer_intake(guest, {**DANGER, "hx": ["thoracic_disc_known"]}, timezone.now())
    seen_by(client, guest)
    assert page(client, guest, "clearance/")["Location"].endswith("/result/")
    assert "clearance" not in page(client, guest, "result/").content.decode()



STENOSIS = {
    **CLASSIC, "agg": ["stand_long", "walk", "bend_back"], "ease": ["sit", "bend_forward"],
    "age": 70, "spread": "below_knee", "sites": ["low_back", "buttock", "thigh_back"],
    "sx": ["walk_leg_pain_eased_by_sit_or_lean"], "duration_weeks": 60,
}


def test_a_pregnancy_at_ninety_gets_a_friendly_question(client, guest):
    now = timezone.now()
    answer_intake(guest, {**CLASSIC, "sex": "female", "age": 30, "pregnant": "yes"}, now)
    seen_by(client, guest)
    assert "Please look at this again" not in page(client, guest, "answers/").content.decode()
    client.post(f"/p/{guest.pk}/intake/age/", {"age": "90"})
    text = page(client, guest, "answers/").content.decode()
    assert "Please look at this again" in text
    assert "Are both right?" in text
    for question in ("age", "pregnant"):
        assert f'/intake/{question}/">Change:' in text


def test_three_hundred_weeks_of_pregnancy_are_asked_again(client, guest):
    answer_intake(guest, {**CLASSIC, "sex": "female", "age": 30, "pregnant": "yes"},
                  timezone.now())
    seen_by(client, guest)
    answer = client.post(
        f"/p/{guest.pk}/intake/weeks-pregnant/", {"gestation_weeks": "300"}
    )
    assert answer.status_code == 422
    assert "1 to 43" in answer.content.decode()


def test_patterns_that_feel_the_same_stand_side_by_side(client, guest):
    answer_intake(guest, CLASSIC, timezone.now())
    text = page(seen_by(client, guest), guest, "compare/").content.decode()
    assert "<table" in text
    assert "Better with: sitting down" in text
    for word in ("for", "says nothing"):
        assert word in text
    assert "%" not in text


def test_another_allowed_program_says_what_choosing_it_means(client, guest):
    now = timezone.now()
    answer_intake(guest, STENOSIS, now)
    seen_by(client, guest)
    text = page(client, guest, "result/").content.decode()
    assert "You may choose another program" in text
    address = "program/choose/lumbar-facet-joint-pain/"
    text = page(client, guest, address).content.decode()
    assert "What it means to choose this" in text
    assert "point more to another pattern" in text
    started = client.post(
        f"/p/{guest.pk}/program/start/", {"program": "lumbar-facet-joint-pain"}
    )
    assert started["Location"].endswith("/today/")


def test_a_program_that_is_not_allowed_cannot_be_chosen(client, guest):
    answer_intake(guest, DANGER, timezone.now())
    seen_by(client, guest)
    address = f"/p/{guest.pk}/program/"
    assert client.get(f"{address}choose/lumbar-facet-joint-pain/").status_code == 404
    answer = client.post(f"{address}start/", {"program": "lumbar-facet-joint-pain"})
    assert answer["Location"].endswith("/result/")


@pytest.mark.parametrize("sx", [[], ["saddle_numb"], ["unwell"], ["weak_leg"]])
def test_the_summary_names_rules_reasons_and_what_was_said(client, guest, sx):
    now = timezone.now()
    answer_intake(guest, {**CLASSIC, "sx": sx}, now)
    text = page(seen_by(client, guest), guest, "summary/").content.decode()
    found = intake.outcome(guest, now)
    for flag in found.triage.flags:
        assert flag.id in text
        assert flag.suspected.split("(")[0].strip() in text.replace("&#x27;", "'")
    assert "56 years" in text or sx == ["saddle_numb"]
    assert found.triage.flags or "No rule fired" in text


def test_the_body_has_a_picture_and_a_list_for_the_same_places(client, guest):
    answer_intake(guest, CLASSIC, timezone.now())
    text = page(seen_by(client, guest), guest, "intake/sites/").content.decode()
    linked = set(re.findall(r'<a href="#(place-\w+)"', text))
    assert linked == set(re.findall(r'id="(place-\w+)"', text))
    assert len(linked) == 10
