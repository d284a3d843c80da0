"""The film of one person's own session: their sets, counted, held and rested, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, zip_longest

from recoup.film.edit.marks import Card, Mark, Tag
from recoup.film.edit.shots import Changed, Held, Repeated, Shot, Timed, Told
from recoup.film.edit.studio import NoMotionError, Studio
from recoup.film.edit.ways import PLACES, WITH_A_CHAIR, Leg, ways
from recoup.film.order import Order
from recoup.model.exercise import Exercise, Position, Sides
from recoup.model.session import Planned, Session
from recoup.script.cues import counting, of_step
from recoup.script.doses import dose_in_words
from recoup.script.line import Line
from recoup.script.pace import Step, steps

LEFT = "left"
HALVED = 4
"""Sessions of so many exercises are told when half is done."""

DOING = {
    "Get ready": "get-ready", "Change sides": "change-sides", "Rest": "rest", "Hold": "hold",
    "Move": "move-on", "Keep going": "keep-going",
}  # fmt: skip
"""What a step does, by the word of the timer."""


def storyboard(session: Session, studio: Studio) -> tuple[Shot, ...]:
    """Return the shots of a session that is not refused.

    Raises NoMotionError with every exercise that no motion shows, and UnspeakableError.
    """
    lacking = [one.exercise for one in session.slots if studio.motion_of(one.exercise) is None]
    if lacking:
        raise NoMotionError([
            f"{name} has no motion yet, so it cannot be filmed. Write library/motions/{name}.yaml, "
            "or leave it out of the plan." for name in lacking
        ])  # fmt: skip
    shots = tuple(_Session(session, studio).shots())
    studio.refuse((shot.order.motion.id for shot in shots), "The plan")
    return shots


class _Session:
    def __init__(self, session: Session, studio: Studio) -> None:
        self._session, self._studio = session, studio
        self._said = studio.cues()

    def shots(self) -> Iterator[Shot]:
        yield self._welcome()
        slots = self._session.slots
        for number, planned in enumerate(slots):
            yield from self._exercise(number, planned)
        studio, last = self._studio, self._order(slots[-1])
        yield Told(
            order=last, lines=studio.said("done"), over="start", chapter=studio.shown("done"),
            marks=(Card(text=studio.shown("done"), lines=(studio.shown("done-more"),)),),
        )  # fmt: skip

    def _welcome(self) -> Told:
        studio, session = self._studio, self._session
        told = {"exercises": len(session.slots), "minutes": session.minutes}
        things = ", ".join(self._things())
        lines = [*studio.said("session"), *studio.said("length", **told)]
        below = [studio.shown("minutes", **told)]
        if things:
            lines += studio.said("have-ready", things=things)
            below.append(studio.shown("have-ready", things=things))
        lines += studio.said("limit", cap=session.cap)
        return Told(
            order=self._order(session.slots[0]), lines=tuple(lines), over="start", poster=True,
            chapter=studio.shown("welcome"),
            marks=(Card(text=studio.shown("welcome"), lines=tuple(below)),),
        )  # fmt: skip

    def _things(self) -> list[str]:
        """Return what has to be at hand, each thing once, in words."""
        exercises = [self._studio.exercises[slot.exercise] for slot in self._session.slots]
        ids = [one for exercise in exercises for one in exercise.equipment]
        changes = [leg for one, two in pairwise(exercises)
                   for leg in self._legs(one.position, two.position)]  # fmt: skip
        if any(leg.motion in WITH_A_CHAIR for leg in changes):
            ids.append("chair")
        return [self._studio.equipment.get(one, one) for one in dict.fromkeys(ids)]

    def _exercise(self, number: int, planned: Planned) -> Iterator[Shot]:
        exercise = self._studio.exercises[planned.exercise]
        side = planned.order[0] if planned.order and exercise.sides is Sides.EACH else LEFT
        order = self._order(planned, side)
        yield from self._opening(number, exercise, order)
        for block, over in (("setup", "way-in"), ("move", "cycle")):
            yield Told(
                order=order, lines=self._studio.block(exercise, block), over=over,
                marks=(Tag(text=exercise.name, small=self._studio.shown(block)),),
            )  # fmt: skip
        before = ""
        row = steps(exercise, planned.dose, planned.order)
        for step, after in zip_longest(row, row[1:]):
            side = step.side or side
            yield self._step(step, before, after, exercise, self._order(planned, side))
            before = step.do

    def _opening(self, number: int, exercise: Exercise, order: Order) -> Iterator[Shot]:
        """Say what comes next, and show how to get there from where the last exercise ended."""
        studio, slots = self._studio, self._session.slots
        last = number == len(slots) - 1
        lines: list[Line] = []
        if number and number == len(slots) // 2 and len(slots) >= HALVED:
            lines += studio.said("halfway")
        word = "first" if not number else "last" if last else "next"
        lines += studio.said(word, name=exercise.name)
        dose = self._session.slots[number].dose
        lines += studio.said("dose", dose=dose_in_words(exercise, dose))
        lines += studio.variant(exercise, dose)
        before = studio.exercises[slots[number - 1].exercise].position if number else None
        if exercise.position is not before:
            lines += studio.said(f"to-{exercise.position}")
        below = studio.shown("exercise", number=number + 1, of=len(slots))
        chapter: str | None = exercise.name
        for leg in self._legs(before, exercise.position):
            yield Changed(
                order=studio.order(leg.motion, glowing=False), lines=tuple(lines), over="way",
                way=(leg.start, leg.end), chapter=chapter,
                marks=(Tag(text=exercise.name, small=studio.shown("change-position")),),
            )  # fmt: skip
            lines, chapter = [], None
        yield Told(
            order=order, lines=tuple(lines), over="first", chapter=chapter,
            marks=(Card(text=exercise.name, lines=(below, dose_in_words(exercise, dose))),),
        )  # fmt: skip

    def _legs(self, before: Position | None, after: Position) -> tuple[Leg, ...]:
        if before is None or before is after:
            return ()
        return ways(before, after, [one for one in PLACES if self._studio.may_show(one)])

    def _step(
        self, step: Step, before: str, after: Step | None, exercise: Exercise, order: Order
    ) -> Shot:
        marks: tuple[Mark, ...] = (Tag(text=exercise.name, small=self._doing(step)),)
        cues, said = of_step(step, before), self._said
        if step.do == "Hold":
            return Held(order=order, seconds=step.seconds, cues=cues, said=said, marks=marks)
        if not step.reps:
            return Timed(order=order, seconds=step.seconds, cues=cues, said=said, marks=marks,
                         moving=step.do == "Keep going",
                         at_end=self._next(step, after, exercise))  # fmt: skip
        swaps = len(step.sides) or 1
        reps = step.reps // swaps
        return Repeated(
            order=order, reps=reps, seconds=swaps * sum(step.tempo), said=said, marks=marks,
            hold_s=step.tempo[1] if swaps == 1 else 0,
            count={rep: counting(rep * swaps, step.reps, swaps) for rep in range(reps)},
        )  # fmt: skip

    def _doing(self, step: Step) -> str:
        """Return in words what is going on, and in which set or on which side. Of how many is
        told before a set: so sets of longer and shorter doses are made of the same pieces."""
        doing, place = self._studio.shown(DOING[step.do]), step.nth or step.place
        return f"{doing} · {place}" if place else doing

    def _next(self, step: Step, after: Step | None, exercise: Exercise) -> tuple[Mark, ...]:
        """Return what is shown as a rest ends: which set comes next, of how many."""
        if step.do != "Rest" or after is None or not after.place:
            return ()
        place = after.place[:1].lower() + after.place[1:]
        small = f"{self._studio.shown(DOING[step.do])} · {self._studio.shown('then', place=place)}"
        return (Tag(text=exercise.name, small=small),)

    def _order(self, planned: Planned, side: str = LEFT) -> Order:
        return self._studio.order(self._studio.motion_of(planned.exercise) or "", side=side)
