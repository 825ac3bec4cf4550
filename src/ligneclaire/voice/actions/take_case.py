"""A department's system brings a case; the customer reads soon that it is here, and who looks after it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from ligneclaire.cases.actions.bring_case import Brought, Matter, bring_case
from ligneclaire.kernel.actor import Actor

TASK, QUEUE = "api.acknowledge", "live-in"


@transaction.atomic
def take_case(*, matter: Matter, by: Actor, at: datetime) -> Brought:
    """Open the case and give its receipt a job, both or neither; who brings the same again changes nothing."""
    taken = bring_case(matter=matter, by=by, at=at)
    if taken.is_new:
        app.configure_task(TASK, queue=QUEUE).defer(case=taken.reference)
    return taken
