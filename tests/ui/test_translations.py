"""Every text of the screens is written in French too."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

messages = SimpleNamespace(**runpy.run_path(str(Path(__file__).resolve().parents[2] / "tools" / "messages.py")))
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
def test_a_translation_names_the_same_values(package: str) -> None:
    differ = [
        str(message.id)
        for message in messages.read_catalogue(package)
        if message.id
        for said in texts(message.string)
        if set(NAMED.findall(said)) != set(NAMED.findall(texts(message.id)[-1]))
    ]

    assert differ == []
