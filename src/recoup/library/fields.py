"""The fields of one object from outside, checked off one by one; problems are collected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import TypeVar

from recoup.library.problem import Path, Problem, nearest, path_text, said
from recoup.model.answers import NOTHING, Activity

T = TypeVar("T")

LONGEST_TEXT = 2000
MOST_ACTIVITIES = 3
PAIN = (0, 10)


class Fields:
    """Reads fields of known names and types. After a problem a harmless stand-in is returned, so
    that reading goes on; whoever made the list of problems raises in the end."""

    def __init__(self, data: object, path: Path, file: str, problems: list[Problem]) -> None:
        self._file = file
        self._path = path
        self._problems = problems
        self._is_object = isinstance(data, dict)
        self._data: Mapping[object, object] = data if isinstance(data, dict) else {}
        if not self._is_object:
            self.report((), "This must be an object.", "Write names and values in braces.")
        self._left = set(self._data)
        self._read: list[str] = []

    def report(self, path: Path, text: str, mend: str) -> None:
        where = path_text((*self._path, *path))
        self._problems.append(Problem(self._file, where, text, mend))

    def inner(self, name: str) -> Fields:
        """Return the fields of the object called ``name``."""
        value = self.any(name)
        data = {} if value is None else value
        return Fields(data, (*self._path, name), self._file, self._problems)

    def any(self, name: str) -> object:
        """Return the value as it stands; None when it was left out, which is a problem."""
        if self.given(name):
            return self._data[name]
        if self._is_object:
            self.report((name,), "This field is missing.", "Add it.")
        return None

    def close(self) -> None:
        """Report the fields that nobody asked for."""
        for name in sorted(map(str, self._left)):
            self.report((name,), "This field is not known.", nearest(name, self._read))

    def text(self, name: str, longest: int = LONGEST_TEXT, needed: bool = True) -> str:
        if not needed and not self.given(name):
            return ""
        value = self.any(name)
        if isinstance(value, str) and len(value) <= longest and (value.strip() or not needed):
            return value
        if value is not None:
            self.report((name,), "This is no fitting text.", f"Write 1 to {longest} characters.")
        return ""

    def optional_text(self, name: str) -> str | None:
        return self.text(name) if self.given(name) else None

    def whole(self, name: str, least: int, most: int) -> int:
        value = self.any(name)
        if value is None:
            return least
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        mend = f"Write a whole number, {least} to {most}."
        self.report((name,), f"{said(value)} does not fit.", mend)
        return least

    def optional_whole(self, name: str, least: int, most: int) -> int | None:
        return self.whole(name, least, most) if self.given(name) else None

    def optional_flag(self, name: str) -> bool | None:
        if not self.given(name):
            return None
        value = self._data[name]
        if not isinstance(value, bool):
            self.report((name,), f"{said(value)} does not fit.", "Write true or false.")
        return bool(value)

    def word(self, name: str, words: Collection[str]) -> str:
        value = self.any(name)
        if isinstance(value, str) and value in words:
            return value
        if value is not None:
            self.report((name,), f"{said(value)} does not fit.", nearest(str(value), words))
        return ""

    def optional_word(self, name: str, words: Collection[str]) -> str | None:
        return self.word(name, words) if self.given(name) else None

    def parsed(self, name: str, parse: Callable[[str], T], stand_in: T, mend: str) -> T:
        """Return what ``parse`` makes of a text; a ValueError is a problem."""
        value = self.any(name)
        if value is None:
            return stand_in
        try:
            return parse(value if isinstance(value, str) else "")
        except ValueError:
            self.report((name,), f"{said(value)} does not fit.", mend)
            return stand_in

    def day(self, name: str) -> date:
        return self.parsed(name, _day, date.min, "Write a date such as 2026-03-31.")

    def keys(self, name: str, known: Callable[[str], str | None]) -> frozenset[str]:
        """Return a list of keys as a set; ``known`` says how to mend a key that is not."""
        if not self.given(name):
            return NOTHING
        value = self._data[name]
        if not isinstance(value, list):
            self.report((name,), "This must be a list.", "Write [] when nothing applies.")
            return NOTHING
        for place, key in enumerate(value):
            mend = known(key) if isinstance(key, str) else "Write keys as text."
            if mend:
                self.report((name, place), f"{said(key)} is not known.", mend)
        return frozenset(key for key in value if isinstance(key, str))

    def activities(self, name: str) -> tuple[Activity, ...]:
        """Return the person's own activities: names, or objects with name and ability 0-10."""
        if not self.given(name):
            return ()
        value = self._data[name]
        if not isinstance(value, list) or len(value) > MOST_ACTIVITIES:
            mend = f"Write a list of at most {MOST_ACTIVITIES} activities."
            self.report((name,), "The activities do not fit.", mend)
            return ()
        return tuple(self._activity((name, place), one) for place, one in enumerate(value))

    def numbers(self, name: str, least: int, most: int) -> dict[str, int]:
        """Return whole numbers by name."""
        if not self.given(name):
            return {}
        fields = self.inner(name)
        names = sorted(name for name in fields._left if isinstance(name, str))
        found = {key: fields.whole(key, least, most) for key in names}
        fields.close()
        return found

    def words(self, name: str, words: Collection[str]) -> dict[str, str]:
        """Return one of ``words`` by name."""
        if not self.given(name):
            return {}
        fields = self.inner(name)
        names = sorted(name for name in fields._left if isinstance(name, str))
        found = {key: fields.word(key, words) for key in names}
        fields.close()
        return found

    def _activity(self, path: Path, value: object) -> Activity:
        data = {"name": value} if isinstance(value, str) else value
        fields = Fields(data, (*self._path, *path), self._file, self._problems)
        activity = Activity(fields.text("name", 200), fields.optional_whole("ability", *PAIN))
        fields.close()
        return activity

    def given(self, name: str) -> bool:
        """Return whether ``name`` has a value; null is none."""
        self._read.append(name)
        self._left.discard(name)
        return self._data.get(name) is not None


def _day(text: str) -> date:
    if len(text) != len("2026-03-31"):
        raise ValueError(text)
    return date.fromisoformat(text)
