"""Pages: who may see them, what they cost, what they show in each state."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from services.answering import CLASSIC, answer_intake
from web.visiting import DANGER, answer_the_week, page, seen_by

from recoup.model.event import ExerciseDone, SessionDone
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
