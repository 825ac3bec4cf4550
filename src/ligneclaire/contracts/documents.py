"""The folder of documents that customers send: what may lie in it, and what a virus scanner says of it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

from django.conf import settings

from ligneclaire.contracts.states import ProofKind, Scan
from ligneclaire.contracts.values import KeptFile
from ligneclaire.kernel.refusal import Refused

LARGEST = 10 * 1024 * 1024
MOST = 5
NAME_LENGTH = 120
SECONDS = 30
CLEAN, INFECTED = 0, 1
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


class TooLarge(Refused):
    """The file is larger than a proof may be."""


class NotAProof(Refused):
    """The file is no PDF, JPEG, PNG or HEIC, whatever its name says."""


class Infected(Refused):
    """The virus scanner refuses the file."""


def keep(content: bytes, *, name: str, form: UUID, at: datetime) -> KeptFile:
    """Put a proof into the folder of its form, once; refused by size, by what it is, or by the scanner."""
    if len(content) > LARGEST:
        raise TooLarge(name=name, size=len(content))
    kind = kind_of(content)
    if kind is None:
        raise NotAProof(name=name)
    digest = sha256(content).hexdigest()
    place = f"{form}/{digest}.{kind}"
    scan = _put(folder() / place, content, name=name)
    return KeptFile(
        name=Path(name.replace("\\", "/")).name[-NAME_LENGTH:] or f"document.{kind}",
        kind=kind,
        size=len(content),
        sha256=digest,
        place=place,
        scan=scan,
        uploaded_at=at,
    )


def kind_of(content: bytes) -> ProofKind | None:
    """What a file is by its first bytes."""
    if content.startswith(b"%PDF-"):
        return ProofKind.PDF
    if content.startswith(b"\xff\xd8\xff"):
        return ProofKind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return ProofKind.PNG
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return ProofKind.HEIC
    return None


def forget(forms: Iterable[UUID]) -> None:
    """Remove what was sent with these forms, which never became requests."""
    for form in forms:
        shutil.rmtree(folder() / str(form), ignore_errors=True)


def drop(files: Iterable[KeptFile]) -> None:
    """Remove files that became no proof."""
    for file in files:
        (folder() / file.place).unlink(missing_ok=True)


def folder() -> Path:
    """Where documents lie."""
    return Path(settings.VAR) / "documents"


def _put(place: Path, content: bytes, *, name: str) -> Scan:
    """Write the file whole or not at all; it takes its place only when the scanner has nothing against it."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile(dir=place.parent, prefix=".", suffix=".part", delete=False) as part:
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
    written = Path(part.name)
    answer = _scanned(written)
    if answer == INFECTED:
        written.unlink()
        raise Infected(name=name)
    written.replace(place)
    return Scan.CLEAN if answer == CLEAN else Scan.UNCHECKED


def _scanned(place: Path) -> int | None:
    """The scanner's answer; None when there is none."""
    command = shlex.split(settings.SCAN)
    if not command:
        return None
    try:
        return subprocess.run([*command, str(place)], timeout=SECONDS, capture_output=True, check=False).returncode
    except (OSError, subprocess.TimeoutExpired):
        return None
