"""One file on its way from text to values: its data, its grammar, its problems."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, Strict, StringConstraints, ValidationError

from recoup.library.expressions import Grammar
from recoup.library.problem import Path, Problem, path_text
from recoup.library.yaml_text import line_of, parse
from recoup.model.expression import Expression, Never


class Schema(BaseModel):
    """The shape of a piece of text: no unknown fields, no silent conversion."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


S = TypeVar("S", bound=Schema)
T = TypeVar("T")
Loose = Annotated[T, Strict(False)]
"""A value whose YAML form differs from its Python form: a word for an enum, a list for a tuple."""

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""Text that somebody reads: never empty."""

Count = Annotated[int, Field(ge=1)]
Whole = Annotated[int, Field(ge=0)]

_MEND = {
    "missing": "Add it.",
    "extra_forbidden": "Remove it, or correct its name.",
    "string_type": "Write text; put quotes round words such as yes, no and numbers.",
    "string_too_short": "Write the missing text.",
    "int_type": "Write a whole number.",
    "int_from_float": "Write a whole number.",
    "bool_type": "Write true or false.",
    "list_type": "Write a list.",
    "tuple_type": "Write a list.",
    "dict_type": "Write names and values.",
    "model_type": "Write names and values.",
}


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

    def shaped(self, schema: type[S]) -> S | None:
        """Return the data in the shape of ``schema``, or None after reporting what is wrong."""
        if not self.readable:
            return None
        try:
            return schema.model_validate(self.data)
        except ValidationError as error:
            for path, text, mend in _faults(error):
                self.report(path, text, mend)
            return None

    def expression(self, path: Path, text: str) -> Expression:
        """Return the parsed expression; a fault is reported and gives one that never holds."""
        tree, faults = self.grammar.parse(text)
        for fault in faults:
            self.report(path, fault.text, fault.mend)
        return Never() if faults else tree

    def optional_expression(self, path: Path, text: str | None) -> Expression | None:
        return None if text is None else self.expression(path, text)


def _faults(error: ValidationError) -> Iterator[tuple[Path, str, str]]:
    for fault in error.errors(include_url=False, include_context=False):
        mend = _MEND.get(fault["type"], f"{fault['msg']}.")
        yield fault["loc"], f"{_NAMES.get(fault['type'], fault['msg'])}.", mend


_NAMES = {"missing": "This field is missing", "extra_forbidden": "This field is not known"}
