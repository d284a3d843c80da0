"""A flare-up: when it begins, what its days hold, and the way back.

Source: ``clinical/progression.md``, section 6 (design defaults). It begins when pain stays two
points above usual for more than a day, or when the person says so. Days 0 to 2 hold easing
exercises; from day 3 on, once pain falls, the program comes back at 60 % and grows by a tenth a
session; on day 7 without relief the safety questions come again and the phase drops.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from recoup.care.course import Course, Flare, Record, usual_morning_pain
from recoup.care.traffic import GOOD
from recoup.model.decision import Decision, Reason
from recoup.model.frozen import replace

RISE = 2
BACK = 1
EASING_DAYS = timedelta(days=3)
STILL_THERE = timedelta(days=7)
LONG = timedelta(days=14)
FIRST_SHARE = 0.6
GROWTH = 0.1
LIGHTER_SHARE = 0.7
LIGHTER_FOR = timedelta(weeks=2)
TWO_WITHIN = timedelta(weeks=3)
THREE_WITHIN = timedelta(weeks=6)


@dataclass(frozen=True, slots=True)
class FlareDay:
    """What a day of a flare-up holds: easing exercises alone, or a share of the program."""

    easing: bool
    share: float


def flare_day(course: Course, day: date) -> FlareDay | None:
    """Return what the flare-up makes of ``day``; None without one, or once it is over.

    >>> # since Monday, falling by Thursday: easing to Wednesday, then 60 %, 70 %, 80 % ...
    """
    flare = course.flare
    if flare is None:
        return None
    if flare.resumed is None or day < flare.resumed:
        return FlareDay(easing=True, share=0.5)
    share = _share(course, flare, day)
    return FlareDay(easing=False, share=share) if share < 1 else None


def flare_over(course: Course, day: date) -> Course:
    """Return the course without a flare-up from which the whole program has come back."""
    flare = course.flare
    if flare is None or flare.resumed is None or _share(course, flare, day) < 1:
        return course
    return replace(course, flare=None)


def hear_pain(
    course: Course, day: date, pain: int, *, says_so: bool, morning: bool
) -> Decision[Course]:
    """Return the course after pain was told on ``day``: a flare-up may begin, fall or rise.

    Only pain on a morning, or the person's word, begins one; any pain told may show its fall.
    """
    if course.flare is not None:
        return Decision(_went_on(course, course.flare, day, pain), ())
    since = _begun(course, day, pain, morning=morning, says_so=says_so)
    if since is None:
        return Decision(course, ())
    usual = usual_morning_pain(course, since)
    flare = Flare(since=since, usual=pain - RISE if usual is None else usual, peak=pain, last=pain)
    flares = (*course.flares, since)
    course = replace(course, flare=flare, flares=flares)
    text = (
        "This is a flare-up. It does not mean harm. The next days hold easing exercises and "
        "short walks, and about half of what you usually do."
    )
    inputs = (("usual", flare.usual), ("pain", pain), ("since", since.isoformat()))
    begun = Reason("flare-begun", text, inputs)
    return _often(course, since, begun)


def still_there(course: Course, day: date) -> Decision[Course] | None:
    """Return the course on and after the seventh day of a flare-up without relief: the safety
    questions come again, unless they were answered since; the caller drops the phase. None where
    that is not the case."""
    flare = course.flare
    if flare is None or flare.dropped or flare.back or day - flare.since < STILL_THERE:
        return None
    text = (
        "The flare-up has lasted a week. Please answer the safety questions again. Then you go "
        "on one phase easier."
    )
    reason = Reason("flare-week", text, (("since", flare.since.isoformat()),))
    if course.screened is None or course.screened < flare.since + STILL_THERE:
        course = replace(course, asked={}, worse=reason)
    return Decision(course, (reason,))


def flare_is_long(course: Course, day: date) -> Reason | None:
    """Return why a clinician should see a flare-up of more than two weeks."""
    flare = course.flare
    if flare is None or flare.back or day - flare.since <= LONG:
        return None
    text = (
        "This flare-up has lasted more than two weeks. See a clinician, who can examine you and "
        "help you on."
    )
    return Reason("flare-long", text, (("since", flare.since.isoformat()),))


def _begun(
    course: Course, day: date, pain: int, *, morning: bool, says_so: bool
) -> date | None:
    if says_so:
        return day
    if not morning or not _raised(course, day, pain):
        return None
    yesterday = (m for m in course.mornings if m.day == day - timedelta(days=1))
    return next((m.day for m in yesterday if _raised(course, m.day, m.pain)), None)


def _raised(course: Course, day: date, pain: int) -> bool:
    usual = usual_morning_pain(course, day)
    return usual is not None and pain - usual >= RISE


def _went_on(course: Course, flare: Flare, day: date, pain: int) -> Course:
    back = pain <= flare.usual + BACK
    falling = pain < flare.peak
    resumed = flare.resumed
    if back or (falling and not flare.dropped):
        ready = flare.since + EASING_DAYS
        first = day if back else max(day, ready)
        relapsed = not back and day < ready  # better for a moment, and sore again: easing goes on
        resumed = first if resumed is None or relapsed else min(first, resumed)
    elif not flare.dropped and (pain > flare.last or pain >= flare.peak):
        resumed = None  # it rises again: back to easing
    peak = max(flare.peak, pain)
    flare = replace(flare, last=pain, peak=peak, back=back, resumed=resumed)
    return replace(course, flare=flare)


def _often(course: Course, since: date, begun: Reason) -> Decision[Course]:
    """After two flare-ups in three weeks the load goes down for two weeks; after three in six a
    clinician should look."""
    recent = sum(since - one < TWO_WITHIN for one in course.flares)
    many = sum(since - one < THREE_WITHIN for one in course.flares)
    because = [begun]
    if recent >= 2:
        course = replace(course, lighter_until=since + LIGHTER_FOR)
        text = (
            "It is the second flare-up in three weeks. For two weeks you do a third less. Think "
            "of sleep, stress, and how much you do at work and at home."
        )
        because.append(Reason("flare-second", text, (("flares", recent),)))
    if many >= 3:
        text = "It is the third flare-up in six weeks. See a clinician about it."
        advice = Reason("flare-third", text, (("flares", many),))
        course = replace(course, advice=(*course.advice, advice))
        because.append(advice)
    return Decision(course, tuple(because))


def _share(course: Course, flare: Flare, day: date) -> float:
    start = flare.resumed or day
    done: list[Record] = [r for r in course.records if start <= r.day < day and r.light in GOOD]
    return min(1.0, FIRST_SHARE + GROWTH * len(done))
