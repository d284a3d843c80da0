"""``recoup check``: validate the whole library and say every problem at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from recoup.cli.streams import FAILED_CHECK, print_json, told


def check(
    folder: Annotated[Path | None, typer.Argument(help="A library folder, or ours.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check schema, references, doses, sources, reading level and wording of the library."""
    from recoup.library import LibraryError, counts, read, read_texts
    from recoup.library import check as problems_of
    from recoup.library.speech import read_manner
    from recoup.library.texts import default_folder
    from recoup.script.narration import unsayable

    texts = read_texts(folder or default_folder())
    try:
        library = read(texts)
        problems, number = list(problems_of(library, texts)), counts(library, texts)
        if not any(one.file.startswith("speech/") for one in problems):
            problems += unsayable(library, read_manner(texts), texts)
    except LibraryError as error:
        problems, number = list(error.problems), {}
    if json:
        print_json({"counts": number, "problems": told(problems)})
    else:
        for line in told(problems):
            typer.echo(line)
        typer.echo(", ".join(f"{count} {kind}" for kind, count in number.items()))
        typer.echo(f"{len(problems)} problems" if problems else "No problems found.")
    if problems:
        raise typer.Exit(FAILED_CHECK)
