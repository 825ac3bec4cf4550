"""Which contracts a declaration means."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ligneclaire.contracts.models import Contract
from ligneclaire.contracts.rules.identity import is_named
from ligneclaire.contracts.values import Declaration

NUMBER = re.compile(r"[A-Z0-9][A-Z0-9-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A contract that may be meant, and whose it is: `person` is who is meant by the number of the customer."""

    contract: str
    customer: str
    person: str
    customer_name: str
    line: str
    concluded_on: date
    adviser: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The contracts that are meant for sure, and whether something typed leads to none."""

    contracts: tuple[Match, ...]
    is_complete: bool


def of(declared: Declaration) -> Found:
    """The contracts of a customer who is signed in, or those that a guest names together with the holder's name.

    Contracts of several holders with one name are not sure: a person looks at them.
    """
    if declared.customer:
        return _of_customer(declared.customer, declared.contracts)
    typed = numbers(declared.references)
    return _of_guest([row for row in _near(declared.lines, typed) if _is_named(row, declared)], declared.lines, typed)


def near(lines: Collection[str], references: str) -> tuple[Match, ...]:
    """The contracts that any of this leads to, whatever the name, for a person to look at."""
    return tuple(_match(row) for row in _near(lines, numbers(references)))


def known(contracts: Collection[str]) -> tuple[Match, ...]:
    """Those of these contracts that exist."""
    return tuple(_match(row) for row in _rows(Q(number__in=contracts)))


def locked(contracts: Collection[str]) -> tuple[Match, ...]:
    """Those of these contracts that exist, which nobody else ends until the transaction does."""
    rows = Contract.objects.select_for_update(of=("self",)).filter(number__in=contracts)
    return tuple(_match(row) for row in rows.select_related("customer__survivor").order_by("id"))


def numbers(text: str) -> frozenset[str]:
    """The numbers of customers or contracts that a text may hold."""
    return frozenset(NUMBER.findall(text.upper()))


def _of_customer(customer: str, contracts: Collection[str]) -> Found:
    rows = _rows(Q(customer__survivor__number=customer, number__in=contracts))
    return Found(contracts=tuple(_match(row) for row in rows), is_complete=len(rows) == len(set(contracts)) > 0)


def _of_guest(rows: Collection[Contract], lines: Collection[str], typed: Collection[str]) -> Found:
    """By the lines; where one of them leads nowhere, by the numbers that were typed too."""
    by_line = [row for row in rows if row.line in lines]
    missing = set(lines) - {row.line for row in by_line}
    by_number = [row for row in _by_number(rows, typed) if row not in by_line] if missing or not lines else []
    found = [*by_line, *by_number]
    if len({row.customer.survivor_id for row in found}) != 1:
        return Found(contracts=(), is_complete=False)
    return Found(contracts=tuple(map(_match, found)), is_complete=len(missing) <= len(by_number))


def _near(lines: Collection[str], typed: Collection[str]) -> list[Contract]:
    return _rows(Q(line__in=lines) | Q(number__in=typed) | Q(customer__number__in=typed))


def _rows(wanted: Q) -> list[Contract]:
    return list(Contract.objects.filter(wanted).select_related("customer__survivor").order_by("since", "number"))


def _is_named(row: Contract, declared: Declaration) -> bool:
    return any(
        is_named(name, surname=declared.surname, first_name=declared.first_name, company=declared.company)
        for name in {row.customer.plain_name, row.customer.survivor.plain_name}
    )


def _by_number(rows: Iterable[Contract], typed: Collection[str]) -> list[Contract]:
    """By a contract's own number, or by that of a customer who holds nothing else."""
    contracts = [row for row in rows if row.number in typed]
    held = [row for row in rows if row.customer_id in typed]
    return contracts or (held if len(held) == 1 else [])


def _match(row: Contract) -> Match:
    return Match(
        contract=row.number,
        customer=row.customer_id,
        person=row.customer.survivor_id,
        customer_name=row.customer.survivor.name,
        line=row.line,
        concluded_on=row.concluded_on,
        adviser=row.customer.survivor.adviser_id,
    )
