"""What is generated is current, and every dependency has its reason."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
REASONS = ROOT / "docs" / "decisions" / "0015-one-line-of-reason-for-each-dependency.md"


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_reference_pages_are_those_of_the_code() -> None:
    generate = generator()

    kept = {path.name: path.read_text(encoding="utf-8") for path in generate.REFERENCE.iterdir()}

    assert kept.keys() == generate.PAGES.keys()
    # `make docs` writes them.
    assert [name for name, page in generate.PAGES.items() if page() != kept[name]] == []


def test_every_dependency_has_a_line_of_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *(name for group in project["dependency-groups"].values() for name in group),
    ]
    names = {re.split(r"[\[<>=;\s]", requirement)[0] for requirement in wanted}

    reasons = re.findall(r"^\| (`.+?`) \|", REASONS.read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(name for cell in reasons for name in re.findall(r"`(.+?)`", cell)) == sorted(names)
