"""When a newer version of the library may reach a running program: where a phase begins, or begins
again, and only if the program and what the person is doing still exist in it."""

from __future__ import annotations

from datetime import date

from recoup.care.arrival import arrive
from recoup.care.course import Course
from recoup.care.missed_days import Return
from recoup.model.content import Library

RESTARTED = f"missed-{Return.RESTART_PHASE}"


def at_boundary(before: Course, now: Course, day: date, library: Library) -> bool:
    """Return whether a phase begins or begins again for who was at ``before`` and is at ``now``:
    by what was told last, or by the days that they were away. Never within a session."""
    if before.program is None or now.program is None or now.open_day == day:
        return False
    if _place(before) != _place(now):
        return True
    arrival = arrive(now, day, library)
    restarted = any(why.rule == RESTARTED for why in arrival.because)
    return _place(arrival.change) != _place(now) or (restarted and now.returned != day)


def carries_on(course: Course, library: Library) -> bool:
    """Return whether the course can go on in this version: its program and phase are there, and
    every exercise that is being done or is still to be judged."""
    program = library.programs.get(course.program or "")
    if program is None or all(phase.id != course.phase for phase in program.phases):
        return False
    last = course.last_record
    judged = [one for one in course.records if not one.final or one is last]
    named = {*course.levels, *course.open, *(a.exercise for r in judged for a in r.attempts)}
    return named <= library.exercises.keys()


def _place(course: Course) -> tuple[str | None, str | None, date | None]:
    return (course.program, course.phase, course.phase_started)
