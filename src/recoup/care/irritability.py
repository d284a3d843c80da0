"""How easily the pain flares, which sets the start dose.

Source: ``clinical/progression.md``, section 3. "Night waking most nights" is read as waking in
the second half of the night or pain that never eases at night. The half dose ends as section 4
allows: once three sessions went well it grows by a fifth a week.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from recoup.care.course import Course
from recoup.care.recent import recent
from recoup.care.traffic import GOOD
from recoup.model.answers import Answers
from recoup.model.decision import Decision, Reason


class Irritability(StrEnum):
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


HIGH_WORST = 7
LOW_WORST = 3
HALF_DOSE = 0.5
WEEKLY_RISE = 1.2
GOOD_SESSIONS = 3
NIGHT_WAKING = frozenset({"second_half_of_night", "constant_unrelieved"})


@recent(2)
def irritability(answers: Answers) -> Decision[Irritability]:
    """Return the level; moderate when the numbers are not known."""
    worst = answers.numbers.get("pain_worst")
    settles = answers.choices.get("settle_time")
    night = answers.choices.get("night")
    inputs = (("pain_worst", worst), ("settle_time", settles), ("night", night))
    if (worst is not None and worst >= HIGH_WORST) or settles == "days" or night in NIGHT_WAKING:
        text = "Your pain flares easily just now, so you start with half the dose and short holds."
        return Decision(Irritability.HIGH, (Reason("irritability-high", text, inputs),))
    if worst is not None and worst <= LOW_WORST and settles == "minutes":
        text = "Your pain settles fast, so you start with the full first dose."
        return Decision(Irritability.LOW, (Reason("irritability-low", text, inputs),))
    text = "You start with the full first dose of this phase."
    return Decision(Irritability.MODERATE, (Reason("irritability-moderate", text, inputs),))


def start_share(course: Course, day: date) -> float:
    """Return the share of the dose that a person whose pain flares easily does on ``day``.

    >>> # half until three sessions went well, then 60 %, a week later 72 %, 86 %, and all
    """
    if irritability(course.answers).change is not Irritability.HIGH:
        return 1.0
    start = course.started or date.min
    good = [r.day for r in course.records if start <= r.day < day and r.light in GOOD]
    if len(good) < GOOD_SESSIONS:
        return HALF_DOSE
    weeks = (day - good[GOOD_SESSIONS - 1]).days // 7
    return min(1.0, HALF_DOSE * WEEKLY_RISE ** (weeks + 1))
