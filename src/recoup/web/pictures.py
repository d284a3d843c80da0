"""Which drawing stands where an exercise's film will be."""

from __future__ import annotations

from recoup.model.exercise import Exercise, Position

FIGURES = "web/figures"
OWN = {
    "bridge": "bridge",
    "marching-bridge": "bridge",
    "single-leg-bridge": "bridge",
    "single-knee-to-chest": "knee-to-chest",
    "both-knees-to-chest": "knee-to-chest",
}
"""Exercises with a drawing of their own; the others show their starting position."""

UPRIGHT = frozenset(
    {Position.STANDING, Position.SITTING, Position.HALF_KNEELING, Position.KNEELING}
)


def picture_of(exercise: Exercise) -> str:
    """Return the static path of the drawing."""
    return f"{FIGURES}/{OWN.get(exercise.id, exercise.position.value)}.svg"


def is_upright(exercise: Exercise) -> bool:
    """Whether the drawing is taller than wide, so that a low picture must not cut it."""
    return exercise.position in UPRIGHT
