"""Which exercises fill a slot: in order of preference, filtered, swapped or left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from care.people_in_pain import START, told

from recoup.care.fit import situation
from recoup.care.selection import Today, fill, gentle, smallest_dose
from recoup.model.program import Choice, Item, Slot


def picks(library, choice, answers=None, missing=frozenset(), taken=frozenset(), **today):
    slot = Slot("C", "steady the back", (choice,))
    person = situation(answers or told(library), library, frozenset(missing))
    values = {"day": START, "person": person, "week": 0, "green": True, "mobility_only": False,
              "last_done": {}, "done_in_week": {}}
    picked, dropped = fill(slot, choice, taken, Today(**{**values, **today}), library)
    return [one.exercise.id for one in picked], {d.exercise: d.because[0].rule for d in dropped}


def choice_of(library, *names, pick=1, **more):
    items = tuple(Item(name, (smallest_dose(library.exercises[name]),)) for name in names)
    return Choice(pick, items, **more)


def test_the_first_that_suits_is_picked(library):
    choice = choice_of(library, "cat-camel", "pelvic-tilt-lying")
    assert picks(library, choice) == (["cat-camel"], {})
    sore = told(library, hx=["wrist_pain_loading"])
    assert picks(library, choice, sore) == (["pelvic-tilt-lying"], {})


def test_where_none_suits_a_sibling_takes_its_place(library):
    sore = told(library, hx=["wrist_pain_loading"])
    assert picks(library, choice_of(library, "cat-camel"), sore) == (["cat-camel-sitting"], {})


def test_a_sibling_is_found_for_any_of_the_choices_not_only_for_the_first(library):
    # half-kneeling has no sibling without the floor and a chair; the bridge has one
    choice = choice_of(library, "t-and-y-raise", "bridge")
    picked, dropped = picks(library, choice, missing={"floor", "bed"})
    assert picked == ["seated-bridge-push"]
    assert dropped == {"t-and-y-raise": "no-floor-or-bed"}


def test_what_has_no_sibling_is_left_out_and_said_so(library):
    picked, dropped = picks(library, choice_of(library, "t-and-y-raise"), missing={"floor", "bed"})
    assert (picked, dropped) == ([], {"t-and-y-raise": "no-floor-or-bed"})


def test_what_was_taken_by_another_slot_is_not_taken_twice(library):
    choice = choice_of(library, "cat-camel", "pelvic-tilt-lying")
    assert picks(library, choice, taken=frozenset({"cat-camel"}))[0] == ["pelvic-tilt-lying"]
    sore = told(library, hx=["wrist_pain_loading"])
    alone = choice_of(library, "cat-camel")
    assert picks(library, alone, sore, taken=frozenset({"cat-camel-sitting"}))[0] == [
        "counter-hip-hinge"
    ]


def test_turns_go_to_what_was_done_longest_ago(library):
    choice = choice_of(library, "bridge", "bird-dog", "sit-to-stand", pick=2, rotate=True)
    last = {"bridge": START, "bird-dog": START.replace(day=1)}
    assert picks(library, choice, last_done=last)[0] == ["sit-to-stand", "bird-dog"]
    assert picks(library, replace(choice, rotate=False), last_done=last)[0] == [
        "bridge", "bird-dog",
    ]


def test_done_often_enough_this_week_rests_and_nothing_takes_its_place(library):
    choice = choice_of(library, "bridge")
    assert picks(library, choice, done_in_week={"bridge": 4})[0] == ["bridge"]
    assert picks(library, choice, done_in_week={"bridge": 5}) == ([], {"bridge": "often-enough"})


def test_a_program_may_ask_for_less_often_but_not_for_more(library):
    fewer = Item("bridge", choice_of(library, "bridge").items[0].doses, per_week=2)
    assert picks(library, Choice(1, (fewer,)), done_in_week={"bridge": 2})[0] == []
    more = replace(fewer, per_week=7)
    assert picks(library, Choice(1, (more,)), done_in_week={"bridge": 5})[0] == []


def test_on_a_gentle_day_only_gentle_exercises_are_picked(library):
    choice = choice_of(library, "bridge", "pelvic-tilt-lying")
    assert picks(library, choice, mobility_only=True)[0] == ["pelvic-tilt-lying"]
    assert picks(library, choice_of(library, "bridge"), mobility_only=True) == (
        [], {"bridge": "mobility-only"},
    )


@pytest.mark.parametrize(
    ("name", "is_gentle"),
    [("graded-walking", True), ("seated-march", True), ("cat-camel", True), ("warm-pack", True),
     ("brisk-walk-intervals", False), ("bridge", False), ("tandem-stand", False)],
)
def test_easing_and_easy_walking_are_gentle(library, name, is_gentle):
    assert gentle(library.exercises[name]) is is_gentle


def test_what_is_not_due_yet_is_not_said_to_be_left_out(library):
    item = choice_of(library, "standing-back-bend").items[0]
    later = Choice(1, (replace(item, from_week=6),))
    assert picks(library, later, week=5) == ([], {})
    assert picks(library, later, week=6)[0] == ["standing-back-bend"]
    if_green = Choice(1, (replace(item, only_if_green=True),))
    assert picks(library, if_green, green=False) == ([], {})


def test_the_smallest_dose_is_the_least_the_exercise_allows(library):
    for exercise in library.exercises.values():
        dose = smallest_dose(exercise)
        for field in ("sets", "reps", "hold_s", "time_s"):
            limit = getattr(exercise.limits, field)
            assert getattr(dose, field) == (limit[0] if limit else None)
