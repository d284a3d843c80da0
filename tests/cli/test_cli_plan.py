"""``recoup plan``: today's session from answers and a log."""

from __future__ import annotations

import json
from datetime import date

import pytest
from care.people_in_pain import CLASSIC, FACET, log_of
from cli.running import answer, complaints, file, run

from recoup.library import write_event

TODAY = "2026-11-02"
SLOT = {
    "slot", "exercise", "code", "motion", "dose", "order", "because", "name", "seconds", "apart",
    "optional", "level",
}
DOSE = {"sets", "reps", "hold_s", "rest_s", "tempo", "each_side", "time_s", "variant"}


def classic(tmp_path, **changes):
    return file(tmp_path, "answers.json", {**CLASSIC, **changes})


def plan(tmp_path, *more, **changes):
    return answer("plan", classic(tmp_path, **changes), "--today", TODAY, *more)


def exercises(session):
    return [slot["exercise"] for slot in session["slots"]]


@pytest.fixture
def log(library):
    return log_of(library)


def log_file(tmp_path, log):
    return file(tmp_path, "events.jsonl", *map(write_event, log.events))


def test_the_shape_is_that_of_the_contract(tmp_path):
    said = plan(tmp_path)
    assert set(said) == {
        "date", "condition", "phase", "refused", "cap", "minutes", "slots", "dropped", "because",
    }
    assert (said["date"], said["condition"], said["phase"]) == (TODAY, FACET, "P1")
    assert (said["refused"], said["cap"]) == (None, 4)
    for slot in said["slots"]:
        assert set(slot) == SLOT
        assert set(slot["dose"]) == DOSE
        assert slot["because"]
    for reason in said["because"]:
        assert set(reason) == {"rule", "inputs", "text"}


def test_the_classic_first_session(tmp_path):
    said = plan(tmp_path)
    assert [(slot["slot"], slot["code"]) for slot in said["slots"]] == [
        ("A", "LB15"), ("A", "LB01"), ("B", "SR02"), ("D", "LB06"), ("D", "LB09"), ("C", "CO01"),
        ("aerobic", "GN01"),
    ]
    knee = said["slots"][1]
    assert knee["order"] == ["left", "right"]
    assert (knee["dose"]["sets"], knee["dose"]["hold_s"]) == (3, 20)
    assert knee["dose"]["each_side"]


def test_a_refused_session_exits_0_with_its_flags(tmp_path):
    said = plan(tmp_path, sx=["saddle_numb"])
    assert said["slots"] == []
    assert said["refused"]["flags"][0]["id"] == "RF-SP-01"
    assert said["because"]


def test_a_refused_session_exits_0_with_a_log_too(tmp_path, log):
    log.session(0)
    said = plan(tmp_path, "--log", log_file(tmp_path, log), sx=["saddle_numb"])
    assert said["refused"]["flags"]
    log.symptom(1, "saddle_numb")
    later = answer(
        "plan", classic(tmp_path), "--log", log_file(tmp_path, log), "--today", "2026-11-04"
    )
    assert later["refused"]["flags"][0]["id"] == "RF-SP-01"


def test_pain_of_six_makes_the_next_day_easier_and_says_why(tmp_path, log):
    log.session(0, during=6, after=4, effort=7)
    path = log_file(tmp_path, log)
    said = answer("plan", classic(tmp_path), "--log", path, "--today", "2026-11-03")
    assert said["minutes"] < plan(tmp_path)["minutes"]
    assert "C" not in {slot["slot"] for slot in said["slots"]}
    assert "6 out of 10" in " ".join(reason["text"] for reason in said["because"])


def test_green_days_in_a_log_raise_one_dose(tmp_path, log):
    for day in range(2):
        log.session(day)
        log.morning(day + 1)
    said = answer("plan", classic(tmp_path), "--log", log_file(tmp_path, log),
                  "--today", "2026-11-04")
    raised = {slot["exercise"]: slot["level"] for slot in said["slots"] if slot["level"]}
    assert raised == {"single-knee-to-chest": 1}


@pytest.mark.parametrize("minutes", [6, 10, 15, 20])
def test_minutes_are_never_exceeded(tmp_path, minutes):
    said = plan(tmp_path, "--minutes", minutes)
    assert said["minutes"] <= minutes
    assert sum(slot["seconds"] for slot in said["slots"]) <= 60 * minutes
    gone = {dropped["exercise"] for dropped in said["dropped"]}
    assert not gone & set(exercises(said))


def test_without_takes_words_or_ids_and_lists_what_is_not_known(tmp_path):
    no_floor = plan(tmp_path, "--without", "floor,ball", "--minutes", "20")
    assert "peanut-ball-at-wall" not in exercises(no_floor)
    assert any("bed" in r["text"] for s in no_floor["slots"] for r in s["because"])
    assert exercises(plan(tmp_path, "--without", "")) == exercises(plan(tmp_path))
    lines = complaints("plan", classic(tmp_path), "--without", "balll, moon")
    assert [word for line in lines for word in ("balll", "moon") if word in line] == [
        "balll", "moon",
    ]


@pytest.mark.parametrize("name", ["LBP_FACET", FACET])
def test_a_condition_goes_by_code_or_id(tmp_path, name):
    vague = {"agg": [], "ease": [], "side": "midline", "spread": "none"}
    assert plan(tmp_path, "--condition", name, **vague)["condition"] == FACET


def test_an_unknown_condition_is_told_with_the_nearest(tmp_path):
    (line,) = complaints("plan", classic(tmp_path), "--condition", "lumbar-facet-joint-pian")
    assert FACET in line


def test_a_condition_without_a_program_is_told(tmp_path):
    (line,) = complaints("plan", classic(tmp_path), "--condition", "NECK_MYELO")
    assert "neck-spinal-cord-signs" in line


def test_two_opposite_patterns_start_the_neutral_program(tmp_path):
    both = {"age": 45, "agg": ["rotate"], "ease": ["sit", "lie_down"],
            "spread": "buttock_or_thigh_above_knee", "morning_stiffness": "none",
            "test": ["repeated_bend_forward_worse"]}
    assert plan(tmp_path, **both)["condition"] == "low-back-pain"
    assert plan(tmp_path, "--condition", "LBP_FACET", **both)["phase"] == "P1"


@pytest.mark.parametrize("day", ["2026-11-31", "tomorrow", "02/11/2026"])
def test_a_day_that_is_none_is_told(tmp_path, day):
    (line,) = complaints("plan", classic(tmp_path), "--today", day)
    assert day in line


def test_without_a_day_it_is_today(tmp_path):
    days = {date.today().isoformat()}
    said = answer("plan", classic(tmp_path))["date"]
    assert said in days | {date.today().isoformat()}


def test_bad_answers_are_told(tmp_path):
    (line,) = complaints("plan", file(tmp_path, "a.json", {**CLASSIC, "sx": ["feverr"]}))
    assert "Did you mean fever?" in line


def test_a_log_names_every_bad_line(tmp_path, log):
    log.session(0)
    events = [json.dumps(write_event(event)) for event in log.events]
    path = file(tmp_path, "events.jsonl", *events, '{"id": 1', {"kind": "nap"})
    lines = complaints("plan", classic(tmp_path), "--log", path)
    said = "\n".join(lines)
    assert ":2:" in said
    assert ":3:" in said


def test_an_exercise_in_a_log_goes_by_code_or_id(tmp_path, log):
    for day in range(2):
        log.exercise(day, "C", "CO01", "partly")
        log.session(day, during=5, hurt="CO01")
    said = answer("plan", classic(tmp_path), "--log", log_file(tmp_path, log),
                  "--today", "2026-11-04")
    brace = next(slot for slot in said["slots"] if slot["code"] == "CO01")
    assert brace["level"] < 0


def test_an_unknown_exercise_in_a_log_is_told_with_the_nearest(tmp_path, log):
    log.exercise(0, "C", "deep-belly-brase")
    log.session(0, hurt="brigde")
    lines = complaints("plan", classic(tmp_path), "--log", log_file(tmp_path, log))
    assert [word for line in lines for word in ("deep-belly-brace", "bridge") if word in line] == [
        "deep-belly-brace", "bridge",
    ]


def test_a_log_that_starts_the_program_says_when(tmp_path, log):
    log.enrolled(phase="P2")
    log.session(1)
    said = answer("plan", classic(tmp_path), "--log", log_file(tmp_path, log),
                  "--today", "2026-11-04")
    assert said["phase"] == "P2"


def test_an_event_twice_or_in_another_order_changes_nothing(tmp_path, log):
    for day in range(3):
        log.session(day)
        log.morning(day + 1)
    once = file(tmp_path, "once.jsonl", *map(write_event, log.events))
    twice = file(tmp_path, "twice.jsonl", *map(write_event, [*log.events[::-1], *log.events]))
    plans = [
        answer("plan", classic(tmp_path), "--log", path, "--today", "2026-11-05")
        for path in (once, twice)
    ]
    assert plans[0] == plans[1]


def test_missed_days_come_from_the_dates(tmp_path, log):
    log.session(0)
    path = log_file(tmp_path, log)
    rules = {}
    for day in ("2026-11-04", "2026-11-07", "2026-11-12", "2026-11-20", "2026-12-20"):
        said = answer("plan", classic(tmp_path), "--log", path, "--today", day)
        rules[day] = [r["rule"] for r in said["because"] if r["rule"].startswith("missed-")]
        assert said["refused"] is None
    assert list(rules.values()) == [
        ["missed-carry-on"], ["missed-less-volume"], ["missed-step-easier"],
        ["missed-restart-phase"], ["missed-phase-back"],
    ]


def test_standard_input(tmp_path):
    said = answer("plan", "-", "--today", TODAY, given=json.dumps(CLASSIC))
    assert said == plan(tmp_path)


def test_the_same_day_gives_the_same_bytes(tmp_path):
    words = ("plan", classic(tmp_path), "--today", TODAY)
    assert run(*words).stdout == run(*words).stdout
