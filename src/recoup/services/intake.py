"""The intake, one screen at a time: half finished, it waits in the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from recoup.care import asking, regions
from recoup.care.contradictions import Doubt, doubts
from recoup.care.intake import allowed, routines
from recoup.care.intake import intake as decide
from recoup.care.rescreen import answers_on
from recoup.care.triage import certain
from recoup.model.answers import TOKEN_LISTS, Answers
from recoup.model.content import Library
from recoup.model.event import Answered
from recoup.model.intake import Intake, Start
from recoup.model.question import Question
from recoup.records.models import Person
from recoup.services import diary, mode, shelf
from recoup.services.diary import Diary

DANGER = "danger-signs"


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a person is in the intake. ``question`` is None when nothing is left to ask;
    ``finished`` also when the answers already need care today. ``answered`` says that this
    question was answered before."""

    question: Question | None
    number: int
    total: int
    answers: Answers
    previous: str | None
    stage: str
    finished: bool
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What was answered on one screen, in the words of its options."""

    question: Question
    texts: tuple[str, ...]


def progress(person: Person) -> Progress:
    """Return the first question that is not answered yet."""
    return _progress(diary.read(person))


def at(person: Person, question_id: str) -> Progress:
    """Return the place of one question. Raises LookupError when it is not asked of this person."""
    entry = diary.read(person)
    asked = asking.asked_of(entry.course.answers, shelf.current())
    for place, question in enumerate(asked):
        if question.id == question_id:
            return _place(entry, asked, place)
    raise LookupError(question_id)


def record(person: Person, question_id: str, answers: Answers, now: datetime) -> Progress:
    """Keep one screen's answers and return the place of the next question."""
    return _progress(keep(person, diary.read(person), question_id, answers, now))


def keep(
    person: Person, entry: Diary, question_id: str, answers: Answers, now: datetime
) -> Diary:
    """Append one screen's answers and return the diary with them."""
    fields = _fields(_find(question_id), entry.course.answers)
    return diary.append(person, entry, Answered(question_id, fields, answers), now)


def options(library: Library, question: Question, answers: Answers) -> tuple[Option, ...]:
    """Return what may be ticked or chosen on a screen, in order."""
    labels = question.labels or {}
    if question.list is not None:
        known = library.vocabulary.lists[question.list]
        keys = asking.options(question, answers, library)
        return tuple(Option(k, labels.get(k) or known[k].ask or known[k].label) for k in keys)
    if question.kind == "choice":
        values = library.vocabulary.choices[question.fields[0]].values
        return tuple(Option(key, labels.get(key, text)) for key, text in values.items())
    return ()


def choices_of(entry: Diary, day: date) -> tuple[str, ...]:
    """Return the programs that may be started: for the patterns that fit, and for each painful
    part of the body. In education mode those of the sore places alike, by name."""
    answers = answers_on(entry.course, day, entry.library)
    if mode.is_education():
        return routines(answers, shelf.current(), new_symptom=bool(entry.course.new_symptoms))
    choices = allowed(outcome_of(entry, day), answers, shelf.current())
    for_parts = (start.program for start in starts_of(entry, day))
    return tuple(dict.fromkeys((*choices, *(one for one in for_parts if one is not None))))


def starts_of(entry: Diary, day: date) -> tuple[Start, ...]:
    """Return each part of the body that may be started with; none where pain is in one alone."""
    answers = answers_on(entry.course, day, entry.library)
    new = bool(entry.course.new_symptoms)
    return regions.starts_of(answers, shelf.current(), new_symptom=new)


def starts(person: Person, now: datetime) -> tuple[Start, ...]:
    return starts_of(diary.read(person), now.date())


def in_doubt(person: Person) -> tuple[Doubt, ...]:
    """Return answers to look at again because they can hardly all be right."""
    return doubts(diary.read(person).course.answers)


def fields(question: Question, answers: Answers) -> tuple[str, ...]:
    """Return the scalars that a screen asks of this person."""
    return asking.fields_of(question, answers, shelf.current())


def histories(answers: Answers) -> tuple[str, ...]:
    """Return the told histories that concern one joint."""
    return asking.histories_of(answers, shelf.current())


def summary(person: Person) -> tuple[Said, ...]:
    """Return every question asked of the person with what was said."""
    entry = diary.read(person)
    library, answers = shelf.current(), entry.course.answers
    answered = entry.screens
    return tuple(
        Said(question, _texts(question, answers, library))
        for question in asking.asked_of(answers, library)
        if question.id in answered
    )


def outcome(person: Person, now: datetime) -> Intake:
    """Return what the answers mean today; an unfinished screen pauses any program.

    A clinician's OK lapses and danger signs are asked again after four weeks, also before a
    program starts.
    """
    return outcome_of(diary.read(person), now.date())


def outcome_of(entry: Diary, day: date) -> Intake:
    answers = answers_on(entry.course, day, entry.library)
    return decide(answers, shelf.current(), new_symptom=bool(entry.course.new_symptoms))


def _find(question_id: str) -> Question:
    questionnaires = shelf.current().questionnaires.values()
    questions = (question for one in questionnaires for question in one.questions)
    return next(question for question in questions if question.id == question_id)


def _progress(entry: Diary) -> Progress:
    library, answered = shelf.current(), entry.screens
    asked = asking.asked_of(entry.course.answers, library)
    danger = [q.id for q in asked if q.stage == DANGER]
    if answered.issuperset(danger) and certain(entry.course.answers, library) is not None:
        return _place(entry, asked, len(asked))
    place = next((i for i, q in enumerate(asked) if q.id not in answered), len(asked))
    return _place(entry, asked, place)


def _place(entry: Diary, asked: tuple[Question, ...], place: int) -> Progress:
    done = place >= len(asked)
    question = None if done else asked[place]
    return Progress(
        question=question,
        number=place + 1,
        total=len(asked),
        answers=entry.course.answers,
        previous=asked[place - 1].id if place else None,
        stage="" if question is None else question.stage,
        finished=done,
        answered=question is not None and question.id in entry.screens,
    )


def _fields(question: Question, answers: Answers) -> frozenset[str]:
    """Return every key that a screen's answer replaces, its "not sure" among them."""
    library = shelf.current()
    keys = set(asking.fields_of(question, answers, library))
    if question.list is not None:
        prefix = next(p for p, name in TOKEN_LISTS.items() if name == question.list)
        keys |= {f"{prefix}:{option.key}" for option in options(library, question, answers)}
    if question.kind == "self-test":
        keys |= {f"t:{key}" for outcome in question.outcomes for key in outcome.adds}
    if question.kind == "activities":
        keys.add("activities")
    if question.kind == "practical":
        keys |= {"minutes", "missing_equipment"}
    return frozenset(keys)


def _texts(question: Question, answers: Answers, library: Library) -> tuple[str, ...]:
    if question.kind == "places":
        joints = library.vocabulary.joints
        placed = {joint for keys in answers.places.values() for joint in keys}
        return tuple(joint.label for key, joint in joints.items() if key in placed)
    if question.list is not None:
        said = _ticked(question, answers, library)
        return said + tuple(filter(None, (_scalar(f, question, answers, library)
                                          for f in question.fields)))
    if question.kind == "activities":
        return tuple(activity.name for activity in answers.activities)
    if question.kind == "practical":
        return (f"{answers.minutes} minutes a day",) if answers.minutes else ()
    if question.kind == "self-test":
        return tuple(o.text for o in question.outcomes if o.adds and o.adds <= answers.test)
    return tuple(
        text for field in question.fields if (text := _scalar(field, question, answers, library))
    )


def _scalar(field: str, question: Question, answers: Answers, library: Library) -> str:
    if field in answers.choices:
        return library.vocabulary.choices[field].values[answers.choices[field]]
    if field not in answers.numbers:
        return ""
    unit = f" {question.unit}" if question.unit else ""
    value = f"{answers.numbers[field]:g}{unit}"
    if len(question.fields) == 1:
        return value
    return f"{library.vocabulary.numbers[field].label}: {value}"


def _ticked(question: Question, answers: Answers, library: Library) -> tuple[str, ...]:
    ticked = getattr(answers, question.list or "")
    shown = options(library, question, answers)
    sure = [option.text for option in shown if option.key in ticked]
    unsure = [f"Not sure: {option.text}" for option in shown if option.key in answers.unsure]
    return (*sure, *unsure)

