"""Cutting a session to what fits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from care.people_in_pain import course_of, first_session, names
from hypothesis import given, settings
from hypothesis import strategies as st

from recoup.care.trim import Room, trim
from recoup.library import load
from recoup.model.exercise import clock_s
from recoup.model.session import Planned

LIBRARY = load()
PHASES = ("P1", "P2", "P3", "P4")
limits = st.integers(1, 40)


def planned(library, phase="P1"):
    return list(first_session(library, phase).slots)


def whole(kept):
    return sum(one.clock_s for one in kept)


def test_what_fits_stays_as_it_is(library):
    session = planned(library)
    assert trim(session, Room(5, 13 * 60), library.exercises) == (session, [])


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PHASES), st.integers(1, 8), limits, st.none() | limits)
def test_the_limits_are_kept_and_everything_that_goes_is_said(phase, most, minutes, all_of_it):
    session = planned(LIBRARY, phase)
    room = Room(most, 60 * minutes, None if all_of_it is None else 60 * all_of_it)
    kept, dropped = trim(session, room, LIBRARY.exercises)
    counted = [one for one in kept if not one.apart]
    assert len(counted) <= most
    assert whole(counted) <= room.seconds
    assert room.whole_s is None or whole(kept) <= room.whole_s
    assert kept, "something always stays"
    gone = [one.exercise for one in session if one.exercise not in {k.exercise for k in kept}]
    assert sorted(gone) == sorted(one.exercise for one in dropped)
    assert all(one.because for one in dropped)
    order = [one.exercise for one in session]
    assert [one.exercise for one in kept] == [n for n in order if n in {k.exercise for k in kept}]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PHASES), st.integers(1, 40))
def test_the_clock_of_what_is_shortened_is_right(phase, minutes):
    kept, _ = trim(planned(LIBRARY, phase), Room(9, 60 * minutes, 60 * minutes), LIBRARY.exercises)
    for one in kept:
        assert one.clock_s == clock_s(LIBRARY.exercises[one.exercise], one.dose)


def test_optional_parts_go_before_the_rest(library):
    _, dropped = trim(planned(library), Room(4, 3600), library.exercises)
    assert [one.exercise for one in dropped] == ["peanut-ball-at-wall"]


def test_easy_walking_gets_shorter_but_stays_for_a_minute(library):
    kept, _ = trim(planned(library), Room(5, 900, 900), library.exercises)
    walk = next(one for one in kept if one.exercise == "graded-walking")
    assert 60 <= walk.dose.time_s < 300
    assert "no-time" in {reason.rule for reason in walk.because}


def test_a_short_exercise_comes_back_where_a_long_one_left_room(library):
    kept, _ = trim(planned(library), Room(5, 360, 360), library.exercises)
    assert [one.exercise for one in kept] == [
        "single-knee-to-chest", "cat-camel-sitting", "graded-walking",
    ]


def test_strength_stays_longer_than_easing_where_a_slot_has_both_to_give(library):
    kept, dropped = trim(planned(library, "P2"), Room(5, 3600), library.exercises)
    assert {"bridge", "lying-march"} <= {one.exercise for one in kept}
    assert [one.exercise for one in dropped] == ["peanut-ball-lying"]
    kept, _ = trim(planned(library, "P2"), Room(4, 3600), library.exercises)
    assert {"bridge", "lying-march"} <= {one.exercise for one in kept}


def test_what_was_chosen_for_the_person_goes_after_the_others(library):
    session = [one for one in planned(library) if not one.optional and not one.apart]
    room = Room(3, 3600, chosen=frozenset({"cat-camel-sitting"}))
    _, dropped = trim(session, room, library.exercises)
    assert [one.exercise for one in dropped] == ["pelvic-tilt-lying"]


def test_the_last_exercise_on_a_chair_or_standing_stays(library):
    session = [one for one in planned(library) if one.exercise != "graded-walking"]
    upright = "cat-camel-sitting"
    session = [one for one in session if one.exercise != "peanut-ball-at-wall"]
    for most in range(1, 5):
        kept, _ = trim(session, Room(most, 3600), library.exercises)
        assert upright in {one.exercise for one in kept}


@pytest.mark.parametrize("minutes", [1, 2, 3])
def test_a_single_exercise_is_shortened_to_the_minutes(library, minutes):
    one = next(o for o in planned(library) if o.exercise == "deep-belly-brace")
    (kept,), dropped = trim([one], Room(1, 60 * minutes), library.exercises)
    assert dropped == []
    assert kept.clock_s <= 60 * minutes
    assert kept.dose != one.dose or one.clock_s <= 60 * minutes


def test_rotation_comes_round_though_not_all_of_it_fits_on_a_day(library):
    from datetime import timedelta

    from care.people_in_pain import START

    from recoup.care.session import plan_session

    seen, course, last = set(), course_of(library, phase="P3"), {}
    for days in range(0, 24, 2):
        day = START + timedelta(days=days)
        session = plan_session(replace(course, last_done=last), library, day)
        done = {slot.exercise for slot in session.slots if slot.slot == "C"}
        seen |= done
        last = {**last, **dict.fromkeys(names(session), day)}
    assert {"sit-to-stand", "bird-dog", "hip-hinge-with-stick", "anti-rotation-press"} <= seen


def test_a_planned_exercise_knows_whether_it_counts(library):
    apart = {one.exercise for one in planned(library) if one.apart}
    assert apart == {"ninety-ninety-rest", "graded-walking"}
    assert all(isinstance(one, Planned) for one in planned(library))
