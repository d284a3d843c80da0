"""``recoup motion``: check and look at motions."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recoup.cli.streams import FAILED_CHECK, fail, print_json

if TYPE_CHECKING:
    from recoup.body import Body
    from recoup.model.motion import Motion
    from recoup.motion import Track

app = typer.Typer(help="Check motions, look at them.", no_args_is_help=True)

Ids = Annotated[list[str] | None, typer.Argument(help="Motions; all by default.")]
Bodies = Annotated[list[str] | None, typer.Option("--body", help="Bodies; all by default.")]


@app.command("check")
def check(
    ids: Ids = None,
    body: Bodies = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure every motion on every body; exit 1 when a limit is passed or a claim fails."""
    from recoup.motion import check_motion

    findings = [check_motion(motion, track) for motion, track, _ in _solved(ids, body)]
    if json:
        print_json([one.as_dict() for one in findings])
    else:
        for one in findings:
            typer.echo(f"{one.motion} · {one.body}: {'; '.join(one.failed) or 'good'}")
    if any(one.failed for one in findings):
        raise typer.Exit(FAILED_CHECK)


@app.command("sheet")
def draw_sheet(
    output: Annotated[Path, typer.Option("-o", "--output", help="The picture to write.")],
    ids: Ids = None,
    body: Bodies = None,
) -> None:
    """Draw the positions of motions, labelled."""
    from recoup.film.sheet import sheet

    sheet(_solved(ids, body)).save(output)


def _solved(ids: list[str] | None, bodies: list[str] | None) -> list[tuple[Motion, Track, Body]]:
    """Return every motion asked for with its track and body; exit 2 when there is none such."""
    # One thread a solver: small matrices are slower with more.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from recoup.body import FIGURES, MissingDataError, load_body
    from recoup.library import LibraryError, read_texts
    from recoup.library.motions import read_motions
    from recoup.library.texts import default_folder
    from recoup.motion import ReachError, load_track

    home = Path(os.environ.get("RECOUP_HOME", "var"))
    try:
        motions = read_motions(read_texts(default_folder()))
        unknown = [one for one in ids or () if one not in motions]
        unknown += [one for one in bodies or () if one not in FIGURES]
        if unknown:
            known = ", ".join([*motions, *FIGURES])
            fail(f"{one} is not known. Known are: {known}." for one in unknown)
        figures = [
            load_body(FIGURES[one], home / "data", home / "bodies") for one in bodies or FIGURES
        ]
        return [
            (motions[one], load_track(motions[one], figure, home / "tracks"), figure)
            for one in ids or motions
            for figure in figures
        ]
    except LibraryError as error:
        fail(error.problems)
    except (ReachError, MissingDataError) as error:
        fail([error])
