"""The README of a domain names what the domain offers."""

from __future__ import annotations

from collections.abc import Iterator

from architecture.house import DOMAINS, SOURCE


def unnamed() -> Iterator[str]:
    for readme in sorted(path for name in DOMAINS for path in (SOURCE / name).glob("README.md")):
        text = readme.read_text()
        for kind in ("actions", "queries"):
            for path in sorted((readme.parent / kind).glob("[!_]*.py")):
                if f"`{path.stem}`" not in text:
                    yield f"{readme.relative_to(SOURCE)} does not name `{path.stem}` ({kind})"


def test_readmes_name_every_action_and_query() -> None:
    assert list(unnamed()) == []
