"""The intake is kept screen by screen and asks no more than it must."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from services.answering import CLASSIC, answer_intake

from recoup.model.answers import Answers
from recoup.model.rule import Action, Urgency
from recoup.services import intake

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_the_classic_picture_is_offered_the_facet_program(guest):
    screens = answer_intake(guest, CLASSIC, NOW)
    outcome = intake.outcome(guest, NOW)
    assert outcome.program == "lumbar-facet-joint-pain"
    assert outcome.triage.urgency is Urgency.SELF_MANAGE
    assert len(screens) <= 25


def test_danger_signs_are_asked_before_where_it_hurts(guest):
    screens = answer_intake(guest, CLASSIC, NOW)
    danger = [place for place, name in enumerate(screens) if name.startswith("danger-")]
    assert danger
    assert max(danger) < screens.index("sites")


def test_an_emergency_ends_the_questions_after_the_danger_signs(guest):
    screens = answer_intake(guest, {**CLASSIC, "sx": ["saddle_numb"]}, NOW)
    outcome = intake.outcome(guest, NOW)
    assert outcome.triage.urgency is Urgency.EMERGENCY
    assert outcome.program is None
    assert "sites" not in screens


def test_what_a_later_answer_may_still_lower_does_not_end_the_questions(guest):
    # pain on pressing the chest wall is asked later and may lower this one
    screens = answer_intake(
        guest, {**CLASSIC, "age": 30, "sites": ["chest_wall"], "agg": ["press_on_it"],
                "sx": ["chest_pain"]}, NOW,
    )
    assert "sites" in screens


def test_an_unfinished_intake_pauses_any_program(guest):
    place = intake.progress(guest)
    intake.record(guest, place.question.id, Answers(numbers={"age": 56}), NOW)
    outcome = intake.outcome(guest, NOW)
    assert outcome.triage.action is Action.PAUSE
    assert outcome.program is None


def test_it_resumes_where_it_stopped(guest):
    first = intake.progress(guest).question
    after = intake.record(guest, first.id, Answers(numbers={"age": 56}), NOW)
    assert intake.progress(guest).question == after.question
    assert after.question.id != first.id
    assert after.previous == first.id


def test_a_changed_answer_replaces_the_whole_screen(guest):
    answer_intake(guest, CLASSIC, NOW)
    intake.record(guest, "sites", Answers(sites=frozenset({"neck"})), NOW)
    assert intake.progress(guest).answers.sites == {"neck"}


def test_a_question_not_asked_of_this_person_is_not_found(guest):
    with pytest.raises(LookupError):
        intake.at(guest, "weeks-pregnant")


def test_the_summary_says_every_answer_in_words(guest):
    answer_intake(guest, CLASSIC, NOW)
    said = {one.question.id: one.texts for one in intake.summary(guest)}
    assert said["age"] == ("56 years",)
    assert "Bending back" in said["worse"]
    assert said["sites"][:2] == ("Low back", "Right side")
    assert len(said["pain-numbers"]) == 3


def test_every_painful_region_can_be_walked_through(guest, django_user_model):
    from people import make_person

    from recoup.services import shelf

    for site in shelf.current().vocabulary.lists["sites"]:
        person = make_person()
        screens = answer_intake(person, {**CLASSIC, "sites": [site]}, NOW)
        assert "sites" in screens
        assert intake.outcome(person, NOW) is not None
