"""The link with which a customer chooses, confirms, moves and cancels a visit, for others to put into messages."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer

SIGNER = Signer(salt="ligneclaire.visits.need")


def path(need: str) -> str:
    """The address of a need's page, without the host; the same link from the first message to the last."""
    return f"/visits/{SIGNER.sign(need)}/"


def need_of(token: str) -> str | None:
    """The need that a link opens; None if we did not write it."""
    try:
        return SIGNER.unsign(token)
    except BadSignature:
        return None
