"""Everything that can be set from outside, read once into one frozen value.

Each field of :class:`Environment` is one setting and says its own name, default and meaning;
``docs/settings.md`` repeats them and a test compares the two. ``NAME_FILE`` names a file that
holds the value, so that secrets need not stand in the environment. A wrong value is never
repeated in an error message: it may be a secret.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
MODES = ("preview", "education", "supervised")
SUPERVISED = "supervised"
FILM_STORE_GB = 20

_CLONE = Path(__file__).resolve().parents[3]
_YES_NO = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


class BadEnvironment(Exception):
    """Settings cannot be used. ``problems`` lists all of them, each with what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(["These settings cannot be used:", *problems]))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Database:
    """Where records are kept: a file (SQLite), or a server (PostgreSQL)."""

    name: str
    server: bool = False
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


def _about(name: str, default: str, meaning: str, read: Callable[[str], Any]) -> dict[str, Any]:
    return {"name": name, "default": default, "meaning": meaning, "read": read}


def _folder(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _switch(text: str) -> bool:
    try:
        return _YES_NO[text.lower()]
    except KeyError:
        raise ValueError("say 1 or 0") from None


def _mode(text: str) -> str:
    if text not in MODES:
        raise ValueError(f"say {', '.join(MODES[:-1])} or {MODES[-1]}; leave it out for {MODES[0]}")
    return text


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _keys(text: str) -> tuple[str, ...]:
    keys = _list(text)
    for number, key in enumerate(keys, 1):
        try:
            length = len(base64.urlsafe_b64decode(key))
        except (binascii.Error, ValueError):
            length = 0
        if length != 32:
            raise ValueError(
                f"key {number} is not a Fernet key, which is 32 bytes in URL-safe base64; "
                "make one with Fernet.generate_key() of the package cryptography"
            )
    return keys


def _gigabytes(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 10_000:
        raise ValueError("say how many gigabytes, such as 20")
    return int(text)


def _scheduler(text: str) -> str:
    url = urlsplit(text)
    if url.scheme not in {"tcp", "tls"} or not url.hostname or url.port is None:
        raise ValueError("say tcp://host:8786, the address that dask scheduler prints")
    return text


def _database(text: str) -> Database:
    url = urlsplit(text)
    name = unquote(url.path.removeprefix("/"))
    if url.scheme == "sqlite" and not url.netloc and name:
        return Database(name=name)
    if url.scheme not in {"postgres", "postgresql"} or not name:
        raise ValueError("say postgres://user:password@host:port/name or sqlite:////path/to/file")
    options = dict(parse_qsl(url.query))
    return Database(
        name=name,
        server=True,
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        host=options.pop("host", "") or unquote(url.hostname or ""),
        port=options.pop("port", "") or str(url.port or ""),
        options=options,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """The settings of one installation. Read it with :func:`read_environment`."""

    home: Path = field(
        metadata=_about(
            "RECOUP_HOME",
            "`var/` in a clone, else `recoup` in the user's data folder",
            "The folder that holds this installation's data; made with mode 0700.",
            _folder,
        )
    )
    database: Database = field(
        metadata=_about(
            "DATABASE_URL",
            "`sqlite:///RECOUP_HOME/recoup.sqlite3`",
            "Where records are kept: a SQLite file, or "
            "`postgres://user:password@host:port/name` (`?host=/folder` for a socket).",
            _database,
        )
    )
    keys: tuple[str, ...] = field(
        repr=False,
        metadata=_about(
            "RECOUP_KEYS",
            "the file `RECOUP_HOME/keys`, made at first use",
            "Fernet keys that encrypt what people say, with commas between: the first encrypts, "
            "all decrypt. Lose them and the records are lost.",
            _keys,
        ),
    )
    secret_key: str = field(
        repr=False,
        metadata=_about(
            "SECRET_KEY",
            "the file `RECOUP_HOME/secret-key`, made at first use",
            "Signs cookies and forms; changing it signs everybody out.",
            str,
        ),
    )
    allowed_hosts: tuple[str, ...] = field(
        metadata=_about(
            "ALLOWED_HOSTS",
            "`localhost,127.0.0.1,[::1]`",
            "Host names the site answers to, with commas between.",
            _list,
        )
    )
    https: bool = field(
        metadata=_about(
            "HTTPS",
            "`0`",
            "`1` when a proxy in front serves the site over https and sets X-Forwarded-Proto: "
            "cookies become Secure and plain http is redirected.",
            _switch,
        )
    )
    debug: bool = field(
        metadata=_about(
            "DEBUG",
            "`0`",
            "`1` shows error details and serves static files from their sources. "
            "Never where others can reach it.",
            _switch,
        )
    )
    farm: str | None = field(
        metadata=_about(
            "FARM",
            "two processes of this machine",
            "A Dask scheduler that gives out the rendering, such as `tcp://host:8786`; its workers "
            "see the same RECOUP_HOME.",
            _scheduler,
        )
    )
    film_store_gb: int = field(
        metadata=_about(
            "FILM_STORE_GB",
            "`20`",
            "How many gigabytes of what films are cut from stay for the next film. Beyond that, "
            "what was used longest ago goes; what a film of the last three days needs stays.",
            _gigabytes,
        )
    )
    mode: str = field(
        metadata=_about(
            "MODE",
            "`preview`",
            "`preview` tries everything out; `education` ranks no patterns and chooses no program; "
            "`supervised` needs ORGANISATION, and a clinician's OK before any program.",
            _mode,
        )
    )
    organisation: str = field(
        metadata=_about(
            "ORGANISATION",
            "none",
            "Who is responsible for this installation, as every page names it; "
            "needed when MODE is `supervised`.",
            str,
        )
    )


def names() -> tuple[str, ...]:
    """Return the name of every setting, in the order of the table."""
    return tuple(part.metadata["name"] for part in fields(Environment))


def read_environment(given: Mapping[str, str] | None = None) -> Environment:
    """Return the settings in ``given`` (default ``os.environ``); an empty value is no value.

    Makes the home folder, and the two secrets that are not given, when they do not exist yet.
    Raises :class:`BadEnvironment` with every problem at once; nothing is made then.
    """
    given = os.environ if given is None else given
    problems: list[str] = []
    values: dict[str, Any] = {}
    for part in fields(Environment):
        name = part.metadata["name"]
        try:
            text = _text(given, name)
            values[part.name] = part.metadata["read"](text) if text else None
        except ValueError as error:
            problems.append(f"{name}: {error}.")
    if values.get("mode") == SUPERVISED and not values.get("organisation"):
        problems.append("ORGANISATION: supervised needs the name of who is responsible.")
    if problems:
        raise BadEnvironment(problems)
    return _complete(values, given)


def _text(given: Mapping[str, str], name: str) -> str:
    path = given.get(f"{name}_FILE", "").strip()
    if not path:
        return given.get(name, "").strip()
    if given.get(name, "").strip():
        raise ValueError(f"set either {name} or {name}_FILE, not both")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ValueError(f"the file that {name}_FILE names cannot be read") from None


def _complete(values: dict[str, Any], given: Mapping[str, str]) -> Environment:
    home: Path = values["home"] or _default_home(given)
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        keys = values["keys"] or _keys(_secret(home / "keys", _new_key))
        secret_key = values["secret_key"] or _secret(home / "secret-key", _new_secret)
    except OSError as error:
        problem = f"RECOUP_HOME: {home} cannot be used ({error.strerror}); name another folder."
        raise BadEnvironment([problem]) from None
    except ValueError as error:
        raise BadEnvironment([f"RECOUP_KEYS: in {home / 'keys'}, {error}."]) from None
    return Environment(
        home=home,
        database=values["database"] or Database(name=str(home / "recoup.sqlite3")),
        keys=keys,
        secret_key=secret_key,
        allowed_hosts=values["allowed_hosts"] or LOOPBACK,
        https=values["https"] or False,
        debug=values["debug"] or False,
        farm=values["farm"],
        film_store_gb=values["film_store_gb"] or FILM_STORE_GB,
        mode=values["mode"] or MODES[0],
        organisation=values["organisation"] or "",
    )


def _default_home(given: Mapping[str, str]) -> Path:
    if (_CLONE / "pyproject.toml").is_file():
        return _CLONE / "var"
    data = Path(given.get("XDG_DATA_HOME", ""))
    return (data if data.is_absolute() else Path.home() / ".local" / "share") / "recoup"


def _new_secret() -> str:
    return secrets.token_urlsafe(48)


def _new_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode("ascii")


def _secret(path: Path, make: Callable[[], str]) -> str:
    """Return what the file holds; make it, for its owner alone, when it is not there.

    The link appears whole or not at all, so two processes that start together agree on one.
    """
    if not path.exists():
        handle, draft = tempfile.mkstemp(dir=path.parent)  # mode 0600
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(make() + "\n")
                file.flush()
                os.fsync(file.fileno())
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(draft)
    return path.read_text(encoding="ascii").strip()
