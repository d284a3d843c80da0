"""Bodies for tests: built once from the data package and kept in the clone's build folder."""

from functools import cache
from pathlib import Path

import pytest

from recoup.body import FIGURES, Body, MissingDataError, load_body

HOME = Path(__file__).parents[1] / "var"


@cache
def figure(name: str) -> Body:
    try:
        return load_body(FIGURES[name], HOME / "data", HOME / "bodies")
    except MissingDataError as error:
        pytest.fail(str(error))
