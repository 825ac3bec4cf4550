"""What somebody typed into a form so far: kept under the form's own key, so that tabs and sessions do not matter."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.crypto import salted_hmac

from ligneclaire.contracts import documents
from ligneclaire.contracts.actions.forget_drafts import forget_drafts
from ligneclaire.contracts.actions.keep_draft import keep_draft
from ligneclaire.contracts.queries import drafts
from ligneclaire.contracts.values import KeptFile
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.kernel.address import way_of

LONGEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The fields as typed, and the proofs that came with them; `is_new` as long as nothing was sent."""

    fields: QueryDict
    proofs: tuple[KeptFile, ...] = ()
    is_new: bool = False


def load(form: UUID, *, customer: str | None) -> Typed:
    """What was typed so far; nothing of what another customer typed."""
    card = drafts.of(form)
    if card is None or (customer and card.customer and card.customer != customer):
        return Typed(fields=QueryDict(mutable=True), is_new=True)
    content: Mapping[str, Any] = card.content
    fields = QueryDict(mutable=True)
    for name, values in content["fields"].items():
        fields.setlist(name, values)
    return Typed(fields=fields, proofs=tuple(map(_file, content["proofs"])))


def typed(request: HttpRequest, proofs: Iterable[KeptFile], *, names: Collection[str]) -> Typed:
    """What is sent now in these fields, without the proofs that are to go."""
    dropped = request.POST.getlist("drop")
    fields = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if name in names:
            fields.setlist(name, [value.replace("\x00", "")[:LONGEST] for value in values])  # no database keeps NUL
    return Typed(fields=fields, proofs=tuple(file for file in proofs if file.sha256 not in dropped))


def keep(request: HttpRequest, form: UUID, sent: Typed, *, customer: str | None, at: datetime) -> None:
    """Keep it for a day, and forget what is older."""
    content = {
        "fields": dict(sent.fields.lists()),
        "proofs": [asdict(file) | {"uploaded_at": file.uploaded_at.isoformat()} for file in sent.proofs],
    }
    by = actor(customer)
    keep_draft(form=form, content=content, customer=customer or "", sender=sender(request), by=by, at=at)
    documents.forget(forget_drafts(by=by, at=at))


def actor(customer: str | None) -> Actor:
    """Who acts here: a customer, or the space for somebody who is not signed in."""
    return Actor(ActorKind.CUSTOMER, customer) if customer else Actor(ActorKind.DEPARTMENT, "space")


def sender(request: HttpRequest) -> str:
    """The address that a request comes from, so that it can be recognised but not read."""
    address = way_of(request.META).sender()
    return salted_hmac("ligneclaire.space.sender", address, algorithm="sha256").hexdigest()


def _file(row: Mapping[str, Any]) -> KeptFile:
    kept = KeptFile(**row)
    return replace(kept, uploaded_at=datetime.fromisoformat(row["uploaded_at"]))
