"""Read ``wording/emergency-numbers.yaml``: whom to call, country by country."""

from __future__ import annotations

import re

from recoup.library.page import Page, Schema, Words
from recoup.model.emergency import Country, Emergency

NUMBERS = "wording/emergency-numbers.yaml"

_ID = re.compile(r"[a-z]{2}")
_NUMBER = re.compile(r"\d{2,5}")


class _Country(Schema):
    id: Words
    name: Words
    number: Words
    sources: list[Words]


class _Numbers(Schema):
    id: Words
    fallback: Words
    numbers: list[Words]
    countries: list[_Country]


def read_emergency(page: Page) -> Emergency:
    text = page.shaped(_Numbers)
    if text is None:
        return Emergency()
    for place, one in enumerate(text.countries):
        if not _ID.fullmatch(one.id):
            mend = "Write the two letters of ISO 3166-1, in quotes: \"no\"."
            page.report(("countries", place, "id"), f"{one.id} is no country.", mend)
        if not _NUMBER.fullmatch(one.number):
            mend = "Write two to five digits, in quotes."
            page.report(("countries", place, "number"), f"{one.number} is no number.", mend)
    for place, number in enumerate(text.numbers):
        if number not in text.fallback:
            mend = "Name it in the fallback, or take it out."
            page.report(("numbers", place), f"The fallback does not name {number}.", mend)
    return Emergency(
        text.fallback,
        tuple(text.numbers),
        {one.id: Country(one.id, one.name, one.number, tuple(one.sources))
         for one in text.countries},
    )
