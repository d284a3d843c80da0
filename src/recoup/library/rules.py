"""Read ``rules/``: red flags, templates of programs, stand-ins of exercises."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from recoup.library.page import Count, Page, Schema, When, Words
from recoup.model.content import Sibling
from recoup.model.rule import Action, RedFlag, Template, Urgency

_URGENCY = {
    "filter": Urgency.SELF_MANAGE,
    "routine": Urgency.ROUTINE,
    "urgent_2w": Urgency.URGENT_2W,
    "same_day": Urgency.SAME_DAY,
    "emergency": Urgency.EMERGENCY,
}
URGENCIES = {urgency.word: urgency for urgency in Urgency}
ACTIONS = {action.word: action for action in Action}
"""What a screen says, by its word."""

ASSUMED = {
    Urgency.EMERGENCY: frozenset({"age", "dur", "worst"}),
    Urgency.SAME_DAY: frozenset({"age", "dur"}),
}
"""Numbers whose absence counts as true, by urgency (``clinical/redflags.yaml``, unknown)."""

UNDER_18 = "RF-PA"
"""Rules for children wait for the age."""


class _RedFlag(Schema):
    id: Words
    suspected: Words
    urgency: Literal["emergency", "same_day", "urgent_2w", "routine", "filter"]
    program: Literal["allow", "modify", "pause", "block"]
    when: When
    message: Words
    sources: list[Words] = []
    note: Words | None = None


class _RedFlags(Schema):
    id: Words
    rules: list[_RedFlag]


class _Template(Schema):
    id: Words
    pain_cap: Annotated[int, Field(ge=0, le=10)]
    sessions_for_step: Count
    sessions_for_mobility_step: Count
    sources: list[Words] = []
    needs_ok: bool = False
    above_usual: Count | None = None
    asks_spread: bool = False
    stop_list: bool = False


class _Templates(Schema):
    id: Words
    templates: list[_Template]


class _Sibling(Schema):
    exercise: Words
    swaps: list[Words]


class _Siblings(Schema):
    id: Words
    siblings: list[_Sibling]


def read_red_flags(page: Page) -> tuple[RedFlag, ...]:
    text = page.shaped(_RedFlags)
    if text is None:
        return ()
    return tuple(_red_flag(rule) for rule in text.rules)


def _red_flag(rule: _RedFlag) -> RedFlag:
    urgency = _URGENCY[rule.urgency]
    assume = ASSUMED.get(urgency, frozenset())
    return RedFlag(
        id=rule.id,
        suspected=rule.suspected,
        urgency=urgency,
        filter_only=rule.urgency == "filter",
        action=ACTIONS[rule.program],
        when=rule.when,
        assume=assume - {"age"} if rule.id.startswith(UNDER_18) else assume,
        message=rule.message,
        sources=tuple(rule.sources),
    )


def read_templates(page: Page) -> tuple[Template, ...]:
    text = page.shaped(_Templates)
    if text is None:
        return ()
    return tuple(
        Template(
            one.id,
            one.pain_cap,
            one.sessions_for_step,
            one.sessions_for_mobility_step,
            tuple(one.sources),
            one.needs_ok,
            one.above_usual,
            one.asks_spread,
            one.stop_list,
        )
        for one in text.templates
    )


def read_siblings(page: Page) -> tuple[Sibling, ...]:
    text = page.shaped(_Siblings)
    if text is None:
        return ()
    return tuple(Sibling(one.exercise, tuple(one.swaps)) for one in text.siblings)
