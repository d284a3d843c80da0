"""Where a course turns: another program, its end, its return, and what a review asks for.

Source: ``clinical/progression.md``, sections 5, 7 and 8; ``clinical/facet.md``, section 4 ("If it
does not fit after 2 weeks"): one change of program; the second time a clinician should look.
"""

from __future__ import annotations

from datetime import date

from recoup.care.course import Course, Entry, in_phase, lowered
from recoup.care.ending import may_finish, relapse_phase
from recoup.care.flare import flare_is_long
from recoup.care.review import Verdict, halved
from recoup.model.content import Library
from recoup.model.decision import Reason
from recoup.model.event import Event, Symptom, WeeklyReview
from recoup.model.frozen import replace

MISSED = {
    "time": "Little time? Five minutes are enough to keep going. Say so before you start.",
    "pain": "It hurt. The next session is one step easier.",
    "boredom": "Bored? Leave out what you dislike. After three times another one takes its place.",
    "forgot": "Tie it to something you do anyway, such as your morning coffee.",
    "unwell": "Wait until you have felt well for two days. Then start gently.",
    "worse": "It got worse while you were away, so please answer the safety questions first.",
}
"""What is said to the reason for missed days; nothing is ever caught up on."""


def after_review(course: Course, verdict: Verdict, event: Event, library: Library) -> Course:
    """Act on what a weekly review decided, and note it."""
    day = event.at.date()
    course = replace(course, advice=verdict.advice)
    if flare_is_long(course, day) is not None:
        course = replace(course, advice=(*course.advice, *_long(course, day)))
    course = screen_again(course, verdict.rescreen)
    if verdict.halve is not None:
        course = halved(course, verdict.halve, day).change
    because = (*course.advice, *((verdict.halve,) if verdict.halve else ()))
    if because:
        course = noted(course, event, "How it goes", because)
    return _switched(course, verdict.switch, event, library) if verdict.switch else course


def moved_further(course: Course, day: date, event: Event, library: Library) -> Course:
    """After pain that moved further down a limb twice within a week the program is changed."""
    days = tuple(one for one in course.moved if (day - one).days < 7 and one != day)
    course = replace(course, moved=(*days, day))
    if not days:
        return course
    text = "The pain moved further down twice within a week. This program does not suit you."
    reason = Reason("moved-twice", text, (("days", len(days) + 1),))
    return _switched(screen_again(course, reason), reason, event, library)


def why_missed(course: Course, data: Symptom, event: Event) -> Course:
    """Answer the reason for missed days once (``clinical/progression.md``, section 5)."""
    why = data.missed_because or ""
    reason = Reason(f"missed-because-{why}", MISSED[why])
    if why == "unwell":
        course = replace(course, unwell=data.day)
    if why == "pain":
        course = replace(course, easier_sessions=max(1, course.easier_sessions))
    if why == "worse":
        course = screen_again(course, reason)
    return noted(course, event, "After missed days", (reason,))


def last_phase(
    course: Course, before: Course, data: WeeklyReview, event: Event, library: Library
) -> Course:
    """In the last phase the program may come to its end, by the person's own choice."""
    if before.may_finish and data.advance == "yes":
        text = (
            "You no longer need the program. Two short sessions a week keep what you gained. "
            "We ask how it goes after one, two, three, six and twelve months."
        )
        course = replace(course, finished=data.day, may_finish=False)
        return noted(course, event, "Finished", (Reason("finished", text),))
    if data.advance == "no":
        text = "You chose to go on with the program."
        course = replace(course, may_finish=False)
        return noted(course, event, "Weekly review", (Reason("finish-declined", text),))
    if course.finished is None and may_finish(before, data, library):
        text = "You do well: able, and with little pain for four weeks. You may end the program."
        course = replace(course, may_finish=True)
        return noted(course, event, "Weekly review", (Reason("may-finish", text),))
    text = "You keep what you gained with two sessions a week."
    return noted(course, event, "Weekly review", (Reason("keep-going", text),))


def start_again(course: Course, day: date, library: Library) -> tuple[Course, Reason]:
    """Start a finished program again, in its second phase."""
    phase = relapse_phase(course, library)
    text = "It came back. You start again in phase 2. What you learned still counts."
    course = replace(
        in_phase(course, phase, day), levels=lowered(course), finished=None, may_finish=False
    )
    return course, Reason("relapse", text, (("phase", phase),))


def screen_again(course: Course, why: Reason | None) -> Course:
    """Return the course with the safety screen open because of pain."""
    if why is None or course.program is None:
        return course
    return unasked(replace(course, worse=why))


def unasked(course: Course) -> Course:
    """Return the course with the whole safety screen to be answered anew: what was said before
    something new came up does not count as said after it."""
    return replace(course, asked={})


def noted(course: Course, event: Event, title: str, because: tuple[Reason, ...]) -> Course:
    return replace(course, entries=(*course.entries, Entry(event.at, title, because)))


def _switched(course: Course, why: Reason, event: Event, library: Library) -> Course:
    """Change the program once, to the one it names; a second time a clinician should look."""
    program = library.programs[course.program or ""]
    target = library.programs.get(program.switch_to or "")
    if target is None or course.switched:
        text = "It is time to see a clinician, who can examine you. Go gently until then."
        advice = Reason("switch-clinician", text, (("program", program.id),))
        course = replace(course, advice=(*course.advice, advice))
        return noted(course, event, "See a clinician", (why, advice))
    day = event.at.date()
    text = f"From now on you follow the {target.title}, which leans to neither side."
    reason = Reason("switched", text, (("from", program.id), ("to", target.id)))
    course = replace(
        in_phase(course, target.phases[0].id, day), levels=lowered(course), program=target.id,
        started=day, moved=(), switched=(*course.switched, program.id),
    )
    return noted(course, event, "Another program", (why, reason))


def _long(course: Course, day: date) -> tuple[Reason, ...]:
    long = flare_is_long(course, day)
    return (long,) if long else ()
