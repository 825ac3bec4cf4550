"""How actions of this package state what became true of a line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.ref import Ref, uuid_of


def about_line(
    kind: str, *, customer: str, contract: str, value: Mapping[str, str], effective: date | None = None, at: datetime
) -> Statement:
    """A fact about a line of a contract, under a name that follows from what it says and when."""
    return Statement(
        source="network",
        source_id=str(uuid_of(kind, contract, *sorted(value.values()), at.isoformat())),
        kind=kind,
        customer=customer,
        subject=str(Ref("contract", contract)),
        value=value,
        effective=effective,
        at=at,
    )
