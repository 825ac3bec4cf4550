"""Every text of the screens is written in French too."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages.mofile import read_mo

ROOT = Path(__file__).resolve().parents[2]
messages = SimpleNamespace(**runpy.run_path(str(ROOT / "tools" / "messages.py")))
NAMED = re.compile(r"%\(\w+\)[sd]")


def texts(string: object) -> list[str]:
    return [str(part) for part in string] if isinstance(string, list | tuple) else [str(string)]


@pytest.mark.parametrize("package", messages.PACKAGES)
def test_every_text_has_a_translation_that_is_compiled(package: str) -> None:
    used, known = messages.gathered(package), messages.read_catalogue(package)

    assert sorted(str(m.id) for m in used if m.id and not messages.all_said(m.string)) == []
    assert {str(m.id) for m in known if m.id} == {str(m.id) for m in used if m.id}, "run tools/messages.py"
    assert messages.place_of(package, kind="mo").read_bytes() == messages.compiled(known), "run tools/messages.py"


@pytest.mark.parametrize("package", messages.PACKAGES)
def test_french_has_its_own_spaces_apostrophes_and_quotation_marks(package: str) -> None:
    wrong = re.compile(r" [;!?»]| :(?!:)|\u202f[:»]|\u00a0[;!?]|«[^\u00a0]|'|[“”]|\.\.\.")
    with messages.place_of(package, kind="mo").open("rb") as file:
        shown = [text for message in read_mo(file) if message.id for text in texts(message.string)]

    assert [text for text in shown if wrong.search(text)] == []


def test_standard_texts_have_the_apostrophes_of_print() -> None:
    assert "'" not in (ROOT / "stories" / "standard-texts.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("package", messages.PACKAGES)
def test_a_translation_names_the_same_values(package: str) -> None:
    differ = [
        str(message.id)
        for message in messages.read_catalogue(package)
        if message.id
        for said in texts(message.string)
        if set(NAMED.findall(said)) != set(NAMED.findall(texts(message.id)[-1]))
    ]

    assert differ == []
