"""The safety case says what is true: every link of docs/safety leads to a rule, code or test."""

from __future__ import annotations

import ast
import importlib
import re
from functools import cache
from pathlib import Path

import pytest
from care.any_answers import LIBRARY

ROOT = Path(__file__).resolve().parents[1]
SAFETY = ROOT / "docs/safety"
PAGES = sorted(SAFETY.glob("*.md"))
HAZARDS = (SAFETY / "hazards.md").read_text("utf-8")
RULES = {rule.id for rule in LIBRARY.red_flags}

MARKED = re.compile(r"`([^`\n]+)`")
RULE = re.compile(r"RF-[A-Z]{2}-\d\d[a-z]?")
CODE = re.compile(r"recoup(?:\.\w+)+:\w+")
TEST = re.compile(r"tests/[\w/]+\.py::\w+")
FILE = re.compile(
    r"(?:library|src|tests|docs|browser|mutants)/[\w./-]*\w|[A-Z-]+\.md|NOTICE|\w+\.toml"
)


@cache
def functions_of(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}


def broken(link: str) -> bool:
    """Return whether a marked word points to something that is not there."""
    if RULE.fullmatch(link):
        return link not in RULES
    if CODE.fullmatch(link):
        module, _, name = link.partition(":")
        return not hasattr(importlib.import_module(module), name)
    if TEST.fullmatch(link):
        file, _, name = link.partition("::")
        return not (ROOT / file).exists() or name not in functions_of(file)
    return bool(FILE.fullmatch(link)) and not (ROOT / link).exists()


def sections() -> dict[str, str]:
    """Return the text of each hazard by its number."""
    parts = re.split(r"^## (H\d\d) ", HAZARDS, flags=re.M)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def linked(text: str) -> list[str]:
    return [one for one in MARKED.findall(text)
            if any(kind.fullmatch(one) for kind in (RULE, CODE, TEST, FILE))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_the_safety_case_leads_somewhere(page):
    text = page.read_text("utf-8")
    assert [link for link in MARKED.findall(text) if broken(link)] == []
    assert [rule for rule in RULE.findall(text) if rule not in RULES] == []


def test_a_broken_link_would_be_noticed():
    for link in (
        "RF-XX-99", "recoup.care.triage:nobody", "tests/care/test_triage.py::test_nothing",
        "tests/care/nowhere.py::test_nothing", "library/nowhere.yaml",
    ):  # fmt: skip
        assert broken(link), link
    for link in ("RF-SP-01", "recoup.care.triage:triage", "library/rules", "sx:fever"):
        assert not broken(link), link


def test_every_hazard_of_the_specification_is_there_in_order():
    assert list(sections()) == [f"H{number:02}" for number in range(1, 46)]


@pytest.mark.parametrize(("hazard", "text"), sections().items(), ids=lambda one: one[:3])
def test_every_hazard_has_a_control_that_is_linked_or_says_what_is_open(hazard, text):
    assert "- Control: " in text
    open_ = "- **Open**: " in text
    assert linked(text) or open_
    assert TEST.search(text) or open_, "a control without a test must say so"


@pytest.mark.parametrize(("hazard", "text"), sections().items(), ids=lambda one: one[:3])
def test_the_risk_is_severity_times_probability_and_a_high_one_says_who_must_decide(hazard, text):
    said = re.search(
        r"Severity (\d), probability (\d) before and (\d) after: risk (\d+)\.", text
    )
    severity, before, after, risk = map(int, said.groups())
    assert risk == severity * after
    assert after <= before
    assert risk < 15
    if risk >= 8:
        assert "written justification" in text


def test_every_rule_stands_in_the_second_reading_and_in_the_coverage():
    for page in ("rules.md", "rule-coverage.md"):
        text = (SAFETY / page).read_text("utf-8")
        assert set(re.findall(r"^\| (RF-[\w-]+) \|", text, re.M)) == RULES
