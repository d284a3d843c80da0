"""Who shows the exercises: a preference, so the likely one may be chosen beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recoup.web.forms.fields import OneOf, Sheet
from recoup.web.wording import FIGURE_WORDS


class FigureForm(Sheet):
    """``offered`` is chosen until another is."""

    def __init__(self, offered: str, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data=data)
        options = [(name, title_of(name)) for name in FIGURE_WORDS]
        self.fields["figure"] = field = OneOf(
            "Who should show you the exercises?", options, "Choose one", initial=offered
        )
        field.template_name = "web/fields/figures.html"
        self.head("figure", "Choose who you like to watch. Your program stays the same.")

    @property
    def picked(self) -> str:
        return str(self.cleaned_data["figure"])


def title_of(figure: str) -> str:
    """Return a figure's name as a heading.

    >>> title_of("older")
    'Older woman'
    """
    words = FIGURE_WORDS[figure].removeprefix("the ")
    return words[:1].upper() + words[1:]
