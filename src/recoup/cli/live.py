"""``recoup motion glb``: the files of the live figure."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recoup.cli.streams import FAILED_CHECK, WHO, fail, print_json

if TYPE_CHECKING:
    from recoup.film.live.order import LiveOrder


def glb(
    name: Annotated[str, typer.Argument(metavar="ID", help="A motion's id.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="A folder.")],
    body: Annotated[str, typer.Option(help=WHO)] = "woman",
    side: Annotated[str, typer.Option(help="The side of a sided motion.")] = "left",
) -> None:
    """Write the body and one cycle of the motion as glTF binaries (body.glb, ID.glb)."""
    from recoup.body import MissingDataError
    from recoup.film.live.make import make_live
    from recoup.film.live.moves import UnlikeGlTFError
    from recoup.motion import ReachError

    order = _order(name, body, side)
    home = _home()
    try:
        made = make_live(order, home, home / "films")
        out.mkdir(parents=True, exist_ok=True)
        wanted = {"body": out / f"{body}.glb", "motion": out / f"{name}.glb"}
        shutil.copyfile(made.body, wanted["body"])
        shutil.copyfile(made.motion, wanted["motion"])
    except (ReachError, UnlikeGlTFError) as error:
        fail([error], FAILED_CHECK)
    except MissingDataError as error:
        fail([error])
    except OSError as error:
        fail([f"--out: {error.filename} cannot be written ({error.strerror}). Make room on the "
              "disk or name another folder."])  # fmt: skip
    print_json({kind: {"file": str(place), "bytes": place.stat().st_size}
                for kind, place in wanted.items()})  # fmt: skip


def _order(name: str, body: str, side: str) -> LiveOrder:
    """Return what is asked for; exit 2 with every problem of it."""
    from recoup.body import FIGURES
    from recoup.film.live.order import LiveOrder
    from recoup.library import LibraryError, read_texts
    from recoup.library.motions import read_motions
    from recoup.library.problem import nearest
    from recoup.library.texts import default_folder

    try:
        motions = read_motions(read_texts(default_folder()))
    except LibraryError as error:
        fail(error.problems)
    problems = [
        f"{what}: {value!r} is not known. {nearest(value, known)}"
        for what, value, known in (
            ("ID", name, motions), ("--body", body, FIGURES), ("--side", side, ("left", "right"))
        )
        if value not in known
    ]  # fmt: skip
    if problems:
        fail(problems)
    return LiveOrder(motions[name], body, side)


def _home() -> Path:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recoup.server.settings")
    from django.conf import settings

    return Path(settings.RECOUP_HOME)
