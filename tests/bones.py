"""Bones for tests: built once from the data package and kept in the clone's build folder."""

from functools import cache

import pytest
from figures import HOME, figure

from recoup.body import FIGURES, MissingDataError
from recoup.body.bones import Bones, load_bones


@cache
def bones(name: str) -> Bones:
    try:
        return load_bones(FIGURES[name], figure(name), HOME / "data", HOME / "bodies")
    except MissingDataError as error:
        pytest.fail(str(error))
