"""``recoup serve``: migrate, load the library, and start the app on loopback."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Annotated

import typer

from recoup.cli.streams import load_library


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Web processes.")] = 2,
    films: Annotated[bool, typer.Option(help="Render missing films in the background.")] = True,
) -> None:
    """Start the app: migrates the database, loads the library, serves the pages, renders films."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recoup.server.settings")
    load_library()
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    connections.close_all()  # a pool does not survive the fork into web processes
    typer.echo(f"Recoup is ready at http://{host}:{port}/ . Press Ctrl-C to stop.")
    if films:
        _start_worker()
    from gunicorn.app.wsgiapp import run  # type: ignore[import-untyped]

    sys.argv = [
        "gunicorn", "recoup.server.wsgi:application", f"--bind={host}:{port}",
        f"--workers={workers}", "--threads=4", "--worker-class=gthread", "--preload",
        "--no-control-socket", "--log-level=warning",
    ]
    run()


def _start_worker() -> None:
    """Start the worker as a child of low priority. It ends when we do: our end of its standard
    input closes, however we end."""
    # An abrupt end leaves semaphores that Python clears away itself, with a warning to nobody.
    quiet = "ignore::UserWarning:multiprocessing.resource_tracker"
    worker = ["-m", "recoup.cli", "worker", "--tied"]
    subprocess.Popen([sys.executable, "-W", quiet, *worker], stdin=subprocess.PIPE)  # noqa: S603 - ourselves
