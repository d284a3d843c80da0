"""Red flags: every rule, always evaluated whole; the most urgent and most restrictive win.

Source: ``clinical/redflags.md``, "Engine contract".
"""

from __future__ import annotations

from dataclasses import replace

from recoup.care.facts import screening_facts
from recoup.model.answers import TOKEN_LISTS, Answers
from recoup.model.content import Library
from recoup.model.decision import Reason
from recoup.model.expression import Facts
from recoup.model.intake import Triage
from recoup.model.rule import Action, Flag, RedFlag, Urgency

NO_FLAG = "no-red-flag"


def triage(answers: Answers, library: Library, *, new_symptom: bool = False) -> Triage:
    """Return how soon the person should be seen and what happens to the program.

    A ``new_symptom`` in an old problem is judged twice, with the stored duration and with 0
    weeks; what either finds counts.
    """
    facts = screening_facts(answers, library.vocabulary)
    flags = _fired(facts, library.red_flags)
    if new_symptom:
        fresh = replace(facts, numbers={**facts.numbers, "dur": 0.0})
        known = {flag.id for flag in flags}
        flags += [flag for flag in _fired(fresh, library.red_flags) if flag.id not in known]
    flags.sort(key=lambda flag: (-flag.urgency, -flag.action))
    urgency = max((flag.urgency for flag in flags), default=Urgency.SELF_MANAGE)
    action = max((flag.action for flag in flags), default=Action.ALLOW)
    return Triage(urgency, action, tuple(flags), _because(flags, library))


def certain(answers: Answers, library: Library) -> Triage | None:
    """Return the result that no further answer can lower, when it is same-day or emergency.

    Everything that may lower a rule is taken as given and no missing number is assumed, so an
    intake may stop asking and show the page at once. None while nothing is certain.
    """
    facts = screening_facts(answers, library.vocabulary)
    lowering = {f"{prefix}:{key}" for key in library.vocabulary.lowering for prefix in TOKEN_LISTS}
    kindest = replace(facts, tokens=facts.tokens | lowering)
    urgent = any(
        rule.urgency >= Urgency.SAME_DAY and rule.when.holds(kindest) for rule in library.red_flags
    )
    return triage(answers, library) if urgent else None


def stops_program(result: Triage) -> bool:
    return result.action >= Action.PAUSE


def _fired(facts: Facts, rules: tuple[RedFlag, ...]) -> list[Flag]:
    return [_flag(rule, facts) for rule in rules if rule.when.holds(facts, rule.assume)]


def _flag(rule: RedFlag, facts: Facts) -> Flag:
    return Flag(
        id=rule.id,
        suspected=rule.suspected,
        urgency=rule.urgency,
        action=rule.action,
        message=rule.message,
        because=rule.when.because(facts, rule.assume),
    )


def _because(flags: list[Flag], library: Library) -> tuple[Reason, ...]:
    if not flags:
        words = library.wording.urgency[Urgency.SELF_MANAGE.word]
        return (Reason(NO_FLAG, f"{words.heading}. {words.lead}"),)
    return tuple(
        Reason(flag.id, flag.message, tuple((atom, True) for atom in flag.because))
        for flag in flags
    )
