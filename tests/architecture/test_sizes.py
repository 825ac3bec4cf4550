"""Nothing is too long to be read at once."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from architecture.house import ROOT, SOURCE, modules, place, tree

FILE, TEST_FILE, FUNCTION, CLASS, BRANCHES, TEMPLATE, SETTINGS = 400, 600, 60, 250, 10, 200, 250
FORKS = (ast.If, ast.For, ast.While, ast.ExceptHandler, ast.IfExp, ast.comprehension, ast.match_case)


def length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def branches(function: ast.AST) -> int:
    forks = (len(n.values) - 1 if isinstance(n, ast.BoolOp) else isinstance(n, FORKS) for n in ast.walk(function))
    return 1 + sum(forks)


def too_long() -> Iterator[str]:
    for path in modules():
        if path.read_text().count("\n") > FILE:
            yield f"{path.relative_to(ROOT)} is longer than {FILE} lines"
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                if length(node) > FUNCTION or branches(node) > BRANCHES:
                    yield f"{place(path, node)} {node.name}: {length(node)} lines, {branches(node)} branches"
            elif isinstance(node, ast.ClassDef) and length(node) > CLASS:
                yield f"{place(path, node)} {node.name}: {length(node)} lines"


def test_source_files_functions_and_classes_are_short() -> None:
    assert list(too_long()) == []


@pytest.mark.parametrize(
    ("files", "most"),
    [
        pytest.param(ROOT.glob("tests/**/*.py"), TEST_FILE, id="tests"),
        pytest.param(SOURCE.rglob("*.html"), TEMPLATE, id="templates"),
        pytest.param([SOURCE / "config" / "settings.py"], SETTINGS, id="settings"),
    ],
)
def test_other_files_are_short(files: Iterable[Path], most: int) -> None:
    assert [str(path) for path in files if path.read_text().count("\n") > most] == []
