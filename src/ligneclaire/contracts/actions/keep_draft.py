"""Keep what was typed into a form so far."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from ligneclaire.contracts.models import Draft
from ligneclaire.contracts.queries import drafts
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused

AN_HOUR = timedelta(hours=1)
MOST_IN_AN_HOUR = 60


class TooManyForms(Refused):
    """More forms were begun at this address within an hour than people fill in."""


@transaction.atomic
def keep_draft(
    *, form: UUID, content: Mapping[str, object], customer: str, sender: str, by: Actor, at: datetime
) -> None:
    """Keep a form as typed, in place of what was kept of it before."""
    is_new = not Draft.objects.filter(form=form).exists()
    if is_new and drafts.count_from(sender, since=at - AN_HOUR) >= MOST_IN_AN_HOUR:
        raise TooManyForms(most=MOST_IN_AN_HOUR)
    typed = {"content": dict(content), "customer": customer, "sender": sender, "kept_at": at}
    Draft.objects.update_or_create(form=form, defaults=typed)
