"""Pages of what the engine can do: limits of a day, flare-ups, reviews, the end, two programs."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from services.answering import CLASSIC, answer_intake
from web.visiting import page, seen_by

from recoup.model.answers import Activity
from recoup.model.event import (
    Cleared,
    Enrolled,
    ExerciseDone,
    MorningReport,
    SessionDone,
    Symptom,
    WeeklyReview,
)
from recoup.records import log
from recoup.services import adding, diary, intake, people, program, shelf, weekly

FACET = "lumbar-facet-joint-pain"
KNEE = "knee-osteoarthritis"
DAY = timedelta(days=1)
GOUT = {
    "age": 62, "sex": "male", "sites": ["big_toe_joint"], "side": "right", "spread": "none",
    "onset": "sudden_no_cause", "duration_weeks": 1, "course": "improving",
    "sx": ["sudden_big_toe_attack", "hot_red_joint"], "hx": ["gout_known"], "agg": ["walk"],
    "night": "none", "pain_now": 5, "pain_avg": 5, "pain_worst": 6, "settle_time": "hours",
}
CHECK = {"keys": ["none-of-these"], "pain_now": "3", "slept_well": "yes"}
BACK_AND_KNEE = {
    **CLASSIC, "sites": ["low_back", "knee_front", "knee_inner"], "age": 66,
    "agg": ["bend_back", "rotate", "stand_long", "walk", "stairs_down", "squat"],
    "sx": ["grinding"],
}


def enrol(person, said, now, **more):
    answer_intake(person, said, now)
    program.enrol(person, intake.outcome(person, now).program, now, **more)


@pytest.fixture
def hers(client: Client, guest) -> Client:
    return seen_by(client, guest)


def text_of(client: Client, person, path: str) -> str:
    answer = page(client, person, path)
    assert answer.status_code == 200, answer.get("Location")
    return answer.content.decode()


def tell(person, data, now):
    return diary.append(person, diary.read(person), data, now)


# Today

def test_less_time_today_makes_the_session_shorter_and_says_so(hers, guest):
    enrol(guest, CLASSIC, timezone.now())
    text = text_of(hers, guest, "check/")
    assert "Change today" in text
    assert 'name="missing"' in text
    before = program.today(guest, people.now_for(guest)).session.minutes
    hers.post(f"/p/{guest.pk}/check/", {**CHECK, "minutes": "6"})
    today = program.today(guest, people.now_for(guest)).session
    assert today.minutes <= 6 < before
    assert "6 minutes" in text_of(hers, guest, "today/")
    again = text_of(hers, guest, "check/")
    assert re.search(r'name="minutes"[^>]*value="6" checked', again), "what was said is kept"


def test_standing_only_leaves_nothing_to_lie_on(hers, guest):
    enrol(guest, CLASSIC, timezone.now())
    hers.post(f"/p/{guest.pk}/check/", {**CHECK, "place": "standing"})
    today = program.today(guest, people.now_for(guest))
    assert {today.exercises[one.exercise].position for one in today.session.slots} == {"standing"}


def test_missed_days_are_asked_about_once_and_answered(hers, guest):
    then = timezone.now() - 9 * DAY
    enrol(guest, CLASSIC, then)
    program.report(guest, SessionDone(then.date(), 2, 1, 4), then)
    assert "What got in the way?" in text_of(hers, guest, "check/")
    hers.post(f"/p/{guest.pk}/check/", {**CHECK, "missed_because": "forgot"})
    assert "What got in the way?" not in text_of(hers, guest, "check/")
    assert "morning coffee" in text_of(hers, guest, "history/")


def test_one_missed_day_is_not_asked_about(hers, guest):
    then = timezone.now() - 2 * DAY
    enrol(guest, CLASSIC, then)
    program.report(guest, SessionDone(then.date(), 2, 1, 4), then)
    assert "What got in the way?" not in text_of(hers, guest, "check/")


# During and after the session

def test_harder_is_refused_with_a_reason_before_a_green_session(hers, guest):
    enrol(guest, CLASSIC, timezone.now())
    hers.post(f"/p/{guest.pk}/check/", CHECK)
    answer = hers.post(f"/p/{guest.pk}/session/1/", {"result": "harder"})
    assert answer["Location"].endswith("/session/1/?asked=harder")
    text = hers.get(answer["Location"]).content.decode()
    assert "You can make it harder once a session was all green." in text
    assert "once a session was all green" not in text_of(hers, guest, "session/1/")


def test_harder_after_a_green_session_changes_the_dose_and_says_what(hers, guest):
    now = people.now_for(guest)
    enrol(guest, CLASSIC, now - DAY)
    program.report(guest, SessionDone((now - DAY).date(), 1, 0, 3), now - DAY)
    program.morning(guest, MorningReport(now.date(), 3, 5, settled=True), now)
    hers.post(f"/p/{guest.pk}/check/", CHECK)
    said, number = "", 0
    while number < len(program.today(guest, now).session.slots):
        number += 1
        answer = hers.post(f"/p/{guest.pk}/session/{number}/", {"result": "harder"})
        said += hers.get(answer["Location"]).content.decode()
    assert "because you chose it" in said


def test_the_report_of_a_back_asks_where_the_pain_went_and_twice_further_stops(hers, guest):
    now = people.now_for(guest)
    enrol(guest, CLASSIC, now - 2 * DAY)
    program.report(
        guest, SessionDone((now - 2 * DAY).date(), 2, 1, 4, moved="further"), now - 2 * DAY
    )
    hers.post(f"/p/{guest.pk}/check/", CHECK)
    for slot in program.today(guest, now).session.slots:
        done = ExerciseDone(now.date(), slot.slot, slot.exercise, "done")
        program.finish_exercise(guest, done, now)
    assert "Further down the leg" in text_of(hers, guest, "report/")
    sent = {"during": "2", "after": "1", "effort": "4", "hurt": "none", "new": "no"}
    assert hers.post(f"/p/{guest.pk}/report/", sent).status_code == 422
    hers.post(f"/p/{guest.pk}/report/", {**sent, "moved": "further"})
    assert "moved further down twice" in text_of(hers, guest, "history/")
    assert "safety questions" in text_of(hers, guest, "today/")


# A flare-up

def test_a_flare_up_that_was_told_shows_its_day_the_plan_and_the_way_back(hers, guest):
    enrol(guest, CLASSIC, timezone.now())
    assert "It feels like a flare-up" in text_of(hers, guest, "today/")
    sent = {"pain": "6", "stiffness": "20", "settled": "no", "flare": "flare"}
    hers.post(f"/p/{guest.pk}/morning/", sent)
    text = text_of(hers, guest, "today/")
    for words in ("You are in a flare-up", "Day 1", "First three days", "Not better after a week"):
        assert words in text, words
    assert "It feels like a flare-up" not in text


def test_a_second_word_on_one_morning_counts_when_it_tells_of_a_flare_up(hers, guest):
    enrol(guest, CLASSIC, timezone.now())
    sent = {"pain": "4", "stiffness": "5", "settled": "yes"}
    hers.post(f"/p/{guest.pk}/morning/", sent)
    hers.post(f"/p/{guest.pk}/morning/", {**sent, "flare": "flare"})
    assert "You are in a flare-up" in text_of(hers, guest, "today/")


def test_a_flare_up_that_falls_brings_the_program_back_by_its_share(hers, guest):
    now = people.now_for(guest)
    enrol(guest, CLASSIC, now - 4 * DAY)
    tell(guest, MorningReport((now - 4 * DAY).date(), 8, flare=True), now - 4 * DAY)
    tell(guest, Symptom(now.date(), pain_now=6, slept_well=True), now)
    text = text_of(hers, guest, "today/")
    assert "The flare-up is settling" in text
    assert "60 percent" in text
    assert "Day 5" in text


# The week

def test_what_a_review_decides_is_shown_with_its_reasons(hers, guest):
    now = people.now_for(guest)
    enrol(guest, CLASSIC, now - 15 * DAY)
    program.report(guest, SessionDone((now - DAY).date(), 2, 1, 4), now - DAY)
    said = WeeklyReview(now.date(), average=8, change=-3, distressed=True, off_work=True)
    weekly.review(guest, said, now)
    text = text_of(hers, guest, "review/result/")
    for words in ("up from 4", "It weighs on you a lot", "missed work", "Another program"):
        assert words in text, words


@pytest.fixture
def able(guest):
    """Somebody in the last phase who does well and may finish."""
    now = people.now_for(guest)
    start = now - 40 * DAY
    answer_intake(guest, CLASSIC, start)
    phase = shelf.current().programs[FACET].phases[-1].id
    tell(guest, Enrolled(FACET, shelf.keep_current(), phase), start)
    abilities = (Activity("Gardening", 9),)
    for week in range(5):
        at = start + (week * 7 + 7) * DAY
        tell(guest, SessionDone((at - DAY).date(), 1, 0, 4), at - DAY)
        tell(guest, WeeklyReview(at.date(), 1, 4, abilities), at)
    return guest


def test_who_does_well_may_finish_and_may_come_back(hers, able):
    text = text_of(hers, able, "review/result/")
    assert "Finish the program" in text
    assert "Go on" in text
    hers.post(f"/p/{able.pk}/program/advance/", {"move": "on"})
    text = text_of(hers, able, "today/")
    assert "You finished the program" in text
    assert "Two short sessions a week" in text
    assert "It is back" in text


def test_a_return_asks_what_is_new_and_starts_in_phase_two(hers, able):
    hers.post(f"/p/{able.pk}/program/advance/", {"move": "on"})
    assert hers.post(f"/p/{able.pk}/program/again/")["Location"].endswith("/check/")
    assert program.overview(able, people.now_for(able)).phase.id == "P2"
    assert "You finished the program" not in text_of(hers, able, "today/")


def test_going_on_keeps_the_program(hers, able):
    hers.post(f"/p/{able.pk}/program/advance/", {"move": "stay"})
    assert "You finished the program" not in text_of(hers, able, "today/")
    assert "Finish the program" not in text_of(hers, able, "review/result/")


def test_a_look_back_is_due_a_month_after_the_end(hers, guest):
    now = people.now_for(guest)
    start = now - 60 * DAY
    answer_intake(guest, CLASSIC, start)
    tell(guest, Enrolled(FACET, shelf.keep_current(), "P4"), start)
    course = diary.read(guest).course
    assert course.phase == "P4"
    for week in range(5):
        at = start + (week * 7) * DAY
        tell(guest, SessionDone(at.date(), 1, 0, 4), at)
        tell(guest, WeeklyReview(at.date(), 1, 4, (Activity("Gardening", 9),)), at)
    assert diary.read(guest).course.may_finish
    weekly.advance(guest, start + 28 * DAY, yes=True)
    for days in (38, 45, 52, 59):  # two sessions a week are enough
        tell(guest, SessionDone((start + days * DAY).date(), 1, 0, 4), start + days * DAY)
    today = program.today(guest, now)
    assert today.finished
    assert today.review_due


# Enrolling

LOW = {**CLASSIC, "pain_worst": 3, "pain_avg": 2, "pain_now": 1, "settle_time": "minutes"}


def test_whose_pain_settles_fast_may_start_in_phase_two(hers, guest):
    now = timezone.now()
    answer_intake(guest, LOW, now)
    assert "Start in phase 2" in text_of(hers, guest, "result/")
    hers.post(f"/p/{guest.pk}/program/start/", {"skip_first": "yes"})
    assert program.overview(guest, now).phase.id == "P2"


def test_others_start_in_phase_one_whatever_is_sent(hers, guest):
    now = timezone.now()
    answer_intake(guest, CLASSIC, now)
    assert "Start in phase 2" not in text_of(hers, guest, "result/")
    hers.post(f"/p/{guest.pk}/program/start/", {"skip_first": "yes"})
    assert program.overview(guest, now).phase.id == "P1"


def test_a_phase_that_waits_for_a_clinician_is_never_skipped(guest):
    now = people.now_for(guest)
    answer_intake(guest, LOW, now)
    entry, programs = diary.read(guest), shelf.current().programs
    assert program.may_skip_first(entry, programs[FACET], now.date())
    for name in ("after-knee-surgery", "inflammatory-arthritis", "knee-cruciate-injury"):
        assert not program.may_skip_first(entry, programs[name], now.date()), name


# Several programs

@pytest.fixture
def two(guest):
    """Back and knee: three steady weeks with the back, and the knee since a day."""
    now = people.now_for(guest)
    start = now - 21 * DAY
    answer_intake(guest, BACK_AND_KNEE, start)
    tell(guest, Enrolled(FACET, shelf.keep_current()), start)
    for days in range(1, 21):
        at = start + days * DAY
        tell(guest, SessionDone(at.date(), 1, 0, 4), at)
    return guest


def test_a_second_program_is_offered_after_two_steady_weeks_and_shares_the_session(hers, two):
    now = people.now_for(two)
    offered = [one.id for one in adding.adding(two, now).programs]
    assert offered
    assert FACET not in offered
    text = text_of(hers, two, "program/")
    assert f"/program/add/{offered[0]}/" in text
    assert "at most six exercises" in text_of(hers, two, f"program/add/{offered[0]}/")
    hers.post(f"/p/{two.pk}/program/add/{offered[0]}/")
    today = program.today(two, now)
    owners = {one.slot.rpartition("/")[0] for one in today.session.slots}
    assert owners == {"", offered[0]}
    assert len([one for one in today.session.slots if not one.apart]) <= 6
    title = shelf.current().programs[offered[0]].title
    assert title in text_of(hers, two, "program/")
    assert title in text_of(hers, two, "today/")


def test_both_programs_keep_their_own_sessions_and_reviews(hers, two):
    now = people.now_for(two)
    second = adding.adding(two, now).programs[0].id
    adding.add(two, second, now)
    program.check_in(two, Symptom(now.date(), pain_now=2, slept_well=True), now)
    for slot in program.today(two, now).session.slots:
        program.finish_exercise(
            two, ExerciseDone(now.date(), slot.slot, slot.exercise, "done"), now
        )
    assert program.today(two, now).next is None
    program.report(two, SessionDone(now.date(), 1, 0, 4), now)
    lead, other = diary.read(two).together
    done = {one.exercise for one in lead.last_record.attempts}
    assert done.isdisjoint(one.exercise for one in other.last_record.attempts)
    questions = weekly.review_form(two, now).programs
    assert [one.program.id for one in questions] == [FACET, second]
    assert all(one.id.startswith(f"{second}/") for one in questions[1].criteria)
    diary.forget(two)
    again = diary.read(two)
    assert again.together == (lead, other), "folded anew it is the same"


def test_nobody_adds_a_program_before_two_steady_weeks(hers, guest):
    now = timezone.now()
    enrol(guest, BACK_AND_KNEE, now)
    assert "After two weeks" in text_of(hers, guest, "program/")
    with pytest.raises(program.NotOffered):
        adding.add(guest, KNEE, now)
    assert page(hers, guest, f"program/add/{KNEE}/").status_code == 404


# Programs that wait for a clinician, and pages for a clinician alone

def test_the_next_stage_after_surgery_waits_for_an_ok(hers, guest):
    now = people.now_for(guest)
    start = now - 20 * DAY
    name = "after-knee-surgery"
    answer_intake(guest, CLASSIC, start)
    tell(guest, Cleared("Dr Lee, surgical team", start.date()), start)
    tell(guest, Enrolled(name, shelf.keep_current()), start)
    for days in (1, 3, 5, 19):
        tell(guest, SessionDone((start + days * DAY).date(), 1, 0, 4), start + days * DAY)
    tell(guest, WeeklyReview((now - DAY).date(), 2), now - DAY)
    assert "Write down their OK" in text_of(hers, guest, "review/result/")
    text = text_of(hers, guest, "clearance/stage/")
    assert "May you go on to the next stage?" in text
    known = re.findall(r'name="known"[^>]*value="([^"]+)"', text)
    sent = {"entered": "person", "by": "Dr Lee", "role": "surgical team",
            "day": now.date().isoformat(), "known": known}
    assert hers.post(f"/p/{guest.pk}/clearance/stage/", {**sent, "known": []}).status_code == 422
    assert hers.post(f"/p/{guest.pk}/clearance/stage/", sent).status_code == 302
    assert diary.read(guest).course.cleared == now.date()
    assert page(hers, guest, "clearance/stage/").status_code == 302, "nothing waits any more"


def test_a_locked_program_says_what_opens_it(hers, guest):
    now = people.now_for(guest)
    answer_intake(guest, CLASSIC, now)
    tell(guest, Enrolled("after-knee-surgery", shelf.keep_current()), now)
    text = text_of(hers, guest, "today/")
    assert "A clinician has to agree before you exercise" in text
    assert "Write down their OK" in text
    assert "clinician" in text_of(hers, guest, "clearance/")


@pytest.mark.parametrize("name", [
    "bone-stress-injury", "gout", "large-rotator-cuff-tear", "neck-spinal-cord-signs",
    "polymyalgia",
])
def test_each_page_for_a_clinician_says_what_to_do(hers, guest, name):
    for text in (text_of(hers, guest, f"refer/{name}/"),
                 hers.get(f"/library/see-a-clinician/{name}/").content.decode()):
        assert "care-head" in text
        assert "When it is an emergency" in text
        assert "Start this program" not in text
    assert page(hers, guest, "refer/plantar-heel-pain/").status_code == 404


def test_a_pattern_for_a_clinician_alone_leads_to_its_page(hers, guest):
    answer_intake(guest, GOUT, timezone.now())
    text = text_of(hers, guest, "result/")
    assert "See what to do" in text
    assert f"/p/{guest.pk}/refer/gout/" in text
    assert "Start this program" not in text


# The library

def test_every_program_and_exercise_has_a_page_and_is_found(client: Client):
    library = shelf.current()
    text = client.get("/library/").content.decode()
    for name in library.programs:
        assert f"/library/programs/{name}/" in text, name
    for name in library.exercises:
        assert f"/library/exercises/{name}/" in text, name
    for name in library.refer_pages:
        assert f"/library/see-a-clinician/{name}/" in text, name


def test_every_page_of_the_library_can_be_shown(client: Client):
    library = shelf.current()
    for kind, names in (("programs", library.programs), ("exercises", library.exercises)):
        for name in names:
            assert client.get(f"/library/{kind}/{name}/").status_code == 200, name
    for kind in ("programs", "exercises", "see-a-clinician"):
        assert client.get(f"/library/{kind}/nothing-like-it/").status_code == 404


def test_the_library_is_searched_without_a_script(client: Client):
    text = client.get("/library/", {"find": "marching bridge"}).content.decode()
    assert "/library/exercises/marching-bridge/" in text
    assert "/library/exercises/clam/" not in text
    nothing = client.get("/library/", {"find": "xyzzy"}).content.decode()
    assert "Nothing found" in nothing
    assert "Show all" in nothing


def test_an_exercise_without_a_motion_says_so_calmly(client: Client):
    text = client.get("/library/exercises/chin-nod-lying/").content.decode()
    still = shelf.current().exercises["chin-nod-lying"].motion is None
    assert ("No moving picture yet" in text) is still
    assert "What it looks like" in text or not still
    assert "No moving picture" not in client.get("/library/exercises/bridge/").content.decode()


def test_export_reads_back_what_the_new_pages_write(hers, guest):
    enrol(guest, CLASSIC, timezone.now())
    hers.post(f"/p/{guest.pk}/check/", {**CHECK, "minutes": "10", "missing": ["floor"]})
    events = log.read(guest, shelf.current().vocabulary)
    said = [one.data for one in events if isinstance(one.data, Symptom)]
    assert said[-1].minutes == 10
    assert said[-1].missing == {"floor"}
