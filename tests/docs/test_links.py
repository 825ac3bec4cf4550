"""What is written here leads somewhere, and nobody real is named or called."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import phonenumbers
import pytest

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = (
    *(".md", ".py", ".toml", ".lock", ".html", ".js", ".css", ".svg"),
    *(".typ", ".sql", ".json", ".jsonl", ".csv", ".po", ".txt", ""),
)
LINK = re.compile(r"""\[[^\]]*\]\(([^()\s]+)\)|(?:src|href)="([^"]+)\"""")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
PAGE = re.compile(r"\b[\w-]+\.md\b")
# In pieces, so that this file does not accuse itself.
MACHINE = re.compile(r"(?<!\w)/(?:" + "home|Users|root|work|" + "tmp)/[a-z]")
REGISTRIES = [f"{name}.{end}" for name, end in (
    ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("crates", "io"), ("docker", "io"),
    ("ghcr", "io"), ("golang", "org"), ("deb.debian", "org"), ("unpkg", "com"), ("jsdelivr", "net"),
)]  # fmt: skip
# Blocks that Arcep keeps free for fiction: nobody is ever called there.
FICTIONAL = ("+3319900", "+3326191", "+3335301", "+3346571", "+3353649", "+3363998")
FRENCH = ("+33", "+262", "+508", "+590", "+594", "+596")
OF_THE_STORIES = {"1014", "3000", "3900", "3970", "1090"}
SHORT = re.compile(r"""(?:phone|numéro|number)["'`]?[^"'`\n]{0,12}["'`](\d{3,6})["'`]""")


@cache
def texts() -> dict[Path, str]:
    folders = ("docs", "src", "stories", "tests", "tools", "bench", ".ci")
    files = [*ROOT.glob("[!.]*"), *(path for folder in folders for path in (ROOT / folder).rglob("*"))]
    kept = sorted(path for path in files if path.is_file() and path.suffix in WRITTEN and path.name != "LICENSE")
    return {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in kept}


def pages() -> dict[Path, str]:
    return {path: text for path, text in texts().items() if path.suffix == ".md"}


def anchors(text: str) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", CODE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def dead_links() -> Iterator[str]:
    for page, text in pages().items():
        for link in ("".join(found) for found in LINK.findall(CODE.sub("", text))):
            target, _, anchor = link.partition("#")
            if re.match(r"[a-z]+:", target):
                continue
            there = (ROOT / page.parent / target).resolve() if target else ROOT / page
            if not there.exists() or not there.is_relative_to(ROOT):
                yield f"{page}: {link}"
            elif anchor and anchor not in anchors(there.read_text(encoding="utf-8")):
                yield f"{page}: {link} (no such title)"


def strange_numbers() -> Iterator[str]:
    for path, text in texts().items():
        if path.suffix == ".lock" or "vendor" in path.parts:
            continue
        for found in phonenumbers.PhoneNumberMatcher(text, "FR", phonenumbers.Leniency.VALID):
            number = phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164)
            if number.startswith(FRENCH) and not number.startswith(FICTIONAL) and found.raw_string != string.digits:
                yield f"{path}: {found.raw_string}"
        yield from (f"{path}: {number}" for number in SHORT.findall(text) if number not in OF_THE_STORIES)


def test_links_lead_somewhere() -> None:
    assert list(dead_links()) == []


def test_every_page_that_is_named_is_here() -> None:
    here = {path.name for path in texts() if path.suffix == ".md"}
    ours = {path: text for path, text in texts().items() if not path.name.endswith(".min.js")}

    assert [f"{path}: {name}" for path, text in ours.items() for name in PAGE.findall(text) if name not in here] == []


def test_telephone_numbers_are_fictional_or_those_of_the_stories() -> None:
    assert list(strange_numbers()) == []


def test_no_path_of_a_machine_is_written_down() -> None:
    assert [f"{path}: {found}" for path, text in texts().items() for found in MACHINE.findall(text)] == []


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_registry_is_named(host: str) -> None:
    assert [str(path) for path, text in texts().items() if host in text] == []
