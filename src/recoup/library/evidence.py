"""Read ``evidence/``: the sources that rules, conditions and numbers cite."""

from __future__ import annotations

from recoup.library.page import Loose, Page, Schema, Words
from recoup.model.evidence import Certainty, Source


class _Source(Schema):
    id: Words
    citation: Words
    certainty: Loose[Certainty]
    doi: Words | None = None
    point: Words | None = None
    note: Words | None = None


class _Evidence(Schema):
    id: Words
    sources: list[_Source]


def read_evidence(page: Page) -> tuple[Source, ...]:
    text = page.shaped(_Evidence)
    if text is None:
        return ()
    return tuple(
        Source(one.id, one.citation, one.certainty, one.doi, one.point or "", one.note or "")
        for one in text.sources
    )
