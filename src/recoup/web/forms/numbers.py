"""Screens that ask for numbers: how old, how long, how strong the pain is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recoup.model.answers import Answers
from recoup.web.forms.fields import Number, OneOf, Scale
from recoup.web.forms.question import QuestionForm

DURATION = "duration_weeks"
WEEKS_IN = {"days": 1 / 7, "weeks": 1.0, "months": 52 / 12, "years": 52.0}


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
