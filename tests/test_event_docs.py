"""``docs/events.md`` is the contract of the log: every example is read, every field is named."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from recoup.care.fold import fold
from recoup.library import load, read_event, write_event
from recoup.model.event import Data, Event

PAGE = Path(__file__).parents[1] / "docs" / "events.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = [json.loads(block) for block in re.findall(r"```json\n(.+?)```", TEXT, re.DOTALL)]
LIBRARY = load()


def kind_of(data: type) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", data.__name__).lower()


KINDS = {kind_of(data): data for data in get_args(Data)}


def section(kind: str) -> str:
    found = re.search(rf"^## {kind}\n(.+?)(?=^## |\Z)", TEXT, re.DOTALL | re.MULTILINE)
    assert found, f"docs/events.md has no section {kind}"
    return found[1]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["kind"])
def test_every_example_is_read_and_written_back(example):
    event = read_event(example, LIBRARY.vocabulary)
    assert read_event(write_event(event), LIBRARY.vocabulary) == event


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_section_with_an_example(kind):
    assert f'"kind": "{kind}"' in section(kind)


def test_no_section_is_of_a_kind_that_does_not_exist():
    assert set(re.findall(r"^## (.+)$", TEXT, re.MULTILINE)) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_of_a_kind_names_its_fields_and_no_others(kind):
    named = re.findall(r"^\| `(\w+)` \|", section(kind), re.MULTILINE)
    assert named == [field.name for field in fields(KINDS[kind])]


def test_the_table_of_the_event_names_its_fields():
    head = TEXT.partition("## answered")[0]
    named = re.findall(r"^\| `(\w+)` \|", head, re.MULTILINE)
    own = [field.name for field in fields(Event)]
    assert named == [*own[:-1], "kind", "data"]


def test_the_examples_together_are_a_course():
    course = fold((read_event(one, LIBRARY.vocabulary) for one in EXAMPLES), LIBRARY)
    assert course.program == "lumbar-facet-joint-pain"
    assert course.records == (), "the session was corrected away"
    assert course.cleared is not None
