"""Which body may show which exercise."""

from __future__ import annotations

from collections.abc import Iterable

from recoup.body.figure import Figure
from recoup.model.exercise import Exercise, Position, Suit

MISTAKE = "-mistake"
"""How the id of a motion ends that shows the mistake of another."""


def may_show(figure: Figure, exercise: Exercise) -> bool:
    """Return whether ``figure`` may show ``exercise``: a pregnant one shows nothing that her
    trimester leaves out, and never lies on her front: what is done so is changed for her in
    words."""
    if figure.trimester is None:
        return True
    if exercise.position is Position.PRONE:
        return False
    return exercise.suits.pregnancy[figure.trimester - 1] is not Suit.LEAVE_OUT


def may_move(figure: Figure, motion: str, exercises: Iterable[Exercise]) -> bool:
    """Return whether ``figure`` may be seen in the motion of this id: whether it may show one of
    the ``exercises`` that the motion belongs to.

    A motion of no exercise is for those alone whom nothing is left out for. A mistake belongs
    where the motion belongs that it goes wrong in.
    """
    if figure.trimester is None:
        return True
    names = {motion, motion.removesuffix(MISTAKE)}
    return any(may_show(figure, one) for one in exercises if (one.motion or one.id) in names)
