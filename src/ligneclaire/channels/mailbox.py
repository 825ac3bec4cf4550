"""The folder of e-mails that came in: bytes under their own sha-256, written whole, changed never."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from ligneclaire.channels.spool import put, settle


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Bytes in the folder; `place` is relative to it."""

    size: int
    sha256: str
    place: str


def keep(content: bytes, *, ending: str) -> Kept:
    """Put bytes into the folder, once, so that they are still there after a power cut."""
    digest = sha256(content).hexdigest()
    place = f"{digest[:2]}/{digest}.{ending}"
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    path = Path(put(folder() / place, content))
    for parent in (path.parent, folder()):
        settle(parent)
    return Kept(size=len(content), sha256=digest, place=place)


def kept(place: str) -> bytes | None:
    """What lies there, if it still does."""
    path = folder() / place
    return path.read_bytes() if path.is_file() else None


def the_kept(place: str) -> bytes:
    """What lies there; an error where it does not any more."""
    return (folder() / place).read_bytes()


def folder() -> Path:
    """Where e-mails lie."""
    return Path(settings.MAILBOX)
