"""Twenty people, day by day: what was reported, and what must be offered and why.

Each story is a file beside this one, to be read by a clinician; every line that begins with
``must`` is held against the real engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from stories.telling import Day, Seen, Story, stories, tell

from recoup.library import load
from recoup.model.decision import Reason
from recoup.model.session import Session

ALL = stories(load())


@pytest.mark.parametrize("story", ALL, ids=lambda story: story.name)
def test_the_story_comes_out_as_it_is_told(story: Story):
    checked = 0
    for day, seen in tell(story):
        where = f"{story.name}, day {day.number} ({day.told})"
        for name, wanted in day.must.items():
            said = CHECKS[name](seen, wanted)
            assert said is None, f"{where}: {name} must be {wanted!r}, but {said}"
            checked += 1
        _always(day, seen, where)
    assert checked >= 3, f"{story.name} claims next to nothing"


def test_there_are_the_twenty_stories_that_were_asked_for():
    assert len(ALL) >= 20
    assert len({story.text["title"] for story in ALL}) == len(ALL)


def _always(day: Day, seen: Seen, where: str) -> None:
    """What holds on every day of every story."""
    session = seen.session
    assert all(slot.because for slot in session.slots), where
    assert not (session.refused and session.slots), where
    assert session.slots or session.refused or session.dropped, f"{where}: a dead end"
    minutes = day.asked.get("minutes")
    assert minutes is None or session.minutes <= minutes, where


def _reasons(session: Session) -> Iterator[Reason]:
    yield from session.because
    for part in (*session.slots, *session.dropped):
        yield from part.because


def _exercises(session: Session) -> list[str]:
    return [slot.exercise for slot in session.slots]


def _has(seen: Seen, wanted: list[str]) -> str | None:
    gone = [name for name in wanted if name not in _exercises(seen.session)]
    return f"{gone} are not among {_exercises(seen.session)}" if gone else None


def _has_not(seen: Seen, wanted: list[str]) -> str | None:
    there = [name for name in wanted if name in _exercises(seen.session)]
    return f"{there} are there" if there else None


def _why(seen: Seen, wanted: list[str]) -> str | None:
    rules = {one.rule for one in (*_reasons(seen.session), *seen.session.because)}
    gone = [rule for rule in wanted if rule not in rules]
    return f"{gone} are not among {sorted(rules)}" if gone else None


def _says(seen: Seen, wanted: list[str]) -> str | None:
    told = [one.text for one in _reasons(seen.session)]
    told += [one.text for entry in seen.decided for one in entry.because]
    told += [one.text for one in seen.asks]
    told += [flag.message for flag in seen.session.refused or ()]
    gone = [text for text in wanted if not any(text in one for one in told)]
    return f"{gone} was not said in {list(dict.fromkeys(told))}" if gone else None


def _history(seen: Seen, wanted: list[str]) -> str | None:
    rules = {one.rule for entry in seen.decided for one in entry.because}
    gone = [rule for rule in wanted if rule not in rules]
    return f"{gone} are not among {sorted(rules)}" if gone else None


def _doses(seen: Seen, wanted: dict[str, dict[str, int]]) -> str | None:
    by_name = {slot.exercise: slot.dose for slot in seen.session.slots}
    for name, parts in wanted.items():
        if name not in by_name:
            return f"{name} is not among {sorted(by_name)}"
        found = {part: getattr(by_name[name], part) for part in parts}
        if found != parts:
            return f"{name} has {found}"
    return None


def _levels(seen: Seen, wanted: dict[str, int]) -> str | None:
    found = {slot.exercise: slot.level for slot in seen.session.slots if slot.exercise in wanted}
    return None if found == wanted else f"they are {found}"


def _phase(seen: Seen, wanted: str) -> str | None:
    found = seen.session.phase
    return None if found == wanted else f"it is {found}"


def _program(seen: Seen, wanted: str) -> str | None:
    found = seen.session.program
    return None if found == wanted else f"it is {found}"


def _stops(seen: Seen, wanted: list[str]) -> str | None:
    flags = {flag.id for flag in seen.session.refused or ()}
    if not wanted:
        return None if not flags else f"{sorted(flags)} stop it"
    gone = [flag for flag in wanted if flag not in flags]
    return f"{gone} are not among {sorted(flags)}" if gone else None


def _asks(seen: Seen, wanted: list[str]) -> str | None:
    rules = [why.rule for why in seen.asks]
    if not wanted:
        return None if not rules else f"it asks because of {rules}"
    gone = [rule for rule in wanted if rule not in rules]
    return f"{gone} are not among {rules}" if gone else None


def _minutes(seen: Seen, wanted: int) -> str | None:
    found = seen.session.minutes
    return None if found <= wanted else f"it takes {found}"


def _rests(seen: Seen, wanted: list[str]) -> str | None:
    """Whole slots that rest."""
    there = [slot.slot for slot in seen.session.slots if slot.slot in wanted]
    return f"{there} are there" if there else None


def _cap(seen: Seen, wanted: int) -> str | None:
    return None if seen.session.cap == wanted else f"it is {seen.session.cap}"


def _counted(seen: Seen, wanted: int) -> str | None:
    found = [slot.exercise for slot in seen.session.slots if not slot.apart]
    return None if len(found) <= wanted else f"there are {found}"


CHECKS: dict[str, Callable[[Seen, Any], str | None]] = {
    "exercises": _has, "never": _has_not, "why": _why, "says": _says, "history": _history,
    "doses": _doses, "levels": _levels, "phase": _phase, "program": _program, "stops": _stops,
    "asks": _asks, "minutes": _minutes, "rests": _rests, "cap": _cap, "apart_from_walks": _counted,
}
