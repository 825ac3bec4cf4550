"""What customers declared to end contracts, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from ligneclaire.contracts.models import Proof, RequestedEnd, TerminationRequest
from ligneclaire.contracts.states import EndState, RequestKind, RequestState
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.queries import advisers

WAITS = Q(state=RequestState.WAITING)
UNDECIDED = Q(state=RequestState.TAKEN, decided_at__isnull=True) & ~Q(reason="")


class RequestUnknown(Refused):
    """There is no request with this reference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCard:
    """A contract that a request ends, with its line; state "folded" when it was being ended already."""

    contract: str
    line: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofCard:
    """A file that came with a request."""

    id: int
    name: str
    kind: str
    size: int
    place: str
    scan: str
    uploaded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCard:
    """A request as typed, with the contracts it was found to mean; `customer` None as long as nobody is known."""

    reference: str
    kind: str
    state: str
    received_at: datetime
    latest_end: date
    language: str
    surname: str
    first_name: str
    company: str
    email: str
    address: str
    references: str
    lines: tuple[str, ...]
    wished_on: date | None
    reason: str
    reason_words: str
    customer: str | None
    is_guest: bool
    owner: str
    owner_name: str
    closed_by_name: str
    closed_at: datetime | None
    note: str
    is_reason_accepted: bool | None
    decided_by_name: str
    decided_at: datetime | None
    decision_note: str
    received_by_commission_on: date | None
    ends: tuple[EndCard, ...]
    proofs: tuple[ProofCard, ...]

    @property
    def name(self) -> str:
        """Who declared it, as typed."""
        return self.company or f"{self.first_name} {self.surname}".strip()

    @property
    def is_to_decide(self) -> bool:
        """Whether a reason waits for somebody to accept or refuse it."""
        return self.state == RequestState.TAKEN and bool(self.reason) and self.decided_at is None


def by_form(form: UUID) -> RequestCard | None:
    """The request that a form became."""
    return _first(_requests().filter(form=form))


def by_reference(reference: str) -> RequestCard | None:
    """The request that a reference names."""
    return _first(_requests().filter(reference=reference))


def of_customer(customer: str) -> tuple[RequestCard, ...]:
    """What a person declared or was found to have declared under any number of theirs, newest first."""
    return _cards(_requests().filter(customer__survivor__number=customer).order_by("-received_at", "-id"))


def waiting(*, limit: int, skip: int = 0) -> tuple[RequestCard, ...]:
    """The requests whose contract an adviser must find, oldest first."""
    return _cards(_requests().filter(WAITS).order_by("received_at", "id")[skip : skip + limit])


def to_decide(*, limit: int, skip: int = 0) -> tuple[RequestCard, ...]:
    """The requests whose reason an adviser must accept or refuse, oldest first."""
    return _cards(_requests().filter(UNDECIDED).order_by("received_at", "id")[skip : skip + limit])


def count_from(sender: str, *, since: datetime) -> int:
    """How many requests came from one guest's address after an instant."""
    return TerminationRequest.objects.filter(sender=sender, received_at__gt=since).count()


def count_for(email: str, *, since: datetime, until: datetime) -> int:
    """How many guests' requests named one address after an instant and until another."""
    lately = TerminationRequest.objects.filter(is_guest=True, received_at__gt=since, received_at__lte=until)
    return lately.filter(email__iexact=email).count() if email else 0


def open_of(contracts: Collection[str], *, kind: RequestKind) -> dict[str, str]:
    """The reference of the request that ends each of these contracts."""
    rows = RequestedEnd.objects.filter(contract__number__in=contracts, kind=kind, state=EndState.OPEN)
    return dict(rows.values_list("contract__number", "request__reference"))


def locked(reference: str) -> TerminationRequest:
    """One request, which nobody else changes until the transaction ends."""
    request = TerminationRequest.objects.select_for_update().filter(reference=reference).first()
    if request is None:
        raise RequestUnknown(reference=reference)
    return request


def _requests() -> QuerySet[TerminationRequest]:
    rows = TerminationRequest.objects.select_related("owner")
    return rows.annotate(closed_by_name=advisers.name_of("closed_by"), decided_by_name=advisers.name_of("decided_by"))


def _first(rows: QuerySet[TerminationRequest]) -> RequestCard | None:
    return next(iter(_cards(rows)), None)


def _cards(rows: Iterable[TerminationRequest]) -> tuple[RequestCard, ...]:
    found = list(rows)
    ends: dict[int, list[EndCard]] = {row.id: [] for row in found}
    proofs: dict[int, list[ProofCard]] = {row.id: [] for row in found}
    for end in RequestedEnd.objects.filter(request__in=ends).select_related("contract").order_by("id"):
        card = EndCard(contract=end.contract_id, line=end.contract.line, state=end.state)
        ends[end.request_id].append(card)
    for proof in Proof.objects.filter(request__in=proofs).order_by("id"):
        proofs[proof.request_id].append(_proof(proof))
    return tuple(_card(row, tuple(ends[row.id]), tuple(proofs[row.id])) for row in found)


def _proof(row: Proof) -> ProofCard:
    return ProofCard(
        id=row.id,
        name=row.name,
        kind=row.kind,
        size=row.size,
        place=row.place,
        scan=row.scan,
        uploaded_at=row.uploaded_at,
    )


def _card(row: TerminationRequest, ends: tuple[EndCard, ...], proofs: tuple[ProofCard, ...]) -> RequestCard:
    return RequestCard(
        reference=row.reference,
        kind=row.kind,
        state=row.state,
        received_at=row.received_at,
        latest_end=row.latest_end,
        language=row.language,
        surname=row.surname,
        first_name=row.first_name,
        company=row.company,
        email=row.email,
        address=row.address,
        references=row.references,
        lines=tuple(row.lines),
        wished_on=row.wished_on,
        reason=row.reason,
        reason_words=row.reason_words,
        customer=row.customer_id,
        is_guest=row.is_guest,
        owner=row.owner_id,
        owner_name=row.owner.name,
        closed_by_name=row.closed_by_name or row.closed_by,  # type: ignore[attr-defined]
        closed_at=row.closed_at,
        note=row.note,
        is_reason_accepted=row.is_reason_accepted,
        decided_by_name=row.decided_by_name or row.decided_by,  # type: ignore[attr-defined]
        decided_at=row.decided_at,
        decision_note=row.decision_note,
        received_by_commission_on=row.received_by_commission_on,
        ends=ends,
        proofs=proofs,
    )
