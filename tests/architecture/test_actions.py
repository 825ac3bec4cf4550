"""Every action looks like an action."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from architecture.house import SOURCE, modules, place, tree


def action_modules() -> Iterator[Path]:
    for path in modules():
        if path.parent.name == "actions" and path.stem != "__init__" and path.is_relative_to(SOURCE):
            yield path


def faults(path: Path) -> Iterator[str]:
    public = [node for node in tree(path).body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    if [function.name for function in public] != [path.stem]:
        yield f"{place(path, tree(path))} has {[function.name for function in public]}, not one function `{path.stem}`"
    for function in public:
        arguments = function.args
        given = {
            argument.arg: ast.unparse(argument.annotation or ast.Constant(None)) for argument in arguments.kwonlyargs
        }
        if arguments.args or arguments.posonlyargs or arguments.vararg:
            yield f"{place(path, function)} {function.name} takes positional arguments"
        if (given.get("by"), given.get("at")) != ("Actor", "datetime"):
            yield f"{place(path, function)} {function.name} does not take `by: Actor` and `at: datetime`"
        if [argument.arg for argument in arguments.kwonlyargs][-2:] != ["by", "at"]:
            yield f"{place(path, function)} {function.name} does not end with `by` and `at`"
        if any(default is not None for default in arguments.kw_defaults[-2:]):
            yield f"{place(path, function)} {function.name} guesses `by` or `at`"


def test_actions_are_one_keyword_only_function_that_says_who_and_when() -> None:
    assert [fault for path in action_modules() for fault in faults(path)] == []
