"""Lines, and what they have now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ligneclaire.network.models import Assignment, Line
from ligneclaire.network.states import AT_A_SITE, ResourceKind, Technology


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCard:
    """A line at a place, of a customer and a contract."""

    code: str
    customer: str
    contract: str
    technology: Technology
    place: str
    site: str
    since: date
    until: date | None


def card(code: str) -> LineCard | None:
    """A line by its code."""
    return next(iter(_cards(code__in=[code])), None)


def of_contracts(contracts: Collection[str]) -> tuple[LineCard, ...]:
    """The lines of these contracts, those that ended too, by contract and age."""
    return _cards(contract__in=contracts)


def going_on(contract: str) -> tuple[LineCard, ...]:
    """The lines of a contract that have not ended, the oldest first."""
    return tuple(line for line in of_contracts([contract]) if line.until is None)


def with_access(among: Collection[LineCard]) -> tuple[LineCard, ...]:
    """Those of these lines that have a pair, a port or a path until further notice."""
    having = _codes(_held(among).filter(kind__in=AT_A_SITE))
    return tuple(line for line in among if line.code in having)


def only_wished(contract: str) -> tuple[LineCard, ...]:
    """Those that go on, hang nowhere and have nothing, without the oldest: somebody asked, and nothing was built."""
    wired = [line for line in going_on(contract)[1:] if not line.site and line.technology is not Technology.MOBILE]
    having = _codes(_held(wired))
    return tuple(line for line in wired if line.code not in having)


def is_at(line: LineCard, place: str) -> bool:
    """Whether a line is at this place, however it is spaced and capitalised."""
    return " ".join(line.place.casefold().split()) == " ".join(place.casefold().split())


def of_customers(customers: Collection[str]) -> tuple[LineCard, ...]:
    """The lines of these customers, those that ended too, by contract and age."""
    return _cards(customer_id__in=customers)


def held_by(line: str, kind: ResourceKind) -> str:
    """The resource of a kind that a line has until further notice, or nothing."""
    rows = Assignment.objects.filter(line_id=line, kind=kind, during__upper_inf=True)
    return str(rows.order_by("during").values_list("resource_id", flat=True).last() or "")


def _held(among: Collection[LineCard]) -> QuerySet[Assignment]:
    return Assignment.objects.filter(line_id__in=[line.code for line in among], during__upper_inf=True)


def _codes(rows: QuerySet[Assignment]) -> frozenset[str]:
    return frozenset(str(code) for code in rows.values_list("line_id", flat=True))


def _cards(**which: object) -> tuple[LineCard, ...]:
    found = (
        LineCard(
            code=row.code,
            customer=row.customer_id,
            contract=row.contract,
            technology=Technology(row.technology),
            place=row.place,
            site=row.site_id or "",
            since=row.since,
            until=row.until,
        )
        for row in Line.objects.filter(**which)
    )
    return tuple(sorted(found, key=_age))


def _age(line: LineCard) -> tuple[str, date, int, str]:
    """Lines of one day are as old as their codes are counted: the second before the tenth."""
    number = line.code.removeprefix(f"{line.contract}-")
    return (line.contract, line.since, int(number) if number.isdecimal() else 0, line.code)
