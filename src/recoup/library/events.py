"""Events from outside: ``{"id", "at", "device", "seq", "kind", "data"}`` to typed values and back.

``data`` has the fields of the kind's value in ``model.event``: dates as 2026-03-31, sets as lists.
An ``answered`` event may leave out ``screen`` ("intake") and ``fields`` (every field for the whole
intake, else those that have an answer). Fields are scalars by name and keys of lists as tokens; a
list's name among them stands for all its keys.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields as fields_of
from datetime import date, datetime, timedelta

from recoup.library.answers import EXTRAS, answers_of, mend_of_key, write_activity, write_answers
from recoup.library.fields import PAIN, Fields
from recoup.library.problem import InputError, Problem, nearest
from recoup.model.answers import LISTS, TOKEN_LISTS, Activity, Answers, Vocabulary
from recoup.model.event import (
    Answered,
    Cleared,
    Corrected,
    Data,
    Enrolled,
    Event,
    ExerciseDone,
    MorningReport,
    SessionDone,
    Symptom,
    Upgraded,
    WeeklyReview,
)

FILE = "event"
INTAKE = "intake"
RESULTS = ("done", "partly", "skipped", "easier", "harder")
MOVED = ("further", "back")
PLACES = ("home", "work", "standing")
MISSED_BECAUSE = ("time", "pain", "boredom", "forgot", "unwell", "worse")
SESSION_MINUTES = (1, 60)
ADVANCE = ("yes", "no")
ENTERED = ("person", "clinician")
MINUTES_OF_A_DAY = 24 * 60
MOST_SEQ = 2**63 - 1
LONGEST_NAME = 100
YEARS = range(2000, 2200)
NEVER = datetime.min

_MEND_UUID = "Write a UUID such as 0b7e1c2a-6f3d-4c58-9a1e-2d4f6b8c0e13."
_MEND_TIME = "Write a time with its offset, such as 2026-03-31T08:15:00+02:00."


def read_event(data: object, vocabulary: Vocabulary) -> Event:
    """Return the event; raise InputError with every problem."""
    problems: list[Problem] = []
    fields = Fields(data, (), FILE, problems)
    id_ = fields.parsed("id", _uuid, "", _MEND_UUID)
    at = fields.parsed("at", _time, NEVER, _MEND_TIME)
    device = fields.text("device", LONGEST_NAME)
    seq = fields.whole("seq", 0, MOST_SEQ)
    kind = fields.word("kind", _READERS)
    inner = fields.inner("data")
    fields.close()
    if kind:
        value = _READERS[kind](inner, vocabulary, problems)
        inner.close()
    if problems:
        raise InputError(problems)
    return Event(id_, at, device, seq, value)


def write_event(event: Event) -> dict[str, object]:
    """Return what ``read_event`` reads back as the same event."""
    return {
        "id": event.id,
        "at": event.at.isoformat(),
        "device": event.device,
        "seq": event.seq,
        "kind": _KINDS[type(event.data)],
        "data": {
            field.name: _plain(value)
            for field in fields_of(event.data)
            if (value := getattr(event.data, field.name)) is not None
        },
    }


def read_log(
    lines: Iterable[str], vocabulary: Vocabulary, file: str = "events.jsonl"
) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    """Return the events of a log, one JSON object a line, and the problems of the lines that
    could not be read, such as one cut off by a power cut. Empty lines are skipped."""
    events: list[Event] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            events.append(read_event(json.loads(line), vocabulary))
        except (ValueError, RecursionError) as error:
            text = f"The line is cut off or is not JSON: {error}."
            problems.append(Problem(file, "", text, "Remove or complete it.", number))
        except InputError as error:
            problems += (
                Problem(file, one.path, one.text, one.mend, number) for one in error.problems
            )
    return tuple(events), tuple(problems)


def _answered(fields: Fields, vocabulary: Vocabulary, problems: list[Problem]) -> Data:
    screen = fields.text("screen", LONGEST_NAME, needed=False) or INTAKE
    named = fields.keys("fields", _mend_of_field(vocabulary))
    given = fields.any("answers")
    answers = answers_of({} if given is None else given, vocabulary, problems, "data.answers")
    if not fields.given("fields"):
        named = _every_field(vocabulary) if screen == INTAKE else _fields_of(answers)
    return Answered(screen, _as_tokens(named, vocabulary), answers)


def _every_field(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset({*vocabulary.numbers, *vocabulary.choices, *LISTS, *EXTRAS})


def _fields_of(answers: Answers) -> frozenset[str]:
    tokens = {f"{p}:{key}" for p, name in TOKEN_LISTS.items() for key in getattr(answers, name)}
    extras = {name for name in EXTRAS if getattr(answers, name)}
    open_ = answers.unsure | answers.skipped
    return frozenset({*answers.numbers, *answers.choices, *tokens, *extras, *open_})


def _as_tokens(names: frozenset[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Return ``names`` with each list and each bare key as tokens: "bend_back" stands in two
    lists, so only "agg:bend_back" says which."""
    scalars = vocabulary.numbers.keys() | vocabulary.choices.keys()
    found = {name for name in names if ":" in name or name in EXTRAS or name in scalars}
    for prefix, name in TOKEN_LISTS.items():
        keys = vocabulary.lists[name].keys()
        asked = keys if name in names else keys & names
        found.update(f"{prefix}:{key}" for key in asked)
    return frozenset(found)


def _mend_of_field(vocabulary: Vocabulary) -> Callable[[str], str | None]:
    def mend(field: str) -> str | None:
        prefix, _, key = field.partition(":")
        known = field in EXTRAS or key in vocabulary.lists.get(TOKEN_LISTS.get(prefix, ""), ())
        return None if known else mend_of_key(field, vocabulary)

    return mend


def _enrolled(fields: Fields, vocabulary: Vocabulary, problems: list[Problem]) -> Data:
    return Enrolled(
        fields.text("program", LONGEST_NAME),
        fields.text("library", LONGEST_NAME),
        fields.optional_text("phase"),
        fields.optional_flag("beside") or False,
    )


def _exercise_done(fields: Fields, vocabulary: Vocabulary, problems: list[Problem]) -> Data:
    return ExerciseDone(
        session=fields.day("session"),
        slot=fields.text("slot", LONGEST_NAME),
        exercise=fields.text("exercise", LONGEST_NAME),
        result=fields.word("result", RESULTS),
        reason=fields.text("reason", needed=False),
        pain=fields.optional_whole("pain", *PAIN),
    )


def _session_done(fields: Fields, vocabulary: Vocabulary, problems: list[Problem]) -> Data:
    return SessionDone(
        session=fields.day("session"),
        during=fields.whole("during", *PAIN),
        after=fields.whole("after", *PAIN),
        effort=fields.whole("effort", *PAIN),
        hurt=fields.optional_text("hurt"),
        new=fields.keys("new", _mend_of_symptom(vocabulary)),
        moved=fields.optional_word("moved", MOVED),
    )


def _morning_report(fields: Fields, vocabulary: Vocabulary, problems: list[Problem]) -> Data:
    return MorningReport(
        day=fields.day("day"),
        pain=fields.whole("pain", *PAIN),
        stiffness_min=fields.optional_whole("stiffness_min", 0, MINUTES_OF_A_DAY),
        settled=fields.optional_flag("settled"),
        flare=fields.optional_flag("flare"),
    )


def _weekly_review(fields: Fields, vocabulary: Vocabulary, problems: list[Problem]) -> Data:
    return WeeklyReview(
        day=fields.day("day"),
        average=fields.whole("average", *PAIN),
        change=fields.optional_whole("change", -5, 5),
        activities=fields.activities("activities"),
        gate=fields.numbers("gate", 0, MINUTES_OF_A_DAY),
        advance=fields.optional_word("advance", ADVANCE),
        distressed=fields.optional_flag("distressed"),
        off_work=fields.optional_flag("off_work"),
        beside=fields.words("beside", ADVANCE),
    )


def _symptom(fields: Fields, vocabulary: Vocabulary, problems: list[Problem]) -> Data:
    mend = _mend_of_symptom(vocabulary)
    return Symptom(
        day=fields.day("day"),
        new=fields.keys("new", mend),
        unsure=fields.keys("unsure", mend),
        pain_now=fields.optional_whole("pain_now", *PAIN),
        slept_well=fields.optional_flag("slept_well"),
        minutes=fields.optional_whole("minutes", *SESSION_MINUTES),
        place=fields.optional_word("place", PLACES),
        missing=fields.keys("missing", _mend_of_thing),
        missed_because=fields.optional_word("missed_because", MISSED_BECAUSE),
    )


def _mend_of_symptom(vocabulary: Vocabulary) -> Callable[[str], str | None]:
    symptoms = vocabulary.lists["sx"]
    return lambda key: None if key in symptoms else nearest(key, symptoms)


def _mend_of_thing(name: str) -> str | None:
    fits = 0 < len(name) <= LONGEST_NAME and name.replace("-", "a").isalnum()
    return None if fits else "Write the id of something to exercise with, such as mat, or floor."


def _cleared(fields: Fields, vocabulary: Vocabulary, problems: list[Problem]) -> Data:
    return Cleared(
        by=fields.text("by"),
        day=fields.day("day"),
        rules=fields.keys("rules", _mend_of_rule),
        entered=fields.optional_word("entered", ENTERED) or ENTERED[0],
    )


def _mend_of_rule(name: str) -> str | None:
    fits = 0 < len(name) <= LONGEST_NAME and name.replace("-", "a").isalnum()
    return None if fits else "Write the id of a red-flag rule, such as RF-SP-08."


def _corrected(fields: Fields, vocabulary: Vocabulary, problems: list[Problem]) -> Data:
    return Corrected(fields.parsed("event", _uuid, "", _MEND_UUID))


def _upgraded(fields: Fields, vocabulary: Vocabulary, problems: list[Problem]) -> Data:
    return Upgraded(fields.text("library", LONGEST_NAME))


_READERS: Mapping[str, Callable[[Fields, Vocabulary, list[Problem]], Data]] = {
    "answered": _answered,
    "enrolled": _enrolled,
    "exercise-done": _exercise_done,
    "session-done": _session_done,
    "morning-report": _morning_report,
    "weekly-review": _weekly_review,
    "symptom": _symptom,
    "cleared": _cleared,
    "corrected": _corrected,
    "upgraded": _upgraded,
}

_KINDS: Mapping[type[Data], str] = {
    Answered: "answered",
    Enrolled: "enrolled",
    ExerciseDone: "exercise-done",
    SessionDone: "session-done",
    MorningReport: "morning-report",
    WeeklyReview: "weekly-review",
    Symptom: "symptom",
    Cleared: "cleared",
    Corrected: "corrected",
    Upgraded: "upgraded",
}


def _uuid(text: str) -> str:
    found = str(uuid.UUID(text))
    if found != text.lower():
        raise ValueError(text)
    return found


def _time(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    offset = time.utcoffset()
    if offset is None or offset % timedelta(minutes=1) or time.year not in YEARS:
        raise ValueError(text)
    return time


def _plain(value: object) -> object:
    """Return ``value`` as JSON has it."""
    if isinstance(value, Answers):
        return write_answers(value)
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Activity):
        return write_activity(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return dict(value) if isinstance(value, Mapping) else value
