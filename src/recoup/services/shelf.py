"""The library in use, and the versions that running programs are pinned to."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cache, lru_cache

from recoup.library import LibraryError, read, read_texts
from recoup.library.motions import read_motions
from recoup.library.speech import read_manner
from recoup.library.texts import default_folder
from recoup.model.content import Library
from recoup.model.exercise import Exercise
from recoup.model.motion import Motion
from recoup.model.speech import Manner
from recoup.records import versions


@cache
def current() -> Library:
    """Return today's library, read once a process."""
    return read(texts())


@cache
def motions() -> Mapping[str, Motion]:
    """Return every motion by id. Text that cannot be read costs the films, never a page."""
    try:
        return read_motions(texts())
    except LibraryError as error:
        logging.getLogger(__name__).error("No films: %s", error)
        return {}


def motion_of(exercise: Exercise) -> Motion | None:
    """Return the motion that an exercise names; None without one."""
    return motions().get(exercise.motion) if exercise.motion else None


@cache
def manner() -> Manner | None:
    """Return how to speak. Text that cannot be read costs the voice, never a page."""
    try:
        return read_manner(texts())
    except LibraryError as error:
        logging.getLogger(__name__).error("No voice: %s", error)
        return None


def keep_current() -> str:
    """Store the text of today's library, so that what it decides can be replayed."""
    return versions.keep(texts())


def pinned(version: str | None) -> Library:
    """Return the library of a version; today's when none is pinned."""
    if version is None or version == current().version:
        return current()
    return _stored(version)


def knows(version: str) -> bool:
    """Return whether the text of a version is here."""
    return version == current().version or versions.is_kept(version)


@lru_cache(maxsize=8)
def _stored(version: str) -> Library:
    return read(versions.texts_of(version))


@cache
def texts() -> Mapping[str, str]:
    """Return today's library as text."""
    return read_texts(default_folder())
