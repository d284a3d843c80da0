"""Breaking a library on purpose."""

from __future__ import annotations

from recoup.library import LibraryError, Problem, check, read, version_of


def broken(texts: dict[str, str], file: str, old: str, new: str) -> dict[str, str]:
    """Return the texts with the first ``old`` of ``file`` replaced."""
    assert old in texts[file], f"{file} has no {old!r}"
    return texts | {file: texts[file].replace(old, new, 1)}


def reading_problems(texts: dict[str, str]) -> tuple[Problem, ...]:
    try:
        read(texts)
    except LibraryError as error:
        return error.problems
    return ()


def new_problems(texts: dict[str, str], changed: dict[str, str]) -> list[Problem]:
    """Return what `check` finds in the changed texts and not in the others."""
    version = version_of(texts)
    if version not in _BEFORE:
        _BEFORE[version] = {_what(one) for one in check(read(texts), texts)}
    after = check(read(changed), changed)
    return [one for one in after if _what(one) not in _BEFORE[version]]


def _what(problem: Problem) -> tuple[str, str, str]:
    return (problem.file, problem.path, problem.text)


_BEFORE: dict[str, set[tuple[str, str, str]]] = {}
