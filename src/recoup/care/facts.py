"""From answers to facts: how "not sure", skipped and missing answers count.

Source: ``clinical/redflags.yaml`` (``atoms``, ``unknown``) and ``clinical/intake.yaml``
(``answer_state``, ``safety_screen``, ``lowering``). Unknown is not "no".
"""

from __future__ import annotations

from dataclasses import replace

from recoup.care.recent import recent
from recoup.model.answers import (
    HISTORIES,
    NOTHING,
    TOKEN_CHOICES,
    TOKEN_LISTS,
    TOKEN_NUMBERS,
    Answers,
    Vocabulary,
)
from recoup.model.content import Library
from recoup.model.expression import Facts

NEEDED = ("age", "duration_weeks")
EVERYWHERE = "general"
"""The region of pain that is all over the body."""

HERE_ALONE = ("replacement", "dislocation")
"""Histories whose words are "this joint": told of a joint that is not sore, they are not given.
An operation and a joint that gives way stay as they are for red flags, wherever they were."""

MAYBE_THERE = frozenset({"hot_red_joint", "deformity", "fever", "skin_wound_infected"})
"""Signs that could be at the joint that nobody called sore; with one of them nothing is dropped."""

SEXUAL = "sexual_change"
SEXUAL_COVER = frozenset(
    {"saddle_numb", "bladder_retention", "bladder_incontinence", "bowel_incontinence"}
)


@recent(8)
def screening_facts(answers: Answers, vocabulary: Vocabulary) -> Facts:
    """Return the facts that red-flag rules read.

    "Not sure" counts as given for every key of the safety screen, and as not given for every key
    that may lower urgency.
    """
    answers = sore(answers, vocabulary)
    tokens = _tokens(answers)
    tokens.update(f"sx:{key}" for key in answers.unsure & vocabulary.safety_screen)
    for key in (answers.unsure | answers.skipped) & vocabulary.lowering:
        tokens.difference_update(_tokens_of_key(key))
    pregnant = answers.choices.get("pregnant", "no")
    if pregnant == "yes":
        tokens.add("preg")
    elif pregnant == "maybe" or "pregnant" in answers.unsure:
        tokens.add("pregmaybe")
    if "postpartum_weeks" in answers.numbers:
        tokens.add("pp")
    if screen_incomplete(answers, vocabulary):
        tokens.add("incomplete")
    return Facts(frozenset(tokens), _numbers(answers))


def recognition_facts(answers: Answers) -> Facts:
    """Return the facts that recognition reads: "not sure" and skipped count for nothing."""
    tokens = _tokens(answers)
    for key in answers.unsure | answers.skipped:
        tokens.difference_update(_tokens_of_key(key))
    pregnant = answers.choices.get("pregnant")
    if pregnant == "yes" and "pregnant" not in answers.unsure:
        tokens.add("preg")
    if "postpartum_weeks" in answers.numbers:
        tokens.add("pp")
    return Facts(frozenset(tokens), _numbers(answers))


def screen_incomplete(answers: Answers, vocabulary: Vocabulary) -> bool:
    """Return whether the red-flag screen was not finished (RF-SY-12).

    A skipped sexual question alone counts as no when saddle, bladder and bowel are clearly no.
    """
    if "onset" not in answers.choices or any(key not in answers.numbers for key in NEEDED):
        return True
    left_open = answers.skipped & (vocabulary.safety_screen | vocabulary.also_asked)
    if left_open == {SEXUAL}:
        clearly_no = SEXUAL_COVER.isdisjoint(answers.sx | answers.unsure | answers.skipped)
        return not clearly_no
    return bool(left_open)


def screen_of(answers: Answers, library: Library) -> frozenset[str]:
    """Return the keys of the safety screen that the intake asks of this person: a group that is
    not shown, such as pregnancy or injury, is not skipped."""
    keys = library.vocabulary.safety_screen
    facts = screening_facts(answers, library.vocabulary)
    intake = library.questionnaires.get("intake")
    shown = (
        question.options
        for question in (intake.questions if intake else ())
        if question.when is None or question.when.holds(facts)
    )
    return keys & frozenset[str]().union(*shown) if intake else keys


def sore(answers: Answers, vocabulary: Vocabulary) -> Answers:
    """Return the answers without "this joint" told of a joint that is far from any sore place."""
    if not answers.places or not answers.sites or MAYBE_THERE & (answers.sx | answers.unsure):
        return answers
    sites = vocabulary.lists["sites"]
    regions = frozenset[str]().union(*(sites[site].regions for site in answers.sites))
    if EVERYWHERE in regions:
        return answers
    gone = {
        token.partition(":")[2]
        for name in HERE_ALONE
        if elsewhere(answers, name, regions, vocabulary, near=True)
        for token in HISTORIES[name]
    }
    return replace(answers, hx=answers.hx - gone) if gone else answers


def elsewhere(
    answers: Answers,
    name: str,
    regions: frozenset[str],
    vocabulary: Vocabulary,
    *,
    near: bool = False,
) -> bool:
    """Return whether a history was told, and told to be in none of these regions, nor ``near``
    them."""
    placed = answers.places.get(name)
    if not placed:
        return False
    joints = [vocabulary.joints[joint] for joint in placed]
    there = (joint.regions | (joint.near if near else NOTHING) for joint in joints)
    return regions.isdisjoint(frozenset[str]().union(*there))


def _tokens(answers: Answers) -> set[str]:
    tokens = set()
    for prefix, name in TOKEN_LISTS.items():
        for key in getattr(answers, name):
            tokens.add(f"{prefix}:{key}")
    for prefix, name in TOKEN_CHOICES.items():
        value = answers.choices.get(name)
        if value is not None:
            tokens.add(f"{prefix}={value}")
    return tokens


def _tokens_of_key(key: str) -> set[str]:
    return {f"{prefix}:{key}" for prefix in TOKEN_LISTS}


def _numbers(answers: Answers) -> dict[str, float]:
    given = answers.numbers
    return {short: given[key] for short, key in TOKEN_NUMBERS.items() if key in given}
