"""``recoup motion``: check and look at motions."""

from __future__ import annotations

import os
import tempfile
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recoup.cli.streams import FAILED_CHECK, fail, print_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoup.body import Body
    from recoup.model.motion import Motion
    from recoup.motion import Findings, Track

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
    findings: list[Findings] = []
    for one in _checked(_wanted(ids, body, library)):
        findings.append(one)
        if not json:
            typer.echo(f"{one.motion} · {one.body}: {'; '.join(one.failed) or 'good'}")
    if json:
        print_json([one.as_dict() for one in findings])
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


@dataclass(frozen=True)
class _Wanted:
    """Motions with the bodies that may show them, in the order asked for."""

    home: Path
    bodies: dict[str, Body]
    pairs: tuple[tuple[Motion, str], ...]


def _wanted(ids: list[str] | None, bodies: list[str] | None, library: Path | None) -> _Wanted:
    """Return what is asked for, its bodies built; exit 2 with every problem."""
    # One thread a solver: small matrices are slower with more.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from recoup.body import FIGURES, MissingDataError, load_body

    home = Path(os.environ.get("RECOUP_HOME", "var"))
    known(bodies or (), FIGURES, "body")
    motions = _motions(ids or [], library)
    pairs = _shown(motions, bodies or list(FIGURES), library)
    try:
        built = {one: load_body(FIGURES[one], home / "data", home / "bodies")
                 for one in dict.fromkeys(name for _, name in pairs)}  # fmt: skip
    except MissingDataError as error:
        fail([error])
    return _Wanted(home, built, pairs)


def _shown(
    motions: Iterable[Motion], bodies: list[str], library: Path | None
) -> tuple[tuple[Motion, str], ...]:
    """Return each motion with each body that may show it; exit 2 when that is none."""
    from recoup.body import FIGURES, may_move
    from recoup.library import LibraryError, read_exercises, read_texts
    from recoup.library.texts import default_folder

    try:
        exercises = read_exercises(read_texts(library or default_folder())).values()
    except LibraryError as error:
        fail(error.problems)
    every = [(motion, name) for motion in motions for name in bodies]
    pairs = tuple(
        (motion, name) for motion, name in every if may_move(FIGURES[name], motion.id, exercises)
    )
    if every and not pairs:
        fail(
            f"{name} does not show {motion.id}: its exercise is left out in trimester "
            f"{FIGURES[name].trimester}. Choose another --body."
            for motion, name in every
        )
    return pairs


def _checked(wanted: _Wanted) -> Iterator[Findings]:
    """Yield the findings of every pair, measured in two processes where there are several; exit 2
    in the end with every touch that is out of reach."""
    misses: list[str] = []
    for one in _measured(wanted):
        if isinstance(one, tuple):
            misses += one
        else:
            yield one
    if misses:
        fail(misses)


def _measured(wanted: _Wanted) -> Iterator[Findings | tuple[str, ...]]:
    """Yield the findings of every pair as they come, or what is out of reach."""
    from recoup.film.farm import renderers
    from recoup.motion.work import checked

    homes = [wanted.home] * len(wanted.pairs)
    motions, names = [motion for motion, _ in wanted.pairs], [name for _, name in wanted.pairs]
    if len(wanted.pairs) == 1:
        yield checked(motions[0], names[0], wanted.home)
        return
    try:
        with renderers() as executor:
            yield from executor.map(checked, motions, names, homes)
    except BrokenProcessPool:
        fail(["A checking process was killed, perhaps for want of memory. Check fewer at once."])


def _solved(
    ids: list[str] | None, bodies: list[str] | None, library: Path | None, side: str = "left"
) -> list[tuple[Motion, Track, Body]]:
    """Return every motion asked for with its track and body; exit 2 with every problem."""
    wanted = _wanted(ids, bodies, library)
    from recoup.motion import ReachError, load_track

    found: list[tuple[Motion, Track, Body]] = []
    misses: list[str] = []
    for left, name in wanted.pairs:
        motion, body = left.changed(side), wanted.bodies[name]
        try:
            found.append((motion, load_track(motion, body, wanted.home / "tracks"), body))
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
