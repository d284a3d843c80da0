"""Other versions of the library, as a new release brings them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import pytest

from recoup.library import read
from recoup.model.content import Library
from recoup.services import shelf

FACET_FILE = "programs/lumbar-facet-joint-pain.yaml"
TITLE = "title: Low back program, facet-joint pattern"


def renamed(texts: Mapping[str, str], title: str = "A newer low back program") -> dict[str, str]:
    """Return the texts with another title of the facet program, told at every enrolment."""
    assert TITLE in texts[FACET_FILE]
    return {**texts, FACET_FILE: texts[FACET_FILE].replace(TITLE, f"title: {title}")}


def release(patch: pytest.MonkeyPatch, texts: Mapping[str, str]) -> Library:
    """Make these texts today's library, as after an update and a restart."""
    library = _read(tuple(sorted(texts.items())))
    patch.setattr(shelf, "texts", lambda: texts)
    patch.setattr(shelf, "current", lambda: library)
    return library


@lru_cache(maxsize=4)
def _read(texts: tuple[tuple[str, str], ...]) -> Library:
    return read(dict(texts))
