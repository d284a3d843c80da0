"""An exercise as a row of timed steps: what the page lists and the timer counts.

The list is complete without a script; the script only counts it down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from recoup.model.exercise import Dose, Exercise, Kind, Sides

READY_S = 4
"""Time to get into a hold: ``model.exercise.clock_s`` counts the same four seconds."""

SECONDS_UP_TO = 120
"""Below two minutes people count seconds; whole minutes read better all the same."""

CHANGE_S = 8
TEMPO_S = (2, 1, 2)
LEFT_RIGHT = ("left", "right")


@dataclass(frozen=True, slots=True)
class Step:
    """``do`` is the one large word on the timer, ``place`` where in the exercise we are,
    ``text`` the line of the plain list; steps without text are not listed. ``nth`` is the place
    without of how many: what a film shows in the middle of a set is the same in every dose.

    ``side`` is the side that begins with this step, where sides are done one after the other.
    A step that counts repetitions has ``reps`` and the seconds of one of them (out, hold, back),
    and ``sides`` when these swap every repetition.
    """

    do: str
    seconds: int
    place: str = ""
    text: str = ""
    reps: int = 0
    tempo: tuple[int, int, int] = (0, 0, 0)
    sides: tuple[str, ...] = ()
    side: str = ""
    nth: str = ""

    @property
    def rests(self) -> bool:
        return not self.text or self.do == "Rest"


def steps(exercise: Exercise, dose: Dose, order: tuple[str, ...]) -> tuple[Step, ...]:
    """Return the steps of a dose, sides in the order given."""
    sides = (order or LEFT_RIGHT) if exercise.sides is Sides.EACH else ("",)
    found: list[Step] = []
    for place, side in enumerate(sides):
        if place:
            found.append(Step("Change sides", CHANGE_S, f"Now your {side} side", side=side))
        found += _side(exercise, dose, side, order, first=place == 0)
    return tuple(found)


def length_in_words(seconds: int) -> str:
    """Return a length of time as it is said.

    >>> length_in_words(20), length_in_words(60), length_in_words(90), length_in_words(330)
    ('20 seconds', '1 minute', '90 seconds', '5 and a half minutes')
    """
    minutes, rest = divmod(seconds, 60)
    if seconds < SECONDS_UP_TO and rest:
        return counted(seconds, "second")
    if rest == 30:
        return f"{minutes} and a half minutes"
    if rest:
        return f"{counted(minutes, 'minute')} {counted(rest, 'second')}"
    return counted(minutes, "minute")


def counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def seconds(row: tuple[Step, ...]) -> int:
    return sum(step.seconds for step in row)


def _side(
    exercise: Exercise, dose: Dose, side: str, order: tuple[str, ...], *, first: bool
) -> Iterator[Step]:
    for number in range(1, dose.sets + 1):
        if number > 1 and dose.rest_s:
            yield Step("Rest", dose.rest_s, text=f"Rest for {length_in_words(dose.rest_s)}.")
        if exercise.kind is Kind.HOLD or (number == 1 and first):
            yield Step("Get ready", READY_S, _place(side, number, dose.sets), side=side)
        word = "set" if exercise.kind is Kind.REPETITIONS else "number"
        nth = f"{word} {number}" if dose.sets > 1 else ""
        yield replace(_work(exercise, dose, side, number, order), nth=_joined(side, nth))


def _work(
    exercise: Exercise, dose: Dose, side: str, number: int, order: tuple[str, ...]
) -> Step:
    word = "set " if exercise.kind is Kind.REPETITIONS else ""
    place = _place(side, number, dose.sets, word)
    start = f"{side.capitalize()} side: " if side else ""
    if exercise.kind is Kind.REPETITIONS:
        return _repetitions(exercise, dose, start, place, order)
    if exercise.kind is Kind.HOLD:
        length = dose.hold_s or 0
        text = _sentence(start, f"hold for {length_in_words(length)}.")
        return Step("Hold", length, place, text)
    length = dose.time_s or 0
    return Step("Keep going", length, place, _sentence(start, f"{length_in_words(length)}."))


def _repetitions(
    exercise: Exercise, dose: Dose, start: str, place: str, order: tuple[str, ...]
) -> Step:
    out, pause, back = exercise.limits.tempo_s or TEMPO_S
    tempo = (out, pause if dose.hold_s is None else dose.hold_s, back)
    swaps = exercise.sides is Sides.ALTERNATING
    reps = (dose.reps or 1) * (2 if swaps else 1)
    times = f"{reps} times" if reps > 1 else "once"
    sides = order or LEFT_RIGHT
    text = f"{times}, {sides[0]} side first, then swap each time." if swaps else f"{times}."
    return Step(
        "Move",
        reps * sum(tempo),
        place,
        _sentence(start, text),
        reps=reps,
        tempo=tempo,
        sides=sides if swaps else (),
    )


def _place(side: str, number: int, sets: int, word: str = "") -> str:
    return _joined(side, f"{word}{number} of {sets}" if sets > 1 else "")


def _joined(side: str, count: str) -> str:
    where = f"{side.capitalize()} side" if side else ""
    text = ", ".join(part for part in (where, count) if part)
    return text[:1].upper() + text[1:]


def _sentence(start: str, text: str) -> str:
    return start + text if start else text[0].upper() + text[1:]
