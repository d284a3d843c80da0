"""The commands of the app with small films of short sessions, by a voice that hums.

Run as a program it takes the arguments of ``recoup``. Renderers import it too: they are told the
same. All else is the real thing.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recoup.server.settings")
sys.path.insert(0, str(Path(__file__).parents[1]))

from film.cutting import Hum

from recoup.film.edit import make, stages
from recoup.film.speech.kept import Kept
from recoup.model.session import Planned

EXERCISES, HEIGHT = 2, 90


def _short(planned: Planned) -> Planned:
    """Return the exercise once: one set, one repetition, one second."""
    dose = planned.dose
    once = {name: 1 for name in ("reps", "hold_s", "time_s") if getattr(dose, name)}
    return replace(planned, dose=replace(dose, sets=1, **once))


def _hum() -> None:
    stages.voice_of = lambda name, folder, said: Kept(Hum(), said)
    stages.mark_of = lambda name: Hum.mark
    make.ready = lambda name, folder: None


def _shorten() -> None:
    """Make sessions short, films small, and leave out all films but those of sessions."""
    from recoup.services import films, long_films, program, program_films

    planned = program.today

    def today(*given, **named):
        plan = planned(*given, **named)
        slots = tuple(_short(one) for one in plan.session.slots[:EXERCISES])
        return replace(plan, session=replace(plan.session, slots=slots))

    program.today = today
    long_films.HEIGHT, long_films.can_speak = HEIGHT, lambda: True
    films.wanted, program_films.scripts = lambda: (), dict


_hum()

if __name__ == "__main__":
    import django

    django.setup()
    _shorten()
    from recoup.cli import app

    app()
