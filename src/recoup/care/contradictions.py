"""Answers that cannot both be right, or can hardly be: each is asked about again, kindly.

Nothing is changed or left out because of them: until the person says otherwise, red flags read
every answer as it was given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from recoup.model.answers import Answers

WEEKS_A_YEAR = 52
STABLE_WEEKS = 6
UNLIKELY_AGE = 60


@dataclass(frozen=True, slots=True)
class Doubt:
    """A friendly question, and the intake's questions it is about."""

    id: str
    text: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Check:
    doubt: Doubt
    holds: Callable[[Answers], bool]


def doubts(answers: Answers) -> tuple[Doubt, ...]:
    """Return what should be asked again, in the order of the intake."""
    return tuple(check.doubt for check in _CHECKS if check.holds(answers))


def _expecting(answers: Answers) -> bool:
    return answers.choices.get("pregnant") in ("yes", "maybe")


def _mother(answers: Answers) -> bool:
    return _expecting(answers) or "postpartum_weeks" in answers.numbers


def _male(answers: Answers) -> bool:
    return answers.choices.get("sex") == "male"


def _longer_than_life(answers: Answers) -> bool:
    age, weeks = answers.numbers.get("age"), answers.numbers.get("duration_weeks")
    return age is not None and weeks is not None and weeks > (age + 1) * WEEKS_A_YEAR


def _check(id_: str, text: str, questions: tuple[str, ...], holds: Callable[[Answers], bool]
           ) -> _Check:
    return _Check(Doubt(id_, text, questions), holds)


_CHECKS = (
    _check(
        "pregnant-late", "You told us your age, and a pregnancy or a birth. Are both right?",
        ("age", "pregnant"),
        lambda a: _mother(a) and a.numbers.get("age", 0) >= UNLIKELY_AGE,
    ),
    _check(
        "pregnant-male", "You chose “male”, and told us of a pregnancy or a birth. Are both right?",
        ("sex-and-onset", "pregnant"),
        lambda a: _male(a)
        and (_mother(a) or a.choices.get("onset") == "during_or_after_pregnancy"),
    ),
    _check(
        "longer-than-life", "You have had this pain for longer than you have lived. "
        "Did you mean weeks, or months?",
        ("age", "duration"),
        _longer_than_life,
    ),
    _check(
        "stable-and-worse", "You said that the numbness or weakness has stayed the same, and that "
        "it is getting worse. Which is it now?",
        ("danger-nerves", "nerve-check"),
        lambda a: "neuro_stable_known" in a.sx and bool({"neuro_worsening", "neuro_new_2w"} & a.sx),
    ),
    _check(
        "stable-and-new", "You said that it has stayed the same for six weeks, but the pain began "
        "later than that. Did it start before the pain?",
        ("duration", "nerve-check"),
        lambda a: "neuro_stable_known" in a.sx
        and a.numbers.get("duration_weeks", STABLE_WEEKS) < STABLE_WEEKS,
    ),
    _check(
        "pressure-both", "You said that your blood pressure is well controlled, and that it is "
        "not. Which is it?",
        ("history-heart-medicines",),
        lambda a: {"hypertension_controlled", "hypertension_uncontrolled"} <= a.hx,
    ),
    _check(
        "nothing-and-something", "You said that nothing eases it, and also what does. "
        "Which is right?",
        ("better",),
        lambda a: "nothing" in a.ease and len(a.ease) > 1,
    ),
)
