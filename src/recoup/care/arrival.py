"""What changes by the mere passing of days, before anything new is done.

A missed day is derived from the dates, never recorded. Arriving twice on a day changes nothing
more.
"""

from __future__ import annotations

from datetime import date

from recoup.care.clearance import covered
from recoup.care.course import Course, as_of, in_phase, lowered
from recoup.care.ending import relapse_phase
from recoup.care.facts import screen_of
from recoup.care.flare import EASING_DAYS, still_there
from recoup.care.missed_days import LONG_AWAY, Return, after_gap, missed
from recoup.care.progression import finish_records
from recoup.care.recent import recent
from recoup.model.content import Library
from recoup.model.decision import Decision
from recoup.model.frozen import replace

EASIER_SESSIONS = 2


@recent(4)
def arrive(course: Course, day: date, library: Library) -> Decision[Course]:
    """Return the course as it stands on ``day``, with the reasons for what the days changed."""
    course = covered(as_of(course, day), library)
    program = library.programs.get(course.program or "")
    if program is None:
        return Decision(course, ())
    course = finish_records(course, day, library)
    since = _last_day(course)
    phase = program.phase(course.phase or program.phases[0].id)
    days = 0
    if since is not None and since < day:
        days = missed((day - since).days, phase.days_per_week)
    week = still_there(course, day)
    if week is not None and days < LONG_AWAY:  # else the long gap takes the phase back, once
        back = replace(_phase_back(week.change, day, library), returned=day, missed=0)
        return Decision(back, week.because)
    if course.returned == day:
        return Decision(course, after_gap(course.missed).because)
    if since is None or since >= day:
        return Decision(course, ())
    gap = after_gap(days)
    if not course.records and gap.change is not Return.PHASE_BACK:
        return Decision(course, ())  # nothing was done yet that could be missed
    if days:
        course = replace(course, returned=day, missed=days)
    return Decision(_changed(course, gap.change, since, day, library), gap.because)


def _last_day(course: Course) -> date | None:
    """Return the day to count a gap from: of the last session, of coming back, or of the start."""
    last = course.last_record
    days = (last.day if last else None, course.started, course.returned)
    return max((day for day in days if day is not None), default=None)


def _changed(course: Course, change: Return, since: date, day: date, library: Library) -> Course:
    if change is Return.STEP_EASIER:
        return replace(course, easier_sessions=EASIER_SESSIONS)
    if change is Return.RESTART_PHASE:
        return replace(course, levels=lowered(course), runs={}, changed={}, climb=())
    if change is Return.PHASE_BACK:
        return _screen_open(_phase_back(course, day, library), since, library)
    return course


def _phase_back(course: Course, day: date, library: Library) -> Course:
    """Return the course one phase earlier; a program that had come to its end starts again in its
    second phase. A flare-up costs no second one; one that was there before the gap is not eased
    any longer, one that has just begun is."""
    program = library.programs[course.program or ""]
    before = program.phase_before(course.phase or program.phases[0].id).id
    if course.finished is not None:
        before = relapse_phase(course, library)
    made_easier, flare = lowered(course), course.flare
    if flare is not None:
        eased = day if day - flare.since >= EASING_DAYS else None
        flare = replace(flare, dropped=True, resumed=flare.resumed or eased)
    course = in_phase(replace(course, finished=None, may_finish=False), before, day)
    return replace(course, levels=made_easier, flare=flare)


def _screen_open(course: Course, since: date, library: Library) -> Course:
    """Leave open what was not asked again after the gap, so that the screen counts as not
    finished (RF-SY-12) until all of it was."""
    if course.screened is not None and course.screened > since:
        return course
    keys = screen_of(course.answers, library)
    open_ = {key for key in keys if course.asked.get(key, date.min) <= since}
    answers = replace(course.answers, skipped=course.answers.skipped | open_)
    return replace(course, answers=answers)
