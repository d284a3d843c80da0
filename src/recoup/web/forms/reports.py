"""What a person says before and after a session, in the morning and once a week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.forms.boundfield import BoundField
from django.http import QueryDict

from recoup.care.course import Limits
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
SECONDS = (0, 3600)
TIMES = (0, 1000)
RESULTS = ("done", "partly", "easier", "harder", "skipped")
ALL = "all"
TODAY_MINUTES = (
    ("6", "6 minutes"), ("10", "10 minutes"), ("15", "15 minutes"), ("20", "20 minutes"),
    (ALL, "As long as planned"),
)  # fmt: skip
PLACES = (
    ("home", "At home"),
    ("work", "At work, on a chair or standing"),
    ("standing", "Somewhere where I can only stand"),
)
WHY_MISSED = (
    ("time", "No time"),
    ("pain", "It hurt"),
    ("boredom", "It bored me"),
    ("forgot", "I forgot"),
    ("unwell", "I felt ill"),
    ("worse", "It got worse"),
)
WENT = ("further", "back")
MOVED = {
    "leg": (
        ("further", "Further down the leg, or further out"),
        ("back", "Back up, towards the back"),
        ("same", "No change, or no pain in the leg"),
    ),
    "arm": (
        ("further", "Further down the arm or hand"),
        ("back", "Back up, towards the neck or where it began"),
        ("same", "No change, or no pain in the arm"),
    ),
}
REASONS = (
    ("time", "No time today"),
    ("pain", "It hurts"),
    ("dislike", "I do not like it"),
    ("unwell", "I do not feel well"),
    ("equipment", "I do not have what it needs"),
)


class CheckForm(Sheet):
    """ "Anything new?", how the person is now, and what today is like, before a session.

    ``before`` is the last pain number we know of; ``things`` is what today's session needs and
    may be missing; ``asks_why`` asks once why days were missed. The last two are optional.
    """

    CHANGES = ("minutes", "place", "missing")

    def __init__(
        self,
        question: Question,
        options: Options,
        before: int | None,
        data: Mapping[str, Any] | None = None,
        *,
        things: Options = (),
        asks_why: bool = False,
        given: Limits | None = None,
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
        if asks_why:
            self.fields["missed_because"] = OneOf(
                "You were away for some days. What got in the way?", WHY_MISSED,
                "Choose what got in the way", required=False,
                help_text="Nothing is lost. You may leave this out.",
            )
        self._ask_for_today(things, given)

    def _ask_for_today(self, things: Options, given: Limits | None) -> None:
        minutes = str(given.minutes) if given and given.minutes else None
        known = minutes if minutes in dict(TODAY_MINUTES) else None
        self.fields["minutes"] = OneOf(
            "How long do you have?", TODAY_MINUTES, "Choose how long you have",
            layout="side-by-side", required=False, initial=known,
        )
        self.fields["place"] = OneOf(
            "Where are you?", PLACES, "Choose where you are", required=False,
            initial=given.place if given else None,
        )
        if things:
            self.fields["missing"] = Ticks(
                "What is not at hand today?", things, "Choose what is missing", none="",
                required=False, initial=tuple(given.missing) if given else (),
            )

    @property
    def first(self) -> tuple[BoundField, ...]:
        """What is asked of everybody."""
        return tuple(one for one in self if one.name not in self.CHANGES)

    @property
    def changes(self) -> tuple[BoundField, ...]:
        """What is folded away under "Change today"."""
        return tuple(one for one in self if one.name in self.CHANGES)

    @property
    def changed(self) -> bool:
        """Whether something of that was said or is wrong, so that it is shown at once."""
        return any(one.errors or one.value() for one in self.changes)

    @property
    def wants_each(self) -> bool:
        return UNSURE in self.cleaned_data["keys"]

    @property
    def ticked(self) -> frozenset[str]:
        return frozenset(self.cleaned_data["keys"]) - {UNSURE}

    def symptom(self, day: date) -> Symptom:
        data = self.cleaned_data
        minutes = data["minutes"]
        return Symptom(
            day, self.ticked, frozenset(), data["pain_now"], data["slept_well"],
            minutes=int(minutes) if minutes and minutes != ALL else None,
            place=data["place"] or None,
            missing=frozenset(data.get("missing", ())),
            missed_because=data.get("missed_because") or None,
        )

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
    """How one exercise went: done, partly, easier or harder please, or left out and why."""

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
    """How the whole session was. ``limb`` is the arm or leg into which the pain may have moved,
    None where that is not asked."""

    def __init__(
        self,
        exercises: Options,
        data: Mapping[str, Any] | None = None,
        limb: str | None = None,
    ) -> None:
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
        if limb is not None:
            self.fields["moved"] = OneOf(
                "Where did the pain go during the session?", MOVED[limb],
                "Choose where the pain went",
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
        moved = data.get("moved")
        return SessionDone(
            day, data["during"], data["after"], data["effort"], hurt,
            moved=moved if moved in WENT else None,
        )


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
        self.fields["flare"] = Ticks(
            "Is it clearly worse than usual, and does it stay?",
            (("flare", "It feels like a flare-up"),), "", none="", required=False,
        )

    def report(self, day: date) -> MorningReport:
        data = self.cleaned_data
        return MorningReport(
            day, data["pain"], int(data["stiffness"]), data["settled"],
            flare=True if data["flare"] else None,
        )


class WeekForm(Sheet):
    """The weekly review: the common questions, the person's own activities, and what each
    program asks. ``programs`` are the questions of one program each, under its heading; the
    first one has none where it is alone."""

    def __init__(
        self,
        programs: Sequence[tuple[str, Sequence[Criterion]]],
        activities: Sequence[Activity],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data=data)
        self.programs, self.activities = programs, activities
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
        self.fields["distressed"] = YesNo("Does it weigh on you a lot?", YES_OR_NO)
        self.fields["off_work"] = YesNo(
            "Have you missed work for more than four weeks because of it?", YES_OR_NO
        )
        for _, criteria in programs:
            for criterion in criteria:
                self.fields[_gate_name(criterion)] = _gate_field(criterion)

    @property
    def sections(self) -> tuple[tuple[str, tuple[BoundField, ...]], ...]:
        """The fields under their headings; the common ones first, without one."""
        gate = {_gate_name(one): title for title, criteria in self.programs for one in criteria}
        own = [
            (title, tuple(self[_gate_name(one)] for one in criteria))
            for title, criteria in self.programs
            if criteria
        ]
        return (("", tuple(one for one in self if one.name not in gate)), *own)

    def review(self, day: date) -> WeeklyReview:
        data = self.cleaned_data
        activities = tuple(
            Activity(one.name, data[f"activity-{place}"])
            for place, one in enumerate(self.activities)
        )
        asked = [one for _, criteria in self.programs for one in criteria]
        said = {one.id: data[_gate_name(one)] for one in asked}
        gate = {name: int(value) for name, value in said.items() if value is not None}
        return WeeklyReview(
            day, data["average"], data["change"], activities, gate,
            distressed=data["distressed"], off_work=data["off_work"],
        )


def _gate_name(criterion: Criterion) -> str:
    """Return the field's name; a stroke has no place in an anchor."""
    return f"gate-{criterion.id.replace('/', '--')}"


COUNTED = {
    "minutes": ("minutes", MINUTES_MISSING, MINUTES),
    "seconds": ("seconds", "Write how many seconds, or 0", SECONDS),
    "count": ("", "Write how many times, or 0", TIMES),
}
"""Scales that are typed in: unit, what is missing, and from where to where."""


def _gate_field(criterion: Criterion) -> Scale | YesNo | Number:
    """The gate's own question. What was not tried stays open: it is not a "no"."""
    label = criterion.ask or criterion.text
    if criterion.scale == "yes-no":
        return YesNo(label, YES_OR_NO, required=False, help_text=NOT_TRIED)
    if criterion.scale in COUNTED:
        unit, missing, between = COUNTED[criterion.scale]
        return Number(
            label, missing, between=between, unit=unit, required=False, help_text=NOT_TRIED
        )
    ends = EFFORT_ENDS if criterion.scale == "effort" else PAIN_ENDS
    return Scale(label, NUMBER_MISSING, ends=ends, required=False, help_text=NOT_TRIED)
