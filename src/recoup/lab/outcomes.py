"""What became of everybody: counts that add up, so that no person has to be kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from recoup.lab.life import Broken, Life

SHARE_OF_DAYS = 7
MOST_BROKEN = 200
"""More broken invariants than this are counted, not listed."""


@dataclass(slots=True)
class Outcomes:
    """Counts over people; ``reached`` are weeks to a phase, ``variety`` different exercises done
    by a person, each as a count by value."""

    people: int = 0
    days: int = 0
    decisions: int = 0
    sessions: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    reached: dict[str, Counter[int]] = field(default_factory=dict)
    variety: Counter[int] = field(default_factory=Counter)
    discharged: Counter[int] = field(default_factory=Counter)
    broken: list[Broken] = field(default_factory=list)
    broken_by: Counter[str] = field(default_factory=Counter)

    def add(self, life: Life) -> None:
        """Count one life."""
        course, person = life.course, life.person
        self.people += 1
        self.days += life.days
        self.decisions += life.decisions
        self.sessions += life.sessions
        self.counts.update({
            "overload_events": life.body.overloads,
            "red_sessions": life.reds,
            "flares_lived": life.body.flares,
            "flares_recognised": len(course.flares),
            "switches": len(course.switched),
            "days_stopped": life.stopped_days,
            "wrong_program": person.wrong_program,
            "wrong_program_switched_or_sent": person.wrong_program
            and bool(course.switched or course.advice or life.referred is not None),
            "hidden_illness_told": life.watch.danger_day is not None or life.told_signs,
            "referred": life.referred is not None or bool(course.advice),
            "finished": life.finished is not None,
            "dropped_out": life.ended == "dropped-out",
        })
        first = min(life.phases.values(), default=0)
        for phase, day in life.phases.items():
            if day > first:
                self.reached.setdefault(phase, Counter())[day // SHARE_OF_DAYS] += 1
        if life.finished is not None:
            self.discharged[life.finished // SHARE_OF_DAYS] += 1
        self.variety[len(life.done)] += 1
        self.broken_by.update(one.invariant for one in life.broken)
        self.broken += life.broken[: max(0, MOST_BROKEN - len(self.broken))]

    def merge(self, other: Outcomes) -> None:
        """Count everybody of another part of the run as well."""
        for name in ("people", "days", "decisions", "sessions"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("counts", "variety", "discharged", "broken_by"):
            getattr(self, name).update(getattr(other, name))
        for phase, weeks in other.reached.items():
            self.reached.setdefault(phase, Counter()).update(weeks)
        self.broken += other.broken[: max(0, MOST_BROKEN - len(self.broken))]

    @property
    def person_weeks(self) -> float:
        return round(self.days / 7, 1)

    def document(self) -> Mapping[str, Any]:
        """Return the outcomes for JSON."""
        return {
            "people": self.people,
            "sessions_done": self.sessions,
            **{name: self.counts[name] for name in NAMES},
            "weeks_to_phase": {
                phase: _spread(weeks) for phase, weeks in sorted(self.reached.items())
            },
            "weeks_to_end": _spread(self.discharged),
            "different_exercises": _spread(self.variety),
        }


NAMES = {
    "overload_events": "sessions a quarter or more above what the body is used to",
    "red_sessions": "sessions with pain of 6 or more",
    "flares_lived": "flare-ups that came over the bodies",
    "flares_recognised": "flare-ups that the rules took for one",
    "switches": "changes of program",
    "wrong_program": "people whose program makes it worse",
    "wrong_program_switched_or_sent": "of those, changed or sent to a clinician",
    "hidden_illness_told": "people who told signs of a hidden illness",
    "days_stopped": "days on which the rules offered no session",
    "referred": "people sent to a clinician",
    "finished": "people who ended the program, able and with little pain",
    "dropped_out": "people who gave up",
}


def lines(outcomes: Outcomes) -> Iterable[str]:
    """Yield the outcomes as a table to read."""
    counts = outcomes.counts
    for name, words in NAMES.items():
        yield f"{counts[name]:>10}  {words}"
    for phase, weeks in sorted(outcomes.reached.items()):
        yield f"{sum(weeks.values()):>10}  reached {phase}, {_said(weeks)} weeks"
    yield f"{outcomes.people:>10}  people did {_said(outcomes.variety)} different exercises"


def _said(values: Counter[int]) -> str:
    spread = _spread(values)
    return f"half of them after {spread['median']}" if spread["count"] else "none"


def _spread(values: Counter[int]) -> dict[str, int | None]:
    """Return how many there are, and the value that a tenth, half and nine tenths reach."""
    total = sum(values.values())
    return {"count": total} | {
        name: _at(values, share, total)
        for name, share in (("tenth", 0.1), ("median", 0.5), ("nine_tenths", 0.9))
    }


def _at(values: Counter[int], share: float, total: int) -> int | None:
    seen = 0
    for value in sorted(values):
        seen += values[value]
        if seen >= share * total:
            return value
    return None
