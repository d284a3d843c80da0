"""How long the library takes to read and check."""

from __future__ import annotations

from collections.abc import Iterator

from bench.figure import Figure, cpu_s
from recoup.library import check, load, read, read_texts
from recoup.library.texts import default_folder


def measure() -> Iterator[Figure]:
    texts = read_texts(default_folder())
    library = read(texts)
    yield Figure("library load", 1000 * cpu_s(load, 1), "ms", 300, False)
    yield Figure("library check", 1000 * cpu_s(lambda: check(library, texts), 1), "ms", 5000, False)
