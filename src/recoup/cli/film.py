"""``recoup film``: films as files."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from recoup.cli.streams import FAILED_CHECK, WHO, fail, load_library

if TYPE_CHECKING:
    from recoup.film.exercise_film import Workshop
    from recoup.film.order import Order

app = typer.Typer(help="Films of exercises.", no_args_is_help=True)


@app.callback()
def films() -> None:
    """Films as files."""


@app.command("exercise")
def exercise(
    name: Annotated[str, typer.Argument(metavar="ID", help="An exercise's id or code.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="The film, such as bridge.mp4.")],
    webm: Annotated[bool, typer.Option("--webm", help="Write a .webm beside it.")] = False,
    height: Annotated[int, typer.Option(help="Height in pixels.")] = 720,
    shape: Annotated[str, typer.Option(help="4:5 (upright) or 16:9 (wide).")] = "16:9",
    body: Annotated[str, typer.Option(help=WHO)] = "woman",
    side: Annotated[str, typer.Option(help="The side of a sided exercise.")] = "left",
    stills: Annotated[bool, typer.Option("--stills", help="Write each position as .png.")] = False,
) -> None:
    """Write the film of one repetition, which closes on itself, and its poster (.jpg)."""
    order = _order(name, body, shape, height, side)
    _writable(out)
    workshop = _workshop()
    endings = ["mp4", "webm"] if webm else ["mp4"]
    made = _render(order, endings, workshop)
    for ending, artefact in made.items():
        with workshop.films.get(artefact) as content:
            _write(out.with_suffix(f".{ending}"), content)
    if stills:
        from io import BytesIO

        from recoup.film.exercise_film import stills as positions

        for position, data in positions(order, workshop.built):
            _write(out.with_name(f"{out.stem}.{position.replace('~', '-')}.png"), BytesIO(data))


def _order(name: str, body: str, shape: str, height: int, side: str) -> Order:
    """Return what is asked for; exit 2 with every problem of it."""
    from recoup.body import FIGURES, may_show
    from recoup.film.order import Order, OrderError
    from recoup.library import LibraryError, read_texts
    from recoup.library.motions import read_motions
    from recoup.library.problem import nearest
    from recoup.library.texts import default_folder

    library = load_library()
    known = {key: one for one in library.exercises.values() for key in (one.id, one.code)}
    if name not in known:
        fail([f"{name} is no exercise. {nearest(name, known)}"])
    found = known[name]
    try:
        motions = read_motions(read_texts(default_folder()))
    except LibraryError as error:
        fail(error.problems)
    motion = motions.get(found.motion or found.id)
    if motion is None:
        fail([f"{found.id} has no motion yet. Write library/motions/{found.id}.yaml; "
              f"these exercises have one: {', '.join(sorted(motions))}."])  # fmt: skip
    try:
        order = Order(motion, body, shape, height, side)
    except OrderError as error:
        fail(error.problems)
    figure = FIGURES[body]
    if not may_show(figure, found):
        fail([f"--body: {body} does not show {found.id}: it is left out in trimester "
              f"{figure.trimester}. Choose another body."])  # fmt: skip
    return order


def _writable(out: Path) -> None:
    if out.suffix != ".mp4":
        fail([f"--out: {out} does not end in .mp4. The other files are named after it."])
    try:
        with tempfile.TemporaryFile(dir=out.parent):
            pass
    except OSError as error:
        fail([f"--out: {out.parent} cannot be written to ({error.strerror}). Name another folder."])


def _workshop() -> Workshop:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recoup.server.settings")
    from django.conf import settings

    from recoup.film.exercise_film import Workshop

    return Workshop.at(Path(settings.RECOUP_HOME))


def _render(order: Order, endings: list[str], workshop: Workshop) -> dict[str, str]:
    from recoup.body import MissingDataError
    from recoup.film.exercise_film import RendererKilledError, render
    from recoup.film.farm import renderers
    from recoup.film.store import StoreError
    from recoup.motion import ReachError

    def progress(done: int, total: int) -> None:
        typer.echo(f"{order.motion.id}: {done} of {total} frames", err=True)

    try:
        with renderers() as executor:
            return render(order, endings, workshop, executor, progress)
    except ReachError as error:
        fail([error], FAILED_CHECK)
    except (MissingDataError, StoreError, RendererKilledError) as error:
        fail([error])


def _write(place: Path, content: BinaryIO) -> None:
    """Write a whole file or none."""
    from recoup.film.store import whole_file

    try:
        with whole_file(place) as file:
            shutil.copyfileobj(content, file)
        os.chmod(place, 0o666 & ~_umask())
    except OSError as error:
        fail([f"--out: {place} cannot be written ({error.strerror}). Make room or name another "
              "folder; the rendered film is kept, so that the next try is quick."])  # fmt: skip
    sys.stdout.write(f"{place}\n")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
