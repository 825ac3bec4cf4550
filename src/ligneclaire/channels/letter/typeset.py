"""Set data on paper by one of our templates: the same data always gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock

import segno
import typst

from ligneclaire.channels.letter.glyphs import printable, unbroken

_HERE = Path(__file__).parent
_one_at_a_time = Lock()


def typeset(template: str, data: str, *, on: date, **inputs: str) -> bytes:
    """Make a PDF that can be kept for decades (PDF/A-3a) and read aloud (PDF/UA-1), dated on a day."""
    with _one_at_a_time:
        pdf = compiler(template).compile(
            format="pdf",
            sys_inputs={"data": data, **inputs},
            pdf_standards=["a-3a", "ua-1"],
            timestamp=datetime.combine(on, time(), tzinfo=UTC),
        )
    assert isinstance(pdf, bytes)
    return pdf


@cache
def compiler(template: str) -> typst.Compiler:
    """The typesetter with a template and our fonts, and no others."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_HERE / "fonts"])
    return typst.Compiler(_HERE / f"{template}.typ", font_paths=fonts)


def as_data(content: object, *, title: str, on: date, code: str, **addresses: Sequence[str]) -> str:
    """Write content so that our fonts can print it, with the parts of its date and the drawing of its code.

    Title and addresses stay in one piece: machines read them.
    """
    lines = {name: [printable(line) for line in address] for name, address in addresses.items()}
    fitted = _fitted(content)
    assert isinstance(fitted, dict)
    return json.dumps({**fitted, **lines, "title": printable(title), **_drawn(on, code)})


def _fitted(value: object) -> object:
    match value:
        case str():
            return unbroken(printable(value))
        case dict():
            return {name: _fitted(part) for name, part in value.items()}
        case list():
            return [_fitted(part) for part in value]
        case _:
            return value


def _drawn(on: date, code: str) -> dict[str, object]:
    drawing = BytesIO()
    segno.make_qr(code, error="m").save(drawing, kind="svg", border=0, xmldecl=False)
    return {"on": on.timetuple()[:3], "qr": drawing.getvalue().decode()}
