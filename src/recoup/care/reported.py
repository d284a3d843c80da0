"""A session as it was reported: the report and what was ticked off, as one record."""

from __future__ import annotations

from collections.abc import Mapping

from recoup.care.course import Attempt, Course, Record
from recoup.care.progression import judge, session_load
from recoup.care.session import plan_session
from recoup.care.traffic import Reported
from recoup.model.content import Library
from recoup.model.decision import Decision
from recoup.model.event import ExerciseDone, SessionDone

TICKED = ("done", "partly", "skipped")


def record_of(course: Course, data: SessionDone, library: Library) -> Decision[Record]:
    """Return the record of a session and why its light is what it is.

    The worst pain counts, whether it was told of one exercise or of the whole session. Where
    nothing was ticked off, the whole session counts as done.
    """
    planned = plan_session(course, library, data.session).slots
    ticked = course.open if course.open_day == data.session else {}
    attempts = tuple(
        Attempt(one.slot, one.exercise, one.result) for one in ticked.values()
    ) or tuple(Attempt(one.slot, one.exercise, "done") for one in planned)
    during = max([data.during, *(one.pain or 0 for one in ticked.values())])
    light = judge(
        course,
        Reported(during, data.after, new=data.new, moved=data.moved),
        library,
        data.session,
    )
    doses = {one.exercise: one.dose for one in planned}
    record = Record(
        day=data.session, phase=course.phase or "", attempts=attempts, during=during,
        after=data.after, effort=data.effort, hurt=_hurt(data, ticked, library),
        light=light.change, load=session_load(attempts, doses, data.effort, library),
        moved=data.moved,
    )
    return Decision(record, light.because)


def _hurt(
    data: SessionDone, ticked: Mapping[str, ExerciseDone], library: Library
) -> str | None:
    """Return the exercise that hurt most: as said, else the one with the worst pain told."""
    if data.hurt is not None:
        return data.hurt if data.hurt in library.exercises else None
    pains = {name: one.pain for name, one in ticked.items() if one.pain}
    return max(pains, key=lambda name: pains[name], default=None)
