"""What a person answered, in words: the tokens that rules give as their reasons."""

from __future__ import annotations

from collections.abc import Iterable

from recoup.model.answers import TOKEN_NUMBERS, Vocabulary

STATES = {
    "preg": "You are pregnant",
    "pregmaybe": "You might be pregnant",
    "pp": "You gave birth in the last year",
    "incomplete": "Some safety questions are not answered",
}
NUMBERS = {
    "age": "Your age is {limit}",
    "dur": "It began {limit} weeks ago",
    "worst": "Your worst pain is {limit} out of 10",
    "avg": "Your usual pain is {limit} out of 10",
    "weeks": "{limit} weeks of pregnancy",
}
LISTS = {
    "s": "Pain here: {label}",
    "agg": "Worse with: {label}",
    "ease": "Better with: {label}",
}
"""Labels that need a word around them; those of other lists speak for themselves."""

LIMITS = {">=": "{} or more", ">": "more than {}", "<=": "{} or less", "<": "under {}"}


def in_words(tokens: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return one phrase for each token, in order, each phrase once.

    >>> # "agg:bend_back", "!sx:neuro_stable_known", "dur<2" -> "Worse with: bending back",
    >>> # "You did not tick: weakness checked and unchanged", "It began under 2 weeks ago"
    """
    phrases = (_phrase(token, vocabulary) for token in tokens)
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase))


def _phrase(token: str, vocabulary: Vocabulary) -> str:
    bare = token.removeprefix("!")
    text = STATES.get(bare) or _number(bare) or _label(bare, vocabulary)
    return text if bare == token else f"You did not say: {_lower(text)}"


def _label(token: str, vocabulary: Vocabulary) -> str:
    label = vocabulary.label(token)
    around = LISTS.get(token.partition(":")[0])
    if around is not None:
        return around.format(label=_lower(label))
    return label[:1].upper() + label[1:]


def _number(token: str) -> str:
    for sign, limit in LIMITS.items():
        name, found, value = token.partition(sign)
        if found and name in TOKEN_NUMBERS:
            return NUMBERS[name].format(limit=limit.format(value))
    return ""


def _lower(text: str) -> str:
    return text if text.startswith("I ") else text[:1].lower() + text[1:]
