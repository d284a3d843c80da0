"""Read ``vocabulary/``: every key an answer may use, and the macros of the rule language."""

from __future__ import annotations

import math

from recoup.library.page import Page, Schema, When, Words
from recoup.model.answers import LISTS, Choice, Joint, Key, Number, Vocabulary
from recoup.model.expression import Expression


class _Scalar(Schema):
    label: str
    type: str | None = None
    min: float | None = None
    max: float | None = None
    values: dict[str, str] | None = None
    default: str | None = None


class _Key(Schema):
    label: str
    ask: str | None = None
    regions: list[Words] = []
    group: Words | None = None


class _Joint(Schema):
    label: str
    regions: list[Words] = []
    near: list[Words] = []


class _Lists(Schema):
    sites: dict[str, _Key]
    agg: dict[str, _Key]
    ease: dict[str, _Key]
    sx: dict[str, _Key]
    hx: dict[str, _Key]
    test: dict[str, _Key]


class _Vocabulary(Schema):
    version: int
    scalars: dict[str, _Scalar]
    lists: _Lists
    safety_screen: list[Words]
    also_asked: list[Words]
    lowering: list[Words]
    joints: dict[str, _Joint]


class _Macros(Schema):
    macros: dict[str, When]


def read_vocabulary(page: Page) -> Vocabulary | None:
    """Return the vocabulary; None after reporting why there is none.

    A number without ``min`` starts at 0 and one without ``max`` has no end.
    """
    text = page.shaped(_Vocabulary)
    if text is None:
        return None
    numbers, choices = {}, {}
    for name, scalar in text.scalars.items():
        read = _choice(name, scalar) if scalar.values else _number(page, name, scalar)
        if isinstance(read, Choice):
            choices[name] = read
        elif read:
            numbers[name] = read
    return Vocabulary(
        version=text.version,
        numbers=numbers,
        choices=choices,
        lists={name: _keys(getattr(text.lists, name)) for name in LISTS},
        safety_screen=frozenset(text.safety_screen),
        also_asked=frozenset(text.also_asked),
        lowering=frozenset(text.lowering),
        joints={
            name: Joint(name, joint.label, frozenset(joint.regions), frozenset(joint.near))
            for name, joint in text.joints.items()
        },
    )


def _keys(keys: dict[str, _Key]) -> dict[str, Key]:
    return {
        name: Key(name, key.label, key.ask or key.label, frozenset(key.regions))
        for name, key in keys.items()
    }


def _choice(name: str, scalar: _Scalar) -> Choice:
    return Choice(name, scalar.label, scalar.values or {}, scalar.default)


def _number(page: Page, name: str, scalar: _Scalar) -> Number | None:
    if scalar.type not in ("int", "float"):
        page.report(
            ("scalars", name),
            "This is neither a number nor a choice.",
            "Give it type: int or type: float, or values.",
        )
        return None
    most = math.inf if scalar.max is None else scalar.max
    return Number(name, scalar.label, scalar.min or 0.0, most, scalar.type == "int")


def read_macros(page: Page) -> dict[str, Expression] | None:
    """Return the trees of the macros; None after reporting why there are none.

    The page's grammar knows no macro: each one is written out in full.
    """
    text = page.shaped(_Macros)
    if text is None:
        return None
    for name in text.macros:
        if not (name.isupper() and name.replace("_", "").isalnum()):
            page.report(("macros", name), "A macro is named in capitals.", "Rename it.")
    return text.macros
