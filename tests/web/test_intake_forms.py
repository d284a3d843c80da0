"""Answers are read from what a screen posts; unknown is not "no"."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from recoup.model.answers import Activity, Answers
from recoup.model.question import Question
from recoup.services import intake, shelf
from recoup.web.forms.choices import EachForm
from recoup.web.forms.fields import NONE, UNSURE
from recoup.web.forms.intake import form_for
from recoup.web.forms.question import Screen

NECESSARY = ("saddle_numb", "bladder_retention", "bowel_incontinence")


def question(**values: Any) -> Question:
    return Question(id="q", stage="s", heading="What is it?", **values)


def screen(asked: Question, given: Answers | None = None) -> Screen:
    library = shelf.current()
    found = intake.options(library, asked, given or Answers())
    options = tuple((option.key, option.text) for option in found)
    given = given or Answers()
    return Screen(
        asked, options, library.vocabulary, given,
        histories=intake.histories(given), fields=intake.fields(asked, given),
    )


def posted(**values: str | list[str]) -> QueryDict:
    sent = QueryDict(mutable=True)
    for name, value in values.items():
        sent.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return sent


def errors(form: Any) -> list[str]:
    assert not form.is_valid()
    return [problem.text for problem in form.problems()]


AGE = question(kind="number", fields=("age",), unit="years")


def test_a_number_is_read():
    form = form_for(screen(AGE), posted(age="52"))
    assert form.is_valid()
    assert form.answers() == Answers(numbers={"age": 52})


@pytest.mark.parametrize("text", ["", "abc", "-1", "121", "52.5", "nan", "inf"])
def test_a_number_out_of_range_is_refused_and_kept(text: str):
    form = form_for(screen(AGE), posted(age=text))
    (problem,) = errors(form)
    assert problem
    assert form["age"].text == text
    assert form.problems()[0].anchor == "id_age"


def test_nothing_is_preset_and_earlier_answers_come_back():
    assert form_for(screen(AGE))["age"].text == ""
    assert form_for(screen(AGE, Answers(numbers={"age": 52})))["age"].text == "52"
    scales = question(kind="scales", fields=("pain_now",))
    assert not any(row.checked for row in form_for(screen(scales))["pain_now"].rows)
    form = form_for(screen(scales, Answers(numbers={"pain_now": 0})))
    assert [row.value for row in form["pain_now"].rows if row.checked] == ["0"]


DURATION = question(kind="number", fields=("duration_weeks",), unit="weeks")


@pytest.mark.parametrize(
    ("amount", "unit", "weeks"),
    [("3", "days", 0.43), ("3", "weeks", 3), ("6", "months", 26), ("1,5", "years", 78)],
)
def test_a_duration_is_said_in_any_unit(amount: str, unit: str, weeks: float):
    form = form_for(screen(DURATION), posted(amount=amount, unit=unit))
    assert form.is_valid()
    assert form.answers().numbers == {"duration_weeks": weeks}


def test_a_duration_needs_its_unit():
    assert errors(form_for(screen(DURATION), posted(amount="3"))) == [
        "Choose days, weeks, months or years"
    ]


@pytest.mark.parametrize(("amount", "unit"), [("3", "days"), ("3", "weeks"), ("6", "months")])
def test_a_duration_comes_back_as_it_was_said(amount: str, unit: str):
    form = form_for(screen(DURATION), posted(amount=amount, unit=unit))
    assert form.is_valid()
    again = form_for(screen(DURATION, form.answers()))
    assert again["amount"].text == amount
    assert [row.value for row in again["unit"].rows if row.checked] == [unit]


SIDE = question(kind="choice", fields=("side",))


def test_a_choice_is_read_and_unsure_is_not_a_choice():
    form = form_for(screen(SIDE), posted(side="left"))
    assert form.is_valid()
    assert form.answers() == Answers(choices={"side": "left"})
    unsure = question(kind="choice", fields=("side",), not_sure=True)
    form = form_for(screen(unsure), posted(side=UNSURE))
    assert form.is_valid()
    assert form.answers() == Answers(unsure=frozenset({"side"}))


def test_a_choice_must_be_one_of_those_offered():
    assert errors(form_for(screen(SIDE), posted(side="nowhere"))) == ["Choose one answer"]
    assert errors(form_for(screen(SIDE), posted())) == ["Choose one answer"]


def test_an_optional_choice_left_out_is_skipped_not_answered():
    optional = question(kind="choice", fields=("side",), optional=True)
    form = form_for(screen(optional), posted())
    assert form.is_valid()
    assert form.answers() == Answers(skipped=frozenset({"side"}))


DANGER = question(kind="tick", list="sx", options=NECESSARY, not_sure=True)


def test_ticks_are_read():
    form = form_for(screen(DANGER), posted(keys=["saddle_numb"]))
    assert form.is_valid()
    assert not form.wants_each
    assert form.answers() == Answers(sx=frozenset({"saddle_numb"}))


def test_a_danger_screen_sent_empty_is_not_none_of_these():
    assert errors(form_for(screen(DANGER), posted())) == [
        "Choose what fits, or “None of these”"
    ]
    form = form_for(screen(DANGER), posted(keys=[NONE]))
    assert form.is_valid()
    assert form.answers() == Answers()


def test_none_of_these_excludes_the_others():
    (problem,) = errors(form_for(screen(DANGER), posted(keys=[NONE, "saddle_numb"])))
    assert "not both" in problem


def test_not_sure_asks_each_alone_and_keeps_what_was_ticked():
    form = form_for(screen(DANGER), posted(keys=["saddle_numb", UNSURE]))
    assert form.is_valid()
    assert form.wants_each
    each = EachForm(form.screen, ticked=form.ticked)
    checked = {bound.html_name: [r.value for r in bound.rows if r.checked] for bound in each}
    assert checked["each-saddle_numb"] == ["yes"]
    assert checked["each-bladder_retention"] == []


def test_each_alone_tells_yes_no_and_not_sure_apart():
    sent = posted(**{
        "each-saddle_numb": "yes", "each-bladder_retention": UNSURE,
        "each-bowel_incontinence": "no",
    })
    form = EachForm(screen(DANGER), sent)
    assert form.is_valid()
    assert form.answers() == Answers(
        sx=frozenset({"saddle_numb"}), unsure=frozenset({"bladder_retention"})
    )
    assert len(errors(EachForm(screen(DANGER), posted()))) == len(NECESSARY)


def test_a_single_sign_needs_no_second_screen():
    alone = question(kind="tick", list="sx", options=("self_harm_thoughts",), not_sure=True)
    form = form_for(screen(alone), posted(keys=[UNSURE]))
    assert form.is_valid()
    assert not form.wants_each
    assert form.answers() == Answers(unsure=frozenset({"self_harm_thoughts"}))


def test_an_optional_tick_screen_left_empty_is_skipped():
    optional = question(kind="tick", list="sx", options=("poor_sleep", "low_mood"), optional=True)
    form = form_for(screen(optional), posted())
    assert form.is_valid()
    assert form.answers() == Answers(skipped=frozenset({"poor_sleep", "low_mood"}))


def test_one_place_at_least_must_hurt():
    sites = question(
        kind="where", list="sites", options=("low_back", "neck"), fields=("side", "spread")
    )
    assert errors(form_for(screen(sites), posted()))[0] == "Choose where it hurts"
    rows = form_for(screen(sites))["keys"].rows
    assert [row.value for row in rows] == ["low_back", "neck"]


PAIN = question(kind="scales", fields=("pain_now", "pain_avg", "pain_worst"))


def test_scales_are_read_from_0_to_10():
    form = form_for(screen(PAIN), posted(pain_now="0", pain_avg="4", pain_worst="10"))
    assert form.is_valid()
    assert form.answers().numbers == {"pain_now": 0, "pain_avg": 4, "pain_worst": 10}
    assert len(errors(form_for(screen(PAIN), posted(pain_now="11")))) == 3


def test_the_worst_pain_is_not_less_than_the_usual_one():
    sent = posted(pain_now="3", pain_avg="6", pain_worst="4")
    (problem,) = errors(form_for(screen(PAIN), sent))
    assert "worst" in problem


ACTIVITIES = question(kind="activities")


def test_activities_are_read_with_what_can_be_done_now():
    sent = posted(**{"name-0": " Cook ", "ability-0": "4", "name-2": "Walk", "ability-2": "0"})
    form = form_for(screen(ACTIVITIES), sent)
    assert form.is_valid()
    assert form.answers().activities == (Activity("Cook", 4), Activity("Walk", 0))


def test_an_activity_needs_its_number_and_a_number_its_activity():
    assert errors(form_for(screen(ACTIVITIES), posted(**{"name-0": "Cook"}))) == [
        "Choose a number from 0 to 10"
    ]
    sent = posted(**{"name-0": "Cook", "ability-0": "4", "ability-1": "4"})
    assert errors(form_for(screen(ACTIVITIES), sent)) == ["Say which activity this is"]


def test_what_is_not_at_home_is_missing():
    asked = question(kind="practical")
    options = (("peanut-ball", "Ball"), ("foam-roller", "Roller"))
    place = Screen(asked, options, shelf.current().vocabulary)
    form = form_for(place, posted(minutes="15", home=["foam-roller"]))
    assert form.is_valid()
    assert form.answers() == Answers(minutes=15, missing_equipment=frozenset({"peanut-ball"}))
    form = form_for(place, posted(minutes="15", home=[NONE]))
    assert form.is_valid()
    assert form.answers().missing_equipment == {"peanut-ball", "foam-roller"}


def test_every_screen_of_the_library_has_a_form():
    library = shelf.current()
    for asked in library.questionnaires["intake"].questions:
        told = Answers(sites=frozenset({"low_back"}), sx=frozenset({"giving_way"}))
        form = form_for(screen(asked, told))
        assert form.fields, asked.id
        assert form.render is not None
