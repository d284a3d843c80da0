"""The summary for a clinician as PDF: one page, one truth with the screen, readable aloud."""

from __future__ import annotations

import re
import zlib
from datetime import UTC, datetime

from recoup.exchange.clinician import FONTS, FiredRule, Pattern, Summary, Told, summary_pdf

AT = datetime(2026, 11, 28, 21, 2, tzinfo=UTC)
LONG = "Numbness that began in the left foot and has spread above the knee since Tuesday"
SUMMARY = Summary(
    day="28 November 2026, 21:02",
    level="To be seen: emergency. Program: locked until a clinician has assessed.",
    rules=(FiredRule("RF-SP-01", "emergency", "block", "Cauda equina syndrome", ("Numb",)),),
    unsure=("A foot that drags",),
    cleared="Dr Lee, doctor, 3 November 2026, ended 1 December 2026.",
    patterns=(Pattern("Low back pain", "LBP_NS", "5", ("It came on slowly",), ()),),
    told=tuple(Told(f"Question {n}?", ("#set text(red)", "*Yes*")) for n in range(12)),
    none=("Any trouble with your chest?",),
    since="Low back program, since 1 November 2026.",
    sessions=("2 November: pain 3 during, 2 after, effort 4 of 10",),
    version="febf86c6f2ca",
    standing="Not yet clinically reviewed: for trying out, not for real care.",
)


def streams(pdf: bytes) -> bytes:
    """Return everything in a PDF with its packed parts unpacked."""
    found = [pdf]
    for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            found.append(zlib.decompress(part))
        except zlib.error:
            continue
    return b"\n".join(found)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", streams(pdf)))


def test_the_same_summary_gives_the_same_bytes():
    pdf = summary_pdf(SUMMARY, AT)
    assert pdf == summary_pdf(SUMMARY, AT)
    assert pdf.startswith(b"%PDF-")


def test_it_is_made_for_reading_aloud_in_the_type_of_the_pages():
    whole = streams(summary_pdf(SUMMARY, AT))
    assert b"pdfuaid" in whole, "it says that it keeps to PDF/UA"
    assert b"/StructTreeRoot" in whole
    assert re.search(rb"/Lang\s*\(en-GB\)", whole)
    for role in (b"/H1", b"/H2", b"/Table", b"/TH", b"/L"):
        assert role in whole, role
    assert (FONTS / "AtkinsonHyperlegibleNext_400Regular.ttf").is_file()
    assert b"AtkinsonHyperlegibleNext" in whole
    assert b"Libertinus" not in whole


def test_one_person_takes_one_page_and_more_takes_more():
    assert pages(summary_pdf(SUMMARY, AT)) == 1
    much = Summary(**{**{name: getattr(SUMMARY, name) for name in Summary.__slots__},
                      "told": tuple(Told(f"Question {n}?", (LONG,) * 4) for n in range(60))})
    assert pages(summary_pdf(much, AT)) > 1


def test_words_are_words_and_never_markup():
    empty = Summary(*(() if isinstance(getattr(SUMMARY, name), tuple) else "#panic()"
                      for name in Summary.__slots__))
    assert pages(summary_pdf(empty, AT)) == 1
