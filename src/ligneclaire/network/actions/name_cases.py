"""Say which case sees to each of some differences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.network.models import Difference


@transaction.atomic
def name_cases(
    *,
    cases: Mapping[UUID, str],
    by: Actor,  # every action names them
    at: datetime,
) -> None:
    """Write the reference of a case beside each difference; the caller holds the customers."""
    rows = list(Difference.objects.filter(uuid__in=cases))
    for row in rows:
        row.case = cases[row.uuid]
    Difference.objects.bulk_update(rows, ["case"])
