"""Read a plan: the JSON that ``recoup plan`` prints becomes a session again."""

from __future__ import annotations

from datetime import date

from recoup.library.fields import Fields
from recoup.library.problem import InputError, Problem
from recoup.model.content import Library
from recoup.model.exercise import Dose
from recoup.model.session import Planned, Session

SIDES = ("left", "right")
MOST = 3600


def read_plan(data: object, library: Library) -> Session:
    """Return the session of a plan; raise InputError with every problem.

    What is read is what is done: exercises, doses and sides. Reasons stay behind.
    """
    problems: list[Problem] = []
    fields = Fields(data, (), "", problems)
    if fields.given("refused"):
        fields.report(("refused",), "This plan was refused: a danger sign stops it.",
                      "Show the person the care that the plan names.")  # fmt: skip
    slots = fields.any("slots")
    if not isinstance(slots, list) or not slots:
        fields.report(("slots",), "There is nothing to do in this plan.", "Plan a session first.")
        slots = []
    found = tuple(
        _slot(Fields(one, ("slots", k), "", problems), library) for k, one in enumerate(slots)
    )
    session = Session(
        day=fields.day("date") if fields.given("date") else date.min,
        condition=None, program=None, phase=None, refused=None,
        cap=fields.whole("cap", 0, 10), minutes=fields.whole("minutes", 0, 240),
        slots=found, dropped=(), because=(),
    )  # fmt: skip
    if problems:
        raise InputError(problems)
    return session


def _slot(fields: Fields, library: Library) -> Planned:
    codes = {one.code: one.id for one in library.exercises.values()}
    name = fields.word("exercise", {*library.exercises, *codes})
    dose = fields.inner("dose")
    order = fields.any("order")
    if not isinstance(order, list) or any(one not in SIDES for one in order):
        fields.report(("order",), "The order of sides does not fit.", 'Write ["left", "right"].')
        order = []
    return Planned(
        slot=fields.text("slot", needed=False), exercise=codes.get(name, name),
        dose=Dose(
            sets=dose.whole("sets", 1, 20), reps=dose.optional_whole("reps", 1, 100),
            hold_s=dose.optional_whole("hold_s", 0, MOST),
            time_s=dose.optional_whole("time_s", 1, MOST),
            rest_s=dose.optional_whole("rest_s", 0, MOST) or 0,
            variant=dose.optional_text("variant"),
        ),
        order=tuple(order), clock_s=0, apart=False, optional=False, level=0, because=(),
    )  # fmt: skip
