"""Bring who holds what in line with an outside list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from ligneclaire.contracts.models import Contract, Equipment
from ligneclaire.contracts.queries import holders
from ligneclaire.contracts.values import CommitmentEntry, ContractEntry
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.kernel.rows import Tally, prune, upsert


class HolderDiffers(Refused):
    """Contracts on the list are held by other customers, `holders`; an import does not hand contracts over."""

    def __init__(self, holders: Mapping[str, str]) -> None:
        super().__init__(holders=holders)
        self.holders = holders


@transaction.atomic
def import_contracts(
    *, contracts: Sequence[ContractEntry], with_equipment: bool = True, by: Actor, at: datetime
) -> dict[str, Tally]:
    """Import contracts; those that are not on the list stay, the equipment of those that are is then as listed.

    Without equipment the list says nothing of it, and it stays.
    """
    held = holders.of([row.number for row in contracts])
    others = {row.number: held[row.number] for row in contracts if held.get(row.number, row.customer) != row.customer}
    if others:
        raise HolderDiffers(others)
    return {
        "contracts": upsert(Contract, [_contract(row) for row in contracts], key=["number"], by=by, at=at),
    } | ({"equipment": _equip(contracts, by=by, at=at)} if with_equipment else {})


def _contract(row: ContractEntry) -> dict[str, object]:
    until = row.commitment.ends_on if row.commitment else row.committed_until
    return {
        "number": row.number,
        "customer_id": row.customer,
        "offer_id": row.offer,
        "line": row.line,
        "since": row.since.isoformat(),
        "concluded_on": (row.concluded_on or row.since).isoformat(),
        "committed_until": until and until.isoformat(),
        "place": row.place,
        "rio": row.rio,
        **_commitment(row.commitment),
    }


def _commitment(bound: CommitmentEntry | None) -> dict[str, object]:
    return {
        "commitment_accepted_on": bound and bound.accepted_on.isoformat(),
        "commitment_months": bound and bound.months,
        "commitment_fee_minor": bound.fee.minor if bound and bound.fee else None,
        "commitment_clause": bound.clause if bound else "",
        "before_month_twelve": bound.before_month_twelve if bound else "",
        "subsidised_handset": bound.subsidised_handset if bound else False,
    }


def _equip(contracts: Sequence[ContractEntry], *, by: Actor, at: datetime) -> Tally:
    rows = [
        {"contract_id": row.number, "customer_id": row.customer, "kind": thing.kind, "serial": thing.serial}
        for row in contracts
        for thing in row.equipment
    ]
    numbers = [row.number for row in contracts]
    tally = upsert(Equipment, rows, key=["serial"], by=by, at=at)
    return tally + prune(Equipment, rows, key=["serial"], parent="contract_id", parents=numbers)
