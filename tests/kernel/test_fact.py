"""A fact of our own writes its fields as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import FrozenInstanceError, dataclass
from datetime import UTC, date, datetime
from typing import ClassVar
from uuid import UUID

import pytest

from ligneclaire.kernel.actor import SYSTEM, Actor
from ligneclaire.kernel.fact import Fact
from ligneclaire.kernel.money import Money
from ligneclaire.kernel.period import Period
from ligneclaire.kernel.ref import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class BillIssued(Fact):
    """A bill exists and its customer may see it."""

    kind: ClassVar[str] = "billing.bill_issued"
    version: ClassVar[int] = 2

    bill: Ref
    total: Money
    due_on: date
    issued_at: datetime
    period: Period
    by: Actor
    id: UUID
    lines: tuple[int, ...]
    is_final: bool
    extra: Mapping[str, Money | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed(Fact):
    """A fact nobody should write."""

    kind: ClassVar[str] = "test.weighed"

    weight: float


ISSUED = BillIssued(
    customer="C-2001",
    bill=Ref("bill", "B-1"),
    total=Money.of("49.00"),
    due_on=date(2024, 2, 29),
    issued_at=datetime(2024, 2, 1, 8, tzinfo=UTC),
    period=Period(date(2024, 1, 1), date(2024, 2, 1)),
    by=SYSTEM,
    id=UUID(int=7),
    lines=(1, 2),
    is_final=True,
    extra={"deposit": Money.of("5"), "advance": None},
)


def test_a_fact_writes_its_fields_as_json() -> None:
    assert ISSUED.as_json() == {
        "customer": "C-2001",
        "bill": "bill:B-1",
        "total": {"amount": "49.00", "currency": "EUR"},
        "due_on": "2024-02-29",
        "issued_at": "2024-02-01T08:00:00+00:00",
        "period": "2024-01-01/2024-02-01",
        "by": "system:ligneclaire",
        "id": "00000000-0000-0000-0000-000000000007",
        "lines": [1, 2],
        "is_final": True,
        "extra": {"deposit": {"amount": "5.00", "currency": "EUR"}, "advance": None},
    }


def test_kind_and_version_belong_to_the_class() -> None:
    assert (BillIssued.kind, BillIssued.version) == ("billing.bill_issued", 2)
    assert (Weighed.kind, Weighed.version) == ("test.weighed", 1)


def test_a_fact_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        ISSUED.due_on = date(2024, 3, 1)  # type: ignore[misc]  # the write is the point


def test_a_fact_with_a_value_that_json_cannot_keep_is_refused() -> None:
    with pytest.raises(TypeError, match=r"^a fact cannot hold a float$"):
        Weighed(customer=None, weight=1.5).as_json()
