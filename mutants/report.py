"""What became of the mutants, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from mutants.mutant import Fate

PAGE = Path(__file__).resolve().parents[1] / "docs/safety/mutants.md"
WHY = Path(__file__).with_name("why.yaml")
LEAST = 0.95
CODE = "code, all of it"
TITLES = {"rules": "rule data, all tests", "stories": "rule data, vignettes alone"}
HEAD = """# Mutants

A mutant is one small mistake, made on purpose: a limit moved by one, a key dropped, "all" turned into "any", a "not" removed, a rule relaxed by an answer that may not relax it, an urgency one step lower; and in the code an operator swapped, a condition turned round, a value changed, a statement dropped. The tests must notice it. `make mutants` makes all of them, one at a time, and writes this page.

- **Rule data**: every node of the condition of every rule, its urgency, its program action and the numbers whose absence counts as true. The judge is the second reading of the [rules](rules.md) at the edges of each rule, the same comparison as `tests/care/test_second_reading.py`. How many the [vignettes](vignettes.md) notice without it is told too: stories are for people to read, not for limits.
- **Code**: `model/expression.py`, `care/facts.py`, `care/triage.py`, `care/recognition.py`. Each mutant runs the focussed tests in a process of its own; before that, each file unchanged must pass in the same way, so that nothing is killed by the bench itself.

At least 95 % of the rule data and of the code as a whole must be killed, and every survivor needs its reason, which stands in `mutants/why.yaml`; else the command fails.
"""  # noqa: E501


@dataclass(frozen=True, slots=True)
class Outcome:
    text: str
    good: bool


def outcome(found: Mapping[str, list[Fate]]) -> Outcome:
    """Return the report, and whether enough were killed and every survivor is explained."""
    why = yaml.safe_load(WHY.read_text("utf-8")) or {}
    lines = ["| mutants of | made | killed | share |", "| --- | ---: | ---: | ---: |"]
    good = True
    for group, fates in _rows(found):
        killed = sum(one.killed_by is not None for one in fates)
        lines.append(f"| {group} | {len(fates)} | {killed} | {killed / len(fates):.1%} |")
        good = good and (group not in (TITLES["rules"], CODE) or killed / len(fates) >= LEAST)
    left = [fate for group, fates in found.items() if group != "stories"
            for fate in fates if fate.killed_by is None]  # fmt: skip
    lines += ["", "## Survivors, and why", ""]
    lines += [f"- `{name}`: {why.get(name, 'no reason is written.')}" for name in _names(left)]
    return Outcome("\n".join(lines), good and all(name in why for name in _names(left)))


def _rows(found: Mapping[str, list[Fate]]) -> list[tuple[str, list[Fate]]]:
    """Return what each row counts: rule data as a whole, code by file."""
    rows = [(TITLES[group], fates) for group, fates in found.items() if group in TITLES]
    by_file: dict[str, list[Fate]] = {}
    for fate in found.get("code", ()):
        by_file.setdefault(f"`{fate.mutant.place.partition(' ')[0]}`", []).append(fate)
    whole = [(CODE, found["code"])] if found.get("code") else []
    return [*rows, *by_file.items(), *whole]


def _names(fates: Iterable[Fate]) -> list[str]:
    return sorted({fate.mutant.name for fate in fates})


def write(outcome: Outcome) -> None:
    PAGE.write_text(f"{HEAD}\n{outcome.text}\n", "utf-8")
