"""The simulation lab itself: the same seed, the same people; what it counts adds up."""

from __future__ import annotations

import json
import tracemalloc
from dataclasses import replace

import pytest
from care.any_answers import LIBRARY
from cli.running import answer, run

from recoup.care import steps
from recoup.care.triage import stops_program, triage
from recoup.lab import simulation
from recoup.lab.body import Body
from recoup.lab.outcomes import Outcomes
from recoup.lab.people import ILLNESSES, make_person, random_of
from recoup.lab.simulation import live

WEEKS = 4


def person(number, seed=5):
    return make_person(seed, number, 7 * WEEKS, LIBRARY)


def test_a_seed_and_a_number_make_the_same_person_whoever_came_before():
    assert person(17) == person(17)
    assert person(17) != person(18)
    assert person(17) != person(17, seed=6)


def test_a_life_is_the_same_whether_its_log_is_kept_or_not():
    kept, not_kept = (live(5, 2, WEEKS, LIBRARY, keeps_log=keeps) for keeps in (True, False))
    assert kept.course == not_kept.course
    assert kept.log
    assert not not_kept.log


def test_people_come_from_every_program_with_all_that_limits_them():
    crowd = [person(number) for number in range(600)]
    assert {one.program for one in crowd} == set(LIBRARY.programs)
    assert {0, 1, 2} <= {
        (one.weeks_pregnant >= 14) + (one.weeks_pregnant >= 28)
        for one in crowd if one.weeks_pregnant is not None
    }
    told = frozenset().union(*(one.answers.hx for one in crowd))
    assert {"osteoporosis", "hypertension_uncontrolled", "wrist_pain_loading",
            "knee_pain_kneeling", "cannot_get_off_floor", "repeated_falls"} <= told
    assert any(one.ill_on is not None for one in crowd)
    assert any(one.wrong_program for one in crowd)


@pytest.mark.parametrize("signs", ILLNESSES, ids=lambda signs: "+".join(sorted(signs)))
def test_each_hidden_illness_stops_whoever_tells_of_it(signs):
    for number in range(15):
        given = person(number).answers
        ill = replace(given, sx=given.sx | signs, hx=given.hx | {"clinician_cleared_exercise"})
        assert stops_program(triage(ill, LIBRARY, new_symptom=True))


def test_more_load_hurts_more_and_regular_load_makes_able():
    one = replace(person(1), touchy=1.0, tolerance=1.0, flare=0.0, wrong_program=False)
    little, much = (Body.of(one, random_of(1, 1, 9)) for _ in range(2))
    for body in (little, much):
        body.exercise(600)
    before = much.capacity
    assert much.exercise(1500)[0] > little.exercise(300)[0]
    assert much.usual > little.usual
    assert much.capacity > before


def test_two_processes_count_what_one_does(monkeypatch):
    monkeypatch.setattr(simulation, "PART", 3)
    one, two = (simulation.simulate(6, 2, 5, processes=many).outcomes for many in (1, 2))
    assert one == two
    assert one.people == 6
    assert one.decisions >= one.days > 0


def test_what_is_kept_of_people_does_not_grow_with_their_number():
    outcomes = Outcomes()

    def lives(numbers):
        for number in numbers:
            outcomes.add(live(5, number, WEEKS, LIBRARY, keeps_log=False))

    lives(range(10))  # what the rules remember of the last questions is full by now
    tracemalloc.start()
    lives(range(10, 14))
    first = tracemalloc.get_traced_memory()[0]
    lives(range(14, 30))
    grown = tracemalloc.get_traced_memory()[0] - first
    tracemalloc.stop()
    assert grown < 1_000_000  # bytes; one life's course alone is larger than a sixteenth of this


def test_the_command_says_what_it_did_as_json():
    said = answer("simulate", "--people", 3, "--weeks", 1, "--seed", 5, "--processes", 1, "--json")
    assert set(said) == {
        "caveat", "person_weeks", "decisions", "seconds", "cpu_seconds", "broken", "outcomes"
    }
    assert said["broken"] == []
    assert said["person_weeks"] <= 3
    assert "not medicine" in said["caveat"]


def test_a_broken_invariant_exits_1_with_seed_person_and_day(monkeypatch):
    monkeypatch.setattr(steps, "within_cap", lambda *given: True)
    for number in range(40):
        alone = ("simulate", "--person", number, "--weeks", 12, "--seed", 11)
        result = run(*alone, "--json")
        if result.exit_code:
            break
    broken = json.loads(result.stdout)["broken"][0]
    assert result.exit_code == 1
    assert broken["invariant"] == "weekly-load-cap"
    assert (broken["seed"], broken["person"]) == (11, number)
    assert f"--seed 11 --person {number}, day {broken['day']}" in run(*alone).stdout
