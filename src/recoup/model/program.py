"""A phased program as a clinician writes it: slots, doses, steps, gates, modifiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from recoup.model.exercise import Dose
from recoup.model.expression import Expression


@dataclass(frozen=True, slots=True)
class Test:
    """A measured value compared with a limit. ``measure`` "answer" is the criterion's own
    question; the others are computed from the log (see ``care.measures``)."""

    measure: str
    at_most: float | None = None
    at_least: float | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition for moving on: met when any of its tests is met.

    ``ask`` is the question put to the person at the weekly review; ``scale`` says how it is
    answered: "pain" or "effort" (0-10), "yes-no" (1 or 0), "minutes", "seconds" or "count".
    """

    id: str
    text: str
    tests: tuple[Test, ...]
    ask: str | None = None
    scale: str = "pain"


@dataclass(frozen=True, slots=True)
class Item:
    """An exercise at a place in a program.

    ``doses`` are the levels: the first is the start, each next one changes exactly one variable.
    ``from_week`` counts weeks since the start of the program. ``only_if_green`` keeps it back
    until the last session went well. ``per_week`` caps how often it comes up. ``gate`` opens the
    item: until all of it was met at a weekly review it stays closed.
    """

    exercise: str
    doses: tuple[Dose, ...]
    from_week: int = 0
    only_if_green: bool = False
    per_week: int | None = None
    when: Expression | None = None
    gate: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """``pick`` of these items, in order of preference, or in turn when ``rotate``.

    ``optional`` choices go first when time is short. ``apart`` marks what may be done at any
    time of the day and does not count against the phase's number of exercises.
    """

    pick: int
    items: tuple[Item, ...]
    rotate: bool = False
    optional: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of the session with one aim. ``per_week``: at most this many days of seven;
    ``rest_day``: never on two days running."""

    id: str
    aim: str
    choices: tuple[Choice, ...]
    per_week: int | None = None
    rest_day: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    id: str
    name: str
    aim: str
    weeks: tuple[int, int | None]
    minutes: int
    exercises: int
    days_per_week: int
    avoid: frozenset[str]
    avoid_words: str
    slots: tuple[Slot, ...]
    gate: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Modifier:
    """A change of the program for people in a certain situation.

    ``slots`` replaces the choices of whole slots; ``leave_out`` removes exercises; ``caps``
    lowers dose fields of single exercises; ``adds`` puts exercises into a slot.
    """

    id: str
    when: Expression
    text: str
    slots: Mapping[str, tuple[Choice, ...]]
    adds: Mapping[str, tuple[Choice, ...]]
    leave_out: frozenset[str]
    caps: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Program:
    """``flare_set`` are easing exercises for a flare-up, best first. ``switch_to`` is the program
    to change to, once, when this one makes things worse; None sends to a clinician instead.
    ``keeps_order``: the order of its slots is part of the treatment."""

    id: str
    condition: str
    title: str
    summary: str
    template: str
    phases: tuple[Phase, ...]
    modifiers: tuple[Modifier, ...]
    sources: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    """Paragraphs by name: approved, expectations, flare, refer, stop."""
    flare_set: tuple[str, ...] = ()
    switch_to: str | None = None
    keeps_order: bool = False

    def phase(self, id_: str) -> Phase:
        return next(phase for phase in self.phases if phase.id == id_)

    def phase_after(self, id_: str) -> Phase | None:
        ids = [phase.id for phase in self.phases]
        place = ids.index(id_) + 1
        return self.phases[place] if place < len(ids) else None

    def phase_before(self, id_: str) -> Phase:
        ids = [phase.id for phase in self.phases]
        return self.phases[max(0, ids.index(id_) - 1)]


@dataclass(frozen=True, slots=True)
class ReferPage:
    """What a person reads whose condition is for a clinician alone: no phases, no exercises."""

    id: str
    condition: str
    title: str
    summary: str
    sources: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
