"""A printed letter as a person, a sorting machine and a screen reader meet it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pdfminer.pdftypes import resolve1

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Box:
    """A rectangle on the sheet, in millimetres from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Box) -> bool:
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


class Paper:
    """The pages of one PDF."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdfplumber.open(io.BytesIO(pdf))
        self.pages: list[Any] = self.pdf.pages

    def text(self, page: int) -> str:
        """What is read aloud of a page, with plain spaces, in reading order."""
        written = "".join(letter["text"] for letter in self.pages[page].chars)
        return " ".join(written.replace("\u200b", "").split())

    def ink_in(self, zone: Box, page: int = 0) -> list[tuple[str, Box]]:
        """Whatever is printed in a part of a page, letters and drawings alike."""
        printed = self.pages[page]
        marks = [*printed.chars, *printed.rects, *printed.lines, *printed.curves, *printed.images]
        boxes = [(mark.get("text", mark["object_type"]).strip(" \u200b"), _box(mark)) for mark in marks]
        return [(what, box) for what, box in boxes if what and box.touches(zone)]

    def metadata(self) -> str:
        xmp: bytes = resolve1(self.pdf.doc.catalog["Metadata"]).get_data()
        return xmp.decode()

    def fonts(self) -> dict[str, bool]:
        """Each font, and whether it travels in the file."""
        found = {}
        for page in self.pages:
            for font in resolve1(resolve1(page.page_obj.resources)["Font"]).values():
                (inner,) = resolve1(resolve1(font)["DescendantFonts"])
                descriptor = resolve1(resolve1(inner)["FontDescriptor"])
                name = resolve1(inner)["BaseFont"].name.partition("+")[2]
                found[name] = "FontFile3" in descriptor or "FontFile2" in descriptor
        return found


def _box(mark: dict[str, Any]) -> Box:
    left, top, right, bottom = (mark[side] / POINTS_PER_MM for side in ("x0", "top", "x1", "bottom"))
    return Box(left=left, top=top, right=right, bottom=bottom)
