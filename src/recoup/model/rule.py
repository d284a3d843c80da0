"""Red-flag rules, what they raise, and the pain-monitoring rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from recoup.model.expression import Expression


class Urgency(IntEnum):
    """How soon a person should be seen; a higher value is more urgent."""

    SELF_MANAGE = 0
    ROUTINE = 1
    URGENT_2W = 2
    SAME_DAY = 3
    EMERGENCY = 4

    @property
    def word(self) -> str:
        return self.name.lower()


class Action(IntEnum):
    """What happens to the program; a higher value is more restrictive."""

    ALLOW = 0
    MODIFY = 1
    PAUSE = 2
    BLOCK = 3

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A triage rule. ``filter_only`` marks rule level M: it shapes the program, not the urgency.

    ``assume`` names the numbers whose absence counts as true for this rule.
    """

    id: str
    suspected: str
    urgency: Urgency
    filter_only: bool
    action: Action
    when: Expression
    assume: frozenset[str]
    message: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A red-flag rule that fired for this person, with the answers that fired it."""

    id: str
    suspected: str
    urgency: Urgency
    action: Action
    message: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """What every program of one kind shares: pain cap and how many good sessions earn a step.

    ``pain_cap`` is the highest pain (0-10) during exercise that still counts as acceptable.
    ``needs_ok``: no session before a clinician's OK is on record. ``above_usual``: pain is held
    against the person's usual pain, with this many points more still fine. ``asks_spread``: each
    report asks whether pain moved down the limb or back from it. ``stop_list``: the signs to stop
    for are shown before every session.
    """

    id: str
    pain_cap: int
    sessions_for_step: int
    sessions_for_mobility_step: int
    sources: tuple[str, ...]
    needs_ok: bool = False
    above_usual: int | None = None
    asks_spread: bool = False
    stop_list: bool = False
