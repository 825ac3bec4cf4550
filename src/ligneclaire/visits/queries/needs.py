"""Who needs somebody to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from ligneclaire.network.models import Site
from ligneclaire.network.queries import lines
from ligneclaire.network.queries.lines import LineCard
from ligneclaire.network.states import Technology
from ligneclaire.people.models import Customer
from ligneclaire.visits.models import Need
from ligneclaire.visits.states import Purpose
from ligneclaire.visits.values import NeedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedCard:
    """What somebody has to come for, to whom and where; `line` where the records know one."""

    reference: str
    contract: str
    purpose: Purpose
    customer: str
    language: str
    skill: str
    territory: str
    line: str
    place: str
    task: str
    asked_at: datetime
    closed_at: datetime | None


def card(reference: str) -> NeedCard | None:
    """A need by its reference."""
    return next(iter(_cards(Need.objects.filter(reference=reference))), None)


def open_of(contract: str) -> tuple[NeedCard, ...]:
    """The open ones of a contract, the oldest first."""
    return _cards(Need.objects.filter(contract=contract, closed_at=None))


def of_line(line: LineCard, purpose: Purpose, *, task: str = "") -> NeedEntry:
    """What has to be asked for where the records know the line: its technology is the skill, its site the territory."""
    site = Site.objects.filter(code=line.site).values_list("territory__code", flat=True).first()
    home = Customer.objects.filter(number=line.customer).values_list("territory__code", flat=True).first()
    return NeedEntry(
        contract=line.contract,
        purpose=purpose,
        customer=line.customer,
        skill=line.technology.value,
        territory=site or home or "",
        line=line.code,
        place=line.place,
        task=task,
    )


def of_contract(contract: str, purpose: Purpose, *, task: str = "") -> NeedEntry | None:
    """The same for the line of a contract that it is about; nothing where the records know none by wire."""
    line = line_for(contract, purpose)
    return of_line(line, purpose, task=task) if line else None


def line_for(contract: str, purpose: Purpose) -> LineCard | None:
    """The newest line by wire that goes on; what is to be repaired is the newest that has a pair, a port or a path."""
    there = [line for line in lines.going_on(contract) if line.technology is not Technology.MOBILE]
    in_use = lines.with_access(there) if purpose is Purpose.REPAIR else ()
    return next(reversed(in_use or there), None)


def _cards(rows: QuerySet[Need]) -> tuple[NeedCard, ...]:
    return tuple(
        NeedCard(
            reference=row.reference,
            contract=row.contract,
            purpose=Purpose(row.purpose),
            customer=row.customer_id,
            language=row.customer.chosen_language or row.customer.language,
            skill=row.skill,
            territory=row.territory_id,
            line=row.line_id or "",
            place=(row.line.place if row.line else "") or row.place,
            task=row.task,
            asked_at=row.asked_at,
            closed_at=row.closed_at,
        )
        for row in rows.select_related("customer", "line").order_by("asked_at", "id")
    )
