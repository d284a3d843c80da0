"""Read ``programs/``: phases, slots, choices, doses with their steps, gates, modifiers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from recoup.library.page import Count, Loose, Page, Schema, When, Whole, Words
from recoup.library.problem import Path
from recoup.model.exercise import Dose, Exercise, Kind
from recoup.model.program import (
    Choice,
    Criterion,
    Item,
    Modifier,
    Phase,
    Program,
    ReferPage,
    Slot,
    Test,
)

REFER = "REFER"
"""The template of conditions for a clinician alone."""


class _Dose(Schema):
    sets: Count
    reps: Count | None = None
    hold_s: Whole | None = None
    time_s: Count | None = None
    rest_s: Whole | None = None
    variant: Words | None = None


class _Step(Schema):
    sets: Count | None = None
    reps: Count | None = None
    hold_s: Whole | None = None
    time_s: Count | None = None
    rest_s: Whole | None = None
    variant: Words | None = None


class _Test(Schema):
    measure: Literal[
        "answer",
        "average",
        "settled-sessions",
        "stiffness-share",
        "activities-gain",
        "activities-mean",
        "flare-free-days",
        "kept-sessions",
        "stage-cleared",
    ]
    at_most: float | None = None
    at_least: float | None = None


class _Criterion(Schema):
    id: Words
    text: Words
    any: list[_Test]
    ask: Words | None = None
    scale: Literal["pain", "effort", "yes-no", "minutes", "seconds", "count"] = "pain"


class _Item(Schema):
    exercise: Words
    dose: _Dose
    steps: list[_Step] = []
    rungs: list[_Dose] = []
    from_week: Whole = 0
    only_if_green: bool = False
    per_week: Count | None = None
    when: When | None = None
    gate: list[_Criterion] = []


class _Choice(Schema):
    pick: Count
    items: list[_Item]
    rotate: bool = False
    optional: bool = False
    apart: bool = False


class _Slot(Schema):
    id: Words
    aim: Words
    choices: list[_Choice]
    per_week: Count | None = None
    rest_day: bool = False


class _Phase(Schema):
    id: Words
    name: Words
    aim: Words
    weeks: Loose[tuple[Whole, Whole | None]]
    minutes: Count
    exercises: Count
    days_per_week: Count
    avoid: list[Words] = []
    avoid_words: Words
    slots: list[_Slot]
    gate: list[_Criterion] = []


class _Modifier(Schema):
    id: Words
    when: When
    text: Words
    slots: dict[str, list[_Choice]] = {}
    adds: dict[str, list[_Choice]] = {}
    leave_out: list[Words] = []
    caps: dict[str, dict[Literal["sets", "reps", "hold_s", "time_s", "rest_s"], Whole]] = {}


class _Paragraphs(Schema):
    approved: list[Words]
    expectations: list[Words]
    flare: list[Words]
    refer: list[Words]
    stop: list[Words]
    about: list[Words] = []
    evidence: list[Words] = []


class _Program(Schema):
    id: Words
    condition: Words
    title: Words
    summary: Words
    template: Words
    sources: list[Words] = []
    words: _Paragraphs
    phases: list[_Phase]
    modifiers: list[_Modifier] = []
    flare_set: list[Words] = []
    switch_to: Words | None = None
    keeps_order: bool = False


def read_program(
    page: Page, exercises: Mapping[str, Exercise]
) -> Program | ReferPage | None:
    """Return the program, or the page of a condition that is for a clinician alone. A dose without
    ``rest_s`` takes its exercise's least rest."""
    text = page.shaped(_Program)
    if text is None:
        return None
    if text.template == REFER:
        return _refer_page(page, text)
    reader = _Reader(page, exercises)
    return Program(
        id=text.id,
        condition=text.condition,
        title=text.title,
        summary=text.summary,
        template=text.template,
        phases=tuple(
            reader.phase(("phases", place), phase) for place, phase in enumerate(text.phases)
        ),
        modifiers=tuple(
            reader.modifier(("modifiers", place), one) for place, one in enumerate(text.modifiers)
        ),
        sources=tuple(text.sources),
        words=_paragraphs(text),
        flare_set=tuple(text.flare_set),
        switch_to=text.switch_to,
        keeps_order=text.keeps_order,
    )


def _refer_page(page: Page, text: _Program) -> ReferPage:
    for field in ("phases", "modifiers", "flare_set"):
        if getattr(text, field):
            mend = f"Write {field}: [], or leave it out."
            page.report((field,), "A refer page has no exercises.", mend)
    sources = tuple(text.sources)
    return ReferPage(
        text.id, text.condition, text.title, text.summary, sources, _paragraphs(text)
    )


def _paragraphs(text: _Program) -> dict[str, tuple[str, ...]]:
    return {name: tuple(lines) for name, lines in text.words.__dict__.items()}


class _Reader:
    """Turns the parts of one program into values, reporting to its page."""

    def __init__(self, page: Page, exercises: Mapping[str, Exercise]) -> None:
        self._page = page
        self._exercises = exercises

    def phase(self, path: Path, text: _Phase) -> Phase:
        return Phase(
            id=text.id,
            name=text.name,
            aim=text.aim,
            weeks=text.weeks,
            minutes=text.minutes,
            exercises=text.exercises,
            days_per_week=text.days_per_week,
            avoid=frozenset(text.avoid),
            avoid_words=text.avoid_words,
            slots=tuple(
                Slot(
                    slot.id,
                    slot.aim,
                    self._choices((*path, "slots", place, "choices"), slot.choices),
                    slot.per_week,
                    slot.rest_day,
                )
                for place, slot in enumerate(text.slots)
            ),
            gate=tuple(
                self._criterion((*path, "gate", place), one) for place, one in enumerate(text.gate)
            ),
        )

    def modifier(self, path: Path, text: _Modifier) -> Modifier:
        return Modifier(
            id=text.id,
            when=text.when,
            text=text.text,
            slots=self._slots((*path, "slots"), text.slots),
            adds=self._slots((*path, "adds"), text.adds),
            leave_out=frozenset(text.leave_out),
            caps={name: dict(fields.items()) for name, fields in text.caps.items()},
        )

    def _slots(self, path: Path, text: dict[str, list[_Choice]]) -> dict[str, tuple[Choice, ...]]:
        return {slot: self._choices((*path, slot), choices) for slot, choices in text.items()}

    def _choices(self, path: Path, text: list[_Choice]) -> tuple[Choice, ...]:
        return tuple(
            Choice(
                choice.pick,
                tuple(
                    self._item((*path, place, "items", number), item)
                    for number, item in enumerate(choice.items)
                ),
                choice.rotate,
                choice.optional,
                choice.apart,
            )
            for place, choice in enumerate(text)
        )

    def _item(self, path: Path, text: _Item) -> Item:
        return Item(
            exercise=text.exercise,
            doses=self._doses(path, text),
            from_week=text.from_week,
            only_if_green=text.only_if_green,
            per_week=text.per_week,
            when=text.when,
            gate=tuple(
                self._criterion((*path, "gate", place), one)
                for place, one in enumerate(text.gate)
            ),
        )

    def _doses(self, path: Path, text: _Item) -> tuple[Dose, ...]:
        doses = [self._whole(text.exercise, one) for one in (text.dose, *text.rungs)]
        if text.rungs:
            known = self._exercises.get(text.exercise)
            if known is not None and known.kind is not Kind.SEQUENCE:
                mend = "Use steps, each of which changes one thing."
                self._page.report((*path, "rungs"), "Only a sequence has a ladder of rungs.", mend)
            if text.steps:
                self._page.report((*path, "steps"), "It has rungs too.", "Leave one out.")
            return tuple(doses)
        for place, step in enumerate(text.steps):
            changes = {name: getattr(step, name) for name in step.model_fields_set}
            after = doses[-1].with_(**changes)
            if len(changes) != 1 or after == doses[-1]:
                self._page.report(
                    (*path, "steps", place),
                    "A step must change exactly one thing.",
                    "Name one of sets, reps, hold_s, time_s, rest_s, variant, with a new value.",
                )
            doses.append(after)
        return tuple(doses)

    def _whole(self, exercise: str, text: _Dose) -> Dose:
        start = dict(text.__dict__)
        if start["rest_s"] is None:
            start["rest_s"] = self._least_rest(exercise)
        return Dose(**start)

    def _least_rest(self, exercise: str) -> int:
        known = self._exercises.get(exercise)
        return known.limits.rest_s[0] if known and known.limits.rest_s else 0

    def _criterion(self, path: Path, text: _Criterion) -> Criterion:
        for place, test in enumerate(text.any):
            if (test.at_most is None) == (test.at_least is None):
                self._page.report(
                    (*path, "any", place),
                    "A test compares with exactly one limit.",
                    "Give at_most or at_least.",
                )
        if not text.any:
            self._page.report((*path, "any"), "The criterion has no test.", "Add one.")
        if text.ask is None and any(test.measure == "answer" for test in text.any):
            self._page.report((*path, "ask"), "The question is missing.", "Add ask and scale.")
        return Criterion(
            text.id,
            text.text,
            tuple(Test(test.measure, test.at_most, test.at_least) for test in text.any),
            text.ask,
            text.scale,
        )
