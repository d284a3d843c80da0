"""``recoup plan``: today's session from answers and, if there is one, a log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from recoup.cli.streams import fail, load_library, parse_json, print_json, read_text, told

if TYPE_CHECKING:
    from recoup.care.course import Course
    from recoup.model.answers import Answers
    from recoup.model.content import Library
    from recoup.model.event import Data, Event
    from recoup.model.session import Session


def plan(
    answers: Annotated[str, typer.Argument(help="Answers as JSON, or - for standard input.")],
    log: Annotated[str | None, typer.Option(help="Events as JSON lines.")] = None,
    today: Annotated[str | None, typer.Option(help="The day, as 2026-11-22.")] = None,
    minutes: Annotated[int | None, typer.Option(min=1, help="Minutes at hand.")] = None,
    without: Annotated[str, typer.Option(help="What is not at hand: floor,bed,band,...")] = "",
    condition: Annotated[
        list[str] | None, typer.Option(help="Condition id or code; twice for two in one plan.")
    ] = None,
) -> None:
    """Plan one day's session, with a reason for everything."""
    from recoup.care.several import plan_together
    from recoup.exchange.documents import session_document

    library = load_library()
    given = _answers(answers, library)
    day = _day(today)
    missing = _missing(without, library)
    events = _events(log, library)
    together = _courses(given, events, day, library)
    lead = together[0]
    session = _refused(lead.answers, day, library) if lead.program is None else None
    if session is None:
        if lead.program is None:
            wanted: list[str | None] = [*condition] if condition else [None]
            programs = [_program(lead.answers, one, library) for one in wanted]
            together = tuple(_started(given, events, day, one, library) for one in programs)
        session = plan_together(together, library, day, minutes=minutes, missing=missing)
    print_json(session_document(session, library))


def _answers(path: str, library: Library) -> Answers:
    from recoup.library import InputError, read_answers

    try:
        return read_answers(parse_json(read_text(path), path), library.vocabulary)
    except InputError as error:
        fail(f"{path}: {line}" for line in told(error.problems))


def _events(path: str | None, library: Library) -> list[Event]:
    from recoup.library import read_log

    if path is None:
        return []
    events, problems = read_log(read_text(path).split("\n"), library.vocabulary)
    if problems:
        fail(f"{path}: {line}" for line in told(problems))
    return _with_ids(events, path, library)


def _with_ids(events: Iterable[Event], path: str, library: Library) -> list[Event]:
    """Return the events with ids where short codes stood; exit 2 listing what names nothing."""
    from recoup.library.problem import nearest
    from recoup.model.event import Enrolled, ExerciseDone, SessionDone

    exercises = {e.code: e.id for e in library.exercises.values()}
    programs = {library.conditions[p.condition].code: p.id for p in library.programs.values()}
    problems: list[str] = []

    def named(event: Event, kind: str, name: str, codes: dict[str, str]) -> str:
        known = codes.get(name, name)
        if known not in codes.values():
            mend = nearest(known, codes.values())
            problems.append(f"{path}: event {event.id}: There is no {kind} {name!r}. {mend}")
        return known

    def renamed(event: Event) -> Event:
        data: Data = event.data
        if isinstance(data, Enrolled):
            data = replace(data, program=named(event, "program", data.program, programs))
        elif isinstance(data, ExerciseDone):
            data = replace(data, exercise=named(event, "exercise", data.exercise, exercises))
        elif isinstance(data, SessionDone) and data.hurt is not None:
            data = replace(data, hurt=named(event, "exercise", data.hurt, exercises))
        return replace(event, data=data)

    found = [renamed(event) for event in events]
    if problems:
        fail(problems)
    return found


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError:
        fail([f"--today: {text!r} is not a day. Write it as 2026-11-22."])


def _missing(text: str, library: Library) -> frozenset[str]:
    """Return equipment ids for words such as "band"; exit 2 on a word that names nothing."""
    known = {*library.equipment, "floor", "bed", "seat"}
    found, problems = set[str](), []
    for word in filter(None, (part.strip() for part in text.split(","))):
        named = {one for one in known if one == word or word in one.split("-")}
        found |= named
        if not named:
            problems.append(f"--without: {word!r} is not known. Use: {', '.join(sorted(known))}.")
    if problems:
        fail(problems)
    return frozenset(found)


def _courses(
    answers: Answers, events: list[Event], day: date, library: Library
) -> tuple[Course, ...]:
    """Return the courses: the answers first, then the log. The answers are today's."""
    from recoup.care.course import Course
    from recoup.care.several import courses

    start = Course(answers=answers, screened=day, first_activities=answers.activities)
    return tuple(replace(one, screened=day) for one in courses(events, library, start))


def _started(
    answers: Answers, events: list[Event], day: date, program: str, library: Library
) -> Course:
    """Return the course of a log that starts no program: it began with the log, or today."""
    from recoup.care.course import Course
    from recoup.care.fold import fold

    begun = min((event.at.date() for event in events), default=day)
    start = Course(
        answers=answers, screened=day, first_activities=answers.activities, program=program,
        library=library.version, phase=library.programs[program].phases[0].id, started=begun,
        phase_started=begun,
    )
    return replace(fold(events, library, start), screened=day)


def _program(answers: Answers, condition: str | None, library: Library) -> str:
    """Return the program to plan; exit 2 when there is none for the condition asked for."""
    from recoup.care.intake import intake
    from recoup.library.problem import nearest

    if condition is None:
        outcome = intake(answers, library)
        if outcome.program is not None:
            return outcome.program
        wanted = f"these answers: {outcome.because[-1].text}"
    else:
        known = {c.id: c.id for c in library.conditions.values()}
        known |= {c.code: c.id for c in library.conditions.values()}
        if condition not in known:
            mend = nearest(condition, known)
            fail([f"--condition: {condition!r} is not a condition. {mend}"])
        wanted = f"{known[condition]}."
        for program in library.programs.values():
            if program.condition == known[condition]:
                return program.id
        for page in library.refer_pages.values():
            if page.condition == known[condition]:
                fail([f"--condition: {page.condition} is for a clinician: {page.summary}"])
    fail([f"No program for {wanted} Try --condition with one of: "
          f"{', '.join(p.condition for p in library.programs.values())}."])


def _refused(answers: Answers, day: date, library: Library) -> Session | None:
    """Return the refusal when red flags stop any program, so that it can be shown."""
    from recoup.care.intake import intake
    from recoup.care.session import refuse
    from recoup.care.triage import stops_program

    outcome = intake(answers, library)
    if not stops_program(outcome.triage):
        return None
    top = outcome.matches[0].condition if outcome.matches else None
    return refuse(outcome.triage, day, top)
