"""CPU time and queries of each page, on a database of its own in a temporary folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta

from bench.figure import Figure, cpu_s
from bench.people import CLASSIC

CPU_MS = 8
QUERIES = 4
DAYS = 21


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="recoup-bench-") as home:
        os.environ |= {"RECOUP_HOME": home, "DJANGO_SETTINGS_MODULE": "recoup.server.settings"}
        os.environ |= {"DEBUG": "0", "ALLOWED_HOSTS": "testserver"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0)
        yield from _pages()


def _pages() -> Iterator[Figure]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    person = _person(client)
    for path in ("/", *(f"/p/{person}/{name}/" for name in PAGES)):
        name = path.replace(str(person), "...")
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
            queries = len(captured)
        if answer.status_code != 200:
            raise SystemExit(f"{name} answered {answer.status_code}: it cannot be measured.")
        each = cpu_s(lambda path=path: client.get(path), 20)
        yield Figure(f"page {name}, CPU", 1000 * each, "ms", CPU_MS, False)
        yield Figure(f"page {name}, queries", queries, "", QUERIES, False)


PAGES = ("intake/age", "answers", "result", "program", "today", "check", "report", "history",
         "safety", "data")


def _person(client: object) -> object:
    """Return a person three weeks into the program, known to this browser."""
    from recoup.library import read_answers
    from recoup.model.event import Answered, Enrolled, MorningReport, SessionDone
    from recoup.services import diary, people, shelf
    from recoup.web.access import GRANTED

    person = people.start()
    session = client.session  # type: ignore[attr-defined]
    session[GRANTED] = [str(person.pk)]
    session.save()
    client.cookies["sessionid"] = session.session_key  # type: ignore[attr-defined]
    library = shelf.current()
    answers = read_answers(CLASSIC, library.vocabulary)
    now = people.now_for(person)
    start: datetime = now - timedelta(days=DAYS)
    book = diary.read(person)
    for question in library.questionnaires["intake"].questions:
        fields = frozenset({*answers.numbers, *answers.choices})
        book = diary.append(person, book, Answered(question.id, fields, answers), start)
    book = diary.append(
        person, book, Enrolled("lumbar-facet-joint-pain", shelf.keep_current()), start
    )
    for number in range(DAYS):
        at = start + timedelta(days=number, hours=1)
        book = diary.append(person, book, MorningReport(at.date(), 2, 10, True), at)
        book = diary.append(person, book, SessionDone(at.date(), 2, 1, 4), at)
    return person.pk
