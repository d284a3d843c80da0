"""Read ``speech/``: how texts are said aloud, and the cues of the timer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from recoup.library.expressions import Grammar
from recoup.library.finder import Finder
from recoup.library.page import Page, Schema, Words
from recoup.library.problem import LibraryError, Problem
from recoup.model.speech import Lexicon, Manner

LEXICON = "speech/lexicon.yaml"
CUES = "speech/cues.yaml"

PHONEMES = frozenset("AIOTWYbdfhijklmnpstuvwzæðŋɑɔəɛɜɡɪɹɾʃʊʌʒʤʧˈˌθᵊᵻ ")  # noqa: RUF001
"""The signs that the voice knows for American English."""

CueName = Literal[
    "get-ready", "begin", "hold", "and-back", "rest", "change-sides", "left-side", "right-side",
    "left", "right", "halfway", "ten-seconds", "last-one", "breathe-in", "breathe-out", "done",
]  # fmt: skip


class _Lexicon(Schema):
    id: Words
    said: dict[str, Words]
    phonemes: dict[str, Words]


class _Cues(Schema):
    id: Words
    cues: dict[CueName, Words]


def read_manner(texts: Mapping[str, str]) -> Manner:
    """Return how to speak; raise LibraryError with every problem of both files."""
    problems: list[Problem] = []
    manner = _read(texts, problems)
    if manner is None or problems:
        raise LibraryError(problems)
    return manner


def check_speech(finder: Finder) -> None:
    """Report what is wrong with ``speech/``."""
    _read(finder.texts, finder.problems)


def _read(texts: Mapping[str, str], problems: list[Problem]) -> Manner | None:
    lost = [file for file in (LEXICON, CUES) if file not in texts]
    problems += [Problem(file, "", "This file is missing.", "Add it.") for file in lost]
    if lost:
        return None
    pages = [Page(file, texts[file], Grammar(None, {}), problems) for file in (LEXICON, CUES)]
    lexicon, cues = pages[0].shaped(_Lexicon), pages[1].shaped(_Cues)
    if lexicon is None or cues is None:
        return None
    for word, sounds in lexicon.phonemes.items():
        strange = "".join(sorted(set(sounds) - PHONEMES))
        if strange:
            mend = f"Use only these: {''.join(sorted(PHONEMES)).strip()}"
            pages[0].report(("phonemes", word), f"{strange} is no sound of the voice.", mend)
    for name in CueName.__args__:  # type: ignore[attr-defined]
        if name not in cues.cues:
            pages[1].report(("cues",), f"{name} is missing.", "Add it.")
    return Manner(
        Lexicon(lexicon.said, {word.lower(): one for word, one in lexicon.phonemes.items()}),
        {str(name): text for name, text in cues.cues.items()},
    )
