"""The first page: a person has read the notice and the emergency signs, and may say where
they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from recoup.model.emergency import Emergency
from recoup.web.forms.fields import Pick, Sheet, Ticks

AGREED = "agreed"
FOR_THE_NUMBER = "So that we can show the right emergency number. You can change it later."


def country_field(emergency: Emergency, chosen: str = "") -> Pick:
    """Ask for the country, for its emergency number. Nothing is chosen beforehand (H24)."""
    countries = sorted(emergency.countries.values(), key=lambda one: one.name)
    return Pick(
        "Which country are you in?",
        [(one.id, one.name) for one in countries],
        none="Another one, or not now",
        initial=chosen,
        help_text=FOR_THE_NUMBER,
    )


class CountryForm(Sheet):
    def __init__(
        self, emergency: Emergency, chosen: str, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data=data)
        self.fields["country"] = country_field(emergency, chosen)
        self.head("country", FOR_THE_NUMBER)


class StartForm(Sheet):
    """``time_zone`` comes from the browser when it can tell; else the person keeps UTC."""

    time_zone = forms.CharField(required=False, max_length=64)

    def __init__(
        self, agreement: str, emergency: Emergency, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data=data)
        self.fields["country"] = country_field(emergency)
        missing = "Please read this first, then tick the box"
        self.fields[AGREED] = Ticks("Please confirm", ((AGREED, agreement),), missing, none="")

    def clean_time_zone(self) -> str:
        name: str = self.cleaned_data["time_zone"]
        try:
            ZoneInfo(name)
        except (LookupError, ValueError, OSError):
            return "UTC"
        return name
