"""Set a letter on paper: the same content always gives the same bytes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock

import segno
import typst

from ligneclaire.channels.content import Content
from ligneclaire.channels.letter.glyphs import printable, unbroken

# Points. The usual size fills one page; a smaller one saves a page; several pages have no reason to be small.
USUAL, SMALLER, LARGE = 10.5, (10.0, 9.5), 11.0
SHORT = 3000  # characters of data: a letter without steps and sections
ONE_PAGE = b"/Type/Pages/Count 1/"
_HERE = Path(__file__).parent
_one_at_a_time = Lock()


def render(content: Content, *, sender: tuple[str, ...], recipient: tuple[str, ...]) -> bytes:
    """Lay out one letter as a PDF that can be kept for decades (PDF/A-3a) and read aloud (PDF/UA-1)."""
    letter = {
        **{name: _typeset(value) for name, value in content.as_json().items()},
        "title": printable(content.subject),
        "sender": [printable(line) for line in sender],
        "recipient": [printable(line) for line in recipient],
        "on": content.dated_on.timetuple()[:3],
        "qr": _qr(content.reference),
    }
    data = json.dumps(letter)
    at = datetime.combine(content.dated_on, time(), tzinfo=UTC)
    if len(data) < SHORT:
        return _compiled(data, LARGE, at)
    for size in (USUAL, *SMALLER):
        pdf = _compiled(data, size, at)
        if ONE_PAGE in pdf:
            return pdf
    return _compiled(data, LARGE, at)


def _compiled(data: str, size: float, at: datetime) -> bytes:
    with _one_at_a_time:
        pdf = _compiler().compile(
            format="pdf",
            sys_inputs={"letter": data, "size": str(size)},
            pdf_standards=["a-3a", "ua-1"],
            timestamp=at,
        )
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_HERE / "fonts"])
    return typst.Compiler(_HERE / "template.typ", font_paths=fonts)


def _qr(reference: str) -> str:
    drawing = BytesIO()
    segno.make_qr(reference, error="m").save(drawing, kind="svg", border=0, xmldecl=False)
    return drawing.getvalue().decode()


def _typeset(value: object) -> object:
    match value:
        case str():
            return unbroken(printable(value))
        case dict():
            return {name: _typeset(part) for name, part in value.items()}
        case list():
            return [_typeset(part) for part in value]
        case _:
            return value
