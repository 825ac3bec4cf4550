"""Read the reference on one of our letters back from a scan of it, however it lay on the glass."""

from __future__ import annotations

import zxingcpp

from ligneclaire.channels import files
from ligneclaire.channels.pdf import NotReadable
from ligneclaire.kernel.ref import parse_reference

MOST_PAGES = 10
QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


def reference_on(content: bytes, kind: str) -> str | None:
    """The first of our references in a QR code on its first pages; None where no code can be read."""
    try:
        for picture in files.pictures(content, kind, most=MOST_PAGES):
            for code in zxingcpp.read_barcodes(picture, formats=QR):
                if reference := parse_reference(code.text):
                    return reference
    except NotReadable:
        return None  # a page that cannot be drawn has no code
    return None
