"""One screen of the intake: its question with all that its form needs, and the form's frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from recoup.model.answers import Answers, Vocabulary
from recoup.model.question import Question
from recoup.web.forms.fields import Options, Sheet


@dataclass(frozen=True, slots=True)
class Screen:
    """A question with everything its form needs; ``answered`` says that it was answered before
    and is now looked at again."""

    question: Question
    options: Options
    vocabulary: Vocabulary
    given: Answers = field(default_factory=Answers)
    headings: Mapping[str, str] = field(default_factory=dict)
    answered: bool = False
    histories: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    """The question's fields as far as they are asked of this person."""

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for key, _ in self.options)

    def label(self, name: str) -> str:
        """The words for one of several fields; a field alone is named by the heading."""
        said = (self.question.labels or {}).get(name)
        numbers, choices = self.vocabulary.numbers, self.vocabulary.choices
        known = numbers[name].label if name in numbers else ""
        known = choices[name].label if name in choices else known
        return said or known or self.question.heading


class QuestionForm(Sheet):
    """A screen of the intake. Subclasses add fields in ``build`` and read them in ``answers``.

    ``headed``: the first field's label is the heading of the page, because it is the only one or
    because the class says so.
    """

    first_is_heading = False

    def __init__(self, screen: Screen, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data=data)
        self.screen = screen
        self.question = screen.question
        self.required = not screen.question.optional
        self.build()
        alone = len(self.fields) == 1 and not self.question.steps
        self.headed = alone or self.first_is_heading
        if self.headed:
            first = next(iter(self.fields))
            self.fields[first].label = self.question.heading
            self.head(first, self.question.hint)

    def build(self) -> None:
        raise NotImplementedError

    def answers(self) -> Answers:
        raise NotImplementedError

    def skipped(self) -> Answers:
        """What it means to leave an optional screen out."""
        return Answers(skipped=frozenset(self.question.fields or self.screen.keys))
