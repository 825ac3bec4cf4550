"""What rows of an import have, and how the value of each is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """How a value is written."""

    LINE = "line"
    LINES = "lines"
    TEXT = "text"
    DATE = "date"
    INSTANT = "instant"
    AMOUNT = "amount"
    NUMBER = "number"
    YES_NO = "yes or no"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Field:
    """One of the things that a row has."""

    sort: Sort = Sort.LINE
    is_required: bool = False


MUST, MAY = Field(is_required=True), Field()
CUSTOMERS: Mapping[str, Field] = {
    "number": MUST,
    "name": MUST,
    "language": MUST,
    "territory": MUST,
    "adviser": MUST,
    "since": Field(Sort.DATE, is_required=True),
    "address": Field(Sort.LINES, is_required=True),
    "mobile": MAY,
    "email": MAY,
    "way_service": MAY,
    "way_dates": MAY,
    "way_bills": MAY,
    "way_commercial": MAY,
    "way_surveys": MAY,
}
CONTRACTS: Mapping[str, Field] = {
    "number": MUST,
    "customer": MUST,
    "offer": MUST,
    "line": MUST,
    "since": Field(Sort.DATE, is_required=True),
    "concluded_on": Field(Sort.DATE),
    "committed_until": Field(Sort.DATE),
    "place": MAY,
    "rio": MAY,
    "equipment_kind": Field(Sort.LIST),
    "equipment_serial": Field(Sort.LIST),
    "commitment_accepted_on": Field(Sort.DATE),
    "commitment_months": Field(Sort.NUMBER),
    "commitment_fee": Field(Sort.AMOUNT),
    "commitment_clause": MAY,
    "commitment_before_month_twelve": MAY,
    "commitment_subsidised_handset": Field(Sort.YES_NO),
}
HISTORY: Mapping[str, Field] = {
    "key": MUST,
    "customer": MAY,
    "customer_email": MAY,
    "medium": MUST,
    "direction": MUST,
    "text": Field(Sort.TEXT, is_required=True),
    "happened_at": Field(Sort.INSTANT, is_required=True),
    "case": MAY,
}
FIELDS: Mapping[str, Mapping[str, Field]] = {"customers": CUSTOMERS, "contracts": CONTRACTS, "history": HISTORY}
