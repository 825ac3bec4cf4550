"""Add a proof to a request that was made before."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.contracts.documents import MOST
from ligneclaire.contracts.models import Proof
from ligneclaire.contracts.queries import requests
from ligneclaire.contracts.states import RequestState
from ligneclaire.contracts.values import KeptFile
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused


class RequestClosed(Refused):
    """The request was taken back or rejected: it needs no proof any more."""


class TooManyProofs(Refused):
    """The request has as many proofs as it may have."""


@transaction.atomic
def attach_proof(*, reference: str, file: KeptFile, by: Actor, at: datetime) -> None:
    """Attach a file that is kept in the folder of documents; the same file again changes nothing."""
    request = requests.locked(reference)
    if request.state not in {RequestState.TAKEN, RequestState.WAITING}:
        raise RequestClosed(request=reference, state=request.state)
    proofs = Proof.objects.filter(request=request)
    if proofs.filter(sha256=file.sha256).exists():
        return
    if proofs.count() >= MOST:
        raise TooManyProofs(request=reference, most=MOST)
    Proof.objects.create(
        request=request,
        name=file.name,
        kind=file.kind,
        size=file.size,
        sha256=file.sha256,
        place=file.place,
        scan=file.scan,
        uploaded_at=file.uploaded_at,
    )
