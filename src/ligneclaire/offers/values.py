"""What an import says of an offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ligneclaire.kernel.money import Money
from ligneclaire.offers.states import OfferKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferEntry:
    """An offer; `terms` holds allowance, rates out of plan and roaming as JSON values."""

    code: str
    name: str
    kind: OfferKind
    price_per_month: Money
    deposit: Money | None
    terms: Mapping[str, object]
