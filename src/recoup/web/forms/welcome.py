"""The first page: a person has read the notice and the emergency signs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from recoup.web.forms.fields import Sheet, Ticks

AGREED = "agreed"


class StartForm(Sheet):
    """``time_zone`` comes from the browser when it can tell; else the person keeps UTC."""

    time_zone = forms.CharField(required=False, max_length=64)

    def __init__(self, agreement: str, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data=data)
        missing = "Please read this first, then tick the box"
        self.fields[AGREED] = Ticks("", ((AGREED, agreement),), missing, none="")

    def clean_time_zone(self) -> str:
        name: str = self.cleaned_data["time_zone"]
        try:
            ZoneInfo(name)
        except (LookupError, ValueError, OSError):
            return "UTC"
        return name
