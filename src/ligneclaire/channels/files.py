"""Files that people hand in: limited, known by what they are and not by their name, checked, and kept."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from PIL import Image, UnidentifiedImageError

from ligneclaire.channels import pdf, virus
from ligneclaire.channels.mailbox import keep
from ligneclaire.channels.states import FileKind
from ligneclaire.kernel.refusal import Refused

LARGEST = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000  # A3 at 600 points to the inch has 69 million, A4 35
NAME_LENGTH = 120
_STARTS = {FileKind.PDF: b"%PDF-", FileKind.PNG: b"\x89PNG\r\n\x1a\n", FileKind.JPEG: b"\xff\xd8\xff"}
_ENDINGS = {FileKind.PDF: "pdf", FileKind.PNG: "png", FileKind.JPEG: "jpg"}
_OPENED_AS = {FileKind.PNG: "PNG", FileKind.JPEG: "JPEG"}


class TooLarge(Refused):
    """The file is larger than we take, or its picture is."""


class OfAnotherKind(Refused):
    """The file is no PDF, PNG or JPEG that can be opened, whatever its name says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """A file that was handed in; `place` is relative to the folder of what came in."""

    name: str
    kind: FileKind
    size: int
    sha256: str
    place: str
    pages: int
    is_checked: bool  # by a virus scanner


def take_in(content: bytes, *, name: str) -> TakenIn:
    """Keep a file's bytes; refused by size, by what it is, or by the virus scanner (`Infected`, `ScannerSilent`)."""
    if len(content) > LARGEST:
        raise TooLarge(name=name, size=len(content))
    kind = _kind_of(content, name)
    pages = _pages_of(content, kind, name)
    is_checked = virus.check(content)
    kept = keep(content, ending=_ENDINGS[kind])
    return TakenIn(
        name=_plain(name) or f"document.{_ENDINGS[kind]}",
        kind=kind,
        size=kept.size,
        sha256=kept.sha256,
        place=kept.place,
        pages=pages,
        is_checked=is_checked,
    )


def pictures(content: bytes, kind: str, *, most: int) -> Iterator[Image.Image]:
    """A file as pictures in grey: its first pages, or itself."""
    return pdf.pictures_of(content, most=most) if kind == FileKind.PDF else iter([_picture(content, FileKind(kind))])


def preview(content: bytes, kind: str, page: int) -> bytes:
    """One page, counted from 1, drawn anew as a PNG: nothing that somebody sent is opened by a browser."""
    if kind == FileKind.PDF:
        picture = pdf.picture_of(content, page - 1)
    elif page == 1:
        picture = _picture(content, FileKind(kind))
    else:
        raise pdf.NotReadable(page=page)
    picture.thumbnail((pdf.LONGEST_SIDE // 2, pdf.LONGEST_SIDE // 2))
    drawn = BytesIO()
    picture.save(drawn, "PNG")
    return drawn.getvalue()


def _kind_of(content: bytes, name: str) -> FileKind:
    for kind, start in _STARTS.items():
        if content.startswith(start):
            return kind
    raise OfAnotherKind(name=name)


def _pages_of(content: bytes, kind: FileKind, name: str) -> int:
    try:
        if kind == FileKind.PDF:
            return pdf.pages_of(content)
        _picture(content, kind)
    except pdf.NotReadable:
        raise OfAnotherKind(name=name) from None
    return 1


def _picture(content: bytes, kind: FileKind) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            picture = Image.open(BytesIO(content), formats=[_OPENED_AS[kind]])
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise TooLarge(width=width, height=height)
            return picture.convert("L")
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as unreadable:
            raise pdf.NotReadable(reason=str(unreadable)) from None


def _plain(name: str) -> str:
    """The last part of a path, without what cannot be seen."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(letter for letter in last if letter.isprintable())[-NAME_LENGTH:]
