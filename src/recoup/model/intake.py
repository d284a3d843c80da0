"""The outcome of an intake: how soon to be seen, what fits, what is offered."""

from __future__ import annotations

from dataclasses import dataclass

from recoup.model.condition import Match
from recoup.model.decision import Reason
from recoup.model.rule import Action, Flag, Urgency


@dataclass(frozen=True, slots=True)
class Triage:
    urgency: Urgency
    action: Action
    flags: tuple[Flag, ...]
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Intake:
    triage: Triage
    matches: tuple[Match, ...]
    program: str | None
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """One part of the body that a person could start with: its painful places, what fits there,
    and the program for it. No ``sites`` is the body as a whole."""

    sites: frozenset[str]
    matches: tuple[Match, ...]
    program: str | None
    because: tuple[Reason, ...]
