"""The film of the facet program and of a session, against their own running time and limits."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench.figure import Figure
from recoup.film.edit import program, session
from recoup.film.edit.make import Wanted, make
from recoup.film.edit.stages import Room
from recoup.film.edit.studio import Studio
from recoup.film.exercise_film import Workshop
from recoup.film.farm import renderers
from recoup.film.speech.order import is_built
from recoup.library import load, read_texts
from recoup.library.films import read_film_words, read_films
from recoup.library.motions import read_motions
from recoup.library.plans import read_plan
from recoup.library.speech import read_manner
from recoup.library.texts import default_folder
from recoup.model.film import FilmScript

HOME = Path(__file__).resolve().parents[1] / "var"
FACET = "lumbar-facet-joint-pain"
PLAN = Path(__file__).with_name("plan.json")
WARM_S = 20
STEPPED = 2
"""The exercise of the plan that goes up a step."""


def measure() -> Iterator[Figure]:
    if not is_built(HOME / "voice"):
        print("long films: no voice here; make voices first")
        return
    studio = _studio()
    film = read_films(read_texts(default_folder()))[FACET]
    with tempfile.TemporaryDirectory(dir=HOME) as folder:
        room = _room(Path(folder))
        cold_s, seconds = _made(film, studio, room)
        share = 100 * cold_s / seconds
        yield Figure("facet film cold, of its running time", share, "%", 100, False)
        warm_s, _ = _made(_reworded(film), studio, room)
        yield Figure("one sentence changed, of cold", 100 * warm_s / cold_s, "%", 5, False)
        yield Figure("session film warm", _session(studio, room), "s", WARM_S, False)


def _studio() -> Studio:
    library, texts = load(), read_texts(default_folder())
    return Studio.of(library, texts, read_motions(texts), read_film_words(texts),
                     read_manner(texts))  # fmt: skip


def _room(home: Path) -> Room:
    """Return an empty home with the packages that films are made from: no body, no track."""
    shutil.copytree(HOME / "data", home / "data")
    shutil.copytree(HOME / "voice", home / "voice")
    return Room(Workshop.at(home), "heart", home / "voice")


def _made(film: FilmScript, studio: Studio, room: Room) -> tuple[float, float]:
    began = time.perf_counter()
    shots = program.storyboard(film, studio)
    made = make(Wanted(film.title, shots, studio.manner.lexicon), room, renderers)
    return time.perf_counter() - began, made.timeline.seconds


def _reworded(film: FilmScript) -> FilmScript:
    """Return the film with one sentence of its last chapter said otherwise."""
    *before, last = film.chapters
    scene = replace(last.scenes[-1], say="Go on with the full program. A short walk ends this one.")
    return replace(film, chapters=(*before, replace(last, scenes=(*last.scenes[:-1], scene))))


def _session(studio: Studio, room: Room) -> float:
    """Return how long it takes to make the next session. At most one exercise goes up a step from
    one day to the next (``care/steps.py``): here from 10 repetitions to 12, twice."""
    plan = json.loads(PLAN.read_text("utf-8"))
    took = 0.0
    for reps in (10, 12):
        plan["slots"][STEPPED]["dose"]["reps"] = reps
        shots = session.storyboard(read_plan(plan, load()), studio)
        began = time.perf_counter()
        make(Wanted("Your session", shots, studio.manner.lexicon), room, renderers)
        took = time.perf_counter() - began
    return took
