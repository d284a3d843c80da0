"""``recoup worker``: render the films that should exist and do not."""

from __future__ import annotations

import os
import sys
import threading
from typing import Annotated

import typer

from recoup.cli.streams import load_library

NICE = 10


def worker(
    tied: Annotated[
        bool, typer.Option(help="Stay for what people ask for; end when standard input closes.")
    ] = False,
) -> None:
    """Render missing films, the first session's first; start again any time, what is done stays."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recoup.server.settings")
    if hasattr(os, "nice"):
        os.nice(NICE)
    if tied:
        threading.Thread(target=_end_with_input, daemon=True).start()
    load_library()
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    from recoup.film.farm import renderers
    from recoup.services import rendering

    work = rendering.keep_rendering if tied else rendering.render_missing
    try:
        work(renderers, tell=lambda text: typer.echo(text, err=True))
    except rendering.AlreadyRendering as error:
        typer.echo(str(error), err=True)
    except KeyboardInterrupt:
        os._exit(0)
    if tied:  # a thread still reads standard input: an orderly end would wait for it
        sys.stderr.flush()
        os._exit(0)


def _end_with_input() -> None:
    sys.stdin.buffer.read()
    os._exit(0)
