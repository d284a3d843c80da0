"""A film as a clinician writes it: chapters of a picture and what is said with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scene:
    """A motion, and the words said over it. ``stretch`` is from which of its positions to which,
    else all of its cycle is shown. ``points`` are short lines to read."""

    motion: str
    say: str
    view: str = ""
    look: str = "plain"
    closeup: str = ""
    stretch: tuple[str, str] | None = None
    label: str = ""
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FilmChapter:
    """Either scenes, or an exercise, whose own words and motion make the chapter."""

    id: str
    title: str
    scenes: tuple[Scene, ...] = ()
    exercise: str | None = None


@dataclass(frozen=True, slots=True)
class FilmScript:
    id: str
    program: str
    title: str
    under: tuple[str, ...]
    chapters: tuple[FilmChapter, ...]


@dataclass(frozen=True, slots=True)
class FilmWords:
    """Words that every film uses: ``shown`` on the picture, ``said`` by the voice. Braces stand
    for what changes, such as {name}."""

    shown: Mapping[str, str]
    said: Mapping[str, str]
    targets: Mapping[str, str]
