"""The intake's screens: from a question and what was posted to answers.

Every kind of question has one class here. ``answers()`` holds this screen's fields alone;
"not sure" and "skipped" are kept apart from "no", because unknown is not "no".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from recoup.care.asking import FIRST_CHOICES
from recoup.model.answers import Activity, Answers, Vocabulary
from recoup.model.question import Question
from recoup.web.forms.fields import (
    ABILITY_ENDS,
    NONE,
    UNSURE,
    Number,
    OneOf,
    Options,
    Scale,
    Sheet,
    Ticks,
    Words,
)

PLACES = ("First activity", "Second activity", "Third activity")
MINUTES = (6, 10, 15, 20)
WEEKS_IN = {"days": 1 / 7, "weeks": 1.0, "months": 52 / 12, "years": 52.0}
DURATION = "duration_weeks"
WHICH = {
    "operation": "Where was the operation?",
    "replacement": "Which joint was replaced?",
    "dislocation": "Which joint came out?",
    "giving_way": "Which joint gives way or feels loose?",
}


@dataclass(frozen=True, slots=True)
class Screen:
    """A question with everything its form needs; ``answered`` says that it was answered before
    and is now looked at again."""

    question: Question
    options: Options
    vocabulary: Vocabulary
    given: Answers = field(default_factory=Answers)
    headings: Mapping[str, str] = field(default_factory=dict)
    answered: bool = False
    histories: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    """The question's fields as far as they are asked of this person."""

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for key, _ in self.options)

    def label(self, name: str) -> str:
        """The words for one of several fields; a field alone is named by the heading."""
        said = (self.question.labels or {}).get(name)
        numbers, choices = self.vocabulary.numbers, self.vocabulary.choices
        known = numbers[name].label if name in numbers else ""
        known = choices[name].label if name in choices else known
        return said or known or self.question.heading


class QuestionForm(Sheet):
    """A screen of the intake. Subclasses add fields in ``build`` and read them in ``answers``.

    ``headed``: the first field's label is the heading of the page, because it is the only one or
    because the class says so.
    """

    first_is_heading = False

    def __init__(self, screen: Screen, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data=data)
        self.screen = screen
        self.question = screen.question
        self.required = not screen.question.optional
        self.build()
        alone = len(self.fields) == 1 and not self.question.steps
        self.headed = alone or self.first_is_heading
        if self.headed:
            first = next(iter(self.fields))
            self.fields[first].label = self.question.heading
            self.head(first, self.question.hint)

    def build(self) -> None:
        raise NotImplementedError

    def answers(self) -> Answers:
        raise NotImplementedError

    def skipped(self) -> Answers:
        """What it means to leave an optional screen out."""
        return Answers(skipped=frozenset(self.question.fields or self.screen.keys))


class NumberForm(QuestionForm):
    def build(self) -> None:
        for name in self.question.fields:
            number = self.screen.vocabulary.numbers[name]
            self.fields[name] = Number(
                self.screen.label(name),
                "Write a number",
                between=(number.least, number.most),
                whole=number.whole,
                unit=self.question.unit,
                required=self.required,
                initial=_short(self.screen.given.numbers.get(name)),
            )

    def answers(self) -> Answers:
        data = self.cleaned_data
        return Answers(
            numbers={n: _whole(data[n]) for n in self.question.fields if data[n] is not None},
            skipped=frozenset(n for n in self.question.fields if data[n] is None),
        )


class DurationForm(QuestionForm):
    """How long: people think in days, weeks, months or years; the rules read weeks."""

    def build(self) -> None:
        amount, unit = _in_units(self.screen.given.numbers.get(DURATION))
        self.fields["amount"] = Number(
            "How many?", "Write how many days, weeks, months or years", between=(0, 999),
            whole=False, required=self.required, initial=amount,
        )
        self.fields["unit"] = OneOf(
            "Days, weeks, months or years?",
            [(name, name.capitalize()) for name in WEEKS_IN],
            "Choose days, weeks, months or years",
            required=self.required, initial=unit, layout="side-by-side",
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("amount") is not None and not data.get("unit") and "unit" not in self.errors:
            self.add_error("unit", "Choose days, weeks, months or years")
        weeks = self._weeks(data)
        number = self.screen.vocabulary.numbers[DURATION]
        if weeks is not None and not number.least <= weeks <= number.most:
            self.add_error("amount", "That is very long. Did you mean weeks, or months?")
        return data

    def answers(self) -> Answers:
        weeks = self._weeks(self.cleaned_data)
        if weeks is None:
            return self.skipped()
        return Answers(numbers={DURATION: weeks})

    def _weeks(self, data: Mapping[str, Any]) -> float | None:
        amount, unit = data.get("amount"), data.get("unit")
        if amount is None or not unit:
            return None
        return round(float(amount) * WEEKS_IN[unit], 2)


class ChoiceForm(QuestionForm):
    def build(self) -> None:
        many = len(self.screen.fields) > 1
        for name in self.screen.fields:
            values = self.screen.vocabulary.choices[name].values
            options = list(values.items()) if many else list(self.screen.options)
            missing = "Choose one answer"
            if self.question.not_sure:
                options.append((UNSURE, "I am not sure"))
            given = self.screen.given
            self.fields[name] = OneOf(
                self.screen.label(name),
                options,
                f"{missing}: {self.screen.label(name)}" if many else missing,
                required=self.required,
                initial=UNSURE if name in given.unsure else given.choices.get(name),
            )

    def answers(self) -> Answers:
        said = {name: self.cleaned_data[name] for name in self.screen.fields}
        return Answers(
            choices={name: value for name, value in said.items() if value not in ("", UNSURE)},
            unsure=frozenset(name for name, value in said.items() if value == UNSURE),
            skipped=frozenset(name for name, value in said.items() if value == ""),
        )


class MixedForm(QuestionForm):
    """Choices that must be made and numbers that may be left empty, on one screen."""

    def build(self) -> None:
        numbers, given = self.screen.vocabulary.numbers, self.screen.given
        for name in self.question.fields:
            label = self.screen.label(name)
            if name in numbers:
                self.fields[name] = Number(
                    label, "Write a number", between=(numbers[name].least, numbers[name].most),
                    whole=numbers[name].whole, unit=self.question.unit, required=False,
                    initial=_short(given.numbers.get(name)),
                    help_text="Leave this empty if it does not fit you.",
                )
            else:
                values = self.screen.vocabulary.choices[name].values
                self.fields[name] = OneOf(
                    label, list(values.items()), f"Choose one answer: {label}",
                    initial=given.choices.get(name),
                )

    def answers(self) -> Answers:
        data = self.cleaned_data
        numbers = self.screen.vocabulary.numbers
        given = {n: data[n] for n in self.question.fields if n in numbers and data[n] is not None}
        choices = {n: data[n] for n in self.question.fields if n not in numbers}
        return Answers(numbers={n: _whole(v) for n, v in given.items()}, choices=choices)


class TickForm(QuestionForm):
    """Ticks of one list. ``wants_each`` says that the person is not sure about some of them, so
    that each is asked alone next (``EachForm``)."""

    def build(self) -> None:
        question, given = self.question, self.screen.given
        keys = frozenset(self.screen.keys)
        about = "I am not sure" if len(keys) == 1 else "I am not sure about some of these"
        self.fields["keys"] = Ticks(
            question.heading,
            self.screen.options,
            "Choose what fits" if self._must_have_one else "Choose what fits, or “None of these”",
            headings=self.screen.headings,
            at_once=FIRST_CHOICES if question.by_region else None,
            none="" if self._must_have_one else "None of these",
            unsure=about if question.not_sure else "",
            required=self.required,
            initial=self._before(given, keys),
        )

    def _before(self, given: Answers, keys: frozenset[str]) -> list[str]:
        """What was said on this screen: "None of these" too, but never what was left out."""
        ticked = sorted(getattr(given, self.question.list or "sx") & keys)
        said = ticked + [UNSURE] * bool(given.unsure & keys)
        none = self.screen.answered and not said and not given.skipped & keys
        return [NONE] if none else said

    @property
    def _must_have_one(self) -> bool:
        return False

    @property
    def wants_each(self) -> bool:
        """Whether to ask each alone: a danger sign gets one more question before "not sure"."""
        known = self.screen.vocabulary
        keys = frozenset(self.screen.keys)
        danger = keys & (known.safety_screen | known.also_asked)
        return UNSURE in self.cleaned_data["keys"] and len(keys) > 1 and bool(danger)

    @property
    def ticked(self) -> frozenset[str]:
        return frozenset(self.cleaned_data["keys"]) - {UNSURE}

    def answers(self) -> Answers:
        said = self._sent()
        if not said:
            return self.skipped()
        unsure = frozenset(self.screen.keys) - self.ticked if UNSURE in said else frozenset()
        return _listed(self.question, self.ticked, unsure)

    def _sent(self) -> list[str]:
        sent: QueryDict = self.data  # type: ignore[assignment]
        return sent.getlist("keys")


class WhereForm(TickForm):
    """The painful places, and on the same screen which side and how far."""

    first_is_heading = True

    def build(self) -> None:
        super().build()
        self.fields["keys"].error_messages["required"] = "Choose where it hurts"
        self.fields["keys"].pictured = True  # type: ignore[attr-defined]
        choices = ChoiceForm(self.screen)
        for name in self.screen.fields:
            self.fields[name] = choices.fields[name]

    @property
    def _must_have_one(self) -> bool:
        return True

    @property
    def wants_each(self) -> bool:
        return False

    def answers(self) -> Answers:
        said = {name: self.cleaned_data[name] for name in self.screen.fields}
        return Answers(
            sites=self.ticked,
            choices={name: value for name, value in said.items() if value != UNSURE},
            unsure=frozenset(name for name, value in said.items() if value == UNSURE),
        )


class PlacesForm(QuestionForm):
    """At which joint each history was. "I am not sure" leaves it open: then it counts
    everywhere."""

    def build(self) -> None:
        joints = self.screen.vocabulary.joints.values()
        for name in self.screen.histories:
            label = WHICH[name]
            given = self.screen.given.places.get(name, frozenset())
            unsure = self.screen.answered and not given
            self.fields[name] = Ticks(
                label, [(joint.key, joint.label) for joint in joints], f"Choose a part: {label}",
                none="", unsure="I am not sure", initial=[UNSURE] if unsure else sorted(given),
            )

    def answers(self) -> Answers:
        said = {name: self.cleaned_data[name] for name in self.screen.histories}
        return Answers(
            places={name: joints for name, joints in said.items() if UNSURE not in joints}
        )

    def skipped(self) -> Answers:
        return Answers()


class EachForm(QuestionForm):
    """Each item of a tick screen alone: yes, no or not sure. What was ticked starts as yes."""

    def __init__(
        self, screen: Screen, data: Mapping[str, Any] | None = None,
        ticked: frozenset[str] = frozenset(),
    ) -> None:
        self.ticked = ticked
        super().__init__(screen, data)

    def build(self) -> None:
        known = self.screen.vocabulary.lists[self.question.list or "sx"]
        for key, text in self.screen.options:
            self.fields[f"each-{key}"] = OneOf(
                text,
                (("yes", "Yes"), ("no", "No"), (UNSURE, "Not sure")),
                f"Choose yes, no or not sure: {known[key].label}",
                layout="threes",
                initial="yes" if key in self.ticked else None,
            )

    def answers(self) -> Answers:
        said = {key: self.cleaned_data[f"each-{key}"] for key in self.screen.keys}
        yes = frozenset(key for key, value in said.items() if value == "yes")
        unsure = frozenset(key for key, value in said.items() if value == UNSURE)
        return _listed(self.question, yes, unsure)


class ScalesForm(QuestionForm):
    """Numbers from 0 to 10. The worst pain cannot be less than the usual one (H18)."""

    def build(self) -> None:
        for name in self.question.fields:
            given = self.screen.given.numbers.get(name)
            self.fields[name] = Scale(
                self.screen.label(name), "Choose a number from 0 to 10", required=self.required,
                initial=None if given is None else int(given),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        worst, usual = data.get("pain_worst"), data.get("pain_avg")
        if worst is not None and usual is not None and worst < usual:
            self.add_error("pain_worst", "The worst pain is less than the average: check both")
        return data

    def answers(self) -> Answers:
        data = self.cleaned_data
        return Answers(
            numbers={n: data[n] for n in self.question.fields if data[n] is not None},
            skipped=frozenset(n for n in self.question.fields if data[n] is None),
        )


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


def _listed(
    question: Question, keys: frozenset[str], unsure: frozenset[str] = frozenset()
) -> Answers:
    return Answers(**{question.list or "sx": keys}, unsure=unsure)  # type: ignore[arg-type]


def _whole(number: float) -> float:
    return int(number) if number == int(number) else number


def _short(number: float | None) -> str | None:
    return None if number is None else f"{number:g}"


def _in_units(weeks: float | None) -> tuple[str | None, str | None]:
    """Say a number of weeks in the largest unit that gives a whole number.

    >>> _in_units(52.0), _in_units(3.0), _in_units(0.43)
    (('1', 'years'), ('3', 'weeks'), ('3', 'days'))
    """
    if weeks is None:
        return None, None
    for name in ("years", "months", "weeks", "days"):
        amount = weeks / WEEKS_IN[name]
        if round(amount) and abs(amount - round(amount)) < 0.02:
            return f"{round(amount):g}", name
    return f"{weeks:g}", "weeks"
