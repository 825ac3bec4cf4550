"""The right code was typed: one of those whom it stands for comes in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.actions.open_session import open_session
from ligneclaire.people.models import OneTimeCode
from ligneclaire.people.rules.code import LIFE
from ligneclaire.people.states import WayIn


class CodeNotEntered(Refused):
    """The code was not typed, or somebody came in with it already, or it is not this customer's."""


@transaction.atomic
def sign_in_by_code(*, code: UUID, customer: str, device: str, by: Actor, at: datetime) -> str:
    """Open a session for a customer whose code was typed, once, and return the key of the session."""
    entered = OneTimeCode.objects.filter(
        uuid=code, ended_at=None, entered_at__gt=at - LIFE, persons__contains=[customer]
    )
    if not entered.update(ended_at=at):
        raise CodeNotEntered(code=code, customer=customer)
    return open_session(customer=customer, way=WayIn.CODE, device=device, by=by, at=at)
