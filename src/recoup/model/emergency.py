"""Whom to call in an emergency, by the country that a person chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Country:
    """``number`` is the one to call for an ambulance; ``id`` is the two letters of ISO 3166-1."""

    id: str
    name: str
    number: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Emergency:
    """``fallback`` is what texts say to somebody whose country is not known, word for word;
    ``numbers`` are the numbers in it."""

    fallback: str = ""
    numbers: tuple[str, ...] = ()
    countries: Mapping[str, Country] = field(default_factory=dict)

    def country(self, chosen: str) -> Country | None:
        """Return the country that was chosen; None when none was, or it is not known here."""
        return self.countries.get(chosen)

    def said(self, text: str, chosen: str) -> str:
        """Return a text with the number of the chosen country in it.

        >>> # chosen "gb": "Call 112, 911 or 999, or your local emergency number." -> "Call 999."
        >>> # chosen "": the text as it is
        """
        country = self.country(chosen)
        if country is None or not self.fallback:
            return text
        return text.replace(self.fallback, country.number)
