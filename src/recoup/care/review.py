"""What a weekly review decides beyond the gate: whether the program works, and who should help.

Source: ``clinical/progression.md``, sections 7 and 8; ``clinical/facet.md``, sections 4 and 7.
Week 2: clearly worse means screening again and one change of program. Week 6: who got no better
in spite of most sessions sees a clinician; who did few is asked what gets in the way. Week 12 is
the decision point of tendon, joint, shoulder and lasting pain. Two weeks running of more pain, a
heavy mood, or work missed for a month ask for a clinician at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from recoup.care.course import Course
from recoup.care.measures import mean_ability
from recoup.model.content import Library
from recoup.model.decision import Decision, Reason
from recoup.model.event import WeeklyReview
from recoup.model.frozen import replace

WORSE = 2
SHARE_LESS = 0.3
POINTS_LESS = 2
ABILITY_GAIN = 2
CHANGE_BETTER = 2
MOST = 0.7
FEW = 0.5
MORE_TIME = timedelta(weeks=3)
LATE = frozenset({"TENDON", "OA", "STIFF", "WIDE"})
"""Templates with a decision point at week 12."""

RISK_WORST = 7
RISK_SIGNS = ("low_mood", "fear_movement", "poor_sleep")
RISK_LEAST = 2
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a review decided: screen again, change the program, ask for a clinician, halve."""

    rescreen: Reason | None = None
    switch: Reason | None = None
    advice: tuple[Reason, ...] = ()
    halve: Reason | None = None

    @property
    def because(self) -> tuple[Reason, ...]:
        found = (self.rescreen, self.switch, *self.advice, self.halve)
        return tuple(one for one in found if one is not None)


def judge_week(course: Course, review: WeeklyReview, library: Library) -> Verdict:
    """Return what the review of a week decides. ``course`` does not hold it yet."""
    verdict = Verdict(advice=_any_time(course, review))
    if _first_since(course, review.day, 2):
        verdict = _second_week(course, review, verdict)
    if _first_since(course, review.day, 12) and _template(course, library) in LATE:
        verdict = _twelfth_week(course, review, verdict)
    elif _first_since(course, review.day, 6) or _time_is_up(course, review.day):
        verdict = _sixth_week(course, review, library, verdict)
    return verdict


def early_risk(course: Course) -> Reason | None:
    """Return why support should be offered early: much pain with worry, fear or poor sleep."""
    answers = course.answers
    signs = [sign for sign in RISK_SIGNS if sign in answers.sx]
    worst = answers.numbers.get("pain_worst")
    if worst is None or worst < RISK_WORST or len(signs) < RISK_LEAST:
        return None
    text = (
        "You have strong pain, and it weighs on you. Support from a clinician early on can help: "
        "with the pain, with sleep and with worry. Your exercises go on meanwhile."
    )
    return Reason("early-support", text, (("worst", worst), ("signs", ", ".join(signs))))


def adherence(course: Course, day: date, library: Library) -> float:
    """Return the share of the sessions planned in the last six weeks, or since the start, that
    were done, 0 to 1."""
    program = library.programs[course.program or ""]
    start = max(course.started or day, day - 6 * WEEK)
    days = max(7, (day - start).days)
    planned = program.phase(course.phase or "").days_per_week * days / 7
    return min(1.0, sum(start <= record.day <= day for record in course.records) / planned)


def gained(course: Course, review: WeeklyReview) -> bool:
    """Return whether the person responds: a third less pain or two points, two points more
    ability, or clearly better by their own word (Ostelo2008, Stratford1995, Kamper2009)."""
    before = course.answers.numbers.get("pain_avg")
    less = before is not None and (
        before - review.average >= POINTS_LESS
        or (before > 0 and (before - review.average) / before >= SHARE_LESS)
    )
    first, now = mean_ability(course.first_activities), mean_ability(review.activities)
    abler = first is not None and now is not None and now - first >= ABILITY_GAIN
    better = review.change is not None and review.change >= CHANGE_BETTER
    return less or abler or better


def _second_week(course: Course, review: WeeklyReview, verdict: Verdict) -> Verdict:
    before = course.answers.numbers.get("pain_avg")
    if before is None or review.average - before < WORSE:
        return verdict
    text = (
        f"After two weeks your usual pain is {review.average} out of 10, up from {before:g}. "
        "This program does not suit you."
    )
    inputs = (("before", before), ("average", review.average))
    reason = Reason("week-2-worse", text, inputs)
    return replace(verdict, rescreen=reason, switch=reason)


def _sixth_week(
    course: Course, review: WeeklyReview, library: Library, verdict: Verdict
) -> Verdict:
    if gained(course, review):
        return verdict
    share = adherence(course, review.day, library)
    inputs = (("adherence", round(share, 2)), ("average", review.average))
    if share < FEW and course.halved_until is None:
        text = (
            "It was hard to fit the sessions in. For three weeks each one is half as long. "
            "Pick a fixed time, such as after breakfast, and leave out what you dislike."
        )
        return replace(verdict, halve=Reason("week-6-few", text, inputs))
    if share < MOST and course.halved_until is None:
        text = (
            "You are not better yet, and many sessions did not happen. What gets in the way? "
            "A shorter session that you do is worth more than a long one that you do not."
        )
        return replace(verdict, halve=Reason("week-6-some", text, inputs))
    text = (
        "You did the sessions, and you are not much better. See a clinician, who can examine you. "
        "Go on with the exercises meanwhile."
    )
    return replace(verdict, advice=(*verdict.advice, Reason("week-6-no-gain", text, inputs)))


def _twelfth_week(course: Course, review: WeeklyReview, verdict: Verdict) -> Verdict:
    if gained(course, review):
        return verdict
    text = (
        "Twelve weeks have passed without a clear gain. See a clinician and talk about what else "
        "could help."
    )
    advice = Reason("week-12-no-gain", text, (("average", review.average),))
    return replace(verdict, advice=(*verdict.advice, advice))


def _any_time(course: Course, review: WeeklyReview) -> tuple[Reason, ...]:
    found = []
    averages = _averages(course, review)
    if len(averages) >= 3 and averages[-3] < averages[-2] < averages[-1]:
        text = "Your pain went up two weeks running. See a clinician about it."
        said = ", ".join(str(one) for one in averages[-3:])
        found.append(Reason("two-weeks-worse", text, (("averages", said),)))
    if review.distressed:
        text = (
            "It weighs on you a lot. That is common with pain, and there is help. Talk to a "
            "clinician about it."
        )
        found.append(Reason("distressed", text))
    if review.off_work:
        text = (
            "You have missed work for more than four weeks. A clinician can help you back, and "
            "can talk with your work."
        )
        found.append(Reason("off-work", text))
    return tuple(found)


def _averages(course: Course, review: WeeklyReview) -> list[int]:
    """Return the intake's average and those of the reviews since the start, a week or so apart."""
    start = course.started or date.min
    by_day = {one.day: one.average for one in course.reviews if one.day >= start}
    by_day[review.day] = review.average
    days, kept = sorted(by_day), list[date]()
    for day in days:
        if not kept or day - kept[-1] >= WEEK - timedelta(days=1):
            kept.append(day)
    first = course.answers.numbers.get("pain_avg")
    before = [] if first is None else [int(first)]
    return [*before, *(by_day[day] for day in kept)]


def _first_since(course: Course, day: date, week: int) -> bool:
    """Return whether this is the first review in or after that week of the program."""
    start = course.started or day
    mark = start + week * WEEK
    return day >= mark and not any(mark <= one.day < day for one in course.reviews)


def _time_is_up(course: Course, day: date) -> bool:
    """Return whether the three weeks of half doses are over, for the first time."""
    until = course.halved_until
    return until is not None and day >= until and not any(
        until <= one.day < day for one in course.reviews
    )


def _template(course: Course, library: Library) -> str:
    return library.programs[course.program or ""].template


def halved(course: Course, reason: Reason, day: date) -> Decision[Course]:
    """Return the course with half doses for three weeks."""
    return Decision(replace(course, halved_until=day + MORE_TIME), (reason,))
