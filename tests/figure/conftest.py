"""A motion on a page with the live figure, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bench.chromium import CHROMIUM, drawing, served
from bench.stage import STATIC, Stage
from playwright.sync_api import Playwright

from recoup.body import MissingDataError


@pytest.fixture(scope="session")
def stage() -> Stage:
    """Cat camel by the woman; built output of the clone is used, for building takes minutes."""
    try:
        return Stage("cat-camel", "woman")
    except MissingDataError as error:
        pytest.fail(str(error))


@pytest.fixture(scope="session")
def bundled() -> None:
    if not (STATIC / "dist/figure.js").is_file():
        pytest.fail("figure.js is not built: cd browser && npm run build.")


@pytest.fixture(scope="session")
def chromium(bundled: None, playwright: Playwright) -> Iterator[object]:
    if CHROMIUM is None:
        pytest.fail("no Chromium: apt install chromium libegl1.")
    with drawing(playwright) as found:
        yield found


@pytest.fixture(scope="session")
def address(stage: Stage, bundled: None) -> Iterator[str]:
    """Pages: stage.html draws at once, slow.html measures first, lost.html lacks its motion."""
    files = stage.files()
    text = files["stage.html"]
    files["slow.html"] = text.replace(b'choose="always"', b"")
    files["lost.html"] = text.replace(b"motion.glb", b"nowhere.glb")
    with served(files) as found:
        yield found
