"""Screens that ask to choose: one answer, ticks of a list, painful places, each item alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from recoup.care.asking import FIRST_CHOICES
from recoup.model.answers import Answers
from recoup.model.question import Question
from recoup.web.forms.fields import NONE, UNSURE, OneOf, Ticks
from recoup.web.forms.question import QuestionForm, Screen

WHICH = {
    "operation": "Where was the operation?",
    "replacement": "Which joint was replaced?",
    "dislocation": "Which joint came out?",
    "giving_way": "Which joint gives way or feels loose?",
}


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


def _listed(
    question: Question, keys: frozenset[str], unsure: frozenset[str] = frozenset()
) -> Answers:
    return Answers(**{question.list or "sx": keys}, unsure=unsure)  # type: ignore[arg-type]
