"""Somebody logged in: what they tried before is forgotten."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from ligneclaire.kernel.actor import Actor
from ligneclaire.people.models import LoginTries
from ligneclaire.people.rules.tries import keys_of


@transaction.atomic
def forget_login_tries(*, username: str, address: str, by: Actor, at: datetime) -> None:
    """Start anew for the user name, and take back the one try for the address, which others share."""
    keys = keys_of(username=username, address=address)
    LoginTries.objects.filter(key=keys["address"], tries__gt=0).update(tries=F("tries") - 1)
    LoginTries.objects.filter(key=keys["username"]).delete()
