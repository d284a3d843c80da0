"""``recoup plan``: today's session from answers and, if there is one, a log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from recoup.cli.streams import fail, load_library, parse_json, print_json, read_text, told

if TYPE_CHECKING:
    from recoup.care.course import Course
    from recoup.model.answers import Answers
    from recoup.model.content import Library
    from recoup.model.event import Event
    from recoup.model.session import Session


def plan(
    answers: Annotated[str, typer.Argument(help="Answers as JSON, or - for standard input.")],
    log: Annotated[str | None, typer.Option(help="Events as JSON lines.")] = None,
    today: Annotated[str | None, typer.Option(help="The day, as 2026-11-22.")] = None,
    minutes: Annotated[int | None, typer.Option(min=1, help="Minutes at hand.")] = None,
    without: Annotated[str, typer.Option(help="What is not at hand: floor,bed,band,...")] = "",
    condition: Annotated[str | None, typer.Option(help="Condition id or code.")] = None,
) -> None:
    """Plan one day's session, with a reason for everything."""
    from recoup.care.session import plan_session
    from recoup.exchange.documents import session_document

    library = load_library()
    given = _answers(answers, library)
    day = _day(today)
    missing = _missing(without, library)
    events = _events(log, library)
    session = _refused(given, day, library) if not events else None
    if session is None:
        course = _course(given, events, day, condition, library)
        session = plan_session(course, library, day, minutes=minutes, missing=missing)
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
    events, problems = read_log(read_text(path).splitlines(), library.vocabulary)
    if problems:
        fail(f"{path}: {line}" for line in told(problems))
    return list(events)


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError:
        fail([f"--today: {text!r} is not a day. Write it as 2026-11-22."])


def _missing(text: str, library: Library) -> frozenset[str]:
    """Return equipment ids for words such as "band"; exit 2 on a word that names nothing."""
    known = {*library.equipment, "floor", "bed"}
    found, problems = set[str](), []
    for word in filter(None, (part.strip() for part in text.split(","))):
        named = {one for one in known if one == word or word in one.split("-")}
        found |= named
        if not named:
            problems.append(f"--without: {word!r} is not known. Use: {', '.join(sorted(known))}.")
    if problems:
        fail(problems)
    return frozenset(found)


def _course(
    answers: Answers, events: list[Event], day: date, condition: str | None, library: Library
) -> Course:
    """Return the course: the answers first, then the log, then a start today if none is there."""
    from recoup.care.course import Course
    from recoup.care.fold import fold

    start = Course(answers=answers, screened=day, first_activities=answers.activities)
    enrolled = any(type(event.data).__name__ == "Enrolled" for event in events)
    if not enrolled:
        program = _program(answers, condition, library)
        begun = min((event.at.date() for event in events), default=day)
        phase = library.programs[program].phases[0].id
        start = replace(
            start, program=program, library=library.version, phase=phase, started=begun,
            phase_started=begun,
        )
    course = fold(events, library, start)
    return replace(course, screened=day)


def _program(answers: Answers, condition: str | None, library: Library) -> str:
    """Return the program to plan; exit 2 when there is none for the condition asked for."""
    from recoup.care.intake import intake

    if condition is None:
        outcome = intake(answers, library)
        wanted = outcome.program or (outcome.matches[0].condition if outcome.matches else None)
    else:
        known = {c.id: c for c in library.conditions.values()}
        known |= {c.code: c for c in library.conditions.values()}
        if condition not in known:
            fail([f"--condition: {condition!r} is not a condition. See library/conditions."])
        wanted = known[condition].id
    for program in library.programs.values():
        if wanted in (program.id, program.condition):
            return program.id
    fail([f"No program for {wanted or 'these answers'} yet. Try --condition with one of: "
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
