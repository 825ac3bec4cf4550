"""The port to a virus scanner: ClamAV, asked through its socket, where there is one."""

from __future__ import annotations

import socket
import struct

from django.conf import settings

from ligneclaire.kernel.refusal import Refused

SECONDS = 30.0
CHUNK = 1 << 16
LONGEST_ANSWER = 4096
CLEAN = b"stream: OK"
TOO_LARGE = b"size limit exceeded"


class Infected(Refused):
    """The virus scanner finds something in the file."""


class ScannerSilent(Refused):
    """The virus scanner does not answer; a file is not taken in unchecked."""


class TooLargeToCheck(ScannerSilent):
    """The virus scanner takes no file of this size; that is its own configuration."""


def is_there() -> bool:
    """Whether there is a scanner."""
    return bool(settings.CLAMAV)


def check(content: bytes) -> bool:
    """Refuse what the scanner finds something in; return whether there is a scanner at all."""
    if not settings.CLAMAV:
        return False
    try:
        answer = _answer(settings.CLAMAV, content)
    except OSError as failed:
        raise ScannerSilent(reason=str(failed)) from None
    if answer.endswith(b"FOUND"):
        raise Infected(found=answer.decode(errors="replace"))
    if TOO_LARGE in answer:
        raise TooLargeToCheck(reason=answer.decode(errors="replace"))
    if answer != CLEAN:
        raise ScannerSilent(reason=answer.decode(errors="replace"))
    return True


def is_awake() -> bool:
    """Whether it answers at all, whatever it made of a file."""
    try:
        with _connected(settings.CLAMAV) as clamd:
            clamd.sendall(b"zPING\0")
            return _said(clamd) == b"PONG"
    except OSError:
        return False


def _answer(place: str, content: bytes) -> bytes:
    """Send the bytes in chunks with their lengths, as `clamd` takes them (INSTREAM); what it says of them."""
    with _connected(place) as clamd:
        clamd.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            chunk = content[start : start + CHUNK]
            clamd.sendall(struct.pack(">L", len(chunk)) + chunk)
        clamd.sendall(struct.pack(">L", 0))
        return _said(clamd)


def _said(clamd: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER and (more := clamd.recv(LONGEST_ANSWER)):
        answer += more
    return answer.rstrip(b"\0")


def _connected(place: str) -> socket.socket:
    """A path is a socket on this machine; otherwise host and port."""
    if place.startswith("/"):
        clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        clamd.settimeout(SECONDS)
        try:
            clamd.connect(place)
        except OSError:
            clamd.close()
            raise
        return clamd
    host, _, port = place.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
