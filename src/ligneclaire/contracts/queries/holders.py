"""Who holds a contract."""

from __future__ import annotations

from collections.abc import Collection

from ligneclaire.contracts.models import Contract


def of(contracts: Collection[str]) -> dict[str, str]:
    """The customer of each of these contracts that exists."""
    return dict(Contract.objects.filter(number__in=contracts).values_list("number", "customer__number"))
