"""The second factor of staff: codes that an app shows for half a minute (TOTP), and codes for emergencies."""

from __future__ import annotations

import hmac
from base64 import b32encode
from datetime import datetime
from uuid import UUID

from pyotp import TOTP

PERIOD = 30  # seconds that a code of the app lasts
DRIFT = 1  # periods by which the app's clock may differ
RECOVERY_CODES = 8
RECOVERY_BYTES = 8
SECRET_BYTES = 20


def secret_of(seed: UUID, *, key: str) -> str:
    """What the app and we both know: whoever has the row and not the key cannot tell it."""
    known = hmac.digest(f"ligneclaire.second-factor.{key}".encode(), seed.bytes, "sha256")
    return b32encode(known[:SECRET_BYTES]).decode()


def address_of(secret: str, *, account: str, house: str) -> str:
    """What the drawing tells the app."""
    return TOTP(secret).provisioning_uri(name=account, issuer_name=house)


def step_of(secret: str, typed: str, *, at: datetime, after: int) -> int | None:
    """The period whose code was typed, if it is about now and later than the last one that was used."""
    app, code = TOTP(secret), "".join(typed.split())
    now = int(at.timestamp()) // PERIOD
    steps = range(max(now - DRIFT, after + 1), now + DRIFT + 1)
    return next((step for step in steps if hmac.compare_digest(app.at(step * PERIOD), _ascii(code))), None)


def recovery_code(drawn: bytes) -> str:
    """A code for emergencies as people write it down: lower-case letters and digits, in groups of four."""
    text = b32encode(drawn).decode().rstrip("=").lower()[:12]
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def trace_of(code: str, *, key: str) -> bytes:
    """What is kept of a code for emergencies, however it is typed."""
    said = "".join(sign for sign in code.casefold() if sign.isalnum())
    return hmac.digest(f"ligneclaire.recovery.{key}".encode(), said.encode(errors="replace"), "sha256")


def handle_of_staff(user: int, *, key: str) -> bytes:
    """The name under which a device keeps a passkey for the desk; it says nothing about whose it is."""
    return hmac.digest(f"ligneclaire.staff-key.{key}".encode(), str(user).encode(), "sha256")


def _ascii(code: str) -> str:
    return code if code.isascii() else ""
