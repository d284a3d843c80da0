"""Run all mutants and say how many the tests noticed.

    python -m mutants            rule data and code
    python -m mutants rules      rule data alone, in seconds
    python -m mutants code       code alone, in minutes
    python -m mutants code:care/facts.py    the code mutants whose name holds these words
    python -m mutants --write    all, and write docs/safety/mutants.md

Exits 1 when less than 95 % are killed, or when a survivor has no written reason (`why.yaml`).
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from mutants import code, report  # noqa: E402
from mutants.mutant import Fate  # noqa: E402

AT_ONCE = 2
GROUPS = ("rules", "code")
WRITE = "--write"


def main(words: list[str]) -> int:
    wanted = {word.partition(":")[0]: word.partition(":")[2] for word in words if word != WRITE}
    everything = dict.fromkeys(GROUPS, "")
    wanted = wanted or everything
    unknown = [word for word in wanted if word not in GROUPS]
    if unknown:
        print(f"No such group: {', '.join(unknown)}. Choose from: {', '.join(GROUPS)}.")
        return 2
    found = {"code": _code(wanted["code"])} if "code" in wanted else {}
    if "rules" in wanted:
        found |= _rules()
    outcome = report.outcome(found)
    print(outcome.text)
    if WRITE in words and wanted == everything:
        report.write(outcome)
    return 0 if outcome.good else 1


def _code(only: str) -> list[Fate]:
    fates = []
    for fate in code.fates(AT_ONCE, only):
        fates.append(fate)
        if fate.killed_by is None:
            print(f"survived: {fate.mutant.name}", flush=True)
        elif len(fates) % 50 == 0:
            print(f"{len(fates)} code mutants", flush=True)
    return fates


def _rules() -> dict[str, list[Fate]]:
    from mutants.rules import fates  # loads Recoup, so only after the code's mutants

    both = list(fates())
    return {"rules": [whole for whole, _ in both], "stories": [story for _, story in both]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
