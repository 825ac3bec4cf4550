"""What a short-message centre hands to us: a receipt for what we sent, or a text message, perhaps a part of one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ligneclaire.channels.sms.gsm import decoded

IS_RECEIPT, HAS_HEADER = 0x04, 0x40  # of `esm_class`
STATES = {2: "DELIVRD", 3: "EXPIRED", 4: "DELETED", 5: "UNDELIV", 7: "UNKNOWN", 8: "REJECTD"}
DELIVERED = "DELIVRD"
FINAL = frozenset(STATES.values())
NAMED = re.compile(r"\bid:\s*([^\s:]{1,65})", re.IGNORECASE)
STANDS = re.compile(r"\bstat:\s*([A-Z]{7})", re.IGNORECASE)
ERROR = re.compile(r"\berr:\s*([0-9A-Za-z]{1,8})", re.IGNORECASE)
SHORT_REFERENCE, LONG_REFERENCE = 0x00, 0x08  # elements of a header: 3GPP TS 23.040 9.2.3.24
INTERNATIONAL = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliver:
    """What came in, as the protocol has it."""

    source: str
    source_type: int
    destination: str
    kind: int
    coding: int
    body: bytes
    receipted: str = ""
    state: int = 0
    sar: tuple[int, int, int] | None = None  # reference, parts, place


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of a part of ours, by the name that the centre gave it."""

    centre_id: str
    state: str
    error: str

    @property
    def is_delivered(self) -> bool:
        """Whether the phone has it."""
        return self.state == DELIVERED

    @property
    def is_final(self) -> bool:
        """Whether nothing more will be said of it."""
        return self.state in FINAL

    @property
    def words(self) -> str:
        """What a person reads of it."""
        return f"{self.state} {self.error}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text message from a phone, or a part of one: then its place, of how many, and the number that joins them."""

    sender: str
    recipient: str
    text: str
    reference: int = 0
    parts: int = 1
    place: int = 1


def read(came: Deliver) -> Receipt | Text:
    """Tell what it is; nothing makes it fail."""
    return _receipt(came) if came.kind & IS_RECEIPT else _text(came)


def _receipt(came: Deliver) -> Receipt:
    written = came.body.decode("latin-1")
    state = STATES.get(came.state) or _first(STANDS, written).upper()
    return Receipt(
        centre_id=came.receipted or _first(NAMED, written), state=state or "UNKNOWN", error=_first(ERROR, written)
    )


def _text(came: Deliver) -> Text:
    body, joined = _unpacked(came)
    reference, parts, place = joined if joined and 1 <= joined[2] <= joined[1] else (0, 1, 1)
    sender = came.source if came.source.startswith("+") or came.source_type != INTERNATIONAL else f"+{came.source}"
    return Text(
        sender=sender,
        recipient=came.destination,
        text=decoded(body, came.coding).replace("\x00", ""),
        reference=reference,
        parts=parts,
        place=place,
    )


def _unpacked(came: Deliver) -> tuple[bytes, tuple[int, int, int] | None]:
    if not came.kind & HAS_HEADER or not came.body:
        return came.body, came.sar
    end = came.body[0] + 1
    header, body = came.body[1:end], came.body[end:]
    while len(header) > 1:
        element, size = header[0], header[1]
        value, header = header[2 : 2 + size], header[2 + size :]
        if element == SHORT_REFERENCE and len(value) == 3:  # noqa: PLR2004 - bytes of the element
            return body, (value[0], value[1], value[2])
        if element == LONG_REFERENCE and len(value) == 4:  # noqa: PLR2004
            return body, (int.from_bytes(value[:2]), value[2], value[3])
    return body, came.sar


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""
