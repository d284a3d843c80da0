"""What stands beside a film as text: captions, chapters, transcript, and every word's time."""

from __future__ import annotations

import json
from collections.abc import Sequence

from recoup.film.edit.timeline import Part, Spoken, Timeline
from recoup.film.encode import FPS
from recoup.script.captions import Caption, captions, webvtt
from recoup.script.timing import Word

Words = Sequence[tuple[Word, ...]]
"""The words of each sentence in order, at their times in the film."""


def caption_file(words: Words) -> str:
    """Return captions as WebVTT."""
    return webvtt(captions(words))


def chapter_file(film: Timeline) -> str:
    """Return chapters as WebVTT."""
    ends = [*(one.first for one in film.chapters[1:]), film.frames]
    return webvtt(
        Caption(one.first / FPS, end / FPS, (one.title,))
        for one, end in zip(film.chapters, ends, strict=True)
    )


def transcript(film: Timeline) -> str:
    """Return all that is said, a paragraph a chapter, with what is to be seen in brackets."""
    heard = film.heard(described=True)
    rows = [film.title, ""]
    for k, chapter in enumerate(film.chapters):
        end = film.chapters[k + 1].first if k + 1 < len(film.chapters) else film.frames
        minutes, seconds = divmod(chapter.first // FPS, 60)
        said = [_told(one) for one in heard if chapter.first <= one.first < end]
        rows += [f"{chapter.title} ({minutes}:{seconds:02})", " ".join(said), ""]
    return "\n".join(rows)


def _told(one: Spoken) -> str:
    return f"[{one.line.shown}]" if one.part is Part.DESCRIPTION else one.line.shown


def word_file(heard: Sequence[Spoken], words: Words) -> str:
    """Return every sentence with the times of its words, in seconds, as JSON."""
    return json.dumps([
        {"text": one.line.shown, "part": one.part,
         "words": [[word.text, round(word.start_s, 3), round(word.end_s, 3)] for word in spoken]}
        for one, spoken in zip(heard, words, strict=True)
    ], indent=1)  # fmt: skip
