"""Write down what somebody declared, once for each form, and who of us looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from ligneclaire.contracts.actions.record_ends import record_ends
from ligneclaire.contracts.models import Proof, TerminationRequest
from ligneclaire.contracts.queries import requests
from ligneclaire.contracts.queries.matches import Match
from ligneclaire.contracts.queries.requests import RequestCard
from ligneclaire.contracts.rules.notice import ends_on
from ligneclaire.contracts.states import RequestKind, RequestState
from ligneclaire.contracts.values import Declaration, KeptFile
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import reference_of
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.queries import operator, owners

AN_HOUR = timedelta(hours=1)
MOST_IN_AN_HOUR = 20


class TooManyRequests(Refused):
    """More requests came from this guest's address within an hour than people send."""


@transaction.atomic
def take_request(
    *,
    declared: Declaration,
    kind: RequestKind,
    contracts: Sequence[Match],
    is_complete: bool,
    by: Actor,
    at: datetime,
) -> RequestCard:
    """Keep a request and record its facts; without all contracts it waits for an adviser.

    The caller holds the contracts and their customers. The same form again is the first request.
    """
    if declared.sender and requests.count_from(declared.sender, since=at - AN_HOUR) >= MOST_IN_AN_HOUR:
        raise TooManyRequests(most=MOST_IN_AN_HOUR)
    row = _row(declared, kind, contracts, is_complete=is_complete, by=by, at=at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        known = requests.by_form(declared.form)
        assert known is not None  # sent twice at once
        return known
    Proof.objects.bulk_create(_proof(row, file) for file in declared.proofs)
    record_ends(request=row, contracts=contracts, by=by, at=at)
    return _card(row.reference)


def _row(
    declared: Declaration,
    kind: RequestKind,
    contracts: Sequence[Match],
    *,
    is_complete: bool,
    by: Actor,
    at: datetime,
) -> TerminationRequest:
    house = operator.current()
    calendar = house.calendar
    today = calendar.date_of(at)
    return TerminationRequest(
        reference=_reference(declared, kind),
        form=declared.form,
        kind=kind,
        state=RequestState.TAKEN if is_complete else RequestState.WAITING,
        received_at=at,
        received_by=str(by),
        latest_end=(
            ends_on(today, wished_on=declared.wished_on, calendar=calendar)
            if kind is RequestKind.TERMINATION
            else today
        ),
        language=declared.language,
        surname=declared.surname,
        first_name=declared.first_name,
        company=declared.company,
        email=declared.email,
        address=declared.address,
        references=declared.references,
        lines=list(declared.lines),
        wished_on=declared.wished_on,
        reason=declared.reason,
        reason_words=declared.reason_words,
        sender=declared.sender,
        customer_id=declared.customer or next((match.customer for match in contracts), None),
        is_guest=declared.customer is None,
        owner_id=next((match.adviser for match in contracts), None) or owners.of_news(declared.customer),
    )


def _reference(declared: Declaration, kind: RequestKind) -> str:
    """Derived from the form; another where it is taken."""
    salt = 0
    while True:
        reference = reference_of("request", kind, str(declared.form), salt=salt)
        if not TerminationRequest.objects.filter(reference=reference).exists():
            return reference
        salt += 1


def _proof(row: TerminationRequest, file: KeptFile) -> Proof:
    return Proof(
        request=row,
        name=file.name,
        kind=file.kind,
        size=file.size,
        sha256=file.sha256,
        place=file.place,
        scan=file.scan,
        uploaded_at=file.uploaded_at,
    )


def _card(reference: str) -> RequestCard:
    card = requests.by_reference(reference)
    assert card is not None  # it was written in this transaction
    return card
