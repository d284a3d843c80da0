"""What changes by the mere passing of days, before anything new is done.

A missed day is derived from the dates, never recorded. Arriving twice on a day changes nothing
more.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from recoup.care.course import Course
from recoup.care.missed_days import Return, after_gap, missed
from recoup.care.progression import finish_records
from recoup.model.content import Library
from recoup.model.decision import Decision

EASIER_SESSIONS = 2


def arrive(course: Course, day: date, library: Library) -> Decision[Course]:
    """Return the course as it stands on ``day``, with the reasons for what the days changed."""
    if course.program is None:
        return Decision(course, ())
    course = finish_records(course, day, library)
    last = course.last_record
    if last is None or last.day >= day:
        return Decision(course, ())
    program = library.programs[course.program]
    phase = program.phase(course.phase or program.phases[0].id)
    gap = after_gap(missed((day - last.day).days, phase.days_per_week))
    return Decision(_changed(course, gap.change, day, library), gap.because)


def _changed(course: Course, change: Return, day: date, library: Library) -> Course:
    if change is Return.STEP_EASIER:
        return replace(course, easier_sessions=EASIER_SESSIONS)
    if change is Return.RESTART_PHASE:
        return replace(course, levels={}, runs={}, changed={})
    if change is Return.PHASE_BACK:
        program = library.programs[course.program or ""]
        before = program.phase_before(course.phase or program.phases[0].id)
        course = replace(
            course, phase=before.id, phase_started=day, levels={}, runs={}, changed={}
        )
        return _screen_open(course, library)
    return course


def _screen_open(course: Course, library: Library) -> Course:
    """Leave the safety screen open until it is answered after the gap (RF-SY-12)."""
    last = course.last_record
    if last is None or (course.screened is not None and course.screened > last.day):
        return course
    open_ = course.answers.skipped | library.vocabulary.safety_screen
    return replace(course, answers=replace(course.answers, skipped=open_))
