"""What films are cut from stays up to a size; then what was used longest ago goes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from recoup.film.edit.sweeping import KEPT_S, mark_used, sweep
from recoup.film.store import FolderStore

NOW = 1_800_000_000.0
DAY = 24 * 60 * 60


def name(letter: str) -> str:
    return f"{letter * 32}.mkv"


@pytest.fixture
def stores(tmp_path: Path) -> tuple[FolderStore, FolderStore]:
    """Two stores: a and c in the first, b and d in the second; 100 bytes each, a the oldest."""
    both = FolderStore(tmp_path / "reels"), FolderStore(tmp_path / "parts")
    for k, letter in enumerate("abcd"):
        both[k % 2].put(name(letter), io.BytesIO(b"." * 100))
        mark_used(both[k % 2], [name(letter)], NOW - (20 - k) * DAY)
    return both


def left(stores: tuple[FolderStore, FolderStore]) -> str:
    return "".join(sorted(place.name[0] for one in stores for place in one.folder.glob("*.mkv")))


def test_nothing_goes_while_there_is_room(stores):
    assert sweep(stores, 400, NOW) == 0
    assert left(stores) == "abcd"


def test_what_was_used_longest_ago_goes_first_whichever_store_it_is_in(stores):
    assert sweep(stores, 250, NOW) == 200
    assert left(stores) == "cd"


def test_what_a_film_needed_again_stays(stores):
    mark_used(stores[0], [name("a"), name("e")], NOW - 5 * DAY)
    sweep(stores, 100, NOW)
    assert left(stores) == "a"


def test_what_a_film_of_the_last_days_needs_stays_though_it_is_too_much(stores):
    mark_used(stores[1], [name("b")], NOW - KEPT_S + 60)
    sweep(stores, 0, NOW)
    assert left(stores) == "b"


def test_other_files_and_folders_that_are_not_there_yet_are_left_alone(stores, tmp_path: Path):
    lock = stores[0].folder / "worker.lock"
    lock.touch()
    sweep((*stores, FolderStore(tmp_path / "said")), 0, NOW)
    assert left(stores) == ""
    assert lock.exists()
