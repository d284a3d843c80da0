"""The command line: JSON in, JSON out.

Exit status 0, or 2 when the input is bad (every problem listed on standard error), or 1 when the
thing asked about fails its check.
"""

from __future__ import annotations

import typer

from recoup.cli import (
    check,
    film,
    intake,
    live,
    long_film,
    motion,
    plan,
    records,
    serve,
    simulate,
    vignettes,
    worker,
)
from recoup.cli.preview import preview

app = typer.Typer(
    name="recoup",
    help="Rehabilitation programs compiled from text.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve.serve)
app.command("check")(check.check)
app.command("intake")(intake.intake)
app.command("plan")(plan.plan)
app.command("import")(records.take_in)
app.command("replay")(records.replay)
app.command("worker")(worker.worker)
app.add_typer(film.app, name="film")
film.app.command("program")(long_film.program)
film.app.command("session")(long_film.session)
motion.app.command("glb")(live.glb)
app.command("vignettes")(vignettes.vignettes)
app.command("simulate")(simulate.simulate)
app.command("preview")(preview)
app.add_typer(motion.app, name="motion")

__all__ = ["app"]
