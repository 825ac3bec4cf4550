"""Put contradictions to the owners of their cases, and take back questions that answered themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ligneclaire.cases.models import Case, Question
from ligneclaire.cases.states import QuestionState
from ligneclaire.kernel.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One contradiction: its claims (value and sources of each) and a digest of the set of values."""

    claims: tuple[Mapping[str, object], ...]
    digest: bytes
    reference: str
    asked_at: datetime


@transaction.atomic
def ask_owners(
    *,
    contested: Mapping[tuple[str, str, str], Asked],
    customers: Collection[str],
    by: Actor,
    at: datetime,
) -> None:
    """Bring the open questions of these customers to what is contested now, by (customer, subject, key).

    The caller holds the customers. A question about the same values stays as it was asked.
    """
    rows = Question.objects.filter(customer__in=customers, state=QuestionState.OPEN)
    standing = {(row.customer, row.subject, row.key): row for row in rows}
    gone = [
        row.id for key, row in standing.items() if key not in contested or contested[key].digest != bytes(row.digest)
    ]
    if gone:
        Question.objects.filter(id__in=gone).update(state=QuestionState.GONE, closed_at=at)
    new = {key: asked for key, asked in contested.items() if key not in standing or standing[key].id in gone}
    if new:
        references = {asked.reference for asked in new.values()}
        cases = dict(Case.objects.filter(reference__in=references).values_list("reference", "id"))
        Question.objects.bulk_create(_row(*key, asked, cases[asked.reference]) for key, asked in new.items())


def _row(customer: str, subject: str, key: str, asked: Asked, case: int) -> Question:
    return Question(
        case_id=case,
        customer=customer,
        subject=subject,
        key=key,
        claims=list(asked.claims),
        digest=asked.digest,
        asked_at=asked.asked_at,
    )
