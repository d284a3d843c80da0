"""Emergency numbers: each with a source, and every text ready for them."""

from __future__ import annotations

import pytest

from recoup.library import LibraryError, check, load, read, read_texts
from recoup.library.emergency import NUMBERS
from recoup.library.texts import default_folder
from recoup.model.emergency import Country, Emergency

TEXTS = read_texts(default_folder())
UNION = "at be bg hr cy cz dk ee fi fr de gr hu ie it lv lt lu mt nl pl pt ro sk si es se"


def problems(file: str, text: str) -> list[str]:
    """Return what is wrong with a library in which one file says something else."""
    texts = {**TEXTS, file: text}
    try:
        library = read(texts)
    except LibraryError as error:
        return [str(one) for one in error.problems]
    return [str(one) for one in check(library, texts)]


def test_every_number_has_a_source_that_is_known():
    library = load()
    assert len(library.emergency.countries) >= 50
    for country in library.emergency.countries.values():
        assert country.sources, country.id
        assert all(source in library.evidence for source in country.sources), country.id


def test_the_whole_union_has_one_number():
    countries = load().emergency.countries
    assert {countries[name].number for name in UNION.split()} == {"112"}


@pytest.mark.parametrize(
    ("country", "number"),
    [("gb", "999"), ("us", "911"), ("au", "000"), ("nz", "111"), ("in", "112"), ("no", "113"),
     ("jp", "119"), ("ch", "144"), ("za", "10177"), ("br", "192")],
)
def test_numbers_by_hand(country: str, number: str):
    assert load().emergency.countries[country].number == number


def test_a_text_is_said_with_the_number_of_the_country():
    fallback = "112, 911 or 999, or your local emergency number"
    emergency = Emergency(fallback, ("112",), {"gb": Country("gb", "Britain", "999", ())})
    text = f"Call {fallback} now."
    assert emergency.said(text, "gb") == "Call 999 now."
    assert emergency.said(text, "") == emergency.said(text, "xx") == text
    assert Emergency().said(text, "gb") == text


def test_a_number_that_would_not_change_with_the_country_is_found():
    net = TEXTS["wording/safety-net.yaml"].replace("112, 911 or 999, or your local", "112 or a", 1)
    found = problems("wording/safety-net.yaml", net)
    assert any("112 is not the emergency number everywhere" in one for one in found)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{id: no, name: Norway, number: '113', sources: [EU-2018-1972]}", "This is not text"),
        ("{id: nor, name: Norway, number: '113', sources: [EU-2018-1972]}", "nor is no country"),
        ("{id: 'no', name: Norway, number: dial, sources: [EU-2018-1972]}", "dial is no number"),
        ("{id: 'no', name: Norway, number: '113', sources: [hearsay]}", "no source hearsay"),
        ("{id: 'no', name: Norway, number: '113', sources: []}", "It has no source"),
        ("{id: gb, name: Norway, number: '113', sources: [EU-2018-1972]}", "gb stands twice"),
    ],
)
def test_a_wrong_line_is_told_with_what_to_do(line: str, said: str):
    text = TEXTS[NUMBERS].rstrip() + f"\n  - {line}\n"
    found = problems(NUMBERS, text)
    assert any(said in one for one in found), found


def test_a_program_pinned_to_a_library_without_numbers_still_runs():
    older = {name: text for name, text in TEXTS.items() if name != NUMBERS}
    assert read(older).emergency.country("gb") is None
