"""The library in use, and the versions that running programs are pinned to."""

from __future__ import annotations

from functools import cache, lru_cache

from recoup.library import read, read_texts
from recoup.library.texts import default_folder
from recoup.model.content import Library
from recoup.records import versions


@cache
def current() -> Library:
    """Return today's library, read once a process."""
    return read(_texts())


def keep_current() -> str:
    """Store the text of today's library, so that what it decides can be replayed."""
    return versions.keep(_texts())


def pinned(version: str | None) -> Library:
    """Return the library of a version; today's when none is pinned."""
    if version is None or version == current().version:
        return current()
    return _stored(version)


@lru_cache(maxsize=8)
def _stored(version: str) -> Library:
    return read(versions.texts_of(version))


@cache
def _texts() -> dict[str, str]:
    return read_texts(default_folder())
