"""What a person sees of an exercise: the film and the live figure of whom they picked."""

from __future__ import annotations

from dataclasses import dataclass

from recoup.model.exercise import Exercise
from recoup.services import figures, films, live
from recoup.services.figures import USUAL
from recoup.services.films import Film
from recoup.services.live import Live


@dataclass(frozen=True, slots=True)
class Showing:
    """``figure`` is who is seen. It is not the one ``picked`` where that one ``leaves_out`` the
    exercise, and while that one's film is still being made."""

    picked: str
    figure: str
    leaves_out: bool
    film: Film | None
    live: Live | None

    @property
    def stands_in(self) -> bool:
        return self.figure != self.picked


def showing(exercise: Exercise, picked: str) -> Showing:
    """Return what there is to see of an exercise now, by whom it should be if it can be."""
    should = figures.shows(picked, exercise)
    film, figure = films.film_of(exercise, should), should
    moving = live.live_of(exercise, should)
    if film is None and moving is None and should != USUAL:
        film, moving = films.film_of(exercise), live.live_of(exercise)
        figure = USUAL if film or moving else should
    return Showing(picked, figure, should != picked, film, moving)
