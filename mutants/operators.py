"""Small mistakes in Python: each operator changes one node of a syntax tree."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

COMPARE = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
BINARY = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.BitOr: ast.BitAnd,
          ast.BitAnd: ast.BitOr}  # fmt: skip
NAMES = {"any": "all", "all": "any", "max": "min", "min": "max"}
METHODS = {"update": "clear", "isdisjoint": "issuperset", "difference_update": "update",
           "add": "discard"}  # fmt: skip
UNTOUCHED = ("decorator_list", "annotation", "returns", "bases")


def changes(source: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, change and new source for every mutant of a module."""
    tree = ast.parse(source)
    for place, (parent, field, at) in enumerate(_places(tree)):
        node = _get(parent, field, at)
        for number, new in enumerate(_mutations(node)):
            changed = copy.deepcopy(tree)
            spot = list(_places(changed))[place]
            _set(*spot, list(_mutations(_get(*spot)))[number])
            mutant = ast.unparse(ast.fix_missing_locations(changed))
            yield node.lineno, f"{_text(node)} -> {_text(new)}", mutant


def _places(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int | None]]:
    """Yield every place of a tree that holds code which runs, in order."""
    for field, value in ast.iter_fields(tree):
        if field in UNTOUCHED:
            continue
        children = value if isinstance(value, list) else [value]
        for at, child in enumerate(children):
            if not isinstance(child, ast.AST) or _idle(child):
                continue
            if hasattr(child, "lineno"):
                yield tree, field, at if isinstance(value, list) else None
            yield from _places(child)


def _idle(node: ast.AST) -> bool:
    """Return whether a node never decides anything: docstrings, imports, abstract methods."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Raise):
        return True
    text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    slots = isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__slots__"
    return text or slots


def _get(parent: ast.AST, field: str, at: int | None) -> ast.AST:
    value = getattr(parent, field)
    return value if at is None else value[at]


def _set(parent: ast.AST, field: str, at: int | None, new: ast.AST) -> None:
    if at is None:
        setattr(parent, field, new)
    else:
        getattr(parent, field)[at] = new


def _text(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 70 else f"{text[:67]}..."


def _mutations(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        yield from _compare(node)
    elif isinstance(node, ast.BoolOp):
        yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
        for at in range(len(node.values)):
            rest = [one for place, one in enumerate(node.values) if place != at]
            yield copy.deepcopy(rest[0]) if len(rest) == 1 else _with(node, values=rest)
    elif isinstance(node, ast.UnaryOp):
        yield copy.deepcopy(node.operand)
    elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in BINARY:
        yield _with(node, op=BINARY[type(node.op)]())
        if isinstance(node, ast.AugAssign):
            yield ast.copy_location(ast.Pass(), node)
    elif isinstance(node, ast.Constant):
        yield from _constant(node)
    elif isinstance(node, ast.Name) and node.id in NAMES:
        yield _with(node, id=NAMES[node.id])
    elif isinstance(node, ast.Attribute) and node.attr in METHODS:
        yield _with(node, attr=METHODS[node.attr])
    else:
        yield from _statement(node)


def _compare(node: ast.Compare) -> Iterator[ast.AST]:
    for at, op in enumerate(node.ops):
        ops = [COMPARE[type(op)]() if place == at else one for place, one in enumerate(node.ops)]
        yield _with(node, ops=ops)


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    """Change a value; text with a space is said to people and decides nothing."""
    value = node.value
    if isinstance(value, bool):
        yield _with(node, value=not value)
    elif isinstance(value, int | float):
        yield _with(node, value=value + 1)
        yield _with(node, value=value - 1)
    elif isinstance(value, str) and " " not in value:
        yield _with(node, value=f"{value}x")


def _statement(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))
        yield _with(node, test=ast.Constant(False))
    elif isinstance(node, ast.Return) and not _nothing(node.value):
        yield _with(node, value=ast.Constant(None))
    elif isinstance(node, ast.Expr):
        yield ast.copy_location(ast.Pass(), node)
    elif isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        for at, loop in enumerate(node.generators):
            if loop.ifs:
                loops = list(node.generators)
                loops[at] = _with(loop, ifs=[])
                yield _with(node, generators=loops)
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
        yield copy.deepcopy(node.value)


def _nothing(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return copy.deepcopy(new)
