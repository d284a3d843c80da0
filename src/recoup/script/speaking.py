"""A text becomes lines: sentences, each word with what is said for it."""

from __future__ import annotations

import re

from recoup.library.problem import Problem, ProblemsError
from recoup.model.speech import Lexicon
from recoup.script.line import Line, Said
from recoup.script.numbers import spoken_number

SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])")  # noqa: RUF001 - quotes
LONGEST = 300
"""Letters of a sentence: about what the voice says in one breath."""

BEFORE, AFTER = "\"'“‘([", ".,;:?!…\"'”’)]"  # noqa: RUF001 - quotes
PAUSES = ".,;:?!"
WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’][A-Za-z]+)*")  # noqa: RUF001 - apostrophes
SHORT_FORM = re.compile(r"[A-Z]{2,}s?")
WITH_UNIT = re.compile(r"([\d.,:/-]*\d)-?([a-zA-Z%°]+)")


class UnspeakableError(ProblemsError):
    """A text holds what cannot be said aloud; every problem names its place."""


def lines(text: str, lexicon: Lexicon, place: str = "", number: int | None = None) -> list[Line]:
    """Return the sentences of a text; raise UnspeakableError with everything that cannot be said.

    ``place`` and ``number`` are the file and line of the text. The words of all lines, in order,
    are the words of the text.

    >>> [line.spoken for line in lines("Hold for 5-8 s. Rest.", Lexicon({"s": "seconds"}))]
    ['Hold for five to eight seconds.', 'Rest.']
    """
    where = place if number is None else f"{place}:{number}"
    problems: list[Problem] = []
    found = []
    for sentence in sentences(text, lexicon):
        if len(sentence) > LONGEST:
            start = f"{sentence[:40]}..."
            problems.append(Problem(place, "", f"The sentence is too long to say: {start}",
                                    "Make two of it.", number))  # fmt: skip
            continue
        words = []
        for shown in sentence.split():
            said = _said(shown, lexicon)
            if said is None:
                problems.append(Problem(place, "", f"{shown!r} cannot be said aloud.",
                                        "Write it in words, or add it to speech/lexicon.yaml.",
                                        number))  # fmt: skip
            else:
                words.append(said)
        found.append(Line(tuple(words), where))
    if problems:
        raise UnspeakableError(problems)
    return found


def sentences(text: str, lexicon: Lexicon) -> list[str]:
    """Return the sentences of a text. A short form's stop ends none."""
    found: list[str] = []
    for piece in SENTENCE.split(" ".join(text.split())):
        last = found[-1].rpartition(" ")[2].lstrip(BEFORE) if found else ""
        if last in lexicon.said and last.endswith("."):
            found[-1] += f" {piece}"
        elif piece:
            found.append(piece)
    return found


def _said(shown: str, lexicon: Lexicon) -> Said | None:
    """Return a word with what is said for it, or None when it cannot be said."""
    if shown in lexicon.said:
        return Said(shown, lexicon.said[shown])
    core = shown.lstrip(BEFORE)
    if core in lexicon.said:
        return Said(shown, lexicon.said[core])
    end = core[len(core.rstrip(AFTER)) :]
    core = core.rstrip(AFTER)
    if core + "." in lexicon.said and end.startswith("."):
        core, end = f"{core}.", end[1:] or "."
    spoken = _spoken(core, lexicon)
    if spoken is None:
        return None
    pause = "".join(sign for sign in end if sign in PAUSES)[:1] or ("," if ")" in end else "")
    aside = ", " if shown.startswith("(") else ""
    return Said(shown, aside + spoken + pause, lexicon.phonemes.get(core.lower()))


def _spoken(core: str, lexicon: Lexicon) -> str | None:
    if core in lexicon.said:
        return lexicon.said[core]
    number = spoken_number(core)
    if number is not None:
        return number
    if found := WITH_UNIT.fullmatch(core):
        number, unit = spoken_number(found[1]), lexicon.said.get(found[2])
        if number is not None and unit is not None:
            return f"{number} {unit}"
    parts = re.split(r"[-–/]", core)  # noqa: RUF001 - the dash between words
    if len(parts) > 1:
        spoken = [_spoken(part, lexicon) for part in parts]
        return None if None in spoken else " ".join(part for part in spoken if part)
    if SHORT_FORM.fullmatch(core) or not WORD.fullmatch(core):
        return None
    return core.replace("’", "'")  # noqa: RUF001 - apostrophes
