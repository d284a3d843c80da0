"""What films are cut from stays for the next film, up to a size: then what was used longest ago
goes. When something was used last is the time of its file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress

from recoup.film.store import NAME, FolderStore

KEPT_S = 3 * 24 * 60 * 60
"""What a film of the last days was cut from always stays: tomorrow's needs most of it."""


def mark_used(store: FolderStore, names: Iterable[str], now: float) -> None:
    """Note that a film needs these now. What is not there is not needed any more."""
    for name in dict.fromkeys(names):
        with suppress(FileNotFoundError):
            os.utime(store.folder / name, (now, now))


def sweep(stores: Sequence[FolderStore], most_bytes: int, now: float) -> int:
    """Remove what was used longest ago until all stores together hold at most so much, as far as
    no film of the last days needs it; return how many bytes went."""
    found = []
    for store in stores:
        for place in store.folder.glob("*"):
            with suppress(FileNotFoundError):
                about = place.stat()
                if NAME.fullmatch(place.name):
                    found.append((about.st_mtime, about.st_size, place.name, store))
    over = sum(size for _, size, _, _ in found) - most_bytes
    gone = 0
    for used, size, name, store in sorted(found, key=lambda one: one[0]):
        if gone >= over or now - used < KEPT_S:
            break
        store.drop(name)
        gone += size
    return gone
