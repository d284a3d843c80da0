"""A motion, a body, and a workshop whose build output is shared with the clone."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

import pytest
from figures import HOME

from recoup.film.exercise_film import Workshop, render
from recoup.film.farm import renderers
from recoup.film.order import Order
from recoup.film.store import FolderStore
from recoup.film.take import Built
from recoup.library import read_texts
from recoup.library.motions import read_motions
from recoup.library.texts import default_folder
from recoup.model.motion import Motion

HEIGHT = 180


@pytest.fixture(scope="session")
def built() -> Built:
    """Data and build output of the clone: solving again in every test would take minutes."""
    return Built.at(HOME)


@pytest.fixture(scope="session")
def motions() -> dict[str, Motion]:
    return read_motions(read_texts(default_folder()))


@pytest.fixture(scope="session")
def bridge(motions: dict[str, Motion]) -> Order:
    """The bridge, quick: 2.7 s of it, small."""
    return Order(motions["bridge"].changed(tempo=3), height=HEIGHT)


@pytest.fixture(scope="session")
def executor() -> Iterator[Executor]:
    with renderers() as running:
        yield running


def workshop_at(folder: Path, built: Built) -> Workshop:
    return Workshop(built, FolderStore(folder / "parts"), FolderStore(folder))


@pytest.fixture(scope="session")
def made(
    tmp_path_factory: pytest.TempPathFactory, built: Built, bridge: Order, executor: Executor
) -> dict[str, Path]:
    """The film of the bridge, rendered once: its files by ending."""
    workshop = workshop_at(tmp_path_factory.mktemp("films"), built)
    names = render(bridge, ("mp4", "webm"), workshop, executor)
    assert list(workshop.parts.folder.iterdir()) == [], "parts are dropped when the film is whole"
    return {ending: workshop.parts.folder.parent / name for ending, name in names.items()}


def other(order: Order, **changes: object) -> Order:
    return replace(order, **changes)
