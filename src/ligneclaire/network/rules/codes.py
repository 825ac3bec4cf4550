"""How resources are written, and which codes cannot be."""

from __future__ import annotations

import re

from stdnum import imei as imeis
from stdnum import imsi as imsis
from stdnum import luhn
from stdnum.exceptions import ValidationError

from ligneclaire.network.states import ResourceKind
from ligneclaire.people.rules.phone import e164

NAME = re.compile(r"[A-Z0-9](?:[A-Z0-9._/-]{0,38}[A-Z0-9])?")
PTO = re.compile(r"([A-Z0-9]{2})-?([A-Z0-9]{4})-?([A-Z0-9]{4})")
ICCID = re.compile(r"89[0-9]{17,18}")
BLANKS = re.compile(r"\s+")


class NotACode(ValueError):
    """The text is no code of this kind; it says what was expected."""


def read_code(kind: ResourceKind, text: str, *, region: str = "FR") -> str:
    """Return a code as it is kept; raises `NotACode`.

    A path is known by its PTO (Arcep, decision 2015-0776, 4.1), a SIM by its ICCID (ITU-T E.118, with Luhn's digit), a
    number by E.164.
    """
    written = BLANKS.sub("", text).upper()
    match kind:
        case ResourceKind.PATH:
            return _pto(written)
        case ResourceKind.SIM:
            return _iccid(written)
        case ResourceKind.NUMBER:
            return _number(text, region)
        case _:
            return _name(written)


def read_imei(text: str) -> str:
    """Return an IMEI of 15 digits (3GPP TS 23.003, 6.2.1, with Luhn's digit); raises `NotACode`."""
    try:
        written = str(imeis.validate(text))
    except ValidationError:
        raise NotACode(f"{text[:40]!r} is no IMEI of 15 digits with its check digit") from None
    if len(written) != 15:  # noqa: PLR2004 - without its check digit it cannot be checked, with a version it has none
        raise NotACode(f"{text[:40]!r} is no IMEI of 15 digits with its check digit")
    return written


def read_imsi(text: str) -> str:
    """Return an IMSI of 15 digits that begins with a known country (3GPP TS 23.003, 2.2); raises `NotACode`."""
    try:
        written = str(imsis.validate(text))
    except ValidationError:
        raise NotACode(f"{text[:40]!r} is no IMSI") from None
    if len(written) != 15:  # noqa: PLR2004
        raise NotACode(f"{text[:40]!r} is no IMSI of 15 digits")
    return written


def _pto(text: str) -> str:
    if not (found := PTO.fullmatch(text)):
        raise NotACode(f"{text[:40]!r} is no PTO such as AB-1234-CD56")
    return "-".join(found.groups())


def _iccid(text: str) -> str:
    if not ICCID.fullmatch(text) or not luhn.is_valid(text):
        raise NotACode(f"{text[:40]!r} is no ICCID of 19 or 20 digits with its check digit")
    return text


def _number(text: str, region: str) -> str:
    found = e164(text, region=region)
    if found is None:
        raise NotACode(f"{text[:40]!r} is no telephone number")
    return found


def _name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise NotACode(f"{text[:40]!r} is no code: letters, digits and between them dashes, dots, slashes")
    return text
