"""Intakes and plans a second, on one core, with reasons and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bench.figure import Figure, cpu_s
from bench.people import ANSWERS, diary
from recoup.care.course import Course, Limits
from recoup.care.fold import fold
from recoup.care.intake import intake
from recoup.care.session import plan_session
from recoup.care.triage import forget_flags
from recoup.exchange.documents import intake_document, session_document
from recoup.library import load, read_answers, read_texts, read_vignettes, write_answers
from recoup.library.texts import default_folder

FIRST_DAY = date(2026, 3, 2)


def measure() -> Iterator[Figure]:
    library = load()
    lines = [json.dumps(answers) for answers in ANSWERS]

    def intakes() -> None:
        forget_flags()  # else the same answers again would be no work
        for line in lines:
            answers = read_answers(json.loads(line), library.vocabulary)
            json.dumps(intake_document(intake(answers, library)))

    yield Figure(
        "intakes, JSON to JSON, per core", len(lines) / cpu_s(intakes, 40), "/s", 2000, True
    )

    stories = read_vignettes(read_texts(default_folder()), library)
    told = [json.dumps(write_answers(one.answers)) for one in stories]

    def stories_judged() -> None:
        forget_flags()
        for line in told:
            answers = read_answers(json.loads(line), library.vocabulary)
            json.dumps(intake_document(intake(answers, library)))

    each = cpu_s(stories_judged, 2) / len(told)
    yield Figure("our own stories, JSON to JSON, per core", 1 / each, "/s", 2000, True)

    given = read_answers(ANSWERS[0], library.vocabulary)
    new = Course(
        answers=given, program="lumbar-facet-joint-pain", phase="P1", started=FIRST_DAY,
        phase_started=FIRST_DAY,
    )
    month = fold(diary(FIRST_DAY, 28), library, new)
    # a day of its own told each time: what was planned for the very same course is remembered
    for what, course, day in (
        ("plans, first day, per core", new, FIRST_DAY),
        ("plans, after 28 days, per core", month, FIRST_DAY + timedelta(days=28)),
    ):
        def planned(course: Course = course, day: date = day) -> None:
            plan_session(replace(course, limits=Limits(day)), library, day)

        each = cpu_s(planned, 300)
        yield Figure(what, 1 / each, "/s", 3000, True)
    session = plan_session(month, library, FIRST_DAY + timedelta(days=28))
    each = cpu_s(lambda: json.dumps(session_document(session, library)), 300)
    yield Figure("session to JSON", 1000 * each, "ms", 1, False)
    events = diary(FIRST_DAY, 84)
    each = cpu_s(lambda: fold(events, library, new), 3)
    yield Figure("fold of twelve weeks' log", 1000 * each, "ms", 50, False)
