"""What the simulation lab found in the rules, as single stories. Each once was otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from care.people_in_pain import DAY, START, course_of, log_of, names, told

from recoup.care.course import Flare, Run
from recoup.care.dosing import dose_at, load
from recoup.care.flare import flare_day, hear_pain
from recoup.care.load import week_of
from recoup.care.session import plan_session
from recoup.care.steps import held_back

BRACE = "deep-belly-brace"


def ready(library, log):
    """Three green sessions, the third not yet followed by a morning: a step up is due."""
    for day in range(3):
        log.session(day, during=1, after=1, effort=4)
        if day < 2:
            log.morning(day + 1, 3, settled=True)
    return log


def steps_up(course):
    return [name for name, level in course.levels.items() if level > 0]


def test_a_step_is_due_after_three_good_sessions(library):
    log = ready(library, log_of(library))
    log.morning(3, 3, settled=True)
    assert steps_up(log.course())


def test_nothing_gets_harder_with_something_new_told(library):
    log = ready(library, log_of(library))
    before = steps_up(log.course())
    log.symptom(2, "saddle_numb")  # and the session of that day is done all the same
    log.morning(3, 3, settled=True)
    course = log.course()
    assert steps_up(course) == before
    assert held_back(course, START + 3 * DAY, library).rule == "held-flag"


def test_on_the_morning_that_a_flare_up_begins_nothing_gets_harder(library):
    log = ready(library, log_of(library))
    before = steps_up(log.course())
    log.morning(3, 3, settled=True, flare=True)
    course = log.course()
    assert course.flare is not None
    assert steps_up(course) == before


def test_a_step_by_choice_never_comes_on_the_day_of_another(library):
    log = ready(library, log_of(library))
    log.morning(3, 3, settled=True)
    stepped = log.course().levels
    log.exercise(3, "C", BRACE, "harder")
    assert log.course().levels == stepped
    assert held_back(log.course(), START + 3 * DAY, library).rule == "held-stepped"


def test_a_flare_up_that_eases_for_a_moment_keeps_its_first_easing_days(library):
    day = START + 4 * DAY
    course = replace(
        course_of(library), flare=Flare(since=day, usual=3, peak=7, last=7), flares=(day,)
    )
    better = hear_pain(course, day + DAY, 4, says_so=False, morning=False).change
    assert not flare_day(better, day + DAY).easing
    sore = hear_pain(better, day + 2 * DAY, 6, says_so=False, morning=True).change
    assert flare_day(sore, day + 2 * DAY).easing
    assert not flare_day(sore, day + 3 * DAY).easing


def second_bests(library):
    """Yield program, phase, the first of two loaded items with a thing it needs, and the second."""
    for program in library.programs.values():
        for phase in program.phases:
            for choice in (choice for slot in phase.slots for choice in slot.choices):
                if choice.rotate or choice.pick > 1 or len(choice.items) < 2:
                    continue
                first, second = choice.items[:2]
                needs = set(library.exercises[first.exercise].equipment)
                needs -= set(library.exercises[second.exercise].equipment)
                exercise = library.exercises[second.exercise]
                now, then = (load(exercise, dose_at(second, level), 5) for level in (0, 1))
                if needs and then > now and second.when is None:
                    yield program.id, phase.id, frozenset(needs), second


def test_the_weekly_cap_counts_what_this_person_is_given(library):
    """Who lacks the thing for the first exercise is given the second: its steps count."""
    found = list(second_bests(library))
    assert found
    for program, phase, needs, second in found:
        answers = replace(told(library), missing_equipment=needs)
        week = week_of(course_of(library, answers, phase, program=program), library)
        assert week.load({second.exercise: 1}) > week.load({}), (program, phase, second.exercise)


def test_after_too_much_pain_no_strength_work_stands_in(library):
    log = log_of(library)
    log.session(0, during=7, after=5)
    day = START + DAY
    session = plan_session(
        log.course(), library, day, missing=frozenset({"chair", "wall", "shoes", "floor", "bed"})
    )
    assert not [n for n in names(session) if library.exercises[n].is_loaded]


def test_a_day_for_which_nothing_fits_says_so(library):
    everything = frozenset({"floor", "bed", "seat", "chair", *library.equipment})
    log = log_of(library)
    log.session(0, during=7, after=5)
    session = plan_session(log.course(), library, START + DAY, missing=everything)
    assert not session.slots
    assert "nothing-today" in [reason.rule for reason in session.because]
    assert session.dropped


def test_not_sure_of_a_sign_that_no_screen_asks_again_stops_as_well(library):
    log = log_of(library)
    log.symptom(0, unsure=("electric_shock_neck",))
    assert log.plan(0).refused


def test_what_a_run_of_good_sessions_is_worth_is_not_lost(library):
    """A step that is held back comes once nothing holds it any more."""
    course = replace(course_of(library), stepped=START + DAY, runs={BRACE: Run(green=3)})
    assert held_back(course, START + DAY, library).rule == "held-stepped"
    assert held_back(course, START + DAY + timedelta(days=1), library) is None


def test_a_change_of_program_after_too_much_pain_makes_nothing_harder(library):
    """Seed 302, person 297: the bridge went two steps down, and back to its first dose in the
    program that came instead."""
    log = log_of(library)
    log.start = replace(log.start, levels={BRACE: -1})
    log.session(0, moved="further")
    log.session(1, during=7, after=7, moved="further")
    course = log.course()
    assert course.switched
    assert course.levels[BRACE] == -2


def test_a_program_that_starts_again_keeps_what_was_made_easier(library):
    log = log_of(library, phase="P4")
    log.start = replace(log.start, finished=START, levels={BRACE: -1, "bridge": 1})
    log.morning(1, 8, flare=True)
    course = log.course()
    assert course.finished is None
    assert course.levels == {BRACE: -1}


def test_a_flare_up_on_the_day_of_return_holds_easing_exercises_alone(library):
    log = log_of(library)
    log.session(0, during=1, after=1, effort=4)
    log.morning(35, 7, settled=False, flare=True)
    back = START + 35 * DAY
    course = replace(log.course(), screened=back)
    session = plan_session(course, library, back)
    assert session.refused is None
    assert "missed-phase-back" in {one.rule for one in session.because}
    assert not [one for one in session.slots if library.exercises[one.exercise].is_loaded]
    old = replace(course, flare=replace(course.flare, since=back - 30 * DAY))
    session = plan_session(old, library, back)
    assert "flare-back" in {one.rule for one in session.because}, "an old one is over its easing"
