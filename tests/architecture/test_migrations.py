"""Migrations stand on their own and can be undone."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from architecture.house import RANK, SOURCE, called, imported, place, tree

UNDOABLE = {"RunPython": ("reverse_code", 2), "RunSQL": ("reverse_sql", 2)}


def faults() -> Iterator[str]:
    for path in sorted(SOURCE.rglob("migrations/*.py")):
        for node in ast.walk(tree(path)):
            yield from (
                f"{place(path, node)} imports {name}" for name in imported(node) if name.startswith("ligneclaire")
            )
            kind = called(node).rpartition(".")[2]
            if kind in UNDOABLE and isinstance(node, ast.Call):
                keyword, position = UNDOABLE[kind]
                if len(node.args) < position and keyword not in {argument.arg for argument in node.keywords}:
                    yield f"{place(path, node)} {kind} has no reverse"


def test_migrations_import_nothing_of_ours_and_can_be_undone() -> None:
    assert list(faults()) == []


def test_migrations_make_what_the_models_say() -> None:
    loader = MigrationLoader(None)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))

    assert sorted(RANK.keys() & detector.changes(graph=loader.graph)) == []
