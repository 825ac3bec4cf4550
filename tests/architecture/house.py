"""The house as the tests of this folder see it: packages in their order, and the source as trees."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "ligneclaire"


def _layers() -> list[list[str]]:
    """The first import contract, lowest layer first: there is one list of packages."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return [[name.strip(" ()") for name in layer.split("|")] for layer in reversed(contracts[0]["layers"])]


RANK = {name: rank for rank, layer in enumerate(_layers()) for name in layer}
DOMAINS = {name for name, rank in RANK.items() if rank < RANK["voice"]}


@cache
def tree(path: Path) -> ast.Module:
    """A source file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def modules(*packages: str) -> Iterator[Path]:
    """Every module of these packages, or of all, without migrations."""
    for path in sorted(SOURCE.rglob("*.py")):
        inside = path.relative_to(SOURCE).parts
        if "migrations" not in inside and (not packages or inside[0] in packages):
            yield path


def place(path: Path, node: ast.AST) -> str:
    """Where something is, as editors understand it."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def called(node: ast.AST) -> str:
    """The dotted name of what a call calls, as far as it is written out."""
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def imported(node: ast.AST) -> list[str]:
    """The dotted names that an import statement brings in."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []
