"""Where finished artefacts are kept: films, posters, and the parts of a film on its way.

Names are content-addressed by what the artefact is made from: the same name is the same thing for
ever, so nothing is ever changed in place and every copy may be kept for as long as one likes.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol

NAME = re.compile(r"[0-9a-f]{32}\.[a-z0-9]{2,5}")
"""A hash, a dot, and what kind of file it is."""

UNFINISHED = ".unfinished-"
FORGOTTEN_S = 24 * 60 * 60


class StoreError(Exception):
    """An artefact cannot be kept or found: the message says where, why and what to do.

    - MissingError: there is nothing of that name.
    - UnwritableError: the disk is full or the folder cannot be written to.
    """


class MissingError(StoreError):
    pass


class UnwritableError(StoreError):
    pass


class Store(Protocol):
    """Keeps artefacts by name. What ``has`` says yes to is whole, whatever was killed before."""

    def has(self, name: str) -> bool: ...

    def get(self, name: str) -> BinaryIO:
        """Return the artefact, open for reading and seeking; raise MissingError."""
        ...

    def put(self, name: str, content: BinaryIO) -> None:
        """Keep all of ``content``, or nothing and raise UnwritableError. A name that is there
        already is left as it is."""
        ...

    def drop(self, name: str) -> None:
        """Forget an artefact; nothing happens when it is not there."""
        ...

    def sweep(self) -> None:
        """Remove what killed writers left behind a day ago or longer."""
        ...


class FolderStore:
    """Artefacts as files of one folder.

    A file is written under another name, flushed to the disk and then renamed: a kill, a power
    cut or a full disk leaves the old state, never half a file.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has(self, name: str) -> bool:
        return self._place(name).is_file()

    def get(self, name: str) -> BinaryIO:
        try:
            return self._place(name).open("rb")
        except FileNotFoundError:
            raise MissingError(f"{name} is not in {self.folder}. Render it first.") from None

    def put(self, name: str, content: BinaryIO) -> None:
        place = self._place(name)
        if place.is_file():
            return
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with whole_file(place) as file:
                shutil.copyfileobj(content, file, 1 << 20)
        except OSError as error:
            raise UnwritableError(
                f"{self.folder}: {name} cannot be written ({error.strerror}). Make room on the "
                f"disk or make the folder writable, then start again: what is done is kept."
            ) from error

    def drop(self, name: str) -> None:
        self._place(name).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what killed writers left behind a day ago or longer."""
        for left in self.folder.glob(f"{UNFINISHED}*"):
            try:
                if time.time() - left.stat().st_mtime < FORGOTTEN_S:
                    continue
                shutil.rmtree(left) if left.is_dir() else left.unlink()
            except FileNotFoundError:
                continue

    def _place(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise MissingError(f"{name!r} is no name of an artefact.")
        return self.folder / name


class whole_file:
    """Write a file that appears under its name whole, on the disk, or not at all.

    >>> with whole_file(Path("film.mp4")) as file:  # doctest: +SKIP
    ...     file.write(b"...")
    """

    def __init__(self, place: Path) -> None:
        self._place = place

    def __enter__(self) -> BinaryIO:
        handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=self._place.parent)
        self._unfinished = Path(name)
        self._file = os.fdopen(handle, "wb")
        return self._file

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is not None:
                with suppress(OSError):  # a full disk has been told already
                    self._file.close()
                return
            with self._file:
                self._file.flush()
                os.fsync(self._file.fileno())
            os.replace(self._unfinished, self._place)
            _flush_folder(self._place.parent)
        finally:
            self._unfinished.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    """Make a rename survive a power cut, where folders can be flushed."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unwritable(folder: Path, error: OSError) -> UnwritableError:
    """Return what to say when a film cannot be written there."""
    return UnwritableError(
        f"{folder}: the film cannot be written ({error.strerror}). Make room on the disk or make "
        "the folder writable, then start again: what is done is kept."
    )


def scratch(store: FolderStore) -> tempfile.TemporaryDirectory[str]:
    """Return a folder for unfinished files on the disk of a store; raise UnwritableError."""
    try:
        store.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return tempfile.TemporaryDirectory(
            prefix=UNFINISHED, dir=store.folder, ignore_cleanup_errors=True
        )
    except OSError as error:
        raise unwritable(store.folder, error) from error
