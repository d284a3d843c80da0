"""Films are sent whole or in part, and may be kept for ever."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from django.test import Client

from recoup.film.store import FolderStore

NAME = "0123456789abcdef0123456789abcdef.mp4"
URL = f"/media/{NAME}"
FILM = bytes(range(256)) * 700
SIZE = len(FILM)
TAG = f'"{NAME}"'


@pytest.fixture
def home(tmp_path: Path, settings) -> Path:
    settings.RECOUP_HOME = tmp_path
    FolderStore(tmp_path / "films").put(NAME, io.BytesIO(FILM))
    return tmp_path


def ask(**headers: str):
    return Client().get(URL, headers=headers)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_the_whole_film(home: Path):
    response = ask()
    assert response.status_code == 200
    assert body(response) == FILM
    assert response["Content-Type"] == "video/mp4"
    assert response["Content-Length"] == str(SIZE)
    assert response["Accept-Ranges"] == "bytes"
    assert response["ETag"] == TAG
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Vary" not in response
    assert "Set-Cookie" not in response
    assert "media-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(("asked", "first", "last"), [
    ("bytes=0-", 0, SIZE - 1),
    ("bytes=0-0", 0, 0),
    ("bytes=1000-1999", 1000, 1999),
    ("bytes=65535-65536", 65535, 65536),
    (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
    (f"bytes=100000-{SIZE * 9}", 100000, SIZE - 1),
    ("bytes=-300", SIZE - 300, SIZE - 1),
    (f"bytes=-{SIZE * 9}", 0, SIZE - 1),
])  # fmt: skip
def test_a_part_of_it(home: Path, asked: str, first: int, last: int):
    response = ask(range=asked)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert response["Content-Length"] == str(last - first + 1)
    assert body(response) == FILM[first : last + 1]


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE * 2}-{SIZE * 3}", "bytes=-0"])
def test_a_part_that_is_not_there(home: Path, asked: str):
    response = ask(range=asked)
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize(
    "asked", ["bytes=5-2", "bytes=-", "bytes=a-b", "frames=0-1", "bytes=0-1,4-5", "bytes=٣-", "0-1"]
)
def test_what_is_not_understood_gets_the_whole(home: Path, asked: str):
    response = ask(range=asked)
    assert response.status_code == 200
    assert body(response) == FILM


def test_a_part_only_of_the_film_that_was_begun(home: Path):
    same = ask(range="bytes=10-19", if_range=TAG)
    assert (same.status_code, body(same)) == (206, FILM[10:20])
    for other in ('"other"', f"W/{TAG}", "Sun, 22 Nov 2026 12:00:00 GMT"):
        whole = ask(range="bytes=10-19", if_range=other)
        assert (whole.status_code, body(whole)) == (200, FILM)


@pytest.mark.parametrize("tags", [TAG, f'"x", W/{TAG}', "*"])
def test_what_is_kept_is_not_sent_again(home: Path, tags: str):
    response = ask(if_none_match=tags)
    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == TAG


def test_head_says_the_size_and_sends_nothing(home: Path):
    response = Client().head(URL)
    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Length"] == str(SIZE)
    assert response["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("name", [
    "ffffffffffffffffffffffffffffffff.mp4", "keys", "..%2Fkeys", "state.json", "worker.lock",
    "0123456789abcdef0123456789abcdef.exe", "0123456789abcdef0123456789abcdef.mp4%00", "x.mp4",
])  # fmt: skip
def test_nothing_else_is_there(home: Path, name: str):
    (home / "films" / "state.json").write_text("{}")
    assert Client().get(f"/media/{name}").status_code == 404


def test_nobody_writes(home: Path):
    assert Client(enforce_csrf_checks=False).post(URL).status_code == 405


FIGURE = "fedcba9876543210fedcba9876543210.glb"


def test_a_live_figure_travels_packed_to_whoever_unpacks(home: Path):
    FolderStore(home / "films").put(FIGURE, io.BytesIO(FILM))
    packed = Client().get(f"/media/{FIGURE}", headers={"accept-encoding": "gzip, br"})
    assert packed["Content-Type"] == "model/gltf-binary"
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.content) == FILM
    assert len(packed.content) < len(FILM) / 2
    plain = Client().get(f"/media/{FIGURE}")
    assert body(plain) == FILM
    assert plain["ETag"] != packed["ETag"], "other bytes, other tag"
