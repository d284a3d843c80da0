"""Mistakes in the code that evaluates rules: each mutant runs the focussed tests in a process of
its own, forked from one that has everything but Recoup loaded already."""

from __future__ import annotations

import ast
import importlib.util
import os
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path

from mutants.mutant import Fate, Mutant
from mutants.operators import changes

ROOT = Path(__file__).resolve().parents[1]
_RULES = (
    "tests/lab/test_vignettes.py",
    "tests/care/test_second_reading.py",
    "tests/care/test_any_subset.py",
    "tests/care/test_triage.py",
    "tests/care/test_closed_list.py",
)
FOCUSSED = {
    "model/expression.py": (
        "tests/care/test_expression.py", "tests/library/test_expressions.py", *_RULES,
    ),
    "care/facts.py": (
        "tests/care/test_facts.py", "tests/care/test_places.py", *_RULES,
        "tests/care/test_recognition_by_hand.py",
    ),
    "care/triage.py": _RULES,
    "care/recognition.py": (
        "tests/care/test_recognition_by_hand.py", "tests/care/test_recognition.py",
        "tests/care/test_offer.py",
    ),
}  # fmt: skip
"""The tests that concern each file, the quick ones first: most mutants never see the others."""

OPTIONS = (
    "-x", "-q", "--assert=plain", "--noconftest",
    "-p", "no:cacheprovider", "-p", "no:django", "-p", "no:xdist", "-p", "mutants.stand",
)  # fmt: skip
BUDGET_S = 240
"""A mutant that computes longer than this is killed: an endless loop is noticed too. It is time of
the processor, so that a busy machine kills none."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A mutant of a file under ``src/recoup``, and its whole new source."""

    mutant: Mutant
    file: str
    source: str

    @property
    def module(self) -> str:
        return "recoup." + self.file.removesuffix(".py").replace("/", ".")


def mutants() -> Iterator[Changed]:
    for file in FOCUSSED:
        source = _source(file)
        names = _functions(ast.parse(source))
        for line, change, new in changes(source):
            yield Changed(Mutant(f"{file} {names.get(line, 'module')}", change), file, new)


def _source(file: str) -> str:
    return (ROOT / "src/recoup" / file).read_text("utf-8")


def fates(at_once: int, only: str = "") -> Iterator[Fate]:
    """Yield the fate of every mutant whose name holds ``only``, ``at_once`` of them at a time."""
    chosen = [changed for changed in mutants() if only in changed.mutant.name]
    _load_what_never_changes()
    _prove_that_no_change_survives({changed.file for changed in chosen})
    waiting, running = chosen[::-1], {}
    while waiting or running:
        while waiting and len(running) < at_once:
            changed = waiting.pop()
            running[_start(changed)] = changed
        for process in list(running):
            done, status = os.waitpid(process, os.WNOHANG)
            if done:
                changed = running.pop(process)
                killed = os.waitstatus_to_exitcode(status) != 0
                yield Fate(changed.mutant, "the tests" if killed else None)
        time.sleep(0.02)


def _functions(tree: ast.Module) -> dict[int, str]:
    """Return the function that each line belongs to."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for one in node.body:
                if isinstance(one, ast.FunctionDef):
                    for line in range(one.lineno, (one.end_lineno or one.lineno) + 1):
                        found[line] = f"{node.name}.{one.name}"
        elif isinstance(node, ast.FunctionDef):
            for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                found.setdefault(line, node.name)
    return found


def _load_what_never_changes() -> None:
    import hypothesis  # noqa: F401
    import pydantic  # noqa: F401
    import pytest  # noqa: F401
    import typer.testing  # noqa: F401
    import yaml  # noqa: F401
    from care.points import points_of
    from care.second_reading import ROWS

    for rule in ROWS:
        points_of(rule)  # the same for every mutant: they come from the specification alone
    loaded = [name for name in sys.modules if name.partition(".")[0] == "recoup"]
    assert not loaded, f"{loaded[0]} is loaded already, so its mutants would not be seen."


def _prove_that_no_change_survives(files: Iterable[str]) -> None:
    """Run each file unchanged in the same way: were it killed, every mutant would be."""
    for file in sorted(files):
        unchanged = Changed(Mutant(file, "no change"), file, _source(file))
        _, status = os.waitpid(_start(unchanged), 0)
        if status:
            raise RuntimeError(f"The tests fail although {file} was not changed.")


def _start(changed: Changed) -> int:
    process = os.fork()
    if process:
        return process
    os._exit(_run(changed))


def _run(changed: Changed) -> int:
    """Run the tests on a mutant in this process; 0 when it survives."""
    import pytest

    resource.setrlimit(resource.RLIMIT_CPU, (BUDGET_S, BUDGET_S))
    tests = FOCUSSED[changed.file]
    sys.meta_path.insert(0, _Finder(changed))
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silence, stream)
    try:
        return int(any(pytest.main([*OPTIONS, str(ROOT / test)]) for test in tests))
    except BaseException:
        return 1


class _Finder:
    """Finds the one mutated module before anybody else does."""

    def __init__(self, changed: Changed) -> None:
        self._changed = changed

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        if name != self._changed.module:
            return None
        return importlib.util.spec_from_loader(name, self)

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: object) -> None:
        code = compile(self._changed.source, self._changed.file, "exec")
        exec(code, module.__dict__)
