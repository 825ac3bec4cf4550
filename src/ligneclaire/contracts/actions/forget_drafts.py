"""Forget what was typed into forms that nobody went on with."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from ligneclaire.contracts.models import Draft, TerminationRequest
from ligneclaire.kernel.actor import Actor

KEPT_FOR = timedelta(days=1)


@transaction.atomic
def forget_drafts(*, by: Actor, at: datetime) -> tuple[UUID, ...]:
    """Delete drafts older than a day; return the forms that became no request, whose files go too."""
    old = Draft.objects.filter(kept_at__lt=at - KEPT_FOR)
    forms = set(old.values_list("form", flat=True))
    Draft.objects.filter(form__in=forms).delete()
    sent = set(TerminationRequest.objects.filter(form__in=forms).values_list("form", flat=True))
    return tuple(sorted(forms - sent))
