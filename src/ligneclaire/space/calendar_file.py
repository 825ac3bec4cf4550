"""An appointment as a calendar takes it in (RFC 5545)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

LONGEST = 75  # octets of a line
SPECIAL = re.compile(r"[\\;,]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """Something at a time; the same `uid` with a higher `sequence` takes its place, also to take it back."""

    uid: str
    sequence: int
    written_at: datetime
    starts: datetime
    ends: datetime
    summary: str
    place: str
    description: str
    is_cancelled: bool = False


def written(appointment: Appointment, *, house: str) -> bytes:
    """The file; an operator's name says who made it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(house)}//Ligne Claire//FR",
        "BEGIN:VEVENT",
        f"UID:{appointment.uid}",
        f"SEQUENCE:{appointment.sequence}",
        f"DTSTAMP:{_instant(appointment.written_at)}",
        f"DTSTART:{_instant(appointment.starts)}",
        f"DTEND:{_instant(appointment.ends)}",
        f"SUMMARY:{_text(appointment.summary)}",
        f"LOCATION:{_text(appointment.place)}",
        f"DESCRIPTION:{_text(appointment.description)}",
        f"STATUS:{'CANCELLED' if appointment.is_cancelled else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(map(_folded, lines))


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    plain = CONTROL.sub("", SPECIAL.sub(r"\\\g<0>", text.replace("\r\n", "\n").replace("\r", "\n")))
    return plain.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A line and its continuations, none longer than allowed and none cut within a character."""
    pieces, piece = [], b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > LONGEST:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece, b""])
