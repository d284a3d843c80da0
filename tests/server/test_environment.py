from __future__ import annotations

import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from recoup.server.environment import (
    BadEnvironment,
    Database,
    Environment,
    names,
    read_environment,
)

ROOT = Path(__file__).resolve().parents[2]
KEY, OTHER_KEY = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def read(home: Path, **given: str) -> Environment:
    return read_environment({"RECOUP_HOME": str(home), **given})


def test_every_setting_is_documented_with_its_default_and_meaning():
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    fields = Environment.__dataclass_fields__.values()
    about = [f.metadata for f in fields]
    assert rows == [(each["name"], each["default"], each["meaning"]) for each in about]


def test_nothing_needs_to_be_set(tmp_path):
    environment = read(tmp_path / "home")
    assert environment.database == Database(name=str(tmp_path / "home" / "recoup.sqlite3"))
    assert environment.allowed_hosts == ("localhost", "127.0.0.1", "[::1]")
    assert (environment.mode, environment.debug, environment.https) == ("preview", False, False)
    Fernet(environment.keys[0])


def test_the_home_and_its_secrets_are_for_their_owner_alone(tmp_path):
    home = tmp_path / "far" / "home"
    read(home)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()} == {
        "keys": 0o600,
        "secret-key": 0o600,
    }


def test_secrets_stay_the_same_from_start_to_start(tmp_path):
    assert read(tmp_path) == read(tmp_path)


def test_processes_that_start_together_agree_on_the_secrets(tmp_path):
    code = (
        "from recoup.server.environment import read_environment as r;"
        "e = r(); print(e.keys, e.secret_key)"
    )
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env={"RECOUP_HOME": str(tmp_path / "home")},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    said = {run.communicate()[0] for run in runs}
    assert len(said) == 1
    assert len(said.pop()) > 80


def test_home_is_in_the_clone_and_nothing_is_made_when_all_secrets_are_given(monkeypatch, tmp_path):
    from recoup.server import environment as module

    monkeypatch.setattr(module, "_CLONE", tmp_path)
    (tmp_path / "pyproject.toml").touch()
    given = {"RECOUP_KEYS": KEY, "SECRET_KEY": "s"}
    home = read_environment(given).home
    assert home == tmp_path / "var"
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("relative", [False, True])
def test_elsewhere_home_is_in_the_user_s_data_folder(monkeypatch, tmp_path, relative):
    from recoup.server import environment as module

    monkeypatch.setattr(module, "_CLONE", tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    given = {"XDG_DATA_HOME": "data" if relative else str(tmp_path / "data")}
    expected = tmp_path / (".local/share/recoup" if relative else "data/recoup")
    assert read_environment(given).home == expected


def test_any_setting_may_come_from_a_file(tmp_path):
    file = tmp_path / "url"
    file.write_text("postgres://ana:s%40crt@db.example.org:5433/recoup?sslmode=require\n")
    database = read(tmp_path / "home", DATABASE_URL_FILE=str(file)).database
    assert database == Database(
        name="recoup",
        server=True,
        user="ana",
        password="s@crt",
        host="db.example.org",
        port="5433",
        options={"sslmode": "require"},
    )
    assert "s@crt" not in repr(database)


def test_postgresql_may_be_reached_by_a_socket(tmp_path):
    url = "postgres://postgres@/recoup?host=/run/postgresql&port=5999"
    database = read(tmp_path, DATABASE_URL=url).database
    assert (database.host, database.port, database.options) == ("/run/postgresql", "5999", {})


def test_a_sqlite_file_may_be_named(tmp_path):
    name = tmp_path / "a file.sqlite3"
    url = f"sqlite:///{name}".replace(" ", "%20")
    assert read(tmp_path, DATABASE_URL=url).database == Database(name=str(name))


def test_lists_are_split_at_commas(tmp_path):
    environment = read(tmp_path, RECOUP_KEYS=f"{KEY}, {OTHER_KEY}", ALLOWED_HOSTS="a.org,b.org,")
    assert environment.keys == (KEY, OTHER_KEY)
    assert environment.allowed_hosts == ("a.org", "b.org")


def test_every_problem_is_told_at_once_without_the_value_and_nothing_is_made(tmp_path):
    with pytest.raises(BadEnvironment) as caught:
        read(
            tmp_path / "home",
            MODE="clinic",
            DEBUG="express:*",
            RECOUP_KEYS=f"{KEY},hunter2",
            DATABASE_URL="mysql://root:hunter2@host/name",
            ALLOWED_HOSTS_FILE=str(tmp_path / "missing"),
            SECRET_KEY="one",
            SECRET_KEY_FILE="two",
        )
    problems = caught.value.problems
    assert [problem.partition(":")[0] for problem in problems] == [
        "DATABASE_URL",
        "RECOUP_KEYS",
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "DEBUG",
        "MODE",
    ]
    assert "hunter2" not in str(caught.value)
    assert "key 2 is not a Fernet key" in problems[1]
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "url", ["postgres://h:port/name", "postgres://host", "sqlite://file", "nonsense", "http://["]
)
def test_a_database_that_cannot_be_reached_by_any_reading_is_refused(tmp_path, url):
    with pytest.raises(BadEnvironment, match="DATABASE_URL"):
        read(tmp_path, DATABASE_URL=url)


def test_a_home_that_cannot_be_made_is_a_clear_problem(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(BadEnvironment, match="name another folder"):
        read(tmp_path / "file" / "home")


def test_a_damaged_key_file_is_a_clear_problem(tmp_path):
    (tmp_path / "keys").write_text("half a k")
    with pytest.raises(BadEnvironment, match="is not a Fernet key"):
        read(tmp_path)


def test_secrets_are_not_in_what_a_traceback_shows(tmp_path):
    environment = read(tmp_path)
    assert environment.keys[0] not in repr(environment)
    assert environment.secret_key not in repr(environment)


def test_names_are_listed_once():
    assert len(set(names())) == len(names()) == 11


def test_the_store_of_films_has_a_size_in_gigabytes(tmp_path):
    assert read(tmp_path).film_store_gb == 20
    assert read(tmp_path, FILM_STORE_GB="5").film_store_gb == 5
    for wrong in ("lots", "0", "-1", "2.5"):
        with pytest.raises(BadEnvironment, match="FILM_STORE_GB: say how many gigabytes"):
            read(tmp_path, FILM_STORE_GB=wrong)


@pytest.mark.parametrize("mode", ["preview", "education"])
def test_a_mode_without_an_organisation_is_taken_as_it_is(tmp_path, mode):
    assert read(tmp_path, MODE=mode).mode == mode


def test_supervised_needs_the_name_of_who_is_responsible(tmp_path):
    with pytest.raises(BadEnvironment, match="ORGANISATION: supervised needs the name"):
        read(tmp_path, MODE="supervised")
    environment = read(tmp_path, MODE="supervised", ORGANISATION="Hill Road Clinic")
    assert (environment.mode, environment.organisation) == ("supervised", "Hill Road Clinic")
