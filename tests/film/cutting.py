"""A short film for tests: a script of two scenes and one exercise, quick and small."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import numpy as np
from film.conftest import workshop_at
from film.test_exercise_film import InPlace

from recoup.film.edit import stages
from recoup.film.edit.make import Wanted
from recoup.film.edit.program import storyboard
from recoup.film.edit.stages import Room
from recoup.film.edit.studio import Studio
from recoup.film.speech.kept import Kept
from recoup.film.speech.value import RATE, Speech
from recoup.film.take import Built
from recoup.library import load, read_texts
from recoup.library.films import read_film_words
from recoup.library.motions import read_motions
from recoup.library.speech import read_manner
from recoup.library.texts import default_folder
from recoup.model.film import FilmChapter, FilmScript, Scene
from recoup.script.line import Line
from recoup.script.timing import Word

HEIGHT = 90
SCRIPT = FilmScript(
    "short", "lumbar-facet-joint-pain", "A short film", ("For tests",),
    (
        FilmChapter("one", "The first", (Scene("bridge", "Lift. Lower."),)),
        FilmChapter("two", "The second", (
            Scene("bridge", "This is how it feels.", label="buttocks", points=("Slow", "Easy")),
        )),
    ),
)  # fmt: skip


class Hum:
    """A voice that hums: as loud as speech, four words a second, the same to the bit."""

    mark = "hum"

    def speak(self, line: Line) -> Speech:
        one = 0.25
        words = tuple(Word(w.shown, k * one, (k + 1) * one) for k, w in enumerate(line.words))
        t = np.arange(round(len(words) * one * RATE)) / RATE
        tone = 0.2 * np.sin(2 * np.pi * 220 * t) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * t))
        return Speech(tone.astype(np.float32), words)


def studio(shape: str = "16:9", height: int = HEIGHT) -> Studio:
    library, texts = load(), read_texts(default_folder())
    motions = read_motions(texts, ["bridge"])
    return Studio.of(library, texts, motions, read_film_words(texts), read_manner(texts),
                     shape=shape, height=height)  # fmt: skip


def wanted(script: FilmScript = SCRIPT, **changes: object) -> Wanted:
    where = studio()
    film = Wanted(script.title, storyboard(script, where), where.manner.lexicon)
    return replace(film, **changes)


def said_otherwise(text: str) -> FilmScript:
    """Return the script with another sentence at its end."""
    *before, last = SCRIPT.chapters
    scene = replace(last.scenes[0], say=text)
    return replace(SCRIPT, chapters=(*before, replace(last, scenes=(scene,))))


def room_at(folder: Path, built: Built, voice: str = "silence") -> Room:
    return Room(workshop_at(folder, built), voice, folder / "voice")


def humming(monkeypatch) -> None:
    """Have the hum speak, in this process."""
    monkeypatch.setattr(stages, "voice_of", lambda name, folder, said: Kept(Hum(), said))
    monkeypatch.setattr(stages, "mark_of", lambda name: Hum.mark)
    stages._voice.cache_clear()


def in_place():
    return nullcontext(InPlace())
