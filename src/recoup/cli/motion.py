"""``recoup motion``: check motions, look at them, tell them."""

from __future__ import annotations

import os
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recoup.cli.streams import FAILED_CHECK, fail, print_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoup.body import Body
    from recoup.model.motion import Motion
    from recoup.motion import Track

app = typer.Typer(help="Check motions, look at them, tell them.", no_args_is_help=True)

Ids = Annotated[list[str] | None, typer.Argument(help="Motions; all by default.")]
Bodies = Annotated[list[str] | None, typer.Option("--body", help="Bodies; all by default.")]
LibraryFolder = Annotated[Path | None, typer.Option("--library", help="A library folder, or ours.")]
PICTURES = (".png", ".jpg", ".jpeg", ".webp")


@app.command("check")
def check(
    ids: Ids = None,
    body: Bodies = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    library: LibraryFolder = None,
) -> None:
    """Measure every motion on every body; exit 1 when a limit is passed or a claim fails."""
    from recoup.motion import check_motion

    solved = _solved(ids, body, library)
    findings = [check_motion(motion, track) for motion, track, _ in solved]
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
    library: LibraryFolder = None,
) -> None:
    """Draw the positions of motions, labelled."""
    _writable(output)
    from recoup.film.sheet import sheet

    picture = sheet(_solved(ids, body, library))
    with tempfile.TemporaryDirectory(dir=output.parent) as folder:
        whole = Path(folder) / output.name
        picture.save(whole)
        whole.replace(output)


@app.command("describe")
def tell(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The motion.")],
    body: Annotated[str, typer.Option("--body", help="The body.")] = "woman",
    side: Annotated[str, typer.Option("--side", help="left, or right for its mirror.")] = "left",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    library: LibraryFolder = None,
) -> None:
    """Tell a motion to somebody who cannot see it, as measured on a body."""
    from recoup.model.motion import SIDES
    from recoup.script.description import describe

    known([side], SIDES, "side")
    ((motion, track, _),) = _solved([id_], [body], library, side)
    found = describe(motion, track)
    if json:
        print_json({"body": body, "side": side, **asdict(found)})
        return
    typer.echo(found.start)
    for one in found.phases:
        typer.echo(f"{one.part} {one.start_s:.1f}-{one.end_s:.1f} s: {one.text}")


def _writable(output: Path) -> None:
    """Exit 2 before any work when the picture could not be written."""
    if output.suffix.lower() not in PICTURES:
        fail([f"{output}: no picture is written as that. End the name in {', '.join(PICTURES)}."])
    if not output.parent.is_dir():
        fail([f"{output.parent} is no folder. Make it first."])


def _solved(
    ids: list[str] | None, bodies: list[str] | None, library: Path | None, side: str = "left"
) -> list[tuple[Motion, Track, Body]]:
    """Return every motion asked for with its track and body; exit 2 with every problem."""
    # One thread a solver: small matrices are slower with more.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from recoup.body import FIGURES, MissingDataError, load_body
    from recoup.motion import ReachError, load_track

    home = Path(os.environ.get("RECOUP_HOME", "var"))
    known(bodies or (), FIGURES, "body")
    motions = [one.changed(side) for one in _motions(ids or [], library)]
    try:
        figures = [
            load_body(FIGURES[one], home / "data", home / "bodies") for one in bodies or FIGURES
        ]
    except MissingDataError as error:
        fail([error])
    found: list[tuple[Motion, Track, Body]] = []
    misses: list[str] = []
    for motion in motions:
        for figure in figures:
            try:
                found.append((motion, load_track(motion, figure, home / "tracks"), figure))
            except ReachError as error:
                misses += error.misses
    if misses:
        fail(misses)
    return found


def _motions(ids: list[str], library: Path | None) -> list[Motion]:
    from recoup.film.draw import VIEWS
    from recoup.film.draw.glow import FIELDS
    from recoup.library import LibraryError, read_texts
    from recoup.library.motion_checks import Shown
    from recoup.library.motions import ids_in, read_motions
    from recoup.library.texts import default_folder

    texts = read_texts(library or default_folder())
    known(ids, ids_in(texts), "motion")
    try:
        motions = read_motions(texts, ids, Shown(VIEWS, FIELDS))
    except LibraryError as error:
        fail(error.problems)
    return [motions[one] for one in ids or motions]


def known(asked: Iterable[str], there: Iterable[str], what: str) -> None:
    """Exit 2 with every name that is not known."""
    from recoup.library.problem import nearest

    names = list(there)
    unknown = [one for one in asked if one not in names]
    if unknown:
        fail(f"There is no {what} {one}. {nearest(one, names)}" for one in unknown)
