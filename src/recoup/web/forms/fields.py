"""The kinds of answers that pages ask for, each with its own template and its own words for
what is missing. Nothing is preset: a person who has not answered has not said 0 (H18)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, QueryDict

from recoup.web.body import VIEWS, View, anchor

Options = Sequence[tuple[str, str]]

NONE = "none-of-these"
"""The value of the tick that says so; keys of the vocabulary have no hyphens."""

UNSURE = "not-sure"
"""The value of the answer that says "I'm not sure"."""

MORE = "Something else"

SHORT_LIST = 5
"""More answers than this are drawn as one list, not as a box each."""

PAIN = (0, 10)
JUMP = 5
PAIN_ENDS = ("no pain", "worst pain you can think of")
EFFORT_ENDS = ("no effort", "as hard as you can")
ABILITY_ENDS = ("cannot do it", "as well as ever")
CHANGE_ENDS = ("very much worse", "very much better")


@dataclass(frozen=True, slots=True)
class Row:
    """One answer as drawn: a radio or a tick with its label. ``other`` stands apart from the
    rest, and ``alone`` excludes them."""

    id: str
    value: str
    label: str
    checked: bool

    @property
    def alone(self) -> bool:
        return self.value == NONE

    @property
    def other(self) -> bool:
        return self.value in (NONE, UNSURE)


@dataclass(frozen=True, slots=True)
class Group:
    """Answers under one heading, such as a region of the body."""

    heading: str
    rows: tuple[Row, ...]
    open: bool

    @property
    def count(self) -> int:
        return sum(row.checked for row in self.rows)

    @property
    def anchor(self) -> str:
        return anchor(self.heading)


class Drawn(BoundField):
    """A bound field that knows its rows and the anchor an error leads to."""

    @property
    def rows(self) -> tuple[Row, ...]:
        chosen = self._chosen()
        choices = getattr(self.field, "choices", ())
        return tuple(
            Row(f"id_{self.html_name}_{place}", str(value), str(label), str(value) in chosen)
            for place, (value, label) in enumerate(choices)
        )

    @property
    def groups(self) -> tuple[Group, ...]:
        """The rows by heading, in the order of the choices; those with a tick are open."""
        headings: Mapping[str, str] = getattr(self.field, "headings", {})
        found: dict[str, list[Row]] = {name: [] for name in headings.values()}
        for row in self.rows:
            if row.value in headings:
                found[headings[row.value]].append(row)
        return tuple(
            Group(name, tuple(rows), any(row.checked for row in rows))
            for name, rows in found.items()
        )

    @property
    def views(self) -> tuple[View, ...]:
        """The picture that leads to the groups; empty where there is none."""
        return VIEWS if getattr(self.field, "pictured", False) else ()

    @property
    def plain(self) -> tuple[Row, ...]:
        """The rows under no heading, without those that stand apart."""
        headings: Mapping[str, str] = getattr(self.field, "headings", {})
        return tuple(row for row in self.rows if row.value not in headings and not row.other)

    @property
    def first(self) -> tuple[Row, ...]:
        """The plain rows that are shown at once."""
        return self.plain[: getattr(self.field, "at_once", None)]

    @property
    def more(self) -> Group | None:
        """The plain rows that are unfolded when wanted; open where one is ticked."""
        rows = self.plain[len(self.first) :]
        return Group(MORE, rows, any(row.checked for row in rows)) if rows else None

    @property
    def others(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.other)

    @property
    def is_long(self) -> bool:
        return len(self.plain) > SHORT_LIST

    @property
    def anchor(self) -> str:
        return f"id_{self.html_name}_0" if self.rows else f"id_{self.html_name}"

    @property
    def described(self) -> str:
        """The ids of hint and error, for aria-describedby."""
        ids = [f"{self.html_name}-hint"] if self.help_text else []
        ids += [f"{self.html_name}-error"] if self.errors else []
        return " ".join(ids)

    @property
    def text(self) -> str:
        value = self.value()
        return "" if value is None else str(value)

    def _chosen(self) -> frozenset[str]:
        value = self.value()
        if value is None:
            return frozenset()
        if isinstance(value, (list, tuple, set, frozenset)):
            return frozenset(map(str, value))
        return frozenset((str(value),))


class OneOf(forms.ChoiceField):
    """One of a few answers, as radios."""

    bound_field_class = Drawn

    def __init__(
        self,
        label: str,
        options: Options,
        missing: str,
        *,
        layout: str = "",
        required: bool = True,
        initial: str | None = None,
        help_text: str = "",
    ) -> None:
        self.layout = layout
        super().__init__(
            label=label,
            choices=tuple(options),
            widget=forms.RadioSelect,
            error_messages={"required": missing, "invalid_choice": missing},
            required=required,
            initial=initial,
            help_text=help_text,
        )
        self.template_name = "web/fields/choice.html"


class YesNo(OneOf):
    """Yes or no; cleaned to a bool, None when it may be left open and was."""

    def __init__(
        self, label: str, missing: str, *, required: bool = True, help_text: str = ""
    ) -> None:
        super().__init__(
            label,
            (("yes", "Yes"), ("no", "No")),
            missing,
            layout="side-by-side",
            required=required,
            help_text=help_text,
        )

    def clean(self, value: object) -> bool | None:
        return {"yes": True, "no": False}.get(super().clean(value))


class Scale(forms.TypedChoiceField):
    """A whole number between two ends that say what they mean."""

    bound_field_class = Drawn

    def __init__(
        self,
        label: str,
        missing: str,
        *,
        ends: tuple[str, str] = PAIN_ENDS,
        between: tuple[int, int] = PAIN,
        required: bool = True,
        initial: int | None = None,
        help_text: str = "",
    ) -> None:
        least, most = between
        self.low, self.high = ends
        self.lowest, self.highest = _signed(least, least), _signed(most, least)
        super().__init__(
            label=label,
            choices=tuple((n, _signed(n, least)) for n in range(least, most + 1)),
            coerce=int,
            empty_value=None,
            widget=forms.RadioSelect,
            error_messages={"required": missing, "invalid_choice": missing},
            required=required,
            initial=initial,
            help_text=help_text,
        )
        self.template_name = "web/fields/scale.html"


class Ticks(forms.MultipleChoiceField):
    """Any number of answers, or "None of these" alone. Cleaned to a frozenset of values, without
    NONE and with UNSURE. ``headings`` groups answers, in its own order; more than ``at_once``
    are unfolded when wanted."""

    bound_field_class = Drawn

    def __init__(
        self,
        label: str,
        options: Options,
        missing: str,
        *,
        none: str = "None of these",
        unsure: str = "",
        headings: Mapping[str, str] | None = None,
        at_once: int | None = None,
        required: bool = True,
        initial: Sequence[str] = (),
    ) -> None:
        self.at_once = at_once
        self.headings = headings or {}
        self.none = none
        others = [(value, text) for value, text in ((NONE, none), (UNSURE, unsure)) if text]
        super().__init__(
            label=label,
            choices=(*options, *others),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": missing, "invalid_choice": missing},
            required=required,
            initial=list(initial),
        )
        self.template_name = "web/fields/ticks.html"

    def clean(self, value: object) -> frozenset[str]:
        keys = frozenset(super().clean(value))
        if NONE in keys and len(keys) > 1:
            text = f"Choose what applies, or “{self.none}”, but not both"
            raise forms.ValidationError(text)
        return keys - {NONE}


class Number(forms.FloatField):
    """A number typed in, with its unit beside it."""

    bound_field_class = Drawn

    def __init__(
        self,
        label: str,
        missing: str,
        *,
        between: tuple[float, float],
        whole: bool = True,
        unit: str = "",
        required: bool = True,
        initial: str | None = None,
        help_text: str = "",
    ) -> None:
        least, most = between
        self.whole, self.unit = whole, unit
        up_to = " or more" if most == math.inf else f" to {most:g}"
        wrong = f"Write a number, {least:g}{up_to}"
        super().__init__(
            label=label,
            min_value=least,
            max_value=None if most == math.inf else most,
            error_messages={
                "required": missing, "invalid": wrong, "min_value": wrong, "max_value": wrong,
            },
            required=required,
            initial=initial,
            help_text=help_text,
        )
        self.template_name = "web/fields/number.html"

    def clean(self, value: object) -> float | None:
        """Read a number with a point or a comma; refuse part of one where it must be whole."""
        number: float | None = super().clean(
            value.replace(",", ".") if isinstance(value, str) else value
        )
        if number is not None and self.whole and number != int(number):
            raise forms.ValidationError("Write a whole number")
        return number


class Words(forms.CharField):
    """A few words typed in."""

    bound_field_class = Drawn

    def __init__(
        self,
        label: str,
        missing: str = "",
        *,
        most: int = 80,
        required: bool = True,
        initial: str = "",
    ) -> None:
        super().__init__(
            label=label,
            max_length=most,
            error_messages={"required": missing, "max_length": f"Use at most {most} letters"},
            required=required,
            initial=initial,
        )
        self.template_name = "web/fields/words.html"


class Pick(forms.ChoiceField):
    """One of very many answers, from a list that opens. The first choice says that none is
    made, and is where everybody starts."""

    bound_field_class = Drawn

    def __init__(
        self, label: str, options: Options, *, none: str, initial: str = "", help_text: str = ""
    ) -> None:
        super().__init__(
            label=label,
            choices=(("", none), *options),
            error_messages={"invalid_choice": f"Choose from the list: {label}"},
            required=False,
            initial=initial,
            help_text=help_text,
        )
        self.template_name = "web/fields/pick.html"


class Day(forms.DateField):
    """A day between two others, as the browser's own calendar gives it."""

    bound_field_class = Drawn

    def __init__(self, label: str, missing: str, *, between: tuple[date, date]) -> None:
        self.first, self.last = between
        super().__init__(
            label=label,
            error_messages={"required": missing, "invalid": missing},
            help_text=f"From {_on(self.first)} to {_on(self.last)}.",
        )
        self.template_name = "web/fields/day.html"

    def clean(self, value: object) -> date:
        """Refuse a day outside the two, and say why that matters."""
        day: date = super().clean(value)
        if day > self.last:
            raise forms.ValidationError("That day has not come yet")
        if day < self.first:
            text = f"It must be {_on(self.first)} or later: an older OK is not about this"
            raise forms.ValidationError(text)
        return day


def _on(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with; None while it is only shown."""
    return request.POST if request.method == "POST" else None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, and where."""

    anchor: str
    text: str


class Sheet(forms.Form):
    """The fields of one screen."""

    default_renderer = TemplatesSetting
    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data=data, label_suffix="")

    def head(self, name: str, hint: str = "") -> None:
        """Let one field's label be the heading of the page."""
        self.fields[name].as_heading = True  # type: ignore[attr-defined]
        self.fields[name].help_text = hint

    def ask_if_sure(self, name: str, before: int | None) -> None:
        """Ask again when a pain number is far from the last one: a slip changes the dose (H18)."""
        said = str(self.data.get(name, ""))
        if before is None or not said.isdecimal() or abs(int(said) - before) < JUMP:
            return
        self.fields["sure"] = Ticks(
            f"Last time it was {before}. Is {said} right?",
            (("sure", f"Yes, it is {said} now"),),
            f"Please check the number: tick if {said} is right, or change it",
            none="",
        )

    def problems(self) -> tuple[Problem, ...]:
        """Every problem in the order of the fields; none while nothing was sent."""
        return tuple(self._problems()) if self.is_bound else ()

    def _problems(self) -> Iterable[Problem]:
        fields = [bound for bound in self if isinstance(bound, Drawn)]
        for bound in fields:
            for text in bound.errors:
                yield Problem(bound.anchor, str(text))
        for text in self.non_field_errors():
            yield Problem(fields[0].anchor if fields else "main", str(text))


def _signed(number: int, least: int) -> str:
    if least < 0 and number:
        return f"+{number}" if number > 0 else f"\N{MINUS SIGN}{-number}"
    return str(number)
