"""An exercise's own words as lines to be said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from recoup.library.films import BRACES, read_film_words, read_films
from recoup.library.problem import LibraryError, Path, Problem
from recoup.library.yaml_text import line_of
from recoup.model.content import Library
from recoup.model.speech import Lexicon, Manner
from recoup.script.line import Line
from recoup.script.numbers import number_words
from recoup.script.speaking import UnspeakableError, lines

READ = ("setup", "move", "breathe", "feel")
"""The blocks that are read out beside an exercise."""

MOST_COUNTED = 30


@dataclass(frozen=True, slots=True)
class Block:
    """A block of an exercise's words, and its lines."""

    name: str
    lines: tuple[Line, ...]


def narration(
    exercise: str, words: Mapping[str, str], lexicon: Lexicon, names: tuple[str, ...] = READ
) -> tuple[Block, ...]:
    """Return the named blocks of an exercise's words, in that order; raise UnspeakableError."""
    place = f"exercises/{exercise}.yaml"
    return tuple(
        Block(name, tuple(lines(words[name], lexicon, place))) for name in names if name in words
    )


def cue_lines(manner: Manner) -> dict[str, Line]:
    """Return every cue of the timer by name, with the numbers ``count-1`` to ``count-30``."""
    texts = dict(manner.cues)
    for value in range(1, MOST_COUNTED + 1):
        texts[f"count-{value}"] = f"{number_words(value).capitalize()}."
    found = {}
    for name, text in texts.items():
        said = lines(text, manner.lexicon, "speech/cues.yaml")
        found[name] = Line(tuple(word for line in said for word in line.words), said[0].place)
    return found


def unsayable(library: Library, manner: Manner, texts: Mapping[str, str]) -> list[Problem]:
    """Return every problem of the texts that are said aloud, with file and line."""
    problems: list[Problem] = []
    for file, path, text in chain(_spoken(library, manner), _filmed(texts)):
        try:
            lines(text, manner.lexicon, file, line_of(texts.get(file, ""), path))
        except UnspeakableError as error:
            problems += error.problems
    return problems


def _spoken(library: Library, manner: Manner) -> Iterator[tuple[str, Path, str]]:
    """Yield file, path and text of everything that is said aloud."""
    for one in library.exercises.values():
        file = f"exercises/{one.id}.yaml"
        yield file, ("name",), one.name
        for name, text in one.words.items():
            yield file, ("words", name), text
        for name, text in one.variants.items():
            yield file, ("variants", name), text
    for name, text in manner.cues.items():
        yield "speech/cues.yaml", ("cues", name), text


def _filmed(texts: Mapping[str, str]) -> Iterator[tuple[str, Path, str]]:
    """Yield what films say of their own. What stands in braces is said as some number."""
    try:
        films, words = read_films(texts), read_film_words(texts)
    except LibraryError:  # told where films are read
        return
    for film in films.values():
        file = f"films/{film.id}.yaml"
        yield file, ("title",), film.title
        for place, chapter in enumerate(film.chapters):
            yield file, ("chapters", place, "title"), chapter.title
            for number, scene in enumerate(chapter.scenes):
                yield file, ("chapters", place, "scenes", number, "say"), scene.say
    for name, text in words.said.items():
        yield "films/words.yaml", ("said", name), BRACES.sub("1", text)
