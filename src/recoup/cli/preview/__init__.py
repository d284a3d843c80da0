"""``recoup preview``: write a motion and see it."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from recoup.cli.streams import fail

AT_ONCE_S = 1.0


def preview(
    id_: Annotated[str, typer.Argument(metavar="ID", help="A motion.")],
    body: Annotated[str, typer.Option(help="Who shows it.")] = "woman",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 for a free one.")] = 8123,
    library: Annotated[Path | None, typer.Option(help="A library folder, or ours.")] = None,
) -> None:
    """Show a motion on a page of this machine; save its text, and the page follows."""
    # One thread a solver: small matrices are slower with more.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from recoup.body import FIGURES, MissingDataError, load_body
    from recoup.cli.motion import known
    from recoup.cli.preview.server import PreviewServer
    from recoup.film.preview import Preview
    from recoup.library import read_texts
    from recoup.library.motions import ids_in
    from recoup.library.texts import default_folder

    folder = library or default_folder()
    home = Path(os.environ.get("RECOUP_HOME", "var"))
    known([body], FIGURES, "body")
    known([id_], ids_in(read_texts(folder)), "motion")
    try:
        figure = load_body(FIGURES[body], home / "data", home / "bodies")
        watched = Preview(id_, figure, folder, home / "tracks")
        server = PreviewServer(watched, port)
    except MissingDataError as error:
        fail([error])
    except OSError as error:
        fail([f"Port {port} cannot be used: {error}. Try --port {port + 1}."])
    typer.echo(f"{id_} is at http://127.0.0.1:{server.server_port}/ . Press Ctrl-C to stop.")
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's "&" would ignore it
    worker = threading.Thread(target=watched.run, daemon=True)
    worker.start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        typer.echo("Stopped.")
    finally:
        watched.stop()
        server.server_close()
        worker.join(AT_ONCE_S)
    if worker.is_alive():  # in the middle of a measurement, which nobody waits for now
        os._exit(0)
