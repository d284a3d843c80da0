"""Cutting a session to its number of exercises and its minutes.

Optional parts go first, then what has another exercise in its slot, easing before strength, then
the last slot; the only exercise that can be done sitting or standing stays
(``clinical/exercises.md``, filter rule 9). Easy walking gets shorter instead, down to the minute
that ends each session (``clinical/facet.md``, section 4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from recoup.care.fit import easy_walking, needs_no_floor
from recoup.care.selection import SWAP
from recoup.model.decision import Reason
from recoup.model.exercise import Dose, Exercise, clock_s
from recoup.model.session import Dropped, Planned

SHORTER_S = 5
SHORTEST_WALK_S = 60
WALK_STEP_S = 30


@dataclass(frozen=True, slots=True)
class Room:
    """What a session may hold: at most ``most`` exercises of ``seconds`` together, not counting
    what may be done at any time of the day; ``whole_s`` bounds that too. ``chosen`` exercises are
    there for this person in particular, so that others of their slot's kind go before them."""

    most: int
    seconds: int
    whole_s: int | None = None
    chosen: frozenset[str] = frozenset()


def trim(
    planned: list[Planned], room: Room, exercises: Mapping[str, Exercise]
) -> tuple[list[Planned], list[Dropped]]:
    """Return what stays and what went."""
    kept = short = [_walk(one, SHORTEST_WALK_S, room, exercises) for one in planned]
    gone: list[tuple[Planned, Reason]] = []
    while (cut := _too_much(kept, room)) is not None:
        pool, reason = cut
        least = _least_needed(pool, kept, room, exercises)
        kept = [one for one in kept if one is not least]
        gone.append((least, reason))
    for one, _ in reversed(gone):  # a long exercise that went may leave room for a short one
        more = [other for other in short if other is one or other in kept]
        kept = more if _too_much(more, room) is None else kept
    dropped = [
        Dropped(one.slot, one.exercise, (*_swapped(one), why))
        for one, why in gone
        if one not in kept
    ]
    return _fitted(_walking(planned, kept, room, exercises), room, exercises), dropped


def _swapped(one: Planned) -> tuple[Reason, ...]:
    """Return why it stood where another would have: that one is gone too, and has to be told."""
    rules = [why.rule for why in one.because]
    return one.because[1 : rules.index(SWAP) + 1] if SWAP in rules else ()


def _is_walk(one: Planned, exercises: Mapping[str, Exercise]) -> bool:
    return one.apart and easy_walking(exercises[one.exercise])


def _walk(
    one: Planned, seconds: int, room: Room, exercises: Mapping[str, Exercise]
) -> Planned:
    """Return easy walking cut to ``seconds`` where minutes were asked for; else as it is."""
    whole, time_s = room.whole_s, one.dose.time_s
    if whole is None or time_s is None or not _is_walk(one, exercises) or time_s <= seconds:
        return one
    dose = one.dose.with_(time_s=seconds)
    because = (*one.because, _no_time("Shortened", whole))
    clock = clock_s(exercises[one.exercise], dose)
    return replace(one, dose=dose, clock_s=clock, because=because)


def _walking(
    planned: list[Planned], kept: list[Planned], room: Room, exercises: Mapping[str, Exercise]
) -> list[Planned]:
    """Give easy walking the time that is left, the first of two walks before the second."""
    if room.whole_s is None:
        return kept
    left = room.whole_s - _total(kept)
    asked = {one.exercise: one for one in planned if _is_walk(one, exercises)}
    walked = []
    for one in kept:
        if one.exercise in asked:
            seconds = SHORTEST_WALK_S + max(0, left) // WALK_STEP_S * WALK_STEP_S
            longer = _walk(asked[one.exercise], seconds, room, exercises)
            left -= longer.clock_s - one.clock_s
            walked.append(longer)
        else:
            walked.append(one)
    return walked


def _too_much(kept: list[Planned], room: Room) -> tuple[list[Planned], Reason] | None:
    """Return what to choose from when something has to go, and why; None when all fits."""
    counted = [one for one in kept if not one.apart]
    if len(counted) > room.most:
        return counted, Reason("enough-exercises", "Left out to keep today short.")
    for pool, seconds in ((kept, room.whole_s), (counted, room.seconds)):
        if seconds is not None and _total(pool) > seconds and len(pool) > 1:
            return pool, _no_time("Left out", seconds)
    return None


def _least_needed(
    pool: list[Planned], kept: list[Planned], room: Room, exercises: Mapping[str, Exercise]
) -> Planned:
    in_slot = Counter(one.slot for one in pool)
    standing = [one for one in kept if needs_no_floor(exercises[one.exercise])]
    spared = standing if len(standing) == 1 else []
    spared = [one for one in kept if _is_walk(one, exercises)] or spared

    def need(place_and_one: tuple[int, Planned]) -> tuple[bool, bool, bool, bool, bool, int]:
        place, one = place_and_one
        alone, chosen = in_slot[one.slot] == 1, one.exercise in room.chosen
        loaded = exercises[one.exercise].is_loaded
        return (not one.apart, not one.optional, alone, chosen, loaded and not alone, -place)

    order = [one for _, one in sorted(enumerate(pool), key=need)]
    return next((one for one in order if one not in spared), order[0])


def _fitted(
    kept: list[Planned], room: Room, exercises: Mapping[str, Exercise]
) -> list[Planned]:
    """Shorten the one exercise left when even that is too long."""
    counted = [one for one in kept if not one.apart]
    for pool, seconds in ((counted, room.seconds), (kept, room.whole_s)):
        if seconds is not None and len(pool) == 1 and _total(pool) > seconds:
            one = pool[0]
            shorter = _shortened(one, exercises[one.exercise], seconds)
            kept = [shorter if other is one else other for other in kept]
    return kept


def _shortened(one: Planned, exercise: Exercise, seconds: int) -> Planned:
    dose = one.dose
    while clock_s(exercise, dose) > seconds and (smaller := _smaller(dose)) != dose:
        dose = smaller
    because = (*one.because, _no_time("Shortened", seconds))
    return replace(one, dose=dose, clock_s=clock_s(exercise, dose), because=because)


def _smaller(dose: Dose) -> Dose:
    """Return the dose with a set less, else a little shorter; the same when it is the least."""
    if dose.sets > 1:
        return dose.with_(sets=dose.sets - 1)
    for name in ("time_s", "hold_s"):
        value = getattr(dose, name)
        if value is not None and value > SHORTER_S:
            return dose.with_(**{name: value - SHORTER_S})
    if dose.reps is not None and dose.reps > 1:
        return dose.with_(reps=dose.reps - 1)
    return dose


def _no_time(what: str, seconds: int) -> Reason:
    minutes = seconds // 60
    return Reason("no-time", f"{what} to fit {minutes} minutes.", (("minutes", minutes),))


def _total(planned: list[Planned]) -> int:
    return sum(one.clock_s for one in planned)
