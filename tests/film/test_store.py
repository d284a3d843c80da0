"""The store: whole artefacts or none, whatever happens."""

from __future__ import annotations

import errno
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import BinaryIO

import pytest

from recoup.film.store import (
    FORGOTTEN_S,
    UNFINISHED,
    FolderStore,
    MissingError,
    UnwritableError,
    whole_file,
)

NAME = "0123456789abcdef0123456789abcdef.mp4"


class FullDisk(io.BytesIO):
    """A film whose second half no longer fits."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().read(1000)


def test_what_was_put_is_there_and_can_be_sought(tmp_path: Path):
    store = FolderStore(tmp_path / "films")
    assert not store.has(NAME)
    store.put(NAME, io.BytesIO(b"abcdef"))
    assert store.has(NAME)
    with store.get(NAME) as file:
        file.seek(2)
        assert file.read() == b"cdef"


def test_a_name_never_changes_its_content(tmp_path: Path):
    store = FolderStore(tmp_path)
    store.put(NAME, io.BytesIO(b"first"))
    store.put(NAME, io.BytesIO(b"second"))
    with store.get(NAME) as file:
        assert file.read() == b"first"


def test_what_is_missing_is_said(tmp_path: Path):
    with pytest.raises(MissingError, match=NAME):
        FolderStore(tmp_path).get(NAME)


@pytest.mark.parametrize(
    "name", ["../../keys", "x.mp4", f"{NAME}/..", "", ".unfinished-a", NAME.upper()]
)
def test_a_name_cannot_lead_out_of_the_folder(tmp_path: Path, name: str):
    store = FolderStore(tmp_path)
    for use in (store.has, store.get, lambda one: store.put(one, io.BytesIO())):
        with pytest.raises(MissingError):
            use(name)


def test_a_full_disk_leaves_nothing_behind_and_says_what_to_do(tmp_path: Path):
    store = FolderStore(tmp_path)
    with pytest.raises(UnwritableError, match="Make room") as raised:
        store.put(NAME, FullDisk(bytes(5000)))
    assert str(tmp_path) in str(raised.value)
    assert list(tmp_path.iterdir()) == []
    store.put(NAME, io.BytesIO(b"room again"))
    assert store.has(NAME)


def test_a_disk_that_fills_while_flushing_leaves_nothing(tmp_path: Path, monkeypatch):
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("recoup.film.store.os.fsync", full)
    with pytest.raises(UnwritableError):
        FolderStore(tmp_path).put(NAME, io.BytesIO(b"abc"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_said(tmp_path: Path):
    (tmp_path / "films").write_text("no folder")
    with pytest.raises(UnwritableError, match="films"):
        FolderStore(tmp_path / "films").put(NAME, io.BytesIO(b"abc"))


def test_a_writer_killed_halfway_leaves_no_film(tmp_path: Path):
    script = (
        "import io, sys, time; from pathlib import Path\n"
        "from recoup.film.store import FolderStore\n"
        "class Slow(io.BytesIO):\n"
        "    def read(self, size=-1):\n"
        "        if self.tell():\n"
        "            print('half', flush=True); time.sleep(60)\n"
        "        return super().read(5000)\n"
        f"FolderStore(Path(sys.argv[1])).put('{NAME}', Slow(bytes(10000)))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "half\n"
        writer.send_signal(signal.SIGKILL)
    store = FolderStore(tmp_path)
    assert not store.has(NAME)
    left = list(tmp_path.iterdir())
    assert [one.name.startswith(UNFINISHED) for one in left] == [True]
    store.sweep()
    assert list(tmp_path.iterdir()) == left, "it may still be written"
    long_ago = time.time() - FORGOTTEN_S - 1
    os.utime(left[0], (long_ago, long_ago))
    store.sweep()
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_statement_writes_nothing(tmp_path: Path):
    place = tmp_path / "film.mp4"
    place.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), whole_file(place) as file:
        _interrupted(file)
    assert place.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [place]


def _interrupted(file: BinaryIO) -> None:
    file.write(b"new")
    raise KeyboardInterrupt
