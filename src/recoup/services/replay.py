"""Whether a person's log, replayed with the library versions of its own time, still gives what was
decided: byte for byte. Nothing is mended here; what differs is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recoup.care.course import Entry
from recoup.care.fold import in_order
from recoup.care.replay import replay
from recoup.exchange.decisions import decision_text, decision_told
from recoup.model.decision import Reason
from recoup.model.event import Corrected, Event
from recoup.records import decisions, log
from recoup.records.decisions import Kept
from recoup.records.models import Person
from recoup.services import shelf
from recoup.services.diary import Diary

DIFFERS = "differs"
NOT_KEPT = "not-kept"
NOT_MADE = "not-made"
ANEW = "Decided anew"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An event whose decision is not the one kept. ``how``: it differs, was not kept, or is not
    made any more."""

    event: str
    how: str
    kept: str
    replayed: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many events were replayed, how many decisions held, and what did not."""

    events: int
    held: int
    mismatches: tuple[Mismatch, ...]


def check(person: Person) -> Replayed:
    """Replay a person's log and hold each decision against the one kept."""
    events = in_order(log.read(person, shelf.current().vocabulary))
    kept = {one.event: one for one in decisions.read(person)}
    versions = {one.event: one.library for one in kept.values()}
    done = replay(events, shelf.pinned, versions=versions)
    made = {one.event: decision_text(one) for one in done.decided if one.entries}
    found = tuple(_mismatches({e: one.text for e, one in kept.items()}, made))
    return Replayed(len(events), len(made) - sum(m.how != NOT_MADE for m in found), found)


def decided_anew(person: Person, diary: Diary) -> tuple[Entry, ...]:
    """Return what was decided anew, because an earlier event was taken back or came late, as
    lines of the history."""
    by_id = {event.id: event for event in diary.log}
    causes: dict[str, list[Kept]] = {}
    for one in decisions.read(person, again=True):
        causes.setdefault(one.cause or "", []).append(one)
    return tuple(
        _entry(by_id[cause], changed, by_id) for cause, changed in causes.items() if cause in by_id
    )


def _mismatches(kept: dict[str, str], made: dict[str, str]) -> Iterator[Mismatch]:
    for event in dict.fromkeys((*kept, *made)):
        was, now = kept.get(event, ""), made.get(event, "")
        if was != now:
            how = NOT_KEPT if event not in kept else (DIFFERS if now else NOT_MADE)
            yield Mismatch(event, how, was, now)


def _entry(cause: Event, changed: Iterable[Kept], by_id: dict[str, Event]) -> Entry:
    because = [Reason("decided-anew", _why(cause, by_id), (("event", cause.id),))]
    for one in changed:
        event = by_id.get(one.event)
        day = f"{event.at.day} {event.at:%B}" if event is not None else "an earlier day"
        told = " ".join(decision_told(one.text))
        text = f"{day}: {told}" if told else f"{day}: what was decided no longer counts."
        because.append(Reason("decided-anew", text, (("event", one.event),)))
    return Entry(cause.at, ANEW, tuple(because))


def _why(cause: Event, by_id: dict[str, Event]) -> str:
    if not isinstance(cause.data, Corrected):
        return "This came later than what follows it, so we looked at that again."
    wrong = by_id.get(cause.data.event)
    day = f" of {wrong.at.day} {wrong.at:%B}" if wrong is not None else ""
    return f"You took back what you told us{day}, so we looked again at what came of it."
