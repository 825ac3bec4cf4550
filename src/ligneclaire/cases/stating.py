"""What a merge of two cases means for a customer who was told the reference of the merged one, and that it is over."""

from __future__ import annotations

from datetime import UTC, datetime

from ligneclaire.cases.facts import CASE_MERGED, CASES, WITHDRAWN
from ligneclaire.cases.models import Case
from ligneclaire.facts.stated import Statement


def merged(case: Case, *, into: str, at: datetime) -> Statement:
    """Which reference counts from then on."""
    return _about(case, CASE_MERGED, into, source_id=name_of(case.reference, at), at=at)


def separated(case: Case, *, merged_at: datetime, at: datetime) -> Statement:
    """That what was stated of a merge holds no longer."""
    name = name_of(case.reference, merged_at)
    return _about(case, WITHDRAWN, {"fact": name}, source_id=f"{name}/withdrawn", at=at)


def name_of(reference: str, merged_at: datetime) -> str:
    """How the fact of a merge is called."""
    return f"{reference}/merged/{merged_at.astimezone(UTC).isoformat()}"


def _about(case: Case, kind: str, value: object, *, source_id: str, at: datetime) -> Statement:
    return Statement(
        source=CASES,
        source_id=source_id,
        kind=kind,
        customer=case.customer_id,
        subject=case.subject,
        value=value,
        effective=None,
        at=at,
    )
