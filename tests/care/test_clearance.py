"""A clinician's OK opens what the closed list says, for four weeks, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from care.any_answers import anything
from care.people_in_pain import DAY, START, log_of, told
from hypothesis import given

from recoup.care.clearance import covered, held, may_be_opened, stays_shut
from recoup.care.course import CLEARED
from recoup.care.triage import triage
from recoup.library import load
from recoup.model.event import Answered, Cleared
from recoup.model.rule import Urgency

LIBRARY = load()
LISTED = {"RF-SP-08", "RF-JT-08b", "RF-TR-06", "RF-KN-02b", "RF-PR-03", "RF-PO-02", "RF-SY-04"}
"""``clinical/redflags.md``, "Answers that may LOWER urgency"."""

DISC = {"hx": ["thoracic_disc_known"]}


@given(anything)
def test_an_ok_opens_nothing_but_the_closed_list(answers):
    assert {flag.id for flag in may_be_opened(answers, LIBRARY)} <= LISTED


@given(anything)
def test_who_must_be_seen_today_cannot_be_cleared(answers):
    bare = replace(answers, hx=answers.hx - {CLEARED})
    if triage(bare, LIBRARY).urgency >= Urgency.SAME_DAY:
        assert may_be_opened(answers, LIBRARY) == ()


def test_what_an_ok_does_not_open_is_said(library):
    answers = told(library, hx=["thoracic_disc_known"], sx=["clumsy_hands"])
    assert {flag.id for flag in may_be_opened(answers, library)} == {"RF-SP-08"}
    assert "RF-SP-12" in {flag.id for flag in stays_shut(answers, library)}


@pytest.fixture
def log(library):
    return log_of(library, told(library, **DISC))


def test_an_ok_holds_for_four_weeks_and_not_a_day_longer(log):
    log.add(2, Cleared("Dr Lee, doctor", START + DAY, frozenset({"RF-SP-08"})))
    log.session(3)
    log.session(20)
    assert log.plan(27).refused is None
    found = held(log.course(), START + 27 * DAY, log.library)
    assert (found.by, found.until, found.holds) == ("Dr Lee, doctor", START + 29 * DAY, True)
    assert log.plan(29).refused is not None
    assert not held(log.course(), START + 29 * DAY, log.library).holds


def test_an_ok_does_not_cover_what_the_clinician_did_not_know(log):
    log.add(1, Cleared("Dr Lee", START + DAY, frozenset({"RF-SP-08"})))
    assert log.plan(1).refused is None
    operated = replace(told(log.library, hx=["thoracic_disc_known", "recent_surgery_6w", CLEARED]))
    log.add(2, Answered("history", frozenset({"hx:recent_surgery_6w"}), operated))
    assert {"RF-SP-08", "RF-PO-02"} <= {flag.id for flag in log.plan(2).refused}
    assert not held(log.course(), START + 2 * DAY, log.library).holds
    log.add(3, Cleared("Dr Lee", START + 3 * DAY, frozenset({"RF-SP-08", "RF-PO-02"})))
    assert log.plan(3).refused is None


def test_an_ok_that_names_no_rules_covers_all_of_the_list(log):
    log.cleared(1)
    assert covered(log.course(), log.library) == log.course()
    assert log.plan(1).refused is None


def test_an_ok_from_before_something_new_counts_for_nothing(log):
    log.symptom(3, "dizzy")
    log.add(4, Cleared("Dr Lee", START + 2 * DAY, frozenset({"RF-SP-08"})))
    assert log.course().entries[-1].title == "Not cleared"
    assert log.plan(4).refused is not None
    log.add(5, Cleared("Dr Lee", START + 4 * DAY, frozenset({"RF-SP-08"})))
    assert log.plan(5).refused is None


def test_nobody_cleared_holds_nothing(log):
    assert held(log.course(), START, log.library) is None
