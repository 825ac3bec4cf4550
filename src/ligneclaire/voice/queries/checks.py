"""What is stated, held against what is known: contracts, customers and their dates. Nothing is recorded."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeGuard

from ligneclaire.contracts.queries import holders
from ligneclaire.contracts.queries.holders import Held
from ligneclaire.facts.record import stated
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.ref import Ref
from ligneclaire.people.queries import customers
from ligneclaire.voice.intake import Parsed, Problem
from ligneclaire.voice.rules.state import WITHDRAWAL
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.values import Takes

AHEAD = timedelta(days=1)  # how far the clock of a source may be ahead of ours


def of(items: Sequence[Parsed | Problem], *, at: datetime) -> list[Statement | Problem]:
    """Each item as it would be recorded now, or the first thing that is wrong with it, in their order."""
    parsed = [item for item in items if isinstance(item, Parsed)]
    held = holders.held({item.contract for item in parsed if item.contract})
    known = customers.known({item.customer for item in parsed if item.customer})
    checked = [item if isinstance(item, Problem) else _checked(item, held, known, at) for item in items]
    return _about_somebody(checked)


def _checked(item: Parsed, held: Mapping[str, Held], known: Collection[str], at: datetime) -> Statement | Problem:
    contract = held.get(item.contract) if item.contract else None
    found = next(_problems(item, contract, known, at), None)
    if found:
        return found
    customer = item.customer or (contract.customer if contract else None)
    subject = Ref("contract", item.contract) if item.contract else Ref("customer", customer) if customer else ""
    return Statement(
        source=item.source,
        source_id=item.source_id,
        kind=item.kind,
        customer=customer,
        subject=str(subject),
        value=item.value,
        effective=item.effective,
        at=item.at,
    )


def _problems(item: Parsed, contract: Held | None, known: Collection[str], at: datetime) -> Iterator[Problem]:
    if item.customer and item.customer not in known:
        yield Problem("customer", f"unknown customer {item.customer!r}")
    if item.contract and contract is None:
        yield Problem("contract", f"unknown contract {item.contract!r}")
    if item.at > at + AHEAD:
        yield Problem("at", f"{item.at.isoformat()} lies ahead of now")
    if contract:
        yield from _problems_with(contract, item)


def _problems_with(contract: Held, item: Parsed) -> Iterator[Problem]:
    if item.customer and contract.customer != item.customer:
        yield Problem("contract", f"{item.contract!r} is not a contract of {item.customer!r}")
    for field, day in _days(item):
        if day < contract.since:
            yield Problem(field, f"{day} is before the contract began on {contract.since}")


def _days(item: Parsed) -> Iterator[tuple[str, date]]:
    yield "at", item.at.date()
    if item.effective:
        yield "data.effective", item.effective
    if item.kind in TOPICS and TOPICS[item.kind].takes is Takes.DATE:
        yield "data.value", date.fromisoformat(str(item.value))


def _about_somebody(checked: Sequence[Statement | Problem]) -> list[Statement | Problem]:
    """Let a withdrawal that names nobody be about whatever the fact is about that it takes back.

    Once recorded it stays as it was then, so that the same statement again is known.
    """
    named = {found.once: found for found in checked if isinstance(found, Statement) and found.kind != WITHDRAWAL}
    loose = [found for found in checked if _is_loose(found)]
    named |= stated({name for found in loose for name in (found.once, _target(found))})
    return [_about(found, named) if _is_loose(found) else found for found in checked]


def _is_loose(found: Statement | Problem) -> TypeGuard[Statement]:
    return isinstance(found, Statement) and found.kind == WITHDRAWAL and found.customer is None


def _about(withdrawal: Statement, named: Mapping[tuple[str, str], Statement]) -> Statement:
    known = named.get(withdrawal.once) or named.get(_target(withdrawal))
    return replace(withdrawal, customer=known.customer, subject=known.subject) if known else withdrawal


def _target(withdrawal: Statement) -> tuple[str, str]:
    assert isinstance(withdrawal.value, dict)
    return (withdrawal.source, withdrawal.value["fact"])
