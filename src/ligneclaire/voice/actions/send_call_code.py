"""A code leaves for somebody who calls, so that they prove who they are."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.people.actions.ask_call_code import ask_call_code
from ligneclaire.people.states import ContactKind
from ligneclaire.voice.tasks import send_code_later


@transaction.atomic
def send_call_code(*, customer: str, person: UUID | None, kind: ContactKind, by: Actor, at: datetime) -> UUID:
    """Have a code sent and give it its job; return by what it is tried. Raises what `ask_call_code` raises."""
    code = ask_call_code(customer=customer, person=person, kind=kind, by=by, at=at)
    send_code_later(code)
    return code
