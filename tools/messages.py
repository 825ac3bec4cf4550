#!/usr/bin/env python3
"""Gather every text of the screens into the French catalogues, and compile them: `.venv/bin/python tools/messages.py`.

Texts in the code are English; a new one stands in the catalogue with an empty translation, and a test fails until it
has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from ligneclaire.voice.wording.texts import french

SOURCE = Path(__file__).resolve().parents[1] / "src" / "ligneclaire"
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
PACKAGES = ("ui", "desk", "space")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
NAMES: dict[str, Any] = {
    "locale": "fr",
    "project": "Ligne Claire",
    "version": "1",
    "header_comment": "# The texts of the screens in French; tools/messages.py keeps this file.",
    "msgid_bugs_address": "see CONTRIBUTING.md",
    "last_translator": "the maintainers",
    "language_team": "French",
    "creation_date": datetime(2026, 1, 1, tzinfo=UTC),
    "revision_date": datetime(2026, 1, 1, tzinfo=UTC),
    "fuzzy": False,
}


def place_of(package: str, *, kind: str = "po") -> Path:
    """Where the French catalogue of a package is."""
    return SOURCE / package / "locale" / "fr" / "LC_MESSAGES" / f"django.{kind}"


def gathered(package: str) -> Catalog:
    """The texts that a package uses, with the translations that are known."""
    known = read_catalogue(package)
    catalogue = Catalog(**NAMES)
    for path, text in _texts(package):
        name = str(path.relative_to(SOURCE))
        for _, said, _, context in extract("python", BytesIO(text.encode()), KEYWORDS):
            old = known.get(said if isinstance(said, str) else said[0], context)
            flags = ["python-format"] if "%(" in str(said) else []
            catalogue.add(said, old.string if old else "", locations=[(name, None)], context=context, flags=flags)
    return catalogue


def read_catalogue(package: str) -> Catalog:
    """The catalogue as it is in the repository."""
    place = place_of(package)
    if not place.exists():
        return Catalog(**NAMES)
    with place.open("rb") as file:
        return read_po(file, locale="fr")


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as Django reads it, with the spaces and apostrophes of French set in."""
    dressed, out = Catalog(**NAMES), BytesIO()
    for message in catalogue:
        if message.id:
            said = message.string
            set_in_french = tuple(map(french, said)) if isinstance(said, tuple) else french(said)
            dressed.add(message.id, set_in_french, context=message.context)
    write_mo(out, dressed)
    return out.getvalue()


def _texts(package: str) -> Iterator[tuple[Path, str]]:
    for path in sorted((SOURCE / package).rglob("*.py")):
        yield path, path.read_text(encoding="utf-8")
    for path in sorted((SOURCE / package).rglob("*.html")):
        # How far a line of a template is indented means nothing to Python, to which it is shown.
        yield path, INDENT.sub("", templatize(path.read_text(encoding="utf-8"), origin=str(path)))


def main() -> None:
    """Bring the catalogues up to date."""
    for package in PACKAGES:
        catalogue = gathered(package)
        out = BytesIO()
        write_po(out, catalogue, sort_by_file=True, omit_header=False, width=120, include_lineno=False)
        place_of(package).parent.mkdir(parents=True, exist_ok=True)
        place_of(package).write_bytes(out.getvalue())
        place_of(package, kind="mo").write_bytes(compiled(catalogue))
        missing = [str(message.id) for message in catalogue if message.id and not all_said(message.string)]
        click.echo(f"{package}: {len(catalogue)} texts, {len(missing)} to translate")
        for text in missing:
            click.echo(f"  {text}")


def all_said(string: str | tuple[str, ...] | list[str] | None) -> bool:
    """Whether a text is translated, in singular and plural."""
    return bool(string) and (isinstance(string, str) or all(string or ()))


if __name__ == "__main__":
    main()
