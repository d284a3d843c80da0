"""The real library, read once."""

from __future__ import annotations

import pytest

from recoup.library import load, read_texts
from recoup.library.texts import default_folder
from recoup.model.answers import Vocabulary
from recoup.model.content import Library


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    return read_texts(default_folder())


@pytest.fixture(scope="session")
def library() -> Library:
    return load()


@pytest.fixture(scope="session")
def vocabulary(library: Library) -> Vocabulary:
    return library.vocabulary
