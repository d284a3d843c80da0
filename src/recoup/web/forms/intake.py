"""The intake's screens: from a question and what was posted to answers.

Every kind of question has one class, here or in ``choices`` and ``numbers``. ``answers()`` holds
this screen's fields alone; "not sure" and "skipped" are kept apart from "no", because unknown is
not "no".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from recoup.model.answers import Activity, Answers
from recoup.web.forms.choices import ChoiceForm, PlacesForm, TickForm, WhereForm
from recoup.web.forms.fields import ABILITY_ENDS, OneOf, Scale, Ticks, Words
from recoup.web.forms.numbers import DURATION, DurationForm, MixedForm, NumberForm, ScalesForm
from recoup.web.forms.question import QuestionForm, Screen

PLACES = ("First activity", "Second activity", "Third activity")
MINUTES = (6, 10, 15, 20)


class ActivitiesForm(QuestionForm):
    """Up to three things the person wants to do again, and how well they can do each now."""

    def build(self) -> None:
        given = self.screen.given.activities
        for place in range(len(PLACES)):
            known = given[place] if place < len(given) else Activity("")
            self.fields[f"name-{place}"] = Words(
                PLACES[place], "Name one activity", required=self.required and place == 0,
                initial=known.name,
            )
            self.fields[f"ability-{place}"] = Scale(
                "How well can you do it now?", "Choose a number from 0 to 10",
                ends=ABILITY_ENDS, required=False, initial=known.ability,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for place in range(len(PLACES)):
            named, ability = data.get(f"name-{place}"), data.get(f"ability-{place}")
            if named and ability is None:
                self.add_error(f"ability-{place}", "Choose a number from 0 to 10")
            if ability is not None and not named and f"name-{place}" not in self.errors:
                self.add_error(f"name-{place}", "Say which activity this is")
        return data

    def answers(self) -> Answers:
        data = self.cleaned_data
        named = [
            Activity(data[f"name-{place}"].strip(), data[f"ability-{place}"])
            for place in range(len(PLACES))
            if data[f"name-{place}"].strip()
        ]
        return Answers(activities=tuple(named)) if named else self.skipped()


class PracticalForm(QuestionForm):
    """How much time there is, and what is at home: the rest is missing."""

    def build(self) -> None:
        given = self.screen.given
        if "minutes" in self._asks:
            self.fields["minutes"] = OneOf(
                "How long can one session be?",
                [(str(n), f"About {n} minutes") for n in MINUTES],
                "Choose how long a session can be",
                initial=None if given.minutes is None else str(given.minutes),
            )
        if "missing_equipment" in self._asks:
            missing = given.missing_equipment
            here = sorted(frozenset(self.screen.keys) - missing) if missing else []
            self.fields["home"] = Ticks(
                "What do you have at home?", self.screen.options,
                "Choose what you have, or “None of these”", initial=here,
            )

    @property
    def _asks(self) -> Sequence[str]:
        return self.question.fields or ("minutes", "missing_equipment")

    def answers(self) -> Answers:
        minutes = self.cleaned_data.get("minutes")
        missing: frozenset[str] = frozenset()
        if "home" in self.fields:
            missing = frozenset(self.screen.keys) - self.cleaned_data["home"]
        return Answers(minutes=int(minutes) if minutes else None, missing_equipment=missing)


class SelfTestForm(QuestionForm):
    def build(self) -> None:
        options = [(str(n), one.text) for n, one in enumerate(self.question.outcomes)]
        known = [
            str(n) for n, one in enumerate(self.question.outcomes)
            if one.adds and one.adds <= self.screen.given.test
        ]
        self.fields["outcome"] = OneOf(
            "What happened?", options, "Choose what happened, or skip this test",
            initial=known[0] if known else None,
        )

    def answers(self) -> Answers:
        return Answers(test=self.question.outcomes[int(self.cleaned_data["outcome"])].adds)

    def skipped(self) -> Answers:
        keys = (outcome.adds for outcome in self.question.outcomes)
        return Answers(skipped=frozenset[str]().union(*keys))


FORMS: Mapping[str, type[QuestionForm]] = {
    "number": NumberForm,
    "choice": ChoiceForm,
    "mixed": MixedForm,
    "where": WhereForm,
    "places": PlacesForm,
    "tick": TickForm,
    "scales": ScalesForm,
    "activities": ActivitiesForm,
    "practical": PracticalForm,
    "self-test": SelfTestForm,
}


def form_for(screen: Screen, data: Mapping[str, Any] | None = None) -> QuestionForm:
    """Return the form of a question, filled with what was posted or with earlier answers."""
    if screen.question.fields == (DURATION,):
        return DurationForm(screen, data)
    return FORMS[screen.question.kind](screen, data)
