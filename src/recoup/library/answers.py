"""Answers to the intake from outside: flat lists, scalars by name, and what stayed open.

Checked by hand, not by a schema: a simulation reads tens of thousands of them a second.
"""

from __future__ import annotations

import math
from dataclasses import replace

from recoup.library.fields import Fields
from recoup.library.problem import InputError, Problem, nearest, said
from recoup.model.answers import (
    HISTORIES,
    LISTS,
    NOTHING,
    STATES,
    Activity,
    Answers,
    Choice,
    Number,
    Vocabulary,
)

EXTRAS = ("activities", "minutes", "missing_equipment", "places")
STATE = "answer_state"
MINUTES = (1, 240)
FILE = "answers"

_ANY_LIST = frozenset(LISTS)
_REST = frozenset((*EXTRAS, STATE))


def read_answers(data: object, vocabulary: Vocabulary) -> Answers:
    """Return the answers; raise InputError with every problem.

    A number or choice that is null counts as left out. A list that is null does not: write [].
    """
    problems: list[Problem] = []
    answers = answers_of(data, vocabulary, problems)
    if problems:
        raise InputError(problems)
    return answers


def answers_of(
    data: object, vocabulary: Vocabulary, problems: list[Problem], prefix: str = ""
) -> Answers:
    """Return the answers as far as they can be read, adding to ``problems``."""
    if not isinstance(data, dict):
        mend = "Write the answers as names and values in braces."
        problems.append(Problem(FILE, prefix, "Answers are an object.", mend))
        return Answers()
    return _Reader(vocabulary, problems, prefix).read(data)


def write_answers(answers: Answers) -> dict[str, object]:
    """Return what ``read_answers`` reads back as the same answers; what is empty is left out."""
    data: dict[str, object] = {**answers.numbers, **answers.choices}
    for name in (*LISTS, "missing_equipment"):
        if keys := getattr(answers, name):
            data[name] = sorted(keys)
    state = {name: sorted(keys) for name in STATES if (keys := getattr(answers, name))}
    if state:
        data[STATE] = state
    if answers.activities:
        data["activities"] = [write_activity(one) for one in answers.activities]
    if answers.minutes is not None:
        data["minutes"] = answers.minutes
    if answers.places:
        data["places"] = {name: sorted(joints) for name, joints in answers.places.items()}
    return data


def write_activity(activity: Activity) -> dict[str, object]:
    if activity.ability is None:
        return {"name": activity.name}
    return {"name": activity.name, "ability": activity.ability}


def mend_of_key(key: str, vocabulary: Vocabulary) -> str | None:
    """Return None when some answer has this name: a scalar, a list or a list's key. Else return
    how to mend it."""
    if key in vocabulary.numbers or key in vocabulary.choices or key in _ANY_LIST:
        return None
    if any(key in keys for keys in vocabulary.lists.values()):
        return None
    known = {name for keys in vocabulary.lists.values() for name in keys}
    return nearest(key, known | vocabulary.numbers.keys() | vocabulary.choices.keys())


class _Reader:
    """Reads one person's answers."""

    __slots__ = ("_prefix", "_problems", "_vocabulary")

    def __init__(self, vocabulary: Vocabulary, problems: list[Problem], prefix: str) -> None:
        self._vocabulary = vocabulary
        self._problems = problems
        self._prefix = f"{prefix}." if prefix else ""

    def read(self, data: dict[object, object]) -> Answers:
        numbers: dict[str, float] = {}
        choices: dict[str, str] = {}
        lists: dict[str, frozenset[str]] = {}
        rest: dict[object, object] = {}
        known_numbers, known_choices = self._vocabulary.numbers, self._vocabulary.choices
        for name, value in data.items():
            if name in _ANY_LIST:
                lists[str(name)] = self._keys(str(name), value)
            elif name in known_numbers:
                if value is not None:
                    numbers[str(name)] = self._number(known_numbers[str(name)], value)
            elif name in known_choices:
                if value is not None:
                    choices[str(name)] = self._choice(known_choices[str(name)], value)
            elif name in _REST:
                rest[name] = value
            else:
                self._report(str(name), "This key is not known.", self._nearest(str(name)))
        answers = Answers(
            numbers,
            choices,
            sites=lists.get("sites", NOTHING),
            agg=lists.get("agg", NOTHING),
            ease=lists.get("ease", NOTHING),
            sx=lists.get("sx", NOTHING),
            hx=lists.get("hx", NOTHING),
            test=lists.get("test", NOTHING),
        )
        return self._with_rest(answers, rest) if rest else answers

    def _report(self, path: str, text: str, mend: str) -> None:
        self._problems.append(Problem(FILE, self._prefix + path, text, mend))

    def _nearest(self, name: str) -> str:
        known = (*self._vocabulary.numbers, *self._vocabulary.choices, *LISTS, *_REST)
        return nearest(name, known)

    def _keys(self, name: str, value: object) -> frozenset[str]:
        if type(value) is not list:
            self._report(name, "This must be a list.", "Write [] when nothing applies.")
            return NOTHING
        known = self._vocabulary.lists[name]
        try:
            keys = frozenset(value)
        except TypeError:
            keys = frozenset((None,))
        if keys <= known.keys():
            return keys
        for place, key in enumerate(value):
            if not isinstance(key, str):
                self._report(f"{name}[{place}]", f"{said(key)} is no text.", "Write keys as text.")
            elif key not in known:
                self._report(
                    f"{name}[{place}]", f"{said(key)} is not in {name}.", nearest(key, known)
                )
        return NOTHING

    def _number(self, number: Number, value: object) -> float:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            fits = number.least <= value <= number.most and value != math.inf
            if fits and not (number.whole and value != int(value)):
                return int(value) if number.whole else value
        kind = "whole number" if number.whole else "number"
        most = f" to {number.most:g}" if number.most != math.inf else " or more"
        mend = f"Write a {kind}, {number.least:g}{most}."
        self._report(number.key, f"{said(value)} does not fit.", mend)
        return number.least

    def _choice(self, choice: Choice, value: object) -> str:
        if isinstance(value, str) and value in choice.values:
            return value
        self._report(choice.key, f"{said(value)} does not fit.", nearest(str(value), choice.values))
        return ""

    def _with_rest(self, answers: Answers, rest: dict[object, object]) -> Answers:
        path = tuple(self._prefix.rstrip(".").split(".")) if self._prefix else ()
        fields = Fields(rest, path, FILE, self._problems)
        unsure, skipped = NOTHING, NOTHING
        if STATE in rest:
            state = fields.inner(STATE)
            unsure = state.keys("unsure", self._mend)
            skipped = state.keys("skipped", self._mend)
            state.close()
        return replace(
            answers,
            unsure=unsure,
            skipped=skipped,
            activities=fields.activities("activities"),
            minutes=fields.optional_whole("minutes", *MINUTES),
            missing_equipment=fields.keys("missing_equipment", _mend_of_id),
            places=self._places(fields) if "places" in rest else {},
        )

    def _places(self, fields: Fields) -> dict[str, frozenset[str]]:
        inner = fields.inner("places")
        known = self._vocabulary.joints
        found = {
            name: inner.keys(name, lambda key: None if key in known else nearest(key, known))
            for name in HISTORIES
            if inner.given(name)
        }
        inner.close()
        return found

    def _mend(self, key: str) -> str | None:
        return mend_of_key(key, self._vocabulary)


def _mend_of_id(key: str) -> str | None:
    fits = 0 < len(key) <= 100 and key.replace("-", "a").isalnum()
    return None if fits else "Write the id of a piece of equipment, such as peanut-ball."
