"""What a clinician said, as it is written down: who, when, and for what (H32)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from recoup.model.event import Cleared
from recoup.web.forms.fields import Day, OneOf, Options, Sheet, Ticks, Words

ROLES = (
    ("doctor", "A doctor"),
    ("physiotherapist", "A physiotherapist"),
    ("nurse", "A nurse"),
    ("midwife", "A midwife"),
    ("surgical team", "The team that did the operation"),
    ("clinician", "Another clinician"),
)
ENTERED = (
    ("person", "I am the one with the pain. I write down what they said"),
    ("clinician", "I am the clinician"),
)


class ClearanceForm(Sheet):
    """``known`` are the things that the clinician must have known about, each to be ticked."""

    def __init__(
        self, known: Options, between: tuple[date, date], data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data=data)
        self.known = known
        self.fields["entered"] = OneOf(
            "Who is writing this?", ENTERED, "Choose who is writing this"
        )
        self.fields["by"] = Words("Name of the clinician", "Write their name", most=60)
        self.fields["role"] = OneOf("What is their job?", ROLES, "Choose their job")
        self.fields["day"] = Day(
            "When did they say that you may exercise?", "Choose the day", between=between
        )
        self.fields["known"] = Ticks(
            "What did they know about?",
            known,
            "Tick what they knew about",
            none="",
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        told = data.get("known")
        if told and any(rule not in told for rule, _ in self.known):
            text = "The OK counts only when they knew about all of these. Ask them first"
            self.add_error("known", text)
        return data

    def cleared(self) -> Cleared:
        data = self.cleaned_data
        by = f"{data['by'].strip()}, {data['role']}"
        return Cleared(by, data["day"], frozenset(data["known"]), data["entered"])
