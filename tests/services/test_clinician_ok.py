"""An OK is kept with who, when and for what, and only where it opens something."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from services.answering import CLASSIC, answer_intake

from recoup.model.event import Cleared
from recoup.model.rule import Action
from recoup.services import clearance, intake, people, program

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = NOW.date()
DISC = {**CLASSIC, "hx": ["thoracic_disc_known"]}
ALL = frozenset({"RF-SP-08"})


@pytest.fixture
def disc(guest):
    """Somebody whose program waits for a clinician (RF-SP-08)."""
    answer_intake(guest, DISC, NOW)
    return guest


def test_an_ok_opens_the_program_and_is_in_the_log(disc):
    assert intake.outcome(disc, NOW).program is None
    clearance.record(disc, Cleared("Ben, physiotherapist", TODAY, ALL, "clinician"), NOW)
    assert intake.outcome(disc, NOW).program == "lumbar-facet-joint-pain"
    events = people.export(disc)["events"]
    assert events[-1]["kind"] == "cleared"
    assert events[-1]["data"] == {
        "by": "Ben, physiotherapist", "day": "2026-11-22", "rules": ["RF-SP-08"],
        "entered": "clinician",
    }
    assert clearance.on_record(disc, NOW).holds
    assert clearance.asked(disc, NOW) is None, "what is open is not asked for"


def test_it_lapses_before_a_program_starts_too(disc):
    clearance.record(disc, Cleared("Ben", TODAY - timedelta(days=20), ALL), NOW)
    later = NOW + timedelta(days=8)
    assert intake.outcome(disc, NOW + timedelta(days=7)).program is not None
    assert intake.outcome(disc, later).triage.action is Action.PAUSE
    with pytest.raises(program.NotOffered):
        program.enrol(disc, "lumbar-facet-joint-pain", later)
    assert not clearance.on_record(disc, later).holds
    assert clearance.asked(disc, later) is not None


@pytest.mark.parametrize("days", [-1, 28, 400])
def test_an_ok_of_another_time_is_refused(disc, days):
    with pytest.raises(clearance.NothingToOpen):
        clearance.record(disc, Cleared("Ben", TODAY - timedelta(days=days), ALL), NOW)


def test_an_ok_from_before_the_problem_began_is_refused(guest):
    answer_intake(guest, {**DISC, "duration_weeks": 2}, NOW)
    asked = clearance.asked(guest, NOW)
    assert asked.earliest == TODAY - timedelta(weeks=2)
    with pytest.raises(clearance.NothingToOpen):
        clearance.record(guest, Cleared("Ben", TODAY - timedelta(days=15), ALL), NOW)


def test_an_ok_that_leaves_something_out_is_refused(guest):
    answer_intake(guest, {**DISC, "hx": ["thoracic_disc_known", "recent_surgery_6w"]}, NOW)
    assert clearance.asked(guest, NOW).rules == {"RF-SP-08", "RF-PO-02"}
    with pytest.raises(clearance.NothingToOpen):
        clearance.record(guest, Cleared("Ben", TODAY, ALL), NOW)


@pytest.mark.parametrize("sign", ["saddle_numb", "foot_drop", "fever"])
def test_nothing_opens_for_who_must_be_seen_today(guest, sign):
    answer_intake(guest, {**DISC, "sx": [sign]}, NOW)
    assert clearance.asked(guest, NOW) is None
    with pytest.raises(clearance.NothingToOpen):
        clearance.record(guest, Cleared("Ben", TODAY, ALL), NOW)
    assert intake.outcome(guest, NOW).program is None


def test_who_needs_no_ok_is_not_asked_for_one(guest):
    answer_intake(guest, CLASSIC, NOW)
    assert clearance.asked(guest, NOW) is None
