"""What a scanner makes of our letters: a picture, a little askew, with noise; and a virus scanner that answers."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image

from ligneclaire.channels.pdf import picture_of


def scanned(letter: bytes, *, turned: float = 2, noise: float = 0.25, kind: str = "PNG", width: int = 1240) -> bytes:
    """A letter as it comes from the glass of a scanner."""
    page = picture_of(letter, 0)
    page = page.resize((width, width * page.height // page.width))
    page = page.rotate(turned, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    page = Image.blend(page, Image.effect_noise(page.size, 60), noise)
    return as_file(page, kind)


def blank(kind: str = "PNG") -> bytes:
    """A page with nothing on it."""
    return as_file(Image.new("L", (620, 877), 255), kind)


def an_empty_pdf() -> bytes:
    """The least that a printer takes."""
    written = BytesIO()
    Image.new("1", (1, 1), 1).save(written, "PDF")
    return written.getvalue()


def as_page(number: int) -> bytes:
    """A page that differs from those of other numbers."""
    return as_file(Image.new("L", (10 + number, 10), 255), "PNG")


def as_file(page: Image.Image, kind: str) -> bytes:
    written = BytesIO()
    page.save(written, kind)
    return written.getvalue()


@contextmanager
def clamd(place: Path, *, says: bytes = b"stream: OK\0", silent_about: bytes = b"") -> Iterator[list[bytes]]:
    """A ClamAV that has one answer to everything, or none to one thing, and remembers what it was asked."""
    asked: list[bytes] = []

    class Answer(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            command = b"".join(iter(lambda: self.rfile.read(1), b"\0"))
            if command == b"zPING":
                self.wfile.write(b"PONG\0")
                return
            assert command == b"zINSTREAM"
            content = b""
            while length := struct.unpack(">L", self.rfile.read(4))[0]:
                content += self.rfile.read(length)
            asked.append(content)
            self.wfile.write(b"" if content == silent_about else says)

    with socketserver.ThreadingUnixStreamServer(str(place), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield asked
        finally:
            server.shutdown()
            thread.join()
            place.unlink()
