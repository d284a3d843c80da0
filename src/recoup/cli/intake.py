"""``recoup intake``: answers in, urgency, matches and the offered program out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from recoup.cli.streams import (
    BAD_INPUT,
    fail,
    load_library,
    parse,
    parse_json,
    print_json,
    read_text,
    told,
)

if TYPE_CHECKING:
    from recoup.model.content import Library

LINES = ".jsonl"


def intake(
    answers: Annotated[str, typer.Argument(help="Answers as JSON, one person a line in a .jsonl "
                                                "file, or - for standard input.")],
) -> None:
    """Screen answers for danger signs and say what fits, with reasons."""
    text = read_text(answers)
    library = load_library()
    if answers.endswith(LINES):
        raise typer.Exit(_lines(text, library))
    from recoup.library import InputError

    try:
        print_json(_one(parse_json(text, answers), library))
    except InputError as error:
        fail(f"{answers}: {line}" for line in told(error.problems))


def _one(data: Any, library: Library) -> dict[str, Any]:
    from recoup.care.intake import intake as decide
    from recoup.exchange.documents import intake_document
    from recoup.library import read_answers

    return intake_document(decide(read_answers(data, library.vocabulary), library))


def _lines(text: str, library: Library) -> int:
    """Answer each line in its place; return the exit status."""
    from recoup.library import InputError

    status = 0
    for line in filter(str.strip, text.split("\n")):
        try:
            document = _one(parse(line), library)
        except (ValueError, RecursionError) as error:
            document, status = {"error": [f"This is not JSON: {error}. Mend it."]}, BAD_INPUT
        except InputError as error:
            document, status = {"error": told(error.problems)}, BAD_INPUT
        print_json(document, indent=None)
    return status
