"""One file on its way from text to values: its data, its grammar, its problems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    Strict,
    StringConstraints,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from recoup.library.expressions import Grammar
from recoup.library.problem import Path, Problem, nearest, path_text
from recoup.library.yaml_text import line_of, parse
from recoup.model.expression import Expression


class Schema(BaseModel):
    """The shape of a piece of text: no unknown fields, no silent conversion."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


S = TypeVar("S", bound=Schema)
T = TypeVar("T")
Loose = Annotated[T, Strict(False)]
"""A value whose YAML form differs from its Python form: a word for an enum, a list for a tuple."""

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""Text that somebody reads: never empty."""

Lines = Annotated[list[Words], BeforeValidator(lambda text: [text] if type(text) is str else text)]
"""One text, or several in order."""

EXPRESSION = "expression"


def _parsed(text: object, info: ValidationInfo[Grammar]) -> Expression:
    if not isinstance(text, str):
        raise PydanticCustomError("string_type", "text")
    tree, faults = info.context.parse(text)
    if faults:
        raise PydanticCustomError(EXPRESSION, "expression", {"faults": faults})
    return tree


When = Annotated[Expression, PlainValidator(_parsed)]
"""A text of the rule language, parsed by the grammar of the page."""

Count = Annotated[int, Field(ge=1)]
Whole = Annotated[int, Field(ge=0)]

_FAULTS = {
    "missing": ("This field is missing.", "Add it."),
    "extra_forbidden": ("This field is not known.", "Remove it, or correct its name."),
    "string_type": ("This is not text.", "Put quotes round yes, no and numbers."),
    "string_too_short": ("The text is empty.", "Write it."),
    "int_type": ("This is not a whole number.", "Write one."),
    "int_from_float": ("This is not a whole number.", "Write one."),
    "float_type": ("This is not a number.", "Write one."),
    "bool_type": ("This is neither true nor false.", "Write true or false."),
    "list_type": ("This is not a list.", "Write a list."),
    "tuple_type": ("This is not a list.", "Write a list."),
    "dict_type": ("This has no names and values.", "Write them as name: value."),
    "model_type": ("This has no names and values.", "Write them as name: value."),
}
"""What is wrong and how to mend it, for the kinds of faults that pydantic finds."""


class Page:
    """A file being read. Every problem of the whole library lands in the one ``problems`` list."""

    def __init__(self, file: str, text: str, grammar: Grammar, problems: list[Problem]) -> None:
        self.file = file
        self.text = text
        self.grammar = grammar
        self.problems = problems
        self.data, broken = parse(file, text)
        self.readable = not (broken and self.data is None)
        problems += broken

    def report(self, path: Path, text: str, mend: str) -> None:
        line = line_of(self.text, path)
        self.problems.append(Problem(self.file, path_text(path), text, mend, line))

    def place(self, path: Path) -> str:
        """Return where a path leads, as people point at it: file, line, path."""
        return f"{self.file}:{line_of(self.text, path)}: {path_text(path)}"

    def shaped(self, schema: type[S]) -> S | None:
        """Return the data in the shape of ``schema``, or None after reporting what is wrong."""
        if not self.readable:
            return None
        try:
            return schema.model_validate(self.data, context=self.grammar)
        except ValidationError as error:
            for path, text, mend in _faults(error):
                self.report(path, text, mend)
            return None


def _faults(error: ValidationError) -> Iterator[tuple[Path, str, str]]:
    for fault in error.errors(include_url=False):
        path = tuple(step for step in fault["loc"] if step != "[key]")
        if fault["type"] == EXPRESSION:
            yield from ((path, one.text, one.mend) for one in fault["ctx"]["faults"])
        elif fault["type"] in _FAULTS:
            yield path, *_FAULTS[fault["type"]]
        elif fault["type"] in ("literal_error", "enum"):
            known = re.findall(r"'([^']*)'", str(fault["ctx"]["expected"]))
            given = str(fault["input"])
            yield path, f"{given} is not known here.", nearest(given, known)
        else:
            yield path, "This value does not fit.", f"{fault['msg']}."
