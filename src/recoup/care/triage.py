"""Red flags: every rule, always evaluated whole; the most urgent and most restrictive win.

Source: ``clinical/redflags.md``, "Engine contract".
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from recoup.care.facts import screening_facts
from recoup.care.recent import recent
from recoup.model.answers import TOKEN_LISTS, Answers
from recoup.model.content import Library
from recoup.model.decision import Reason
from recoup.model.expression import Facts
from recoup.model.intake import Triage
from recoup.model.rule import Action, Flag, RedFlag, Urgency

NO_FLAG = "no-red-flag"
KEPT = 1024
"""Facts whose flags are kept: most days bring no new answers."""


@recent(4)
def triage(answers: Answers, library: Library, *, new_symptom: bool = False) -> Triage:
    """Return how soon the person should be seen and what happens to the program.

    A ``new_symptom`` in an old problem is judged twice, with the stored duration and with 0
    weeks; what either finds counts.
    """
    facts = screening_facts(answers, library.vocabulary)
    flags = list(_fired(facts, library))
    if new_symptom:
        fresh = replace(facts, numbers={**facts.numbers, "dur": 0.0})
        known = {flag.id for flag in flags}
        flags += [flag for flag in _fired(fresh, library) if flag.id not in known]
    flags.sort(key=lambda flag: (-flag.urgency, -flag.action))
    urgency = max((flag.urgency for flag in flags), default=Urgency.SELF_MANAGE)
    action = max((flag.action for flag in flags), default=Action.ALLOW)
    return Triage(urgency, action, tuple(flags), _because(flags, library))


def certain(answers: Answers, library: Library) -> Triage | None:
    """Return the result when it is an emergency that no further answer can lower, else None.

    An intake may then stop asking and show the page at once. Everything that may lower a rule is
    taken as given and no missing number is assumed. A same-day result is never certain: the next
    answer may make it an emergency.
    """
    facts = screening_facts(answers, library.vocabulary)
    worlds = [replace(facts, tokens=facts.tokens | given) for given in _kindest(answers, library)]
    emergencies = [rule for rule in library.red_flags if rule.urgency is Urgency.EMERGENCY]
    sure = all(any(rule.when.holds(world) for rule in emergencies) for world in worlds)
    return triage(answers, library) if sure else None


def _kindest(answers: Answers, library: Library) -> tuple[frozenset[str], ...]:
    """Return what could still be answered that lowers a rule: the closed list, known gout with
    nothing but the big toe sore, and an injury."""
    keys = library.vocabulary.lowering
    lowering = frozenset(f"{prefix}:{key}" for key in keys for prefix in TOKEN_LISTS)
    toe = frozenset() if answers.sites else frozenset({"s:big_toe_joint"})
    injury = frozenset() if "onset" in answers.choices else frozenset({"onset=minor_trauma"})
    return (lowering, lowering | toe, lowering | injury, lowering | toe | injury)


def stops_program(result: Triage) -> bool:
    return result.action >= Action.PAUSE


def _fired(facts: Facts, library: Library) -> tuple[Flag, ...]:
    return _fired_by(facts.tokens, tuple(facts.numbers.items()), library)


@lru_cache(maxsize=KEPT)
def _fired_by(
    tokens: frozenset[str], numbers: tuple[tuple[str, float], ...], library: Library
) -> tuple[Flag, ...]:
    facts = Facts(tokens, dict(numbers))
    rules = library.red_flags
    return tuple(_flag(rule, facts) for rule in rules if rule.when.holds(facts, rule.assume))


def forget_flags() -> None:
    """Forget the flags of answers that were asked about before, so that work can be timed."""
    _fired_by.cache_clear()


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
