"""Pain in several places: the person chooses one to start with and sees why."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone
from services.answering import CLASSIC, answer_intake
from web.visiting import page, seen_by

from recoup.services import program

BACK_AND_KNEE = {**CLASSIC, "sites": ["low_back", "knee_front"],
                 "agg": [*CLASSIC["agg"], "stairs_down", "squat"]}


def test_each_place_is_offered_with_its_reasons_and_what_is_shared(client: Client, guest):
    answer_intake(guest, BACK_AND_KNEE, timezone.now())
    seen_by(client, guest)
    result = page(client, guest, "result/").content.decode()
    assert "Choose where to start" in result
    assert "Knee osteoarthritis" not in result, "a knee is no look-alike of a back"
    text = page(client, guest, "start-with/").content.decode()
    assert text.index("Low back") < text.index("Front of the knee")
    assert text.count("We suggest this one first") == 1
    assert "More of your answers speak about this part" in text
    assert "When the first has been steady for two weeks, you can add a second." in text
    assert "We start where you hurt most and watch the others." in text
    assert "Start with this: Low back" in text


def test_the_chosen_part_is_what_starts(client: Client, guest):
    answer_intake(guest, BACK_AND_KNEE, timezone.now())
    seen_by(client, guest)
    sent = {"program": "lumbar-facet-joint-pain"}
    answer = client.post(f"/p/{guest.pk}/program/start/", sent)
    assert answer["Location"].endswith("/today/")
    assert program.overview(guest, timezone.now()).program.id == sent["program"]


def test_one_sore_part_shows_no_choice(client: Client, guest):
    answer_intake(guest, CLASSIC, timezone.now())
    seen_by(client, guest)
    assert "Choose where to start" not in page(client, guest, "result/").content.decode()
    assert page(client, guest, "start-with/")["Location"].endswith("/result/")


def test_a_danger_sign_leaves_no_choice(client: Client, guest):
    answer_intake(guest, {**BACK_AND_KNEE, "sx": ["saddle_numb"]}, timezone.now())
    seen_by(client, guest)
    assert page(client, guest, "start-with/")["Location"].endswith("/result/")


def test_pain_all_over_is_a_part_of_its_own_and_deserves_an_assessment(client: Client, guest):
    said = {**CLASSIC, "sites": ["low_back", "neck", "knee_front"], "duration_weeks": 100,
            "sx": ["pain_many_areas", "fatigue_marked"]}
    answer_intake(guest, said, timezone.now())
    seen_by(client, guest)
    assert "All over your body" in page(client, guest, "start-with/").content.decode()
    text = page(client, guest, "result/").content.decode()
    assert "Pain in several areas deserves one proper assessment" in text
