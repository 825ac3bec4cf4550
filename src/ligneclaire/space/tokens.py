"""Links that open one request, for those who have no account."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer

SIGNER = Signer(salt="ligneclaire.space.request")


def of(reference: str) -> str:
    """What stands in the address."""
    return SIGNER.sign(reference)


def reference_of(token: str) -> str | None:
    """The reference that it opens; None if we did not write it."""
    try:
        return SIGNER.unsign(token)
    except BadSignature:
        return None
