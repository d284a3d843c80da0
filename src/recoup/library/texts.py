"""The library's text as it stands on disk."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path


def read_texts(folder: Path) -> dict[str, str]:
    """Return the text of every YAML file under ``folder`` by its path, such as
    ``rules/siblings.yaml``, in sorted order."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.yaml"))
    }


def version_of(texts: Mapping[str, str]) -> str:
    """Return the content hash of the texts: 64 hex digits that change with any character, name
    or missing file, and with nothing else."""
    total = hashlib.sha256()
    for path in sorted(texts):
        for part in (path, texts[path]):
            data = part.encode()
            total.update(len(data).to_bytes(8, "big"))
            total.update(data)
    return total.hexdigest()


def default_folder() -> Path:
    """Return the library that came with the program: the clone's own, else the wheel's."""
    package = Path(__file__).resolve().parents[1]
    clone = package.parents[1] / "library"
    return clone if (clone / "vocabulary").is_dir() else package / "_library"
