"""How fast letters become PDF on one core, next to typst alone with a page of the same text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import typst

from bench.__main__ import Figure
from bench.wording import contents
from ligneclaire.channels.letter.render import render

LETTERS = 100
SENDER = ("Télécom Ligne Claire", "SERVICE CLIENTS", "TSA 10090", "59000 LILLE")
RECIPIENT = ("MME EXEMPLE", "14 COURS DE LA MARNE", "33000 BORDEAUX")
BARE = """#let data = json(bytes(sys.inputs.at("data")))
#set document(title: data.title, date: datetime(year: 2015, month: 2, day: 17))
#set text(lang: "fr")
#for line in data.lines [#line \\ ]
"""


def measure() -> list[Figure]:
    """Render different letters of the same length, one after the other."""
    letters = contents(LETTERS)
    began = perf_counter()
    for content in letters:
        render(content, sender=SENDER, recipient=RECIPIENT)
    ours = LETTERS / (perf_counter() - began)
    bare = _bare([[content.subject, *content.opening, *content.closing] for content in letters])
    return [
        Figure(what="letters rendered (PDF/A-3a and PDF/UA-1)", value=ours, unit="letters/s/core"),
        Figure(
            what="  next to typst alone", value=bare, unit="pages/s/core", baseline="typst alone", ratio=ours / bare
        ),
    ]


def _bare(texts: list[list[str]]) -> float:
    with TemporaryDirectory() as place:
        path = Path(place) / "bare.typ"
        path.write_text(BARE, encoding="utf-8")
        compiler = typst.Compiler(str(path))
        began = perf_counter()
        for lines in texts:
            data = json.dumps({"title": str(datetime.now(UTC)), "lines": lines})
            compiler.compile(format="pdf", sys_inputs={"data": data}, pdf_standards=["a-3a", "ua-1"])
        return len(texts) / (perf_counter() - began)
