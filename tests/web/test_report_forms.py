"""What is said before and after a session is read into events."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from recoup.model.answers import Activity
from recoup.model.emergency import Emergency
from recoup.model.event import ExerciseDone, MorningReport, SessionDone, Symptom
from recoup.model.program import Criterion
from recoup.model.question import Question
from recoup.web.forms.fields import NONE, UNSURE
from recoup.web.forms.reports import (
    CheckForm,
    EachNewForm,
    ExerciseForm,
    MorningForm,
    ReportForm,
    WeekForm,
)
from recoup.web.forms.welcome import StartForm

ANYWHERE = Emergency()

DAY = date(2026, 11, 22)
SIGNS = (("fever", "Fever"), ("weak_leg", "Weak leg"))
NEW = Question("anything-new", "danger-signs", "Anything new?", "tick", list="sx", not_sure=True)


def posted(**values: str | list[str]) -> QueryDict:
    sent = QueryDict(mutable=True)
    for name, value in values.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return sent


def errors(form: Any) -> list[str]:
    assert not form.is_valid()
    return [problem.text for problem in form.problems()]


def test_nothing_new_is_said_aloud():
    form = CheckForm(NEW, SIGNS, 3, posted(keys=NONE, pain_now="3", slept_well="no"))
    assert form.is_valid()
    assert form.symptom(DAY) == Symptom(DAY, frozenset(), frozenset(), 3, False)
    assert len(errors(CheckForm(NEW, SIGNS, 3, posted()))) == 3


def test_what_today_is_like_may_be_told_and_may_be_left_out():
    things = (("floor", "Room on the floor"), ("mat", "A mat"))
    said = posted(
        keys=NONE, pain_now="3", slept_well="yes", minutes="10", place="work",
        missing=["floor", "mat"], missed_because="forgot",
    )
    form = CheckForm(NEW, SIGNS, 3, said, things=things, asks_why=True)
    assert form.is_valid(), form.errors
    assert form.symptom(DAY) == Symptom(
        DAY, pain_now=3, slept_well=True, minutes=10, place="work",
        missing=frozenset({"floor", "mat"}), missed_because="forgot",
    )
    assert [one.name for one in form.changes] == ["minutes", "place", "missing"]
    whole = CheckForm(NEW, SIGNS, 3, posted(
        keys=NONE, pain_now="3", slept_well="yes", minutes="all"), asks_why=True)
    assert whole.is_valid()
    assert whole.symptom(DAY) == Symptom(DAY, pain_now=3, slept_well=True)
    assert "missing" not in whole.fields, "nothing is asked for that today does not need"


def test_only_a_known_time_or_place_is_taken():
    sent = posted(keys=NONE, pain_now="3", slept_well="yes", minutes="7", place="moon")
    assert len(errors(CheckForm(NEW, SIGNS, 3, sent))) == 2


def test_where_the_pain_went_is_asked_in_words_of_the_limb():
    sent = posted(during="4", after="2", effort="5", hurt="none", new="no", moved="further")
    form = ReportForm([], sent, "leg")
    assert form.is_valid()
    assert form.done(DAY).moved == "further"
    same = ReportForm([], posted(
        during="4", after="2", effort="5", hurt="none", new="no", moved="same"), "arm")
    assert same.is_valid()
    assert same.done(DAY).moved is None
    assert len(errors(ReportForm([], posted(), "leg"))) == 6


def test_not_sure_about_a_sign_asks_each_alone():
    sent = posted(keys=["fever", UNSURE], pain_now="3", slept_well="yes")
    form = CheckForm(NEW, SIGNS, None, sent)
    assert form.is_valid()
    assert form.wants_each
    assert ("pain_now", "3") in form.carried()
    each = EachNewForm(SIGNS, form.ticked, posted(**{"each-fever": "no", "each-weak_leg": UNSURE}))
    assert each.is_valid()
    said = each.symptom(form.symptom(DAY))
    assert said == Symptom(DAY, frozenset(), frozenset({"weak_leg"}), 3, True)


@pytest.mark.parametrize(("said", "asks"), [("2", False), ("7", False), ("8", True), ("0", False)])
def test_a_jump_in_pain_is_asked_again(said: str, asks: bool):
    sent = posted(pain=said, stiffness="5", settled="yes")
    form = MorningForm(3, sent)
    assert form.is_valid() is not asks
    sure = posted(pain=said, stiffness="5", settled="yes", sure="sure")
    assert MorningForm(3, sure).is_valid()


def test_the_morning_is_read():
    form = MorningForm(None, posted(pain="8", stiffness="0", settled="no"))
    assert form.is_valid()
    assert form.report(DAY) == MorningReport(DAY, 8, 0, False)


def test_an_exercise_is_done_or_left_out_for_a_reason():
    form = ExerciseForm(posted(result="done", reason="pain"))
    assert form.is_valid()
    assert form.done(DAY, "A", "bridge") == ExerciseDone(DAY, "A", "bridge", "done", "")
    form = ExerciseForm(posted(result="skipped", reason="time"))
    assert form.is_valid()
    assert form.done(DAY, "A", "bridge").reason == "time"
    assert errors(ExerciseForm(posted(result="skipped"))) == ["Choose why you leave it out"]
    assert errors(ExerciseForm(posted(result="cheated")))


def test_a_session_report_is_read():
    sent = posted(during="4", after="2", effort="5", hurt="bridge", new="no")
    form = ReportForm([("bridge", "Bridge")], sent)
    assert form.is_valid()
    assert not form.something_new
    assert form.done(DAY) == SessionDone(DAY, 4, 2, 5, "bridge")
    sent = posted(during="4", after="2", effort="5", hurt="none", new="yes")
    form = ReportForm([("bridge", "Bridge")], sent)
    assert form.is_valid()
    assert form.something_new
    assert form.done(DAY).hurt is None
    assert len(errors(ReportForm([], posted()))) == 5


CRITERIA = (
    Criterion("stand", "Stands", (), "How strong did it get?", "pain"),
    Criterion("level", "Level", (), "Is it level?", "yes-no"),
    Criterion("stiff", "Stiff", (), "How many minutes?", "minutes"),
    Criterion("effort", "Effort", (), "How hard?", "effort"),
    Criterion("hold", "Hold", (), "For how many seconds?", "seconds"),
    Criterion("knee-osteoarthritis/raises", "Raises", (), "How many?", "count"),
)
PROGRAMS = (("Back", CRITERIA[:-1]), ("Knee", CRITERIA[-1:]))
MOOD = {"distressed": "yes", "off_work": "no"}


def test_the_week_is_read_and_what_was_not_tried_stays_open():
    sent = posted(**{
        "average": "3", "activity-0": "6", "change": "-2", "gate-level": "yes",
        "gate-stiff": "10", "gate-hold": "45", "gate-knee-osteoarthritis--raises": "12", **MOOD,
    })
    form = WeekForm(PROGRAMS, [Activity("Cook", 4)], sent)
    assert form.is_valid(), form.errors
    said = form.review(DAY)
    assert said.gate == {"level": 1, "stiff": 10, "hold": 45, "knee-osteoarthritis/raises": 12}
    assert (said.distressed, said.off_work) == (True, False)
    assert [title for title, _ in form.sections] == ["", "Back", "Knee"]
    assert (said.average, said.change, said.activities) == (3, -2, (Activity("Cook", 6),))


def test_a_no_at_the_gate_is_not_left_open():
    sent = posted(**{"average": "3", "change": "0", "gate-level": "no", **MOOD})
    form = WeekForm(PROGRAMS, [], sent)
    assert form.is_valid()
    assert form.review(DAY).gate == {"level": 0}


def test_starting_needs_the_agreement_and_a_time_zone_that_exists():
    assert errors(StartForm("I agree", ANYWHERE, posted(time_zone="Europe/Madrid")))
    form = StartForm("I agree", ANYWHERE, posted(agreed="agreed", time_zone="Europe/Madrid"))
    assert form.is_valid()
    assert form.cleaned_data["time_zone"] == "Europe/Madrid"
    for wrong in ("", "Mars/Crater", "../../etc/passwd", "Europe"):
        form = StartForm("I agree", ANYWHERE, posted(agreed="agreed", time_zone=wrong))
        assert form.is_valid()
        assert form.cleaned_data["time_zone"] == "UTC"
