"""What the service that tells the RIO of a line says: the commitment, the RIO, and nothing else (POR-02, POR-03)."""

from __future__ import annotations

from datetime import date

from ligneclaire.contracts.queries.household import Holding
from ligneclaire.contracts.rules.rio import read
from ligneclaire.voice.wording.texts import NO_BREAK, texts


def masked(holding: Holding) -> str:
    """The RIO of a line, of which nobody can make use; "" where none is known."""
    return read(holding.rio).masked.replace(" ", NO_BREAK) if holding.rio else ""


def told(holding: Holding, *, holder: str, today: date, language: str) -> str:
    """Whose contract it is, until when it binds if it still does, and the RIO of its line; "" where none is known."""
    if not holding.rio:
        return ""
    words, code = texts(language), read(holding.rio).spaced.replace(" ", NO_BREAK)
    until = holding.committed_until
    if until is None or until <= today:
        return words.say("rio.free", holder=holder, rio=code)
    since = holding.commitment.accepted_on if holding.commitment else holding.concluded_on
    return words.say("rio.committed", holder=holder, since=_day(since), until=_day(until), rio=code)


def _day(on: date) -> str:
    return f"{on:%d/%m/%Y}"
