"""The order of a session's exercises: easing before strength, and few ups and downs.

Getting down to the floor and up again is the hardest part of a session for many people, so what
is done lying stands together, what is done sitting, and what is done standing. All orders of
those three groups are tried, for the easing and for the strength part; the one with the fewest
changes wins, and of equals the one nearest the program's own order. What may be done at any time
of the day stays at the end. A program that says ``keeps_order`` is left as it is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    parts = [
        [one for one in together if exercises[one.exercise].is_loaded is loaded]
        for loaded in (False, True)
    ]
    ways = [_ways(part, exercises) for part in parts]
    best = min(
        ((*easing, *strength) for easing, strength in product(*ways)),
        key=lambda order: (changes(order, exercises), _moved(order, together)),
    )
    return (*best, *apart)


def changes(planned: Sequence[Planned], exercises: Mapping[str, Exercise]) -> int:
    """Return what the ups and downs of an order cost, beginning from standing."""
    heights = [UP, *(height(exercises[one.exercise]) for one in planned)]
    return sum(COST[frozenset(pair)] for pair in pairwise(heights) if pair[0] != pair[1])


def height(exercise: Exercise) -> str:
    """Return whether it is done down on the floor or bed, seated, or up on the feet."""
    if exercise.position is Position.SITTING:
        return SEATED
    return UP if exercise.position is Position.STANDING else DOWN


def _ways(
    part: Sequence[Planned], exercises: Mapping[str, Exercise]
) -> list[tuple[Planned, ...]]:
    """Return the part with its groups in every order; inside a group the program's order holds."""
    groups: dict[str, list[Planned]] = {}
    for one in part:
        groups.setdefault(height(exercises[one.exercise]), []).append(one)
    return [
        tuple(one for group in order for one in group) for order in permutations(groups.values())
    ]


def _moved(order: Sequence[Planned], written: Sequence[Planned]) -> int:
    places = {one.exercise: place for place, one in enumerate(written)}
    return sum(abs(places[one.exercise] - place) for place, one in enumerate(order))
