"""The order of a session's exercises: easing before strength, and few ups and downs.

Getting down to the floor and up again is the hardest part of a session for many people, so what
is done lying stands together, what is done sitting, and what is done standing. All orders of
those three groups are tried, for the easing and for the strength part; the one with the fewest
changes wins, and of equals the one nearest the program's own order. What may be done at any time
of the day stays at the end. A program that says ``keeps_order`` is left as it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, permutations, product

from recoup.model.exercise import Exercise, Position
from recoup.model.session import Planned

DOWN, SEATED, UP = "down", "seated", "up"
COST = {frozenset({DOWN, SEATED}): 3, frozenset({DOWN, UP}): 3, frozenset({SEATED, UP}): 1}
"""What a change costs: the floor counts three times as much as a chair."""


def in_order(
    planned: Sequence[Planned], exercises: Mapping[str, Exercise]
) -> tuple[Planned, ...]:
    """Return the session in the order that spares getting up and down.

    >>> # lying, standing, lying, then strength lying: standing, lying, lying, strength lying
    """
    together = [one for one in planned if not one.apart]
    apart = tuple(one for one in planned if one.apart)
    does = [exercises[one.exercise] for one in together]
    best = _best(tuple((one.is_loaded, height(one)) for one in does))
    return (*(together[place] for place in best), *apart)


def changes(planned: Sequence[Planned], exercises: Mapping[str, Exercise]) -> int:
    """Return what the ups and downs of an order cost, beginning from standing."""
    return _cost(height(exercises[one.exercise]) for one in planned)


def height(exercise: Exercise) -> str:
    """Return whether it is done down on the floor or bed, seated, or up on the feet."""
    if exercise.position is Position.SITTING:
        return SEATED
    return UP if exercise.position is Position.STANDING else DOWN


@lru_cache(maxsize=4096)
def _best(kinds: tuple[tuple[bool, str], ...]) -> tuple[int, ...]:
    """Return the places of the best order. All that counts of an exercise is whether it is
    strength work, and how high it is done, so each row of those is solved once."""
    heights = [high for _, high in kinds]
    parts = [
        [place for place, (loaded, _) in enumerate(kinds) if loaded is wanted]
        for wanted in (False, True)
    ]
    return min(
        ((*easing, *strength) for easing, strength in product(*(_ways(p, heights) for p in parts))),
        key=lambda order: (_cost(heights[place] for place in order), _moved(order)),
    )


def _ways(part: Sequence[int], heights: Sequence[str]) -> list[tuple[int, ...]]:
    """Return the part with its groups in every order; inside a group the program's order holds."""
    groups: dict[str, list[int]] = {}
    for place in part:
        groups.setdefault(heights[place], []).append(place)
    return [
        tuple(place for group in order for place in group)
        for order in permutations(groups.values())
    ]


def _cost(heights: Iterable[str]) -> int:
    return sum(COST[frozenset(pair)] for pair in pairwise((UP, *heights)) if pair[0] != pair[1])


def _moved(order: Sequence[int]) -> int:
    return sum(abs(written - place) for place, written in enumerate(order))
