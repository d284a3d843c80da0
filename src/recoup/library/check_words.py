"""Check every text that a person may see: words, marks of doubt, reading age."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from recoup.library.emergency import NUMBERS
from recoup.library.finder import Finder, Shown
from recoup.library.reading import grade, words
from recoup.model.exercise import WORD_BLOCKS
from recoup.model.wording import Forbidden

SHOWN = {
    "conditions/": ("name", "course"),
    "exercises/": ("name", "words.*", "change_if.*", "variants.*"),
    "programs/": (
        "title",
        "summary",
        "words.*.*",
        "phases.*.name",
        "phases.*.aim",
        "phases.*.avoid_words",
        "phases.*.slots.*.aim",
        "phases.*.gate.*.text",
        "phases.*.gate.*.ask",
        "phases.*.slots.*.choices.*.items.*.gate.*.text",
        "phases.*.slots.*.choices.*.items.*.gate.*.ask",
        "modifiers.*.text",
    ),
    "questions/": (
        "questions.*.heading",
        "questions.*.hint",
        "questions.*.why",
        "questions.*.labels.*",
        "questions.*.unit",
        "questions.*.steps.*",
        "questions.*.outcomes.*.text",
    ),
    "vocabulary/answers.yaml": (
        "scalars.*.label",
        "scalars.*.values.*",
        "lists.*.*.label",
        "lists.*.*.ask",
    ),
    "equipment/": (
        "name",
        "at_home",
        "choose",
        "care",
        "answers.*.question",
        "answers.*.answer",
    ),
    "rules/red-flags/": ("rules.*.message",),
    "wording/notices.yaml": ("texts.*.title", "texts.*.text", "texts.*.text.*"),
    "wording/urgency.yaml": (
        "levels.*.heading",
        "levels.*.lead",
        "levels.*.do.*",
        "levels.*.until",
        "levels.*.worse",
        "own_cards.*.heading",
        "own_cards.*.lead",
        "own_cards.*.do.*",
        "own_cards.*.until",
        "own_cards.*.worse",
    ),
    "wording/safety-net.yaml": ("groups.*.heading", "groups.*.signs.*", "groups.*.action"),
    NUMBERS: ("fallback", "countries.*.name"),
    "wording/confidence.yaml": ("words.*.text", "words.*.means"),
    "wording/modify.yaml": ("texts.*",),
    "speech/cues.yaml": ("cues.*",),
    "films/": (
        "title",
        "under.*",
        "chapters.*.title",
        "chapters.*.scenes.*.say",
        "chapters.*.scenes.*.points.*",
        "shown.*",
        "said.*",
        "targets.*",
    ),
}
"""Where the texts stand that reach a screen, a film or a handout, by start of the file name."""

DOUBT = ("[unsure", "[from memory", "[verify")
"""Marks of an author's own doubt: fine in a note, never on a screen."""


def shown_texts(finder: Finder) -> Iterator[Shown]:
    """Yield every text that a person may see, line breaks turned into spaces."""
    for start, patterns in SHOWN.items():
        for file in finder.texts:
            if file.startswith(start):
                for pattern in patterns:
                    for path, text in finder.found(file, pattern):
                        yield Shown(file, path, " ".join(text.split()))


def check_words(finder: Finder) -> None:
    allowed = _allowed(finder)
    for shown in shown_texts(finder):
        _check_empty(finder, shown)
        _check_doubt(finder, shown)
        _check_forbidden(finder, shown, allowed)
        _check_reading(finder, shown)
        _check_numbers(finder, shown)
    _check_blocks(finder)


def _allowed(finder: Finder) -> re.Pattern[str] | None:
    phrases = sorted(finder.library.wording.allowed, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, phrases)), re.IGNORECASE) if phrases else None


def _check_empty(finder: Finder, shown: Shown) -> None:
    if not shown.text:
        finder.report(shown.file, shown.path, "The text is empty.", "Write it.")


def _check_doubt(finder: Finder, shown: Shown) -> None:
    for mark in DOUBT:
        if mark in shown.text.lower():
            mend = "Settle it, or move the remark to a note."
            finder.report(shown.file, shown.path, f"{mark}] would reach a screen.", mend)


def _check_forbidden(finder: Finder, shown: Shown, allowed: re.Pattern[str] | None) -> None:
    for what, mend in _forbidden_in(shown.text, finder.library.wording.forbidden, allowed):
        finder.report(shown.file, shown.path, what, mend)


@lru_cache(maxsize=32768)
def _forbidden_in(
    text: str, phrases: tuple[Forbidden, ...], allowed: re.Pattern[str] | None
) -> tuple[tuple[str, str], ...]:
    text = allowed.sub("", text) if allowed else text
    found = ((one, one.pattern.search(text)) for one in phrases)
    return tuple(
        (f"{match.group()!r} must not be said. {one.why}", f"Say instead: {one.instead}")
        for one, match in found
        if match
    )


def _check_reading(finder: Finder, shown: Shown) -> None:
    rule = finder.library.wording.reading
    if len(words(shown.text)) >= rule.shortest_words:
        found = _grade(shown.text, rule.exempt)
        if found > rule.highest:
            text = f"The reading grade is {found:.1f}, above {rule.highest:g}."
            finder.report(shown.file, shown.path, text, "Use shorter sentences and words.")


_grade = lru_cache(maxsize=32768)(grade)


def _check_numbers(finder: Finder, shown: Shown) -> None:
    """Report an emergency number that would not become the one of the person's country."""
    emergency = finder.library.emergency
    rest = shown.text.replace(emergency.fallback, "") if emergency.fallback else shown.text
    for number in emergency.numbers:
        if re.search(rf"\b{number}\b", rest):
            text = f"{number} is not the emergency number everywhere."
            finder.report(shown.file, shown.path, text, f"Write: {emergency.fallback}.")


def _check_blocks(finder: Finder) -> None:
    for id_, exercise in finder.library.exercises.items():
        file = f"exercises/{id_}.yaml"
        for block in WORD_BLOCKS:
            if block not in exercise.words:
                finder.report(file, ("words",), f"The block {block} is missing.", "Write it.")
        for block in exercise.words:
            if block not in WORD_BLOCKS:
                mend = f"Use: {', '.join(WORD_BLOCKS)}."
                finder.report(file, ("words", block), f"There is no block {block}.", mend)
