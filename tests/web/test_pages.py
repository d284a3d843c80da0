"""Pages: who may see them, what they cost, what they show in each state."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from services.answering import CLASSIC, answer_intake

from recoup.model.event import ExerciseDone, SessionDone, Symptom
from recoup.services import intake, people, program

QUERIES = 4
PERSON_PAGES = (
    "", "intake/", "intake/age/", "answers/", "result/", "program/", "today/", "check/",
    "session/1/", "report/", "morning/", "review/", "review/result/", "history/", "safety/",
    "data/", "data/export/", "data/erase/", "safety-questions/", "still-so/",
    "still-so/history-falls-checks/",
    "safety-questions/danger-nerves/", "review/signs/this-week-signs/", "clearance/",
    "compare/", "summary/", "summary.pdf", "program/choose/lumbar-facet-joint-pain/",
    "country/", "start-with/", "figure/", "session-film/",
    "refer/gout/", "clearance/stage/", "history/correct/",
)
A_FILM = "session-film/0123456789abcdef0123456789abcdef.mp4"
DANGER = {**CLASSIC, "sx": ["saddle_numb"]}


def seen_by(client: Client, person) -> Client:
    """Let a browser's session see a person, as starting one does."""
    session = client.session
    session["people"] = [str(person.pk)]
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


@pytest.fixture
def enrolled(guest):
    """Somebody with today's session before them."""
    now = timezone.now()
    answer_intake(guest, CLASSIC, now)
    program.enrol(guest, intake.outcome(guest, now).program, now)
    return guest


@pytest.fixture
def checked(enrolled):
    now = timezone.now()
    program.check_in(enrolled, Symptom(now.date(), pain_now=3, slept_well=True), now)
    return enrolled


@pytest.fixture
def hers(client: Client, enrolled) -> Client:
    return seen_by(client, enrolled)


def page(client: Client, person, path: str):
    return client.get(f"/p/{person.pk}/{path}")


def answer_the_week(client: Client, person, **signs: list[str]) -> str:
    """Answer the weekly danger signs; return where that leads."""
    address = f"/p/{person.pk}/review/signs/"
    client.post(f"{address}this-week-signs/", {"keys": signs.get("keys", ["none-of-these"])})
    answer = client.post(f"{address}this-week-night/", {"course": "improving", "night": "none"})
    return answer["Location"]


@pytest.mark.parametrize("path", [*PERSON_PAGES, A_FILM])
def test_a_stranger_gets_404(client: Client, cleo, enrolled, ana_herself, path: str):
    assert page(client, enrolled, path).status_code == 404
    client.force_login(cleo)
    assert page(client, enrolled, path).status_code == 404
    assert page(client, ana_herself, path).status_code == 404


@pytest.mark.parametrize("path", [
    "program/start/", "program/advance/", "session/1/", "report/", "figure/", "session-film/",
    "program/again/", "program/add/knee-osteoarthritis/",
])  # fmt: skip
def test_a_stranger_cannot_write(client: Client, cleo, enrolled, path: str):
    client.force_login(cleo)
    assert client.post(f"/p/{enrolled.pk}/{path}").status_code == 404


def test_the_owner_sees_her_own_without_a_session_grant(client: Client, ana, ana_herself):
    client.force_login(ana)
    assert page(client, ana_herself, "intake/age/").status_code == 200


@pytest.mark.parametrize("path", PERSON_PAGES)
def test_no_page_asks_the_database_more_than_four_times(
    hers: Client, checked, path: str, django_assert_max_num_queries
):
    with django_assert_max_num_queries(QUERIES):
        assert page(hers, checked, path).status_code in (200, 302)


@pytest.mark.parametrize("path", [
    "/", "/about/", "/safety/", "/away/", "/library/", "/library/?find=knee",
    "/library/programs/knee-osteoarthritis/", "/library/see-a-clinician/gout/",
    "/library/exercises/marching-bridge/", "/library/exercises/chin-nod-lying/",
])
def test_public_pages_need_no_database(client: Client, path: str):
    assert client.get(path).status_code == 200  # without the db fixture any query fails


def test_every_page_carries_the_standing_line_but_the_one_to_leave_by(hers: Client, checked):
    line = "Not yet clinically reviewed: for trying out, not for real care."
    for path in PERSON_PAGES:
        answer = page(hers, checked, path)
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            assert line in answer.content.decode(), path
    assert line not in hers.get("/away/").content.decode()


def test_nothing_of_a_person_stays_in_a_cache(hers: Client, checked):
    for path in PERSON_PAGES:
        assert "no-store" in page(hers, checked, path)["Cache-Control"], path


def test_starting_needs_the_agreement(client: Client, db):
    answer = client.post("/", {"time_zone": "Europe/Madrid"})
    assert answer.status_code == 422
    assert "Please read this first" in answer.content.decode()
    answer = client.post("/", {"agreed": "agreed", "time_zone": "Europe/Madrid"})
    assert answer.status_code == 302
    home = client.get(answer["Location"])
    assert re.fullmatch(r"/p/[0-9a-f-]{36}/intake/", home["Location"])
    assert "Carry on" in client.get("/").content.decode()


def test_what_was_posted_wrong_is_kept_with_an_error_that_leads_to_it(client: Client, guest):
    seen_by(client, guest)
    answer = client.post(f"/p/{guest.pk}/intake/age/", {"age": "abc"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="abc"' in text
    assert '<a href="#id_age">' in text
    assert 'id="id_age"' in text


def test_not_sure_shows_each_sign_alone(client: Client, guest):
    seen_by(client, guest)
    address = f"/p/{guest.pk}/intake/danger-nerves/"
    answer = client.post(address, {"keys": ["foot_drop", "not-sure"]})
    text = answer.content.decode()
    assert "one at a time" in text
    assert re.search(r'name="each-foot_drop"[^>]*value="yes" checked', text)
    options = re.findall(r'name="(each-[a-z_0-9]+)"', text)
    given = dict.fromkeys(options, "no") | {"each": "yes", "each-foot_drop": "not-sure"}
    assert client.post(address, given).status_code == 302
    said = intake.at(guest, "danger-nerves").answers
    assert said.unsure == {"foot_drop"}
    assert not said.sx


def test_an_unknown_question_is_not_found(client: Client, guest):
    seen_by(client, guest)
    assert page(client, guest, "intake/favourite-colour/").status_code == 404


def test_an_emergency_shows_the_red_card_and_no_way_on(client: Client, guest):
    answer_intake(guest, DANGER, timezone.now())
    seen_by(client, guest)
    text = page(client, guest, "result/").content.decode()
    assert "care--emergency" in text
    assert "Call 112, 911 or 999" in text
    assert "Why am I seeing this?" in text
    assert "Start this program" not in text
    assert "Facet" not in text
    answer = client.post(f"/p/{guest.pk}/program/start/")
    assert answer["Location"].endswith("/result/")
    assert page(client, guest, "today/")["Location"].endswith(f"/p/{guest.pk}/")


def test_the_result_uses_the_approved_words_and_no_percentages(client: Client, guest):
    answer_intake(guest, CLASSIC, timezone.now())
    text = page(seen_by(client, guest), guest, "result/").content.decode()
    assert "Your answers are consistent with a facet-joint pattern" in text
    assert "No questionnaire can tell exactly which structure hurts" in text
    assert "%" not in text


def test_an_unfinished_screen_offers_to_finish_it(client: Client, guest):
    text = page(seen_by(client, guest), guest, "result/").content.decode()
    assert "We have not asked enough yet" in text
    assert "Start this program" not in text


def test_the_session_waits_for_the_check(hers: Client, enrolled):
    assert page(hers, enrolled, "session/1/")["Location"].endswith("/check/")


def test_a_new_danger_sign_stops_the_session(hers: Client, enrolled):
    sent = {"keys": ["saddle_numb"], "pain_now": "3", "slept_well": "yes"}
    answer = hers.post(f"/p/{enrolled.pk}/check/", sent)
    assert answer["Location"].endswith("/today/")
    text = page(hers, enrolled, "today/").content.decode()
    assert "care--emergency" in text
    assert "Start" not in re.findall(r'class="button"[^>]*>([^<]*)', text)
    assert page(hers, enrolled, "session/1/")["Location"].endswith("/today/")


def test_the_guided_exercise_says_everything_needed(hers: Client, checked):
    text = page(hers, checked, "session/1/").content.decode()
    for words in ("<recoup-timer>", "Step by step", "Breathe", "When to stop", "/10 that settles"):
        assert words in text, words
    assert page(hers, checked, "session/99/").status_code == 404


def test_leaving_an_exercise_out_needs_a_reason(hers: Client, checked):
    address = f"/p/{checked.pk}/session/1/"
    answer = hers.post(address, {"result": "skipped"})
    assert answer.status_code == 422
    assert "Choose why you leave it out" in answer.content.decode()
    answer = hers.post(address, {"result": "skipped", "reason": "time"})
    assert answer["Location"].endswith("/session/2/")


@pytest.fixture
def finished(checked):
    now = timezone.now()
    for slot in program.today(checked, now).session.slots:
        done = ExerciseDone(now.date(), slot.slot, slot.exercise, "done")
        program.finish_exercise(checked, done, now)
    return checked


def test_today_follows_the_session(hers: Client, finished):
    text = page(hers, finished, "today/").content.decode()
    assert "All exercises done" in text
    assert "Say how it went" in text
    sent = {"during": "2", "after": "1", "effort": "4", "hurt": "none", "new": "no",
            "moved": "same"}
    answer = hers.post(f"/p/{finished.pk}/report/", sent)
    assert answer["Location"].endswith("/today/")
    text = page(hers, finished, "today/").content.decode()
    assert "Done for today" in text
    assert "Tomorrow" in text
    assert page(hers, finished, "report/")["Location"].endswith("/today/")


def test_something_new_after_the_session_leads_to_the_check(hers: Client, finished):
    sent = {"during": "2", "after": "1", "effort": "4", "hurt": "none", "new": "yes",
            "moved": "same"}
    answer = hers.post(f"/p/{finished.pk}/report/", sent)
    assert answer["Location"].endswith("/check/")


def test_the_morning_and_the_week_are_due(client: Client, guest):
    then = timezone.now() - timedelta(days=8)
    answer_intake(guest, CLASSIC, then)
    program.enrol(guest, intake.outcome(guest, then).program, then)
    yesterday = timezone.now() - timedelta(days=1)
    program.report(guest, SessionDone(yesterday.date(), 2, 2, 4), yesterday)
    text = page(seen_by(client, guest), guest, "today/").content.decode()
    assert "How is this morning?" in text
    assert "Time for your weekly review" in text
    answer = client.post(
        f"/p/{guest.pk}/morning/", {"pain": "3", "stiffness": "10", "settled": "yes"}
    )
    assert answer["Location"].endswith("/today/")
    assert "How is this morning?" not in page(client, guest, "today/").content.decode()


def test_the_weekly_review_says_what_is_met(hers: Client, enrolled):
    answer_the_week(hers, enrolled)
    text = page(hers, enrolled, "review/").content.decode()
    names = dict.fromkeys(re.findall(r'name="((?:activity|gate)-[a-z0-9-]+)"', text), "3")
    sent = {"average": "3", "change": "1", "distressed": "no", "off_work": "no", **names}
    answer = hers.post(f"/p/{enrolled.pk}/review/", sent)
    assert answer["Location"].endswith("/review/result/")
    text = page(hers, enrolled, "review/result/").content.decode()
    assert "You stay in this phase for now" in text
    assert "Met" in text


def test_the_history_is_read_in_pages(hers: Client, enrolled):
    for text in ("", "0", "-1", "99", "x", "²"):
        assert hers.get(f"/p/{enrolled.pk}/history/", {"page": text}).status_code == 200


def test_a_copy_can_be_taken_and_all_be_erased(hers: Client, enrolled):
    answer = page(hers, enrolled, "data/export/")
    assert answer["Content-Disposition"] == 'attachment; filename="recoup.json"'
    assert answer.json()["person"]["id"] == str(enrolled.pk)
    assert answer.json()["events"]
    assert page(hers, enrolled, "data/erase/").status_code == 200
    assert page(hers, enrolled, "data/").status_code == 200, "asking does not erase"
    assert hers.post(f"/p/{enrolled.pk}/data/erase/")["Location"] == "/"
    assert page(hers, enrolled, "data/").status_code == 404
    assert "Carry on" not in hers.get("/").content.decode()


def test_times_are_on_the_persons_own_clock(client: Client, db):
    person = people.start("Pacific/Kiritimati")  # UTC+14
    now = people.now_for(person)
    answer_intake(person, CLASSIC, now)
    program.enrol(person, intake.outcome(person, now).program, now)
    text = page(seen_by(client, person), person, "history/").content.decode()
    assert f">{now:%H:%M}<" in text
    assert f"{now:%A} {now.day} {now:%B}" in text


@pytest.fixture
def plainly(settings) -> None:
    """As in earnest: without Django's own error pages."""
    settings.DEBUG = False


def test_the_lost_find_back(client: Client, plainly, db):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "This page is resting" in answer.content.decode()


def test_a_failure_is_told_plainly(client: Client, plainly, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("recoup.web.views.safety._version", lambda: 1 / 0)
    answer = client.get("/about/")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()


def test_a_page_left_open_too_long_says_so(plainly, guest):
    strict = Client(enforce_csrf_checks=True)
    answer = seen_by(strict, guest).post(f"/p/{guest.pk}/intake/age/", {"age": "52"})
    assert answer.status_code == 403
    assert "Please try that again" in answer.content.decode()


# Safety questions again

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


# What a clinician said

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


# Outcomes

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
