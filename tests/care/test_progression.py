"""Exercises get harder or easier one variable at a time, and always with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from care.people_in_pain import DAY, START, Log, course_of, log_of, names, slot_of, told
from hypothesis import given, settings
from hypothesis import strategies as st

from recoup.care.course import usual_morning_pain
from recoup.care.fold import fold
from recoup.care.selection import gentle
from recoup.care.steps import phase_items
from recoup.care.traffic import GOOD, Light
from recoup.library import load
from recoup.model.event import SessionDone
from recoup.model.exercise import DOSE_VARIABLES

LIBRARY = load()
BRACE = "deep-belly-brace"


def rules(reasons):
    return {reason.rule for reason in reasons}


def light_of(log):
    return log.course().last_record.light


def doses(session):
    return {slot.exercise: slot.dose for slot in session.slots}


# Too much

def test_pain_of_six_makes_the_next_day_gentle_shorter_and_says_why(library):
    log = log_of(library)
    before = log.plan(0)
    log.session(0, during=6, after=4, effort=7)
    assert light_of(log) is Light.RED
    after = log.plan(1)
    assert after.minutes < before.minutes
    assert all(gentle(library.exercises[name]) for name in names(after))
    assert not [slot for slot in after.slots if slot.slot == "C"]
    text = " ".join(reason.text for reason in after.because)
    assert "6 out of 10" in text
    assert "easier" in text
    for slot in after.slots:
        assert "less-volume" in rules(slot.because)
        dose = doses(before)[slot.exercise]
        for field in ("sets", "reps", "hold_s", "time_s"):
            if getattr(dose, field):
                assert getattr(slot.dose, field) <= getattr(dose, field)


def test_afterwards_loaded_exercises_are_one_step_down(library):
    log = log_of(library)
    log.session(0, during=6)
    log.session(1, during=1)
    brace = slot_of(log.plan(2), BRACE)
    assert brace.level == -1
    assert brace.dose.reps == 5  # 30 % off 8
    assert "red-one-step-easier" in rules(brace.because)
    assert slot_of(log.plan(2), "single-knee-to-chest").level == 0


def test_the_day_of_rest_is_over_the_day_after(library):
    log = log_of(library)
    log.session(0, during=6)
    assert BRACE not in names(log.plan(0))  # nothing more today either
    assert BRACE not in names(log.plan(1))
    assert BRACE in names(log.plan(2))


def test_hard_walking_rests_after_too_much_pain_too(library):
    for day in range(8):
        log = log_of(library, phase="P3")
        log.start = replace(log.start, last_done={"graded-walking": START})
        log.session(day, during=7)
        assert "brisk-walk-intervals" not in names(log.plan(day + 1))


def test_a_bad_morning_turns_a_good_session_red(library):
    log = log_of(library)
    log.session(0)
    assert light_of(log) is Light.GREEN
    log.morning(1, pain=6)
    assert light_of(log) is Light.RED
    assert BRACE not in names(log.plan(1))
    assert slot_of(log.plan(2), BRACE).level == -1


def test_a_morning_one_point_sorer_only_holds(library):
    log = log_of(library)
    log.session(0)
    log.morning(1, pain=5)
    assert light_of(log) is Light.GREEN_2
    assert slot_of(log.plan(1), BRACE).level == 0


def test_a_morning_told_after_the_next_session_still_counts(library):
    log = log_of(library)
    log.session(0)
    log.session(1)
    log.add(1, replace(log.morning(1, pain=9).data), log.clock.replace(hour=22))
    log.events.pop(-2)
    first = log.course().records[0]
    assert (first.light, first.morning) == (Light.RED, 9)
    assert log.course().levels[BRACE] == -1


def test_a_red_session_with_a_red_morning_is_one_step_not_two(library):
    log = log_of(library)
    log.session(0, during=7)
    log.morning(1, pain=9)
    assert log.course().levels[BRACE] == -1


def test_no_exercise_sinks_below_two_steps(library):
    log = log_of(library)
    for day in range(0, 20, 2):
        log.session(day, during=8)
    assert log.course().levels[BRACE] == -2


def test_what_stands_in_for_an_exercise_goes_one_step_down_as_well(library):
    log = log_of(library, told(library, hx=["wrist_pain_loading"]))
    log.exercise(0, "C", "seated-bridge-push")
    log.session(0, during=8)
    assert log.course().levels["seated-bridge-push"] == -1


def test_pain_told_of_one_exercise_counts_for_the_session(library):
    log = log_of(library)
    log.exercise(0, "C", BRACE, pain=7)
    log.session(0, during=2)
    assert (light_of(log), log.course().last_record.during) == (Light.RED, 7)


def test_amber_takes_a_step_off_the_exercise_that_hurt_and_nothing_else(library):
    log = log_of(library)
    log.session(0, during=5, hurt=BRACE)
    assert light_of(log) is Light.AMBER
    assert log.course().levels == {BRACE: -1}
    assert "amber-one-step-easier" in rules(slot_of(log.plan(1), BRACE).because)
    assert {"A", "B", "D", "C"} <= {slot.slot for slot in log.plan(1).slots}


def test_amber_finds_the_offender_by_the_pain_told_of_each(library):
    log = log_of(library)
    log.exercise(0, "D", "pelvic-tilt-lying", pain=2)
    log.exercise(0, "C", BRACE, pain=5)
    log.session(0, during=5)
    assert log.course().levels == {BRACE: -1}


def test_amber_without_an_offender_holds_everything(library):
    log = log_of(library)
    log.session(0, during=5)
    assert log.course().levels == {}
    assert "amber-hold" in rules(log.course().entries[-1].because)


def test_an_unknown_offender_is_no_offender(library):
    log = log_of(library)
    log.session(0, during=5, hurt="no-such-exercise")
    assert log.course().levels == {}


def test_only_half_done_twice_goes_one_step_down(library):
    log = log_of(library)
    for day in range(2):
        log.exercise(day, "C", BRACE, "partly")
        log.exercise(day, "A", "single-knee-to-chest")
        log.session(day)
        assert log.course().levels.get(BRACE, 0) == 0
    brace = slot_of(log.plan(2), BRACE)
    assert brace.level == -1
    assert "too-hard" in rules(brace.because)
    log.exercise(2, "C", BRACE)
    log.session(2)
    log.exercise(3, "C", BRACE, "partly")
    log.session(3)
    assert log.course().levels[BRACE] == -1, "partly has to come twice in a row"


def test_a_person_may_always_choose_easier_and_it_says_so(library):
    log = log_of(library)
    log.exercise(0, "C", BRACE, "easier")
    today = slot_of(log.plan(0), BRACE)
    assert (today.level, today.dose.reps) == (-1, 5)
    log.exercise(0, "C", BRACE)
    log.session(0)
    tomorrow = slot_of(log.plan(1), BRACE)
    assert tomorrow.level == -1
    assert "chosen-easier" in rules(tomorrow.because)
    log.session(1)
    assert "chosen-easier" not in rules(slot_of(log.plan(2), BRACE).because)


# Steps up

def green_days(log, days, start=0, **report):
    for day in range(start, start + days):
        log.session(day, **report)
        log.morning(day + 1)


@pytest.mark.parametrize(("phase", "days"), [("P1", 20), ("P2", 30), ("P3", 30)])
def test_through_green_days_one_variable_of_one_exercise_moves_at_a_time(library, phase, days):
    log = log_of(library, phase=phase)
    before = dict(log.course().levels)
    for day in range(days):
        green_days(log, 1, day)
        now = dict(log.course().levels)
        moved = {name for name in now if now[name] != before.get(name, 0)}
        assert len(moved) <= 1
        for name in moved:
            assert now[name] - before.get(name, 0) == 1
            item = phase_items(log.course(), library)[name]
            old, new = item.doses[now[name] - 1], item.doses[now[name]]
            assert sum(getattr(old, v) != getattr(new, v) for v in DOSE_VARIABLES) == 1
        before = now


def test_mobility_moves_after_two_good_sessions_and_strength_after_three(library):
    log = log_of(library)
    levels = []
    for day in range(5):
        green_days(log, 1, day)
        levels.append(dict(log.course().levels))
    assert levels[0] == {}
    assert levels[1] == {"single-knee-to-chest": 1}
    assert all(BRACE not in known for known in levels[:2])
    assert levels[3].get(BRACE) == 1


def test_a_step_up_says_what_changes_and_why(library):
    log = log_of(library)
    green_days(log, 2)
    knee = slot_of(log.plan(2), "single-knee-to-chest")
    (reason,) = [r for r in knee.because if r.rule == "one-step-up"]
    assert reason.text == (
        "Single knee to chest: hold 25 seconds instead of 20, "
        "because 2 sessions in a row went well."
    )


def test_a_step_waits_until_the_next_morning_or_the_next_day(library):
    log = log_of(library)
    log.session(0)
    log.session(1)
    assert log.course().levels == {}
    assert slot_of(log.plan(2), "single-knee-to-chest").level == 1


def test_painful_but_fine_days_move_only_three_in_a_row_with_a_low_effort(library):
    def after(days, effort):
        log = log_of(library)
        green_days(log, days, during=3, after=3, effort=effort)
        return log.course().levels

    assert after(2, effort=6) == {}
    assert len(after(3, effort=6)) == 1
    assert after(6, effort=7) == {}


def test_one_hard_day_among_painful_ones_starts_the_count_anew(library):
    log = log_of(library)
    for day, effort in enumerate((6, 8, 6, 6)):
        green_days(log, 1, day, during=3, after=3, effort=effort)
    assert log.course().levels == {}
    green_days(log, 1, 4, during=3, after=3, effort=6)
    assert len(log.course().levels) == 1


@pytest.mark.parametrize(
    ("effort", "after", "level"), [(3, 1, 1), (4, 1, 0), (3, 2, 0)]
)
def test_too_easy_twice_steps_up_early(library, effort, after, level):
    log = log_of(library)
    for day in range(2):
        log.exercise(day, "C", BRACE)
        log.session(day, during=1, after=after, effort=effort)
        log.morning(day + 1)
    assert log.course().levels.get(BRACE, 0) == level


def test_sessions_told_late_give_one_step_between_them(library):
    """The sessions of days 2 and 3 settle at once; both would have earned a step."""
    log = log_of(library)
    for day in (0, 1, 3):
        log.session(day)
    log.add(3, SessionDone(START + 2 * DAY, 1, 1, 4), log.clock.replace(hour=22))
    before = log.course().levels
    log.session(4)
    now = log.course().levels
    assert sum(now.values()) - sum(before.values()) <= 1


def test_sessions_told_long_after_give_no_step_of_their_own(library):
    log = log_of(library)
    for day in (0, 1, 12, 13, 14, 15):
        log.session(day)
    now = log.course().levels
    assert now
    for day in (4, 5, 6, 7, 8):
        log.add(15, SessionDone(START + day * DAY, 1, 1, 4), log.clock.replace(hour=22))
    assert log.course().levels == now


def test_a_day_that_is_not_fine_starts_the_count_anew(library):
    log = log_of(library)
    green_days(log, 1)
    log.session(1, during=5)
    green_days(log, 1, 2)
    assert log.course().levels == {}


def test_two_reports_of_one_day_earn_one_step_and_the_worse_counts(library):
    log = log_of(library)
    green_days(log, 2)
    log.session(2)
    log.session(2, during=3, after=3)
    course = log.course()
    assert [record.day for record in course.records] == [START + n * DAY for n in range(3)]
    assert course.last_record.during == 3
    log.session(2, during=8)
    assert log.course().last_record.light is Light.RED
    assert log.course().levels[BRACE] == -1
    log.session(2, during=9)
    assert log.course().levels[BRACE] == -1


def test_a_session_told_days_later_takes_its_place_among_the_others(library):
    late = log_of(library)
    late.session(0)
    late.session(2)
    late.add(3, late.session(1, during=3).data, late.clock.replace(hour=21))
    late.events.pop(-2)
    course = late.course()
    assert [record.day for record in course.records] == [START + n * DAY for n in range(3)]
    assert not [r for r in late.plan(4).because if r.rule == "missed-less-volume"]


def test_the_ladder_that_applies_to_the_person_is_the_one_climbed(library):
    fragile = log_of(library, told(library, hx=["osteoporosis"]), "P2")
    own = phase_items(fragile.course(), library)["bridge"]
    general = phase_items(log_of(library, phase="P2").course(), library)["bridge"]
    assert len(own.doses) < len(general.doses)
    for day in range(60):
        green_days(fragile, 1, day)
    assert fragile.course().levels["bridge"] == len(own.doses) - 1


@pytest.mark.parametrize(("phase", "days"), [("P1", 35), ("P2", 80), ("P3", 100)])
def test_every_ladder_of_the_classic_person_can_be_climbed_to_its_end(library, phase, days):
    log = log_of(library, phase=phase)
    for day in range(days):
        green_days(log, 1, day)
    course = log.course()
    seen = {attempt.exercise for record in course.records for attempt in record.attempts}
    for name, item in phase_items(course, library).items():
        if name in seen:
            assert course.levels.get(name, 0) == len(item.doses) - 1, name


def test_the_load_of_a_session_never_grows_by_more_than_a_fifth_in_a_week(library):
    for phase in ("P1", "P2", "P3"):
        log = log_of(library, phase=phase)
        green_days(log, 60)
        loads = {(r.day - START).days: r.load for r in log.course().records if r.load}
        for day, amount in loads.items():
            week = [loads[d] for d in loads if day - 14 < d <= day - 7]
            assert not week or amount <= 1.2 * max(week), (phase, day)


# The usual morning pain

def test_the_usual_morning_pain_is_the_median_of_the_last_seven_days(library):
    log = log_of(library)
    for day, pain in enumerate((2, 5, 3, 9, 4), start=1):
        log.morning(day, pain)
    course = log.course()
    assert usual_morning_pain(course, START + 6 * DAY) == 4
    assert usual_morning_pain(course, START + 9 * DAY) == 4.5  # of 5, 3, 9 and 4
    assert usual_morning_pain(course, START + 2 * DAY) == 4  # the intake's average


def test_without_an_average_the_mornings_there_are_or_the_pain_at_the_start_stand_in(library):
    log = log_of(library, told(library, without=("pain_avg",)))
    assert usual_morning_pain(log.course(), START) == 3
    log.morning(1, pain=1)
    assert usual_morning_pain(log.course(), START + 2 * DAY) == 1
    nothing = log_of(library, told(library, without=("pain_avg", "pain_now")))
    assert usual_morning_pain(nothing.course(), START) is None


def test_nobody_crashes_without_numbers_and_a_settled_answer_still_counts(library):
    log = log_of(library, told(library, without=("pain_avg", "pain_now", "pain_worst")))
    log.session(0)
    log.morning(1, pain=9, settled=False)
    assert light_of(log) is Light.RED


# Anybody's reports

reported = st.tuples(
    st.integers(0, 10), st.integers(0, 10), st.integers(0, 10), st.none() | st.integers(0, 10),
    st.integers(1, 4),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(reported, max_size=14), st.sampled_from(["P1", "P2", "P3"]))
def test_whatever_is_reported_steps_are_single_and_never_follow_a_bad_day(reports, phase):
    log, day = Log(LIBRARY, course_of(LIBRARY, phase=phase)), 0
    for during, after, effort, morning, gap in reports:
        log.session(day, during, after, effort)
        if morning is not None:
            log.morning(day + 1, morning)
        day += gap
    course = log.start
    for event in log.events:
        before, course = course.levels, fold([event], LIBRARY, course)
        up = {name for name, level in course.levels.items() if level > before.get(name, 0)}
        settled = [record for record in course.records if record.final]
        assert len(up) <= 1
        assert not up or settled[-1].light in GOOD
        assert all(level >= -2 for level in course.levels.values())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(reported, max_size=6), st.integers(0, 10), st.integers(0, 10), st.integers(1, 10)
)
def test_more_pain_never_raises_tomorrows_dose(reports, during, after, more):
    logs = []
    for extra in (0, more):
        log = Log(LIBRARY, course_of(LIBRARY))
        for day, (pain, right_after, effort, *_) in enumerate(reports):
            log.session(day, pain, right_after, effort)
        today = len(reports)
        log.session(today, min(10, during + extra), min(10, after + extra), 4)
        logs.append(log.plan(today + 1, minutes=240))
    mild, sore = logs
    for slot in sore.slots:
        if slot.exercise in names(mild):
            assert slot.clock_s <= slot_of(mild, slot.exercise).clock_s


def test_a_week_of_any_length_keeps_levels_within_the_ladder(library):
    log = log_of(library)
    green_days(log, 100)
    for name, level in log.course().levels.items():
        assert level <= len(phase_items(log.course(), library)[name].doses) - 1
    assert log.plan(100).day == START + timedelta(days=100)
