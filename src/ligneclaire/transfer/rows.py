"""What becomes of the values of a line: checked as a world file is, held against what is there, then written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any, Literal, Protocol, TypeVar
from uuid import UUID

from pydantic import StringConstraints, ValidationError, field_validator

from ligneclaire.cases.queries import cards
from ligneclaire.channels.actions.record_entry import Said
from ligneclaire.channels.states import Direction, Medium
from ligneclaire.contracts.actions.import_contracts import import_contracts
from ligneclaire.contracts.queries import holders
from ligneclaire.contracts.values import ContractEntry
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import parse_reference, uuid_of
from ligneclaire.kernel.rows import Tally
from ligneclaire.people.actions.import_customers import import_customers
from ligneclaire.people.queries import customers, numbers
from ligneclaire.people.states import OPTIONAL, ContactKind, MessagePurpose, Way
from ligneclaire.people.values import CustomerEntry
from ligneclaire.simulation import world_file
from ligneclaire.simulation.world import SAID, contract_entry, customer_entry
from ligneclaire.simulation.world_values import Email, Name, Names
from ligneclaire.transfer.actions.write_history import History, write_history

Item = TypeVar("Item")
Faults = dict[int, tuple[str, str]]
"""The field and the reason, by line."""
WAY, EQUIPMENT, COMMITMENT = "way_", "equipment_", "commitment_"


class Rows(Protocol[Item]):
    """One sort of rows."""

    def item(self, values: dict[str, object]) -> Item:
        """A row of these values; ValidationError names what is wrong."""

    def checked(self, items: Mapping[int, Item], *, at: datetime) -> tuple[dict[int, Item], Faults]:
        """Those that fit what is there, and why the others do not."""

    def write(self, items: Mapping[int, Item], *, by: Actor, at: datetime) -> tuple[dict[str, Tally], Faults]:
        """Write them: what changed, and which the written would contradict."""


class _Customer(world_file.Customer):
    contracts: list[world_file.Contract] = []
    ways: dict[str, str] = {}

    @field_validator("ways")
    @classmethod
    def _known(cls, ways: dict[str, str]) -> dict[str, str]:
        for purpose, way in ways.items():
            known = [one.value for one in Way if one is not Way.NONE or MessagePurpose(purpose) in OPTIONAL]
            if way not in known:
                raise ValueError(f"expected {', '.join(known)}")
        return ways


class _Contract(world_file.Contract):
    customer: Name


class _Entry(world_file.Shape):
    key: Annotated[str, StringConstraints(max_length=200)]
    customer: Name | None = None
    customer_email: Email | None = None
    medium: Literal["call", "shop", "visit", "letter", "email", "sms"]
    direction: Literal["in", "out"]
    text: str
    happened_at: datetime
    case: str = ""

    @field_validator("case")
    @classmethod
    def _a_reference(cls, text: str) -> str:
        reference = parse_reference(text) if text else ""
        if reference is None:
            raise ValueError(f"{text[:40]!r} is not a reference such as LC-7K2M-9QX4")
        return reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Customers:
    """Customers with their contact points and wishes."""

    names: Names
    kinds: frozenset[ContactKind]
    """What the mapping feeds; other contact points stay."""

    def item(self, values: dict[str, object]) -> CustomerEntry:
        """A customer."""
        given = {name: value for name, value in values.items() if not name.startswith(WAY)}
        ways = {name.removeprefix(WAY).upper(): str(values[name]).upper() for name in values.keys() - given.keys()}
        row = _Customer.model_validate(_renamed(given) | {"ways": ways}, context=self.names)
        chosen = {MessagePurpose(purpose): Way(way) for purpose, way in row.ways.items()}
        return replace(customer_entry(row), ways=chosen)

    def checked(
        self,
        items: Mapping[int, CustomerEntry],
        *,
        at: datetime,  # noqa: ARG002 - as others need it
    ) -> tuple[dict[int, CustomerEntry], Faults]:
        """All: their shape knows territories and advisers."""
        return dict(items), {}

    def write(self, items: Mapping[int, CustomerEntry], *, by: Actor, at: datetime) -> tuple[dict[str, Tally], Faults]:
        """Import them."""
        return import_customers(customers=list(items.values()), kinds=self.kinds, by=by, at=at), {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contracts:
    """Contracts with their commitment and equipment."""

    names: Names
    with_equipment: bool

    def item(self, values: dict[str, object]) -> ContractEntry:
        """A contract."""
        given = {name: value for name, value in values.items() if not name.startswith((EQUIPMENT, COMMITMENT))}
        bound = {name.removeprefix(COMMITMENT): values[name] for name in values if name.startswith(COMMITMENT)}
        if set(bound) - {"subsidised_handset"}:
            given["commitment"] = {"subsidised_handset": False} | bound
        given["equipment"] = _equipment(values)
        row = _Contract.model_validate(_renamed(given), context=self.names)
        return contract_entry(row, row.customer, self.names.currency)

    def checked(
        self,
        items: Mapping[int, ContractEntry],
        *,
        at: datetime,  # noqa: ARG002 - as others need it
    ) -> tuple[dict[int, ContractEntry], Faults]:
        """Those of customers who are there, and of nobody else."""
        known = customers.known([item.customer for item in items.values()])
        held = holders.of([item.number for item in items.values()])
        faults: Faults = {}
        for line, item in items.items():
            holder = held.get(item.number, item.customer)
            if item.customer not in known:
                faults[line] = "customer", f"there is no customer {item.customer}"
            elif holder != item.customer:
                faults[line] = "customer", f"{item.number} is held by {holder}"
        return _without(items, faults), faults

    def write(self, items: Mapping[int, ContractEntry], *, by: Actor, at: datetime) -> tuple[dict[str, Tally], Faults]:
        """Import them."""
        listed = list(items.values())
        return import_contracts(contracts=listed, with_equipment=self.with_equipment, by=by, at=at), {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """What was said to another system."""

    names: Names
    source: str

    def item(self, values: dict[str, object]) -> History:
        """An entry; whose it is, is known later where only an e-mail address says so."""
        row = _Entry.model_validate(values, context=self.names)
        return History(
            key=row.key,
            uuid=uuid_of("import", self.source, row.key),
            email=(row.customer_email or "").lower(),
            said=Said(
                customer=row.customer or "",
                case=row.case,
                medium=Medium(row.medium),
                direction=Direction(row.direction),
                text=row.text,
                happened_at=row.happened_at,
            ),
        )

    def checked(self, items: Mapping[int, History], *, at: datetime) -> tuple[dict[int, History], Faults]:
        """Those of one customer who is there and has that case, once in this stretch of the file.

        What is of a case lies under the number of that case, which may be another one of the same person.
        """
        mailing = customers.of_emails({item.email for item in items.values() if not item.said.customer})
        found = {line: _whose(item, mailing) for line, item in items.items()}
        cases = cards.by_references({item.said.case for item in found.values() if item.said.case})
        holders_of = {reference: card.customer for reference, card in cases.items()}
        meant = numbers.survivors({*holders_of.values(), *(item.said.customer for item in found.values())})
        found = {line: _in_its_case(item, holders_of, meant) for line, item in found.items()}
        faults, seen = Faults(), set[UUID]()
        for line, item in found.items():
            fault = _fault(item, meant.keys(), mailing, holders_of, at)
            if item.uuid in seen:
                fault = "key", f"{item.key} is already another line"
            if fault:
                faults[line] = fault
            else:
                seen.add(item.uuid)
        return _without(found, faults), faults

    def write(self, items: Mapping[int, History], *, by: Actor, at: datetime) -> tuple[dict[str, Tally], Faults]:
        """Write what is new; what is there with other words stays as it is."""
        done = write_history(source=self.source, items=list(items.values()), by=by, at=at)
        faults = {
            line: ("key", f"{item.key} was imported with other content, and entries are never changed")
            for line, item in items.items()
            if item.uuid in done.different
        }
        same = len(items) - len(done.new) - len(done.different)
        return {"entries": Tally(new=len(done.new), same=same)}, faults


def faults_of(wrong: ValidationError) -> list[tuple[str, str]]:
    """The fields and the reasons."""
    return [
        (_field(error["loc"]), SAID.get(error["type"], error["msg"].removeprefix("Value error, ")))
        for error in wrong.errors(include_url=False, include_context=False, include_input=False)
    ]


def _field(loc: tuple[int | str, ...]) -> str:
    match loc:
        case ("id", *_):
            return "number"
        case ("commitment", str(part), *_):
            return f"{COMMITMENT}{part}"
        case ("equipment", int(), str(part), *_):
            return f"{EQUIPMENT}{part}"
        case (str(name), *_):
            return name
        case _:
            return ""


def _renamed(values: dict[str, Any]) -> dict[str, object]:
    return {"id" if name == "number" else name: value for name, value in values.items()}


def _equipment(values: Mapping[str, Any]) -> list[dict[str, object]]:
    """The things of a contract; one kind may be that of all."""
    serials, kinds = values.get(f"{EQUIPMENT}serial", []), values.get(f"{EQUIPMENT}kind", [])
    kinds = kinds * len(serials) if len(kinds) == 1 else kinds
    return [
        ({"kind": kinds[place]} if place < len(kinds) else {}) | {"serial": serial}
        for place, serial in enumerate(serials)
    ]


def _without(items: Mapping[int, Item], faults: Faults) -> dict[int, Item]:
    return {line: item for line, item in items.items() if line not in faults}


def _whose(item: History, mailing: Mapping[str, Sequence[str]]) -> History:
    found = mailing.get(item.email, ())
    if item.said.customer or len(found) != 1:
        return item
    return replace(item, said=replace(item.said, customer=found[0]))


def _in_its_case(item: History, holders_of: Mapping[str, str], meant: Mapping[str, str]) -> History:
    holder = holders_of.get(item.said.case)
    if holder is None or meant.get(item.said.customer) != meant[holder]:
        return item
    return replace(item, said=replace(item.said, customer=holder))


def _fault(
    item: History,
    known: Collection[str],
    mailing: Mapping[str, Sequence[str]],
    holders_of: Mapping[str, str],
    at: datetime,
) -> tuple[str, str] | None:
    said = item.said
    if not said.customer and not item.email:
        return "customer", "is missing"
    if not said.customer:
        several = ", ".join(mailing.get(item.email, ()))
        whose = f"{item.email} is the address of {several}" if several else f"nobody has the address {item.email}"
        return "customer_email", whose
    if said.customer not in known:
        return "customer", f"there is no customer {said.customer}"
    if said.case and holders_of.get(said.case) != said.customer:
        return "case", f"{said.customer} has no case {said.case}"
    return ("happened_at", "lies in the future") if said.happened_at > at else None
