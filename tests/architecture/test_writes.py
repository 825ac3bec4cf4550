"""Rows are written by actions, by `facts`, which records, and by `flow`, which keeps plans."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from architecture.house import SOURCE, called, modules, place, tree

WRITES = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
MAY_WRITE = {"actions", "facts", "flow", "ops", "rows"}  # `kernel.rows` is what actions write sets with
SQL = re.compile(r"^\s*(INSERT INTO|UPDATE \S+ SET|DELETE FROM|COPY \S+ .*FROM|TRUNCATE)\b", re.IGNORECASE)


def is_write(call: ast.Call) -> bool:
    name = called(call).rpartition(".")[2]
    if name == "save":
        return not call.args  # with a file as argument it is not a row's
    return name in WRITES or (name == "update" and bool(call.keywords))


def writes_outside_actions() -> Iterator[str]:
    for path in modules():
        if MAY_WRITE & {*path.relative_to(SOURCE).parts, path.stem}:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and is_write(node):
                yield f"{place(path, node)} {called(node)}()"
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
                yield f"{place(path, node)} SQL that writes"


def test_only_actions_write() -> None:
    assert list(writes_outside_actions()) == []
