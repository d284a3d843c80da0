"""Cutting a session to its number of exercises and its minutes.

Optional parts go first, then what has another exercise in its slot, then the last slot; the only
exercise that can be done sitting or standing stays (``clinical/exercises.md``, filter rule 9).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from recoup.model.decision import Reason
from recoup.model.session import Dropped, Planned


def trim(
    planned: list[Planned], most: int, seconds: int, whole: bool, upright: frozenset[str]
) -> tuple[list[Planned], list[Dropped]]:
    """Return what stays and what went.

    ``most`` and ``seconds`` bound the exercises that count; with ``whole`` the seconds bound
    everything, also what may be done apart from the session. ``upright`` names the exercises
    that need no floor.
    """
    kept, dropped = list(planned), list[Dropped]()
    while True:
        counted = [one for one in kept if not one.apart]
        clocked = kept if whole else counted
        if len(counted) > most:
            pool, reason = counted, Reason("enough-exercises", "Left out to keep today short.")
        elif sum(one.clock_s for one in clocked) > seconds and len(clocked) > 1:
            minutes = seconds // 60
            text = f"Left out to fit {minutes} minutes."
            pool, reason = clocked, Reason("no-time", text, (("minutes", minutes),))
        else:
            break
        gone = _least_needed(pool, upright)
        kept.remove(gone)
        dropped.append(Dropped(gone.slot, gone.exercise, (reason,)))
    return _fitted(kept, seconds, whole), dropped


def _least_needed(pool: list[Planned], upright: frozenset[str]) -> Planned:
    in_slot = Counter(one.slot for one in pool)
    standing = [one for one in pool if one.exercise in upright]
    spared = standing[0] if len(standing) == 1 and len(pool) > 1 else None

    def need(place_and_one: tuple[int, Planned]) -> tuple[bool, bool, bool, int]:
        place, one = place_and_one
        return (not one.apart, not one.optional, in_slot[one.slot] == 1, -place)

    order = sorted(enumerate(pool), key=need)
    return next(one for _, one in order if one is not spared)


def _fitted(kept: list[Planned], seconds: int, whole: bool) -> list[Planned]:
    """Shorten the one exercise left when even that is too long."""
    clocked = [one for one in kept if whole or not one.apart]
    if len(clocked) != 1 or clocked[0].clock_s <= seconds:
        return kept
    one = clocked[0]
    sets = max(1, int(one.dose.sets * seconds / one.clock_s))
    shorter = replace(
        one,
        dose=one.dose.with_(sets=sets),
        clock_s=int(one.clock_s * sets / one.dose.sets),
        because=(*one.because, Reason("no-time", f"Shortened to fit {seconds // 60} minutes.")),
    )
    return [shorter if kept_one is one else kept_one for kept_one in kept]
