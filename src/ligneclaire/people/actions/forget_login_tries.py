"""Somebody logged in: what they tried before is forgotten."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from ligneclaire.kernel.actor import Actor
from ligneclaire.people.models import LoginTries
from ligneclaire.people.rules.tries import keys_of


@transaction.atomic
def forget_login_tries(*, username: str | None, address: str, by: Actor, at: datetime) -> None:
    """Start anew for the user name, and take back the one try for the address, which others share."""
    keys = keys_of(username=username, address=address)
    own = keys.pop("username", "")
    LoginTries.objects.filter(key__in=keys.values(), tries__gt=0).update(tries=F("tries") - 1)
    LoginTries.objects.filter(key=own).delete()
