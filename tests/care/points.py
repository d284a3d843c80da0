"""For each rule, answers at its edges: every way to fire it, and each way just not to.

Every answer that a rule reads decides it in at least one pair of points that differ in that answer
alone. Limits are tried on both sides, numbers also missing, danger signs also "not sure", and each
answer of the closed list also given.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache

from care.second_reading import (
    ATOM,
    CHOICES,
    LISTS,
    LOWERING,
    NUMBERS,
    SCREEN,
    SIGNS,
    Given,
    tree_of,
)

Wanted = dict[str, bool]
"""Atoms and whether they must hold."""

CALM = {"age": 45.0, "dur": 30.0, "worst": 5.0, "avg": 4.0}
STEP = {"age": 1.0, "dur": 0.25, "worst": 1.0, "avg": 1.0}
ONSETS = ("gradual", "after_load_increase", "minor_trauma", "sudden_no_cause")


@cache
def points_of(rule: str) -> tuple[Given, ...]:
    """Return the points of a rule, each once, always the same."""
    ways = _ways(tree_of(rule), True)
    atoms = sorted({atom for way in ways for atom in way} | set(_atoms(tree_of(rule))))
    found: dict[str, Given] = {}
    for way in ways:
        for wanted in (way, *_flipped(way)):
            for given in _answers(wanted, atoms):
                found[repr(given)] = given
    for atom, wanted in _deciding(tree_of(rule), []):
        for way in (wanted, {**wanted, atom: not wanted[atom]}):
            for given in (*_answers(way, atoms), *_without(atom, _answers(way, atoms))):
                found[repr(given)] = given
    for given in _variants(_answers(ways[0], atoms)[0]):
        found[repr(given)] = given
    return tuple(found.values())


def _atoms(node: ast.expr) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Call):
            yield one.args[0].value


def _ways(node: ast.expr, want: bool) -> list[Wanted]:
    """Return ways to make a condition ``want``: each alternative of each part once."""
    if isinstance(node, ast.Call):
        return [{node.args[0].value: want}]
    if isinstance(node, ast.UnaryOp):
        return _ways(node.operand, not want)
    parts = [_ways(part, want) for part in node.values]
    if isinstance(node.op, ast.And) is not want:
        return [way for part in parts for way in part]
    return [*_joined(parts)]


def _joined(parts: list[list[Wanted]]) -> Iterator[Wanted]:
    """Yield every way of each part, with a way of all others that goes with it."""
    seen = set()
    for place, part in enumerate(parts):
        others = parts[:place] + parts[place + 1 :]
        for way in part:
            whole = _with(way, others)
            if whole is not None and repr(sorted(whole.items())) not in seen:
                seen.add(repr(sorted(whole.items())))
                yield whole


def _deciding(node: ast.expr, others: list[list[Wanted]]) -> Iterator[tuple[str, Wanted]]:
    """Yield each atom with answers in which it alone decides: everything joined to it by "and"
    holds, everything joined to it by "or" does not. ``others`` are the ways of the parts above."""
    if isinstance(node, ast.Call):
        atom = node.args[0].value
        for want in (True, False):
            wanted = _with({atom: want}, others)
            if wanted is not None and _agree({**wanted, atom: not want}, {}):
                yield atom, wanted
    elif isinstance(node, ast.UnaryOp):
        yield from _deciding(node.operand, others)
    else:
        still = isinstance(node.op, ast.And)
        for place, part in enumerate(node.values):
            rest = node.values[:place] + node.values[place + 1 :]
            yield from _deciding(part, [*others, *(_ways(one, still) for one in rest)])


def _without(atom: str, answers: Iterable[Given]) -> Iterator[Given]:
    """Yield the answers without the number that an atom compares."""
    match = ATOM.fullmatch(atom)
    if match[2] in SIGNS:
        for given in answers:
            yield {name: value for name, value in given.items() if name != NUMBERS[match[1]]}


def _with(way: Wanted, others: list[list[Wanted]]) -> Wanted | None:
    if not others:
        return way
    for choice in others[0]:
        if _agree(way, choice):
            whole = _with({**way, **choice}, others[1:])
            if whole is not None:
                return whole
    return None


def _agree(one: Wanted, other: Wanted) -> bool:
    both = {**one, **other}
    if any(one[atom] != other[atom] for atom in one.keys() & other.keys()):
        return False
    said = [atom.partition("=")[0] for atom, want in both.items()
            if want and ATOM.fullmatch(atom)[2] == "="]
    return len(said) == len(set(said)) and _numbers(both) is not None


def _flipped(way: Wanted) -> Iterator[Wanted]:
    for atom, want in way.items():
        yield {**way, atom: not want}


def _numbers(wanted: Wanted) -> list[dict[str, float]] | None:
    """Return numbers at the edges of what is wanted: the least and the most of each that fit."""
    chosen: dict[str, list[float]] = {}
    for name in NUMBERS:
        limits = [(ATOM.fullmatch(a), want) for a, want in wanted.items() if _is(a, name)]
        if not limits:
            continue
        tries = {float(m[3]) + off for m, _ in limits for off in (-STEP[name], 0.0, STEP[name])}
        fit = sorted(n for n in tries if n >= 0 and all(SIGNS[m[2]](n, float(m[3])) is want
                                                        for m, want in limits))
        if not fit:
            return None
        chosen[name] = [fit[0], fit[-1]]
    return [{name: ends[end] for name, ends in chosen.items()} for end in (0, 1)]


def _is(atom: str, name: str) -> bool:
    match = ATOM.fullmatch(atom)
    return match[2] in SIGNS and match[1] == name


def _answers(wanted: Wanted, atoms: Iterable[str]) -> list[Given]:
    """Return answers in which the wanted atoms hold and as few others as possible."""
    made = []
    for fixed in _numbers(wanted) or []:
        numbers = dict(fixed)
        for name, calm in CALM.items():
            numbers.setdefault(name, _quiet(name, calm, atoms))
        given: Given = {NUMBERS[name]: value for name, value in numbers.items()}
        given["age"] = int(given["age"])
        given |= {key: int(given[key]) for key in ("pain_worst", "pain_avg")}
        given["onset"] = next(one for one in ONSETS if wanted.get(f"onset={one}") is not False)
        for atom, want in wanted.items():
            _say(atom, want, given)
        made.append(given)
    return made


def _quiet(name: str, calm: float, atoms: Iterable[str]) -> float:
    """Return a number at which as many of the rule's comparisons as possible are false."""
    limits = [match for match in map(ATOM.fullmatch, atoms) if _is(match[0], name)]
    tries = [calm, *(max(0.0, float(m[3]) + off) for m in limits for off in (-STEP[name], 1.0))]
    return min(tries, key=lambda n: sum(SIGNS[m[2]](n, float(m[3])) for m in limits))


def _say(atom: str, want: bool, given: Given) -> None:
    name, sign, value, plain = ATOM.fullmatch(atom).groups()
    if not want or sign in SIGNS:
        return
    if plain == "preg":
        given["pregnant"] = "yes"
    elif plain == "pregmaybe":
        given.setdefault("pregnant", "maybe")
    elif plain == "pp":
        given["postpartum_weeks"] = 6
    elif plain == "incomplete":
        del given["duration_weeks"]
    elif sign == "=":
        given[CHOICES.get(name, name)] = value
    else:
        given[LISTS[name]] = sorted({*given.get(LISTS[name], ()), value})


def _variants(given: Given) -> Iterator[Given]:
    """Yield the answers with one number missing, one danger sign not sure, one answer lowering."""
    for key in ("age", "duration_weeks", "pain_worst", "onset"):
        yield {name: value for name, value in given.items() if name != key}
    for key in given.get("sx", ()):
        rest = [one for one in given["sx"] if one != key]
        yield {**given, "sx": rest, "answer_state": {"unsure": [key]}}
        if key in SCREEN:
            yield {**given, "sx": rest, "answer_state": {"skipped": [key]}}
    for atom in sorted(LOWERING):
        prefix, _, key = atom.partition(":")
        name = LISTS[prefix]
        more = {**given, name: sorted({*given.get(name, ()), key})}
        yield more
        yield {**more, "answer_state": {"unsure": [key]}}
