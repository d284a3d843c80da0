"""What tests/conftest.py gives the focussed tests, without Django: it stands in for it here."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("mutants", derandomize=True, database=None, deadline=None)
settings.load_profile("mutants")


@pytest.fixture(scope="session")
def library():
    from care.any_answers import LIBRARY

    return LIBRARY


@pytest.fixture(scope="session")
def vocabulary(library):
    return library.vocabulary
