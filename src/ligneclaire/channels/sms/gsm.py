"""Text messages in the bytes of a network: its own alphabet (3GPP TS 23.038) or UCS-2, in parts that a phone joins."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ligneclaire.channels.sms.text import ESCAPE, ONE, TWO, Length, length_of

GSM_7, LATIN_1, UCS_2 = 0x00, 0x03, 0x08  # of `data_coding`
HEADER = 6  # bytes before the text of a part: 05 00 03, reference, parts, place
JOINED = {"GSM-7": 153, "UCS-2": 67}  # places of a part among several

_PLACES = {letter: bytes([place]) for place, letter in enumerate(ONE)} | {
    letter: bytes([ESCAPE, place]) for letter, place in TWO.items()
}
_LETTERS = {place: letter for letter, place in TWO.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One part of a text message, as it is handed over."""

    body: bytes
    coding: int
    has_header: bool


def cut(text: str, *, of: UUID) -> tuple[Piece, ...]:
    """The parts of a text; those of one message share a number that the message itself gives them."""
    length = length_of(text)
    coding = GSM_7 if length.coding == "GSM-7" else UCS_2
    letters = [_encoded(letter, coding) for letter in text]
    if length.parts == 1:
        return (Piece(body=b"".join(letters), coding=coding, has_header=False),)
    bodies = _filled(letters, length)
    head = bytes([5, 0, 3, of.bytes[-1], len(bodies)])
    return tuple(
        Piece(body=head + bytes([place]) + body, coding=coding, has_header=True)
        for place, body in enumerate(bodies, start=1)
    )


def decoded(body: bytes, coding: int) -> str:
    """The text of some bytes; what no alphabet has is shown as such."""
    if coding == UCS_2:
        return body.decode("utf-16-be", errors="replace")
    if coding == LATIN_1:
        return body.decode("cp1252", errors="replace")
    letters, is_escaped = [], False
    for byte in body:
        if is_escaped:
            letters.append(_LETTERS.get(byte, " "))
        elif byte != ESCAPE:
            letters.append(ONE[byte] if byte < len(ONE) else "\ufffd")
        is_escaped = byte == ESCAPE and not is_escaped
    return "".join(letters)


def _encoded(letter: str, coding: int) -> bytes:
    return _PLACES[letter] if coding == GSM_7 else letter.encode("utf-16-be")


def _filled(letters: list[bytes], length: Length) -> list[bytes]:
    """As many letters in each part as it takes; none is cut in two."""
    most = JOINED[length.coding] * (1 if length.coding == "GSM-7" else 2)
    bodies = [b""]
    for letter in letters:
        if len(bodies[-1]) + len(letter) > most:
            bodies.append(b"")
        bodies[-1] += letter
    return bodies
