"""``recoup import`` and ``recoup replay``: a log taken in from a file, and logs held against what
was decided. Both work on the database of RECOUP_HOME."""

from __future__ import annotations

import os
import uuid
from typing import TYPE_CHECKING, Annotated

import typer

from recoup.cli.streams import FAILED_CHECK, fail, load_library, print_json, read_text, told

if TYPE_CHECKING:
    from recoup.records.models import Person


def take_in(
    log: Annotated[str, typer.Argument(help="Events as JSON lines, or - for standard input.")],
    person: Annotated[str, typer.Argument(help="Whose they are: the id in the page's address.")],
    good_lines: Annotated[
        bool, typer.Option(help="Take in the lines that can be read, and name the others.")
    ] = False,
) -> None:
    """Add a log's events to a person's, each once; safe to repeat."""
    from recoup.library import read_log

    library = load_library()
    events, problems = read_log(read_text(log).split("\n"), library.vocabulary, log)
    if problems and not good_lines:
        fail([*told(problems), "Nothing was taken in. --good-lines takes in the other lines."])
    _start_django()
    from recoup.services import diary

    try:
        done = diary.take_in(_person(person), events)
    except diary.UnknownLibrary as error:
        fail([f"{log}: {error}"])
    print_json({
        "new": len(done.new), "already": len(done.already), "conflicting": list(done.conflicting),
        "left_out": told(problems),
    })
    if done.conflicting:
        fail(
            (f"{one}: not taken in. The id stands for something else already." for one in
             done.conflicting), FAILED_CHECK,
        )


def replay(
    person: Annotated[str | None, typer.Argument(help="Whose log; everybody's without.")] = None,
) -> None:
    """Replay logs with the library versions of their own time; exit 1 where what was decided would
    not be decided again, byte for byte. Nothing is changed."""
    load_library()
    _start_django()
    from recoup.records.models import Person
    from recoup.services.replay import check

    people = [_person(person)] if person else list(Person.objects.order_by("created"))
    found = {str(one.pk): check(one) for one in people}
    print_json({
        name: {
            "events": one.events,
            "held": one.held,
            "mismatches": [
                {"event": m.event, "how": m.how, "kept": m.kept, "replayed": m.replayed}
                for m in one.mismatches
            ],
        }
        for name, one in found.items()
    })
    if any(one.mismatches for one in found.values()):
        raise typer.Exit(FAILED_CHECK)


def _start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recoup.server.settings")
    import django

    django.setup()


def _person(name: str) -> Person:
    from recoup.records.models import Person

    try:
        return Person.objects.get(pk=uuid.UUID(name))
    except (ValueError, Person.DoesNotExist):
        fail([f"{name}: there is no such person here. The id stands in the page's address."])
