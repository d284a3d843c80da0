"""Several programs in one plan: nothing too long, nothing twice, nothing another one avoids."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, time

import pytest
from care.people_in_pain import DAY, FACET, START, course_of, log_of, told
from hypothesis import given, settings
from hypothesis import strategies as st

from recoup.care.fit import easy_walking
from recoup.care.several import STROKE, courses, may_add, plan_together
from recoup.library import load
from recoup.model.event import Enrolled, Event, ExerciseDone, SessionDone, WeeklyReview

LIBRARY = load()
OPEN = sorted(
    p.id for p in LIBRARY.programs.values() if not LIBRARY.templates[p.template].needs_ok
)
KNEE = "knee-osteoarthritis"


def together(names, **changes):
    answers = told(LIBRARY, **changes)
    return [course_of(LIBRARY, answers, program=name) for name in names]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(OPEN), min_size=2, max_size=3, unique=True),
       st.integers(5, 40), st.integers(0, 9))
def test_at_most_six_exercises_within_the_minutes_each_once_and_one_walk(names, minutes, day):
    plan = plan_together(together(names), LIBRARY, START + day * DAY, minutes=minutes)
    if plan.refused:
        return
    assert plan.minutes <= minutes
    assert len([one for one in plan.slots if not one.apart]) <= 6
    exercises = [one.exercise for one in plan.slots]
    assert len(set(exercises)) == len(exercises)
    assert sum(easy_walking(LIBRARY.exercises[name]) for name in exercises) <= 1
    assert exercises, "a dead end"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(OPEN), min_size=2, max_size=3, unique=True))
def test_what_one_program_avoids_for_now_no_other_brings_in(names):
    plan = plan_together(together(names), LIBRARY, START)
    avoided = {n: LIBRARY.programs[n].phase("P1").avoid for n in names}
    for one in plan.slots:
        owner = one.slot.rpartition(STROKE)[0] or names[0]
        for name in names:
            assert name == owner or one.exercise not in avoided[name]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(OPEN), min_size=2, max_size=3, unique=True))
def test_whatever_is_not_done_today_is_said_with_a_reason(names):
    asked = {
        slot.exercise for one in together(names)
        for slot in plan_together([one], LIBRARY, START).slots
    }
    plan = plan_together(together(names), LIBRARY, START)
    told_of = {s.exercise for s in plan.slots} | {d.exercise for d in plan.dropped if d.because}
    if not plan.refused:
        assert asked <= told_of


def test_the_strictest_cap_holds_for_all():
    plan = plan_together(together(["low-back-pain", KNEE]), LIBRARY, START)
    assert plan.cap == 4


def test_a_danger_sign_stops_all_of_them():
    plan = plan_together(together([FACET, KNEE], sx=["saddle_numb"]), LIBRARY, START)
    assert plan.refused
    assert plan.slots == ()


def test_a_program_that_waits_for_an_ok_does_not_stop_the_others_and_says_so():
    waiting = course_of(LIBRARY, program="after-lumbar-surgery")
    plan = plan_together([course_of(LIBRARY, program=KNEE), waiting], LIBRARY, START)
    assert plan.refused is None
    assert plan.slots
    assert "needs-clearance" in {why.rule for gone in plan.dropped for why in gone.because}


def event(day, data, seq):
    at = datetime.combine(START + day * DAY, time(12), UTC)
    return Event(str(uuid.UUID(int=seq)), at, "phone", seq, data)


def two_programs(*more):
    start = course_of(LIBRARY, program=None, phase=None)
    events = [
        event(0, Enrolled(FACET, LIBRARY.version), 1),
        event(0, Enrolled(KNEE, LIBRARY.version, beside=True), 2),
        *(event(1 + n, data, 3 + n) for n, data in enumerate(more)),
    ]
    return courses(events, LIBRARY, start)


def test_each_program_hears_of_its_own_exercises_and_both_of_the_session():
    lead, beside = two_programs(
        ExerciseDone(START + DAY, "C", "deep-belly-brace", "easier"),
        ExerciseDone(START + 2 * DAY, f"{KNEE}/B", "mini-squat-at-counter", "easier"),
        SessionDone(START + 3 * DAY, 7, 3, 5),
    )
    assert "mini-squat-at-counter" not in lead.levels
    assert "deep-belly-brace" not in beside.levels
    assert lead.last_record.light is beside.last_record.light
    assert (lead.program, beside.program) == (FACET, KNEE)


def test_one_program_s_yes_does_not_move_the_other_on():
    gate = {"stand-ten-minutes": 2, f"{KNEE}/any": 1}
    lead, beside = two_programs(
        WeeklyReview(START + DAY, 3, gate=gate, advance="yes", beside={KNEE: "no"})
    )
    assert lead.reviews[-1].gate == {"stand-ten-minutes": 2}
    assert beside.reviews[-1].gate == {"any": 1}
    assert (lead.reviews[-1].advance, beside.reviews[-1].advance) == ("yes", "no")


@pytest.mark.parametrize(("day", "during", "may"), [(14, 1, True), (13, 1, False), (14, 6, False)])
def test_a_second_program_waits_for_two_weeks_that_went_well(day, during, may):
    log = log_of(LIBRARY)
    for number in range(0, day, 2):
        log.session(number, during=1)
    log.session(day - 1, during=during)
    assert may_add(log.course(), START + day * DAY) is may


def test_without_a_session_in_two_weeks_nothing_is_added():
    assert not may_add(course_of(LIBRARY), START + 30 * DAY)
