"""How easily the pain flares, which sets the start dose.

Source: ``clinical/progression.md``, section 3. "Night waking most nights" is read as waking in
the second half of the night or pain that never eases at night.
"""

from __future__ import annotations

from enum import StrEnum

from recoup.model.answers import Answers
from recoup.model.decision import Decision, Reason


class Irritability(StrEnum):
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


HIGH_WORST = 7
LOW_WORST = 3
NIGHT_WAKING = frozenset({"second_half_of_night", "constant_unrelieved"})


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
