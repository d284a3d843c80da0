"""The traffic light of a session: a total function of what was reported.

Source: ``clinical/progression.md``, section 2 (Thomee1997, Silbernagel2007). Rows are tested from
STOP down and the first with any true cell wins; next morning +1 alone is GREEN-2; the template's
pain cap replaces 4 and 5. A morning between +1 and +2, which a median can give, is AMBER. Pain
that moves further down a limb is AMBER however mild; where it draws back, a little more of it
near the spine is fine. Where the cap lies above 5, because usual pain does, RED begins above it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from recoup.model.decision import Decision, Reason

EASY = 2
TOO_MUCH = 6
MORNING_TOO_MUCH = 2
MORNING_SORER = 1
FURTHER = "further"
BACK = "back"


class Light(StrEnum):
    STOP = "stop"
    RED = "red"
    AMBER = "amber"
    GREEN_2 = "green-2"
    GREEN = "green"


GOOD = frozenset({Light.GREEN, Light.GREEN_2})


@dataclass(frozen=True, slots=True)
class Reported:
    """Pain 0-10 during and right after; ``morning_change`` against the usual morning pain;
    ``settled`` within 24 hours; None where not (yet) known. ``new`` lists new symptoms. ``moved``
    says where the pain went: "further" down a limb, or "back" from it."""

    during: int
    after: int
    morning_change: float | None = None
    settled: bool | None = None
    new: frozenset[str] = frozenset()
    moved: str | None = None


def worse(one: Light, other: Light) -> Light:
    """Return the worse of two lights; they are declared from the worst to the best."""
    order = tuple(Light)
    return min(one, other, key=order.index)


def traffic_light(report: Reported, cap: int) -> Decision[Light]:
    """Return the light with the cell that decided it.

    >>> traffic_light(Reported(during=6, after=3), cap=4).change
    <Light.RED: 'red'>
    """
    light, text = _row(report, cap)
    inputs = (
        ("during", report.during),
        ("after", report.after),
        ("morning_change", report.morning_change),
        ("settled", report.settled),
        ("cap", cap),
    )
    return Decision(light, (Reason(f"light-{light}", text, inputs),))


def _row(report: Reported, cap: int) -> tuple[Light, str]:
    return (
        _stop(report)
        or _red(report, cap)
        or _amber(report, cap)
        or _green_2(report)
        or (Light.GREEN, "Pain stayed low and settled. You are ready for a small step up.")
    )


def _stop(report: Reported) -> tuple[Light, str] | None:
    if report.new:
        return Light.STOP, "You reported something new, so exercise stops until it is checked."
    return None


def _red(report: Reported, cap: int) -> tuple[Light, str] | None:
    worst = max(report.during, report.after)
    if worst >= max(TOO_MUCH, cap + 1):
        text = f"Pain reached {worst} out of 10. That was too much."
    elif report.morning_change is not None and report.morning_change >= MORNING_TOO_MUCH:
        text = "The next morning was clearly sorer than usual. That was too much."
    elif report.settled is False:
        text = "The pain had not settled after a day. That was too much."
    else:
        return None
    return Light.RED, text


def _amber(report: Reported, cap: int) -> tuple[Light, str] | None:
    if report.moved == FURTHER:
        return Light.AMBER, "The pain moved further down. That matters more than how strong it is."
    if report.during > cap:
        return Light.AMBER, f"Pain reached {report.during} out of 10, above your limit of {cap}."
    if report.after > report.during + 1 and report.moved != BACK:
        return Light.AMBER, "Pain right after was clearly higher than during the exercises."
    if report.morning_change is not None and report.morning_change > MORNING_SORER:
        return Light.AMBER, "The next morning was sorer than usual, by more than one point."
    return None


def _green_2(report: Reported) -> tuple[Light, str] | None:
    if report.during > EASY or report.after > EASY:
        text = "Pain was there but within your limit. You stay at this level for now."
    elif report.morning_change is not None and report.morning_change > 0:
        text = "The next morning was a little sorer. You stay at this level for now."
    else:
        return None
    return Light.GREEN_2, text
