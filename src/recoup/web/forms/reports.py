"""What a person says before and after a session, in the morning and once a week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import QueryDict

from recoup.model.answers import Activity
from recoup.model.event import (
    ExerciseDone,
    MorningReport,
    SessionDone,
    Symptom,
    WeeklyReview,
)
from recoup.model.program import Criterion
from recoup.model.question import Question
from recoup.web.forms.fields import (
    ABILITY_ENDS,
    CHANGE_ENDS,
    EFFORT_ENDS,
    PAIN_ENDS,
    UNSURE,
    Number,
    OneOf,
    Options,
    Scale,
    Sheet,
    Ticks,
    YesNo,
)

NUMBER_MISSING = "Choose a number from 0 to 10"
YES_OR_NO = "Choose yes or no"
MINUTES_MISSING = "Write how many minutes, or 0"
NOT_TRIED = "Leave this out if you have not tried it."
MINUTES = (0, 600)
RESULTS = ("done", "partly", "easier", "skipped")
REASONS = (
    ("time", "No time today"),
    ("pain", "It hurts"),
    ("dislike", "I do not like it"),
    ("unwell", "I do not feel well"),
    ("equipment", "I do not have what it needs"),
)


class CheckForm(Sheet):
    """ "Anything new?" and how the person is now, before a session. ``before`` is the last pain
    number we know of."""

    def __init__(
        self,
        question: Question,
        options: Options,
        before: int | None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data=data)
        self.keys = frozenset(key for key, _ in options)
        self.fields["keys"] = Ticks(
            question.heading,
            options,
            "Choose what is new, or “Nothing new”",
            none="Nothing new",
            unsure="I am not sure about some of these" if question.not_sure else "",
        )
        self.head("keys", question.hint)
        self.fields["pain_now"] = Scale("How strong is your pain right now?", NUMBER_MISSING)
        self.ask_if_sure("pain_now", before)
        self.fields["slept_well"] = YesNo("Did you sleep well last night?", YES_OR_NO)

    @property
    def wants_each(self) -> bool:
        return UNSURE in self.cleaned_data["keys"]

    @property
    def ticked(self) -> frozenset[str]:
        return frozenset(self.cleaned_data["keys"]) - {UNSURE}

    def symptom(self, day: date) -> Symptom:
        data = self.cleaned_data
        return Symptom(day, self.ticked, frozenset(), data["pain_now"], data["slept_well"])

    def carried(self) -> tuple[tuple[str, str], ...]:
        """What was said, as hidden fields for the page that asks each sign alone."""
        sent: QueryDict = self.data  # type: ignore[assignment]
        return tuple((name, value) for name in self.fields for value in sent.getlist(name))


class EachNewForm(Sheet):
    """Each danger sign alone: yes, no or not sure. What was ticked starts as yes."""

    def __init__(
        self,
        options: Options,
        ticked: frozenset[str],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data=data)
        self.options = options
        for key, text in options:
            self.fields[f"each-{key}"] = OneOf(
                text,
                (("yes", "Yes"), ("no", "No"), (UNSURE, "Not sure")),
                "Choose yes, no or not sure",
                layout="threes",
                initial="yes" if key in ticked else None,
            )

    def symptom(self, said: Symptom) -> Symptom:
        """Return the symptom with each sign as answered here."""
        return replace(said, new=self._said("yes"), unsure=self._said(UNSURE))

    def _said(self, value: str) -> frozenset[str]:
        return frozenset(
            key for key, _ in self.options if self.cleaned_data[f"each-{key}"] == value
        )


class ExerciseForm(Sheet):
    """How one exercise went: done, partly, easier please, or left out and why."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data=data)
        self.fields["result"] = OneOf(
            "How did it go?", [(name, name) for name in RESULTS], "Choose how it went"
        )
        self.fields["reason"] = OneOf(
            "Why do you leave it out?", REASONS, "Choose why you leave it out", required=False
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("result") == "skipped" and not data.get("reason"):
            self.add_error("reason", "Choose why you leave it out")
        return data

    def done(self, day: date, slot: str, exercise: str) -> ExerciseDone:
        data = self.cleaned_data
        reason = data["reason"] if data["result"] == "skipped" else ""
        return ExerciseDone(day, slot, exercise, data["result"], reason)


class ReportForm(Sheet):
    """How the whole session was."""

    def __init__(self, exercises: Options, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data=data)
        self.fields["during"] = Scale(
            "How strong was the worst pain while you exercised?", NUMBER_MISSING
        )
        self.fields["after"] = Scale("How strong is the pain right now?", NUMBER_MISSING)
        self.fields["effort"] = Scale(
            "How hard was the session?", NUMBER_MISSING, ends=EFFORT_ENDS
        )
        self.fields["hurt"] = OneOf(
            "Which exercise hurt most?",
            (*exercises, ("none", "None of them")),
            "Choose an exercise, or “None of them”",
        )
        self.fields["new"] = YesNo(
            "Did anything new come up, such as numbness, weakness or a sharp pain?", YES_OR_NO
        )

    @property
    def something_new(self) -> bool:
        return bool(self.cleaned_data["new"])

    def done(self, day: date) -> SessionDone:
        data = self.cleaned_data
        hurt = None if data["hurt"] == "none" else data["hurt"]
        return SessionDone(day, data["during"], data["after"], data["effort"], hurt)


class MorningForm(Sheet):
    """The morning after. ``before`` is the pain of the last morning we know of."""

    def __init__(self, before: int | None, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data=data)
        self.fields["pain"] = Scale("How strong is the pain this morning?", NUMBER_MISSING)
        self.ask_if_sure("pain", before)
        self.fields["stiffness"] = Number(
            "How long were you stiff after getting up?",
            MINUTES_MISSING,
            between=MINUTES,
            unit="minutes",
        )
        self.fields["settled"] = YesNo("Is it back to what is usual for you?", YES_OR_NO)

    def report(self, day: date) -> MorningReport:
        data = self.cleaned_data
        return MorningReport(day, data["pain"], int(data["stiffness"]), data["settled"])


class WeekForm(Sheet):
    """The weekly review: the common questions, the person's own activities, the phase's gate."""

    def __init__(
        self,
        criteria: Sequence[Criterion],
        activities: Sequence[Activity],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data=data)
        self.criteria, self.activities = criteria, activities
        self.fields["average"] = Scale(
            "How strong was your usual pain this week?", NUMBER_MISSING
        )
        for place, activity in enumerate(activities):
            self.fields[f"activity-{place}"] = Scale(
                f"{activity.name}: how well can you do it now?", NUMBER_MISSING,
                ends=ABILITY_ENDS,
            )
        self.fields["change"] = Scale(
            "All in all, how is it now, compared with when you started?",
            "Choose a number from \N{MINUS SIGN}5 to +5",
            ends=CHANGE_ENDS,
            between=(-5, 5),
        )
        for criterion in criteria:
            self.fields[f"gate-{criterion.id}"] = _gate_field(criterion)

    def review(self, day: date) -> WeeklyReview:
        data = self.cleaned_data
        activities = tuple(
            Activity(one.name, data[f"activity-{place}"])
            for place, one in enumerate(self.activities)
        )
        said = {one.id: data[f"gate-{one.id}"] for one in self.criteria}
        gate = {name: int(value) for name, value in said.items() if value is not None}
        return WeeklyReview(day, data["average"], data["change"], activities, gate)


def _gate_field(criterion: Criterion) -> Scale | YesNo | Number:
    """The gate's own question. What was not tried stays open: it is not a "no"."""
    label = criterion.ask or criterion.text
    if criterion.scale == "yes-no":
        return YesNo(label, YES_OR_NO, required=False, help_text=NOT_TRIED)
    if criterion.scale == "minutes":
        return Number(
            label, MINUTES_MISSING, between=MINUTES, unit="minutes", required=False,
            help_text=NOT_TRIED,
        )
    ends = EFFORT_ENDS if criterion.scale == "effort" else PAIN_ENDS
    return Scale(label, NUMBER_MISSING, ends=ends, required=False, help_text=NOT_TRIED)
