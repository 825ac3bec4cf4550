"""Build the world that the system serves from a world file, all of it or nothing."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from pydantic import ValidationError

from ligneclaire.contracts.actions.import_contracts import HolderDiffers, import_contracts
from ligneclaire.contracts.rules.early_termination import BeforeTwelve
from ligneclaire.contracts.values import CommitmentEntry, ContractEntry, EquipmentEntry
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.money import Money
from ligneclaire.kernel.refusal import Refused
from ligneclaire.kernel.rows import Tally
from ligneclaire.offers.actions.import_offers import import_offers
from ligneclaire.offers.states import OfferKind
from ligneclaire.offers.values import OfferEntry
from ligneclaire.people.actions.import_people import import_people
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.people.values import AdviserEntry, CustomerEntry, DepartmentEntry, TerritoryEntry
from ligneclaire.simulation.world_file import (
    Adviser,
    Commitment,
    Contract,
    Customer,
    Offer,
    Operator,
    Shape,
    World,
)
from ligneclaire.simulation.world_network import import_network_of
from ligneclaire.simulation.world_values import Names
from ligneclaire.visits.actions.import_technicians import import_technicians

PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
BEFORE_TWELVE = {
    "full to end": BeforeTwelve.FULL_TO_END,
    "to month twelve, then part": BeforeTwelve.FULL_TO_M12_THEN_PCT,
}
TERMS = {"allowance", "out_of_plan", "roaming", "level"}
SAID = {"missing": "is missing", "extra_forbidden": "is not a known key"}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a world file, and where."""

    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


class WorldRefused(Refused):
    """The file does not describe a world; nothing of it was written. `problems` has all that is wrong."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems=problems)
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an import changed, by what it counts, and how often a path was kept for later, that is not imported."""

    tallies: Mapping[str, Tally]
    kept_for_later: Mapping[str, int]

    @property
    def changed_nothing(self) -> bool:
        """Everything was there already, exactly so."""
        return all(tally == Tally(same=tally.same) for tally in self.tallies.values())


@transaction.atomic
def import_world(document: object, *, by: Actor, at: datetime) -> Report:
    """Import a world file; again changes only what is different."""
    world = _read(document)
    tallies = (
        import_people(
            operator=_operator(world.operator),
            departments=[DepartmentEntry(code=row.code, name=row.name) for row in world.departments],
            territories=[
                TerritoryEntry(code=row.code, name=row.name, communes=tuple(row.communes), zone=row.zone)
                for row in world.territories
            ],
            advisers=[_adviser(row) for row in world.advisers],
            customers=[customer_entry(row) for row in world.customers],
            by=by,
            at=at,
        )
        | import_offers(offers=[_offer(row, world.operator.currency) for row in world.offers], by=by, at=at)
        | _import_contracts(world, by=by, at=at)
        | _place(world, by=by, at=at)
        | _employ(world, by=by, at=at)
    )
    return Report(tallies=tallies, kept_for_later=_kept_for_later(world))


def _read(document: object) -> World:
    try:
        return World.model_validate(document, context=Names.of(document))
    except ValidationError as wrong:
        problems = [
            _problem(error["loc"], error["type"], error["msg"])
            for error in wrong.errors(include_url=False, include_context=False, include_input=False)
        ]
    raise WorldRefused(tuple(problems))


def _problem(loc: tuple[int | str, ...], kind: str, message: str) -> Problem:
    return Problem(_path(loc), SAID.get(kind, message.removeprefix("Value error, ")))


def _path(loc: tuple[int | str, ...]) -> str:
    return "$" + "".join(
        f".{part}" if isinstance(part, str) and PLAIN_KEY.fullmatch(part) else f"[{json.dumps(part)}]" for part in loc
    )


def _import_contracts(world: World, *, by: Actor, at: datetime) -> dict[str, Tally]:
    placed = [
        (_path(("customers", i, "contracts", j, "id")), contract_entry(row, customer.id, world.operator.currency))
        for i, customer in enumerate(world.customers)
        for j, row in enumerate(customer.contracts)
    ]
    try:
        return import_contracts(contracts=[row for _, row in placed], by=by, at=at)
    except HolderDiffers as refused:
        problems = tuple(
            Problem(path, f"{row.number} is held by {refused.holders[row.number]}")
            for path, row in placed
            if row.number in refused.holders
        )
    raise WorldRefused(problems)


def _place(world: World, *, by: Actor, at: datetime) -> dict[str, Tally]:
    imported = import_network_of(world, by=by, at=at)
    paths = {
        row.id: _path(("customers", i, "contracts", j))
        for i, customer in enumerate(world.customers)
        for j, row in enumerate(customer.contracts)
    }
    problems = tuple(
        Problem(paths.get(one.line, "$.network.in_use"), f"{one.resource} is held by {one.held_by or 'somebody'}")
        for one in imported.contested
    )
    if problems:
        raise WorldRefused(problems)
    return imported.tallies


def _employ(world: World, *, by: Actor, at: datetime) -> dict[str, Tally]:
    if not world.technicians:
        return {}
    return import_technicians(technicians=[row.entry() for row in world.technicians], by=by, at=at)


def _operator(row: Operator) -> OperatorCard:
    return OperatorCard(
        name=row.name,
        country=row.country,
        currency=row.currency,
        languages=tuple(row.languages),
        phone=row.phone,
        address=tuple(row.address),
        zone=row.zone,
        duty=row.duty,
    )


def _adviser(row: Adviser) -> AdviserEntry:
    return AdviserEntry(
        number=row.id,
        name=row.name,
        phone=row.phone,
        email=row.email,
        languages=tuple(row.languages),
        territories=tuple(row.territories),
        backup=row.backup,
    )


def customer_entry(row: Customer) -> CustomerEntry:
    """What an import says of a customer."""
    return CustomerEntry(
        number=row.id,
        name=row.name,
        language=row.language,
        territory=row.territory,
        since=row.since,
        adviser=row.adviser,
        address=tuple(row.address),
        mobile=row.mobile,
        email=row.email,
    )


def _offer(row: Offer, currency: str) -> OfferEntry:
    return OfferEntry(
        code=row.code,
        name=row.name,
        kind=OfferKind(row.kind.upper()),
        price_per_month=Money.of(row.price_per_month, currency),
        deposit=Money.of(row.deposit, currency) if row.deposit else None,
        terms=row.model_dump(include=TERMS, exclude_none=True),
    )


def contract_entry(row: Contract, customer: str, currency: str) -> ContractEntry:
    """What an import says of a contract and its equipment."""
    return ContractEntry(
        number=row.id,
        customer=customer,
        offer=row.offer,
        line=row.line,
        since=row.since,
        concluded_on=row.concluded_on,
        commitment=_commitment(row.commitment, currency) if row.commitment else None,
        committed_until=row.committed_until,
        place=row.place,
        equipment=tuple(EquipmentEntry(kind=thing.kind, serial=thing.serial) for thing in row.equipment),
        rio=row.rio,
    )


def _commitment(row: Commitment, currency: str) -> CommitmentEntry:
    return CommitmentEntry(
        accepted_on=row.accepted_on,
        months=row.months,
        subsidised_handset=row.subsidised_handset,
        fee=Money.of(row.fee, currency) if row.fee else None,
        clause=row.clause,
        before_month_twelve=BEFORE_TWELVE[row.before_month_twelve],
    )


def _kept_for_later(world: World) -> dict[str, int]:
    places: dict[str, Sequence[Shape]] = {
        "$": [world],
        "$.operator": [world.operator],
        "$.customers[]": world.customers,
        "$.customers[].contracts[]": [row for customer in world.customers for row in customer.contracts],
        "$.customers[].contracts[].sim": [
            row.sim for customer in world.customers for row in customer.contracts if row.sim
        ],
    }
    count = Counter(
        f"{place}.{key}" for place, rows in places.items() for row in rows for key in row.later & row.model_fields_set
    )
    return dict(sorted(count.items()))
