"""The library as people browse it: regions, limits of doses, and whom an exercise suits, in plain
words. Pure: values in, text out."""

from __future__ import annotations

from collections.abc import Iterable

from recoup.model.content import Library
from recoup.model.exercise import DoseLimits, Exercise, Limit, Sides, Suit, Surface
from recoup.model.program import Program, ReferPage
from recoup.script.pace import length_in_words

REGIONS = (
    ("neck", "Neck and head"),
    ("jaw", "Jaw"),
    ("thoracic", "Upper back and chest"),
    ("lumbar", "Low back"),
    ("core", "Belly and trunk"),
    ("pelvis", "Pelvis and buttocks"),
    ("hip", "Hip and thigh"),
    ("knee", "Knee"),
    ("ankle-foot", "Lower leg, ankle and foot"),
    ("shoulder", "Shoulder"),
    ("elbow", "Elbow"),
    ("wrist-hand", "Wrist and hand"),
    ("neural", "Nerves of arm and leg"),
    ("general", "Whole body"),
)
"""Regions from the head to the feet, then the arm, in the words of the page."""

SUITS = {
    Suit.OK: "yes",
    Suit.MODIFY: "with a change",
    Suit.LEAVE_OUT: "no, it is left out",
}
SURFACES = {
    Surface.NONE: "Nothing to lie on",
    Surface.BED_OR_FLOOR: "A bed or the floor",
    Surface.FLOOR: "The floor",
}
LOADS = {"none": "no", "partial": "a little", "full": "yes"}


def region_of(shown: Exercise | Program | ReferPage, library: Library) -> str:
    """Return the key of the region under which something stands."""
    if isinstance(shown, Exercise):
        return shown.region.replace("_", "-")
    return library.conditions[shown.condition].region


def found(words: str, *texts: str) -> bool:
    """Whether every word that was looked for stands in one of the texts; all when none was."""
    whole = " ".join(texts).casefold()
    return all(word in whole for word in words.casefold().split())


def dose_range(exercise: Exercise) -> tuple[str, ...]:
    """Return the least and the most of an exercise, one phrase for each part of its dose.

    >>> # "2 to 3 sets", "6 to 8 repetitions", "on each side", "3 to 4 days a week"
    """
    limits = exercise.limits
    parts = [_counted(limits.sets, "set")]
    parts += [_counted(limits.reps, "repetition")] if limits.reps else []
    parts += [f"hold {_length(limits.hold_s)}"] if limits.hold_s and limits.hold_s[1] > 1 else []
    parts += [f"{_length(limits.time_s)} each time"] if limits.time_s else []
    if exercise.sides in (Sides.EACH, Sides.ALTERNATING):
        parts.append("on each side")
    return (*parts, *_often(limits))


def suits_of(exercise: Exercise) -> tuple[tuple[str, str], ...]:
    """Return whom the exercise suits, as pairs of who and how."""
    suits = exercise.suits
    weeks = ("up to week 13", "weeks 14 to 27", "from week 28")
    pregnancy = tuple(
        (f"Pregnancy, {when}", SUITS[suit])
        for when, suit in zip(weeks, suits.pregnancy, strict=True)
    )
    if len(set(suits.pregnancy)) == 1:
        pregnancy = (("Pregnancy", SUITS[suits.pregnancy[0]]),)
    return (
        *pregnancy,
        ("Fragile bones", SUITS[suits.osteoporosis]),
        ("High blood pressure", SUITS[suits.hypertension]),
        ("A risk of falling", SUITS[suits.falls]),
        ("Weight on the wrists", LOADS.get(suits.loads_wrist, suits.loads_wrist)),
        ("Weight on the knees", LOADS.get(suits.loads_knee, suits.loads_knee)),
    )


def swaps_of(exercise: Exercise, library: Library) -> tuple[Exercise, ...]:
    """Return what may take its place, best first."""
    sibling = library.siblings.get(exercise.id)
    return _known(sibling.swaps if sibling else (), library)


def programs_with(exercise: Exercise, library: Library) -> tuple[Program, ...]:
    """Return the programs that hold the exercise in one of their phases."""
    return tuple(one for one in library.programs.values() if exercise.id in held_by(one))


def held_by(program: Program) -> frozenset[str]:
    return frozenset(
        item.exercise
        for phase in program.phases
        for slot in phase.slots
        for choice in slot.choices
        for item in choice.items
    )


def _known(names: Iterable[str], library: Library) -> tuple[Exercise, ...]:
    return tuple(library.exercises[name] for name in names if name in library.exercises)


def _often(limits: DoseLimits) -> tuple[str, ...]:
    a_day = () if limits.per_day == (1, 1) else (f"{_counted(limits.per_day, 'time')} a day",)
    return (*a_day, f"{_counted(limits.per_week, 'day')} a week")


def _counted(limit: Limit, unit: str) -> str:
    least, most = limit
    number = f"{least}" if least == most else f"{least} to {most}"
    return f"{number} {unit}{'' if most == 1 else 's'}"


def _length(limit: Limit) -> str:
    least, most = limit
    if least == most:
        return length_in_words(least)
    return f"{length_in_words(least)} to {length_in_words(most)}"
