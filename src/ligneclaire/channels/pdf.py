"""PDF files: their pages counted, looked at and joined; one at a time, because PDFium is not safe in threads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from hashlib import sha256
from io import BytesIO
from threading import Lock

import pypdfium2
from PIL import Image

from ligneclaire.kernel.refusal import Refused

ITS_HOUR = re.compile(rb"/CreationDate\(D:[0-9]{14}\+00'00'\)(?=/Creator\(PDFium\))")
ITS_NAME = re.compile(rb"/ID\[<[0-9A-F]{32}><[0-9A-F]{32}>\](?=>>\r\nstartxref)")
LONGEST_SIDE = 2400  # of a picture, in points of it: 200 to the inch of A4
PATIENCE = 30.0  # seconds to wait until another file is drawn
_lock = Lock()


class NotReadable(Refused):
    """The bytes are no PDF that can be opened, or it wants a password."""


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """The library does one thing at a time; who waits too long for a file that never ends is told."""
    if not _lock.acquire(timeout=PATIENCE):
        raise NotReadable(reason="another file takes too long")
    try:
        yield
    finally:
        _lock.release()


def pages_of(pdf: bytes) -> int:
    """How many pages it has."""
    with _one_at_a_time(), _opened(pdf) as document:
        return len(document)


def pictures_of(pdf: bytes, *, most: int) -> Iterator[Image.Image]:
    """Its first pages in grey, as a scanner sees them, each drawn when it is asked for."""
    for page in range(min(most, pages_of(pdf))):
        yield picture_of(pdf, page)


def picture_of(pdf: bytes, page: int) -> Image.Image:
    """One page in grey, counted from 0, no larger than a screen or a reader of codes needs."""
    with _one_at_a_time(), _opened(pdf) as document:
        try:
            sheet = document[page]
            scale = min(LONGEST_SIDE / max(sheet.get_size()), LONGEST_SIDE / 842)
            picture: Image.Image = sheet.render(scale=scale, grayscale=True).to_pil()
        except (pypdfium2.PdfiumError, IndexError, ValueError, ZeroDivisionError) as unreadable:
            raise NotReadable(reason=str(unreadable)) from None
        return picture


def joined(first: bytes, others: Sequence[bytes], *, on: date) -> bytes:
    """One PDF with the pages of all, in their order; the same bytes each time, dated on a day."""
    with _one_at_a_time(), closing(pypdfium2.PdfDocument.new()) as whole:
        for one in (first, *others):
            with _opened(one) as part:
                whole.import_pages(part)
        written = BytesIO()
        whole.save(written)
    return _settled(written.getvalue(), on)


def _settled(pdf: bytes, on: date) -> bytes:
    """Put a day and a digest where PDFium writes the hour and a number of its own, each of the same length."""
    digest = sha256(ITS_NAME.sub(b"", ITS_HOUR.sub(b"", pdf))).hexdigest()[:32].upper().encode()
    dated = ITS_HOUR.sub(lambda found: found[0][:16] + f"{on:%Y%m%d}".encode() + b"000000" + found[0][30:], pdf)
    return ITS_NAME.sub(b"/ID[<%b><%b>]" % (digest, digest), dated)


def _opened(pdf: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as unreadable:
        raise NotReadable(reason=str(unreadable)) from None
