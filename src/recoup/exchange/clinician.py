"""The summary for a clinician: one value in words, and its pages as PDF."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import typst

TEMPLATE = Path(__file__).with_name("summary.typ")
FONTS = Path(__file__).resolve().parents[1] / "web" / "static" / "dist" / "fonts"
STANDARD: Final = "ua-1"
"""PDF/UA: read aloud in order, with headings, tables and a language."""


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule that fired, in the clinician's words: here what is suspected is named."""

    id: str
    level: str
    action: str
    suspected: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    name: str
    code: str
    score: str
    for_: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands on the page, on paper and in the PDF alike. ``standing`` is the line that every
    page carries until a clinician has signed the library; ``version`` is the library's."""

    day: str
    level: str
    rules: tuple[FiredRule, ...]
    unsure: tuple[str, ...]
    cleared: str
    patterns: tuple[Pattern, ...]
    told: tuple[Told, ...]
    none: tuple[str, ...]
    since: str
    sessions: tuple[str, ...]
    version: str
    standing: str


def summary_pdf(summary: Summary, at: datetime) -> bytes:
    """Return the pages as PDF, A4. The same summary at the same time gives the same bytes."""
    return typst.compile(
        TEMPLATE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"summary": json.dumps(asdict(summary), ensure_ascii=False)},
        pdf_standards=STANDARD,
        timestamp=int(at.timestamp()),
    )
