"""Vignettes held against the engine: where they agree, and in what share of the stories.

The stories are our own, written from the same specification as the rules. The shares measure
agreement with our own rules, not accuracy.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from recoup.care.recognition import recognise
from recoup.care.triage import triage
from recoup.model.content import Library
from recoup.model.rule import Urgency
from recoup.model.vignette import Vignette

CAVEAT = (
    "These figures measure agreement with our own rules on stories that we wrote ourselves. "
    "They do not measure accuracy: no clinician and no real person has judged them."
)
SOON = Urgency.URGENT_2W
Z = 1.959963984540054
"""Standard normal quantile of a two-sided interval of 95 %."""
WHOLE = "all"


@dataclass(frozen=True, slots=True)
class Share:
    """``hits`` of ``total``."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        return self.hits / self.total if self.total else None

    def interval(self) -> tuple[float, float] | None:
        """Return the 95 % confidence interval by Wilson's method.

        >>> [round(limit, 3) for limit in Share(9, 10).interval()]
        [0.596, 0.982]
        """
        if not self.total:
            return None
        n, p = self.total, self.hits / self.total
        spread = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        middle, scale = p + Z * Z / (2 * n), 1 + Z * Z / n
        low = 0.0 if self.hits == 0 else (middle - spread) / scale
        high = 1.0 if self.hits == n else (middle + spread) / scale
        return low, high


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the engine said to a vignette. ``disagreements`` says how that differs from what was
    expected, in plain words; empty when it does not."""

    vignette: Vignette
    urgency: Urgency
    flags: tuple[str, ...]
    conditions: tuple[str, ...]
    disagreements: tuple[str, ...]

    @property
    def surprising(self) -> bool:
        """Whether they disagree without a written reason, or agree in spite of one."""
        return bool(self.disagreements) == (self.vignette.disagrees is None)


@dataclass(frozen=True, slots=True)
class Measure:
    """A share of the vignettes of one region: of those that ``counts`` takes, those that hit."""

    name: str
    meaning: str
    counts: Callable[[Verdict], bool]
    hits: Callable[[Verdict], bool]

    def of(self, verdicts: Iterable[Verdict]) -> Share:
        taken = [one for one in verdicts if self.counts(one)]
        return Share(sum(map(self.hits, taken)), len(taken))


def _soon(verdict: Verdict) -> bool:
    return verdict.vignette.expected.urgency >= SOON


def _names_condition(verdict: Verdict) -> bool:
    expected = verdict.vignette.expected
    return expected.first is not None or bool(expected.among)


def _in_three(verdict: Verdict) -> bool:
    expected = verdict.vignette.expected
    wanted = {*expected.among, *([expected.first] if expected.first else [])}
    return wanted <= set(verdict.conditions)


MEASURES = (
    Measure(
        "sensitivity", "of those to be seen within two weeks or sooner, sent at least as soon",
        _soon, lambda v: v.urgency >= v.vignette.expected.urgency,
    ),
    Measure(
        "specificity", "of those who need nobody within two weeks, not sent within two weeks",
        lambda v: not _soon(v), lambda v: v.urgency < SOON,
    ),
    Measure(
        "over-triage", "of all, sent sooner than expected",
        lambda v: True, lambda v: v.urgency > v.vignette.expected.urgency,
    ),
    Measure(
        "top-3 match", "of those with an expected pattern, found among the first three",
        _names_condition, _in_three,
    ),
    Measure(
        "first match", "of those with an expected best pattern, found first",
        lambda v: v.vignette.expected.first is not None,
        lambda v: v.conditions[:1] == (v.vignette.expected.first,),
    ),
)


def judge(vignette: Vignette, library: Library) -> Verdict:
    """Return what the engine says to a vignette, and how that differs from what is expected."""
    screened = triage(vignette.answers, library)
    conditions = tuple(match.condition for match in recognise(vignette.answers, library))
    flags = tuple(flag.id for flag in screened.flags)
    expected = vignette.expected
    wrong = []
    if screened.urgency != expected.urgency:
        wrong.append(f"urgency {screened.urgency.word}, not {expected.urgency.word}")
    if screened.action != expected.action:
        wrong.append(f"action {screened.action.word}, not {expected.action.word}")
    wrong += [f"{flag} did not fire" for flag in expected.flags if flag not in flags]
    wrong += [f"{flag} fired" for flag in expected.quiet if flag in flags]
    if expected.first is not None and conditions[:1] != (expected.first,):
        wrong.append(f"{expected.first} is not first of {', '.join(conditions) or 'nothing'}")
    wrong += [
        f"{name} is not among {', '.join(conditions) or 'nothing'}"
        for name in expected.among if name not in conditions
    ]
    return Verdict(vignette, screened.urgency, flags, conditions, tuple(wrong))


def by_region(verdicts: Iterable[Verdict]) -> dict[str, tuple[Verdict, ...]]:
    """Return the verdicts of each region by name, and of all together."""
    found: dict[str, tuple[Verdict, ...]] = {}
    every = tuple(verdicts)
    for verdict in every:
        region = verdict.vignette.region
        found[region] = (*found.get(region, ()), verdict)
    return {**found, WHOLE: every}


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which vignettes expect a rule to fire, in how many it fires, and in how many it must not."""

    rule: str
    urgency: str
    expected: tuple[str, ...]
    fires: int
    quiet: int


def coverage(verdicts: Iterable[Verdict], library: Library) -> tuple[Coverage, ...]:
    """Return the coverage of every rule by the vignettes, in the order of the rules' ids."""
    every = tuple(verdicts)
    return tuple(
        Coverage(
            rule.id,
            "filter" if rule.filter_only else rule.urgency.word,
            tuple(v.vignette.id for v in every if rule.id in v.vignette.expected.flags),
            sum(rule.id in v.flags for v in every),
            sum(rule.id in v.vignette.expected.quiet for v in every),
        )
        for rule in sorted(library.red_flags, key=lambda rule: rule.id)
    )
