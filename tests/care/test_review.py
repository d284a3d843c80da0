"""What a weekly review decides beyond the gate (progression.md, section 7)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from care.people_in_pain import DAY, START, course_of, told
from hypothesis import given
from hypothesis import strategies as st

from recoup.care.course import Record
from recoup.care.review import adherence, early_risk, gained, judge_week
from recoup.care.traffic import Light
from recoup.library import load
from recoup.model.answers import Activity
from recoup.model.event import WeeklyReview

LIBRARY = load()
OA = "knee-osteoarthritis"


def record(day):
    return Record(START + day * DAY, "P1", (), 1, 1, 4, None, Light.GREEN, 0.0, final=True)


def somebody(sessions=0, reviews=(), answers=None, **values):
    """Return somebody with a session a day for some days, and reviews by day and average."""
    return course_of(
        LIBRARY, answers, records=tuple(record(day) for day in range(sessions)),
        reviews=tuple(WeeklyReview(START + d * DAY, average=a) for d, a in reviews), **values,
    )


def judged(course, day, average=4, **more):
    return judge_week(course, WeeklyReview(START + day * DAY, average, **more), LIBRARY)


def rules(verdict):
    return {why.rule for why in verdict.because}


@pytest.mark.parametrize(("day", "average", "worse"),
                         [(14, 6, True), (14, 5, False), (13, 6, False), (17, 6, True)])
def test_week_two_two_points_worse_means_another_program(day, average, worse):
    verdict = judged(somebody(), day, average)
    assert (verdict.switch is not None) is worse
    assert (verdict.rescreen is not None) is worse


def test_week_two_is_judged_once():
    assert judged(somebody(reviews=[(14, 4)]), 20, 6).switch is None


@pytest.mark.parametrize(("sessions", "rule"),
                         [(42, "week-6-no-gain"), (30, "week-6-no-gain"), (25, "week-6-some"),
                          (20, "week-6-few"), (0, "week-6-few")])
def test_week_six_without_gain_depends_on_how_much_was_done(sessions, rule):
    verdict = judged(somebody(sessions=sessions, reviews=[(14, 4)]), 42)
    assert rules(verdict) == {rule}
    assert (verdict.halve is not None) is (rule != "week-6-no-gain")


def test_who_was_given_three_more_weeks_is_judged_again_after_them():
    course = somebody(
        sessions=63, reviews=[(14, 4), (42, 4)], halved_until=START + 63 * DAY,
    )
    assert rules(judged(course, 56)) == set()
    assert rules(judged(course, 63)) == {"week-6-no-gain"}


@pytest.mark.parametrize(
    ("average", "more"),
    [(2, {}), (4, {"change": 2}),
     (4, {"activities": (Activity("walking", 6), Activity("standing", 7))})],
)
def test_less_pain_or_more_ability_or_the_person_s_word_is_a_gain(average, more):
    first = (Activity("walking", 4), Activity("standing", 5))
    course = somebody(sessions=42, reviews=[(14, 4)], first_activities=first)
    assert rules(judged(course, 42, average, **more)) == set()


@given(st.integers(0, 10), st.integers(0, 10))
def test_a_third_less_pain_or_two_points_is_a_gain_and_nothing_less_is(before, now):
    course = course_of(LIBRARY, told(LIBRARY, pain_avg=before))
    responds = before - now >= 2 or (before > 0 and (before - now) / before >= 0.3)
    assert gained(course, WeeklyReview(START, now)) is responds


@pytest.mark.parametrize(("program", "advised"), [(OA, True), ("low-back-pain", False)])
def test_week_twelve_is_a_decision_point_for_joints_and_the_like(program, advised):
    course = somebody(sessions=84, reviews=[(14, 4), (42, 4)], program=program)
    assert ("week-12-no-gain" in rules(judged(course, 84))) is advised


def test_two_weeks_running_of_more_pain_ask_for_a_clinician():
    assert "two-weeks-worse" in rules(judged(somebody(reviews=[(7, 5)]), 14, 6))
    assert "two-weeks-worse" not in rules(judged(somebody(reviews=[(7, 4)]), 14, 6))
    assert "two-weeks-worse" not in rules(judged(somebody(reviews=[(7, 5)]), 9, 6))


@pytest.mark.parametrize("how", ["distressed", "off_work"])
def test_distress_and_missed_work_ask_for_a_clinician_at_any_time(how):
    assert len(judged(somebody(), 7, **{how: True}).advice) == 1
    assert judged(somebody(), 7, **{how: False}).advice == ()


@pytest.mark.parametrize(
    ("worst", "signs", "risk"),
    [(7, ["low_mood", "poor_sleep"], True), (6, ["low_mood", "poor_sleep"], False),
     (9, ["fear_movement"], False), (7, ["low_mood", "fear_movement", "poor_sleep"], True)],
)
def test_strong_pain_that_weighs_on_somebody_brings_support_early(worst, signs, risk):
    course = course_of(LIBRARY, told(LIBRARY, pain_worst=worst, sx=signs))
    assert (early_risk(course) is not None) is risk


@given(st.sets(st.integers(0, 60)), st.integers(0, 60))
def test_the_share_of_sessions_done_lies_between_none_and_all(days, today):
    course = replace(somebody(), records=tuple(record(day) for day in sorted(days)))
    assert 0 <= adherence(course, START + today * DAY, LIBRARY) <= 1


def test_sessions_of_before_a_switch_do_not_count_for_the_new_program():
    course = replace(somebody(sessions=20), started=START + 20 * DAY)
    assert adherence(course, START + 27 * DAY, LIBRARY) == 0
