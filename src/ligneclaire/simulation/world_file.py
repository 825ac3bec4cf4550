"""The shape of a world file: an operator, who works there, what it sells, whom it serves."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator

from ligneclaire.contracts.rules.commitments import CommitmentTooLong, check_length
from ligneclaire.contracts.rules.rio import RioMalformed, RioOfAnotherNumber, check
from ligneclaire.kernel.calendar import add_months
from ligneclaire.law import UnknownCountry
from ligneclaire.simulation.world_values import (
    AddressLine,
    Amount,
    Clock,
    Country,
    Currency,
    Day,
    Email,
    Iccid,
    Line,
    LongName,
    Name,
    Pair,
    Phone,
    Rate,
    ServiceNumber,
    ShortLine,
    Zone,
    country_of,
    once,
    refers,
)
from ligneclaire.visits.rules.week import overlapping
from ligneclaire.visits.values import Hours as WorkingHours
from ligneclaire.visits.values import TechnicianEntry

Language = Annotated[str, StringConstraints(pattern="^[a-z]{2}$")]
Address = Annotated[list[AddressLine], Field(min_length=1, max_length=6)]


class Shape(BaseModel):
    """A part of the file: a key that is not named here is an error, one in `later` has no home yet."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    later: ClassVar[frozenset[str]] = frozenset()


class Operator(Shape):
    """The operator; where we do not know the time zone of its country, the file says it."""

    name: Line
    country: Country
    currency: Currency
    languages: Annotated[list[Literal["fr", "en"]], Field(min_length=1)]
    phone: ServiceNumber
    address: Address
    zone: Zone = Field(default="", validate_default=True)
    duty: Annotated[str, refers("adviser")] = ""
    prices: object = None
    vat: object = None
    rounding: object = None

    later = frozenset({"prices", "vat", "rounding"})


class Department(Shape):
    """A department."""

    code: Annotated[LongName, once("department")]
    name: Line


class Territory(Shape):
    """A territory; it says its time zone where that is not the operator's."""

    code: Annotated[Name, once("territory")]
    name: Line
    communes: list[Line]
    zone: Zone = ""


class Adviser(Shape):
    """An adviser, with a backup who is another adviser."""

    id: Annotated[Name, once("adviser")]
    name: Line
    phone: Phone
    email: Email
    territories: list[Annotated[str, refers("territory")]]
    languages: Annotated[list[Language], Field(min_length=1)]
    backup: Annotated[str, refers("adviser")]

    @field_validator("backup")
    @classmethod
    def _another(cls, backup: str, info: ValidationInfo) -> str:
        if backup == info.data.get("id"):
            raise ValueError("nobody is their own backup")
        return backup


class Allowance(Shape):
    """What the price of a month includes."""

    voice_seconds: Annotated[int, Field(ge=0)] | None = None
    sms: Annotated[int, Field(ge=0)] | None = None
    data_bytes: Annotated[int, Field(ge=0)] | None = None


class Rates(Shape):
    """What a unit costs beyond what is included."""

    voice_per_minute: Rate | None = None
    voice_out_per_minute: Rate | None = None
    voice_in_per_minute: Rate | None = None
    sms: Rate | None = None
    data_per_mb: Rate | None = None


class Offer(Shape):
    """An offer, priced per month in the operator's currency."""

    code: Annotated[LongName, once("offer")]
    name: Line
    kind: Literal["fixed", "mobile"]
    price_per_month: Amount
    deposit: Amount | None = None
    allowance: Allowance | None = None
    out_of_plan: Rates | None = None
    roaming: dict[Country, Rates] | None = None
    level: Literal["ftth_1", "ftto"] | None = None


class Equipment(Shape):
    """A thing lent to the customer."""

    kind: ShortLine
    serial: Annotated[Line, once("serial number")]


class Commitment(Shape):
    """For how long the customer is bound by the contract, and what its clause asks of who leaves earlier."""

    accepted_on: Day
    months: Annotated[int, Field(ge=1)]
    subsidised_handset: bool
    fee: Amount | None = None
    clause: ShortLine = ""
    before_month_twelve: Literal["full to end", "to month twelve, then part"]

    @field_validator("months")
    @classmethod
    def _allowed(cls, months: int, info: ValidationInfo) -> int:
        accepted_on = info.data.get("accepted_on")
        if accepted_on is not None:
            try:
                check_length(months, on=accepted_on, country=country_of(info))
            except CommitmentTooLong as refused:
                raise ValueError(f"at most {refused.values['most']} months, not {months} (TER-10)") from None
            except UnknownCountry:
                pass  # no rule of that country is entered
        return months

    @property
    def ends_on(self) -> date:
        """The first day on which the customer is no longer bound."""
        return add_months(self.accepted_on, self.months)


class Sim(Shape):
    """The card in a telephone."""

    iccid: Annotated[Iccid, once("SIM")]
    pin_tries_left: object = None
    puk_tries_left: object = None

    later = frozenset({"pin_tries_left", "puk_tries_left"})


class Contract(Shape):
    """A contract of the customer in whose list it stands, concluded on the day on which it begins unless said."""

    id: Annotated[LongName, once("contract")]
    offer: Annotated[str, refers("offer")]
    line: Phone
    since: Day
    concluded_on: Day | None = None
    commitment: Commitment | None = None
    committed_until: Day | None = None
    rio: str = ""
    place: Line = ""
    equipment: list[Equipment] = []
    pair: Annotated[str, refers("pair"), once("line's pair")] = ""
    sim: Sim | None = None
    user: object = None

    later = frozenset({"user"})

    @field_validator("concluded_on")
    @classmethod
    def _before_start(cls, concluded_on: date | None, info: ValidationInfo) -> date | None:
        since = info.data.get("since")
        if concluded_on is not None and since is not None and concluded_on > since:
            raise ValueError(f"a contract is concluded before it begins, on {since}")
        return concluded_on

    @field_validator("commitment")
    @classmethod
    def _of_this_contract(cls, bound: Commitment | None, info: ValidationInfo) -> Commitment | None:
        since = info.data.get("since")
        if bound is None or since is None:
            return bound
        concluded_on = info.data.get("concluded_on") or since
        if bound.accepted_on < concluded_on:
            raise ValueError(f"a commitment is accepted when the contract is concluded, on {concluded_on}, or later")
        if bound.ends_on <= since:
            raise ValueError(f"a commitment ends after the contract begins, on {since}")
        return bound

    @field_validator("committed_until")
    @classmethod
    def _end_of_commitment(cls, until: date | None, info: ValidationInfo) -> date | None:
        since, bound = info.data.get("since"), info.data.get("commitment")
        if until is not None and since is not None and until <= since:
            raise ValueError(f"a commitment ends after the contract begins, on {since}")
        if until is not None and bound is not None and until != bound.ends_on:
            raise ValueError(f"the commitment ends on {bound.ends_on}")
        return until

    @field_validator("sim")
    @classmethod
    def _by_air_or_by_wire(cls, sim: Sim | None, info: ValidationInfo) -> Sim | None:
        if sim is not None and info.data.get("pair"):
            raise ValueError("a line has a pair or a SIM")
        return sim

    @field_validator("rio")
    @classmethod
    def _of_this_line(cls, text: str, info: ValidationInfo) -> str:
        line = info.data.get("line")
        if line is None or not text:
            return text
        try:
            return str(check(text, number=line))
        except RioMalformed:
            raise ValueError(f"{text[:40]!r} is no RIO, such as 01PEROY4P4TR") from None
        except RioOfAnotherNumber:
            raise ValueError(f"{text[:40]!r} is the RIO of another number than {line}") from None


class Customer(Shape):
    """A customer with an adviser and contracts."""

    id: Annotated[Name, once("customer")]
    name: Line
    language: Annotated[str, refers("language")]
    territory: Annotated[str, refers("territory")]
    address: Address
    mobile: Phone | None = None
    email: Email | None = None
    since: Day
    adviser: Annotated[str, refers("adviser")]
    contracts: list[Contract]
    mandate: object = None

    later = frozenset({"mandate"})


class Site(Shape):
    """A place where lines come together, and its pairs."""

    code: Annotated[Pair, once("site")]
    kind: Literal["exchange", "cabinet", "pm", "distribution box", "pbo"]
    commune: Annotated[str, refers("commune")]
    pairs: list[Annotated[Pair, once("pair")]] = []


class InUse(Shape):
    """A pair that somebody uses whom the file does not name."""

    pair: Annotated[str, refers("pair"), once("line's pair")]
    note: Line = ""


class Network(Shape):
    """What exists between an exchange and a home."""

    sites: list[Site] = []
    in_use: list[InUse] = []


class Hours(Shape):
    """When a technician works on a day of the week (Monday is 1), in windows of so many minutes."""

    weekday: Annotated[int, Field(ge=1, le=7)]
    starts: Clock
    ends: Clock
    minutes: Annotated[int, Field(ge=15, le=720)] = 120

    @field_validator("ends")
    @classmethod
    def _later(cls, ends: time, info: ValidationInfo) -> time:
        starts = info.data.get("starts")
        if starts is not None and ends <= starts:
            raise ValueError(f"it ends before it begins, at {starts:%H:%M}")
        return ends

    def entry(self) -> WorkingHours:
        """What an import says of them."""
        return WorkingHours(**dict(self))


class Technician(Shape):
    """Somebody who comes to customers, with what they can do and where and when they work."""

    id: Annotated[Name, once("technician")]
    name: Line
    mobile: Phone
    skills: Annotated[list[ShortLine], Field(min_length=1)]
    territories: Annotated[list[Annotated[str, refers("territory")]], Field(min_length=1)]
    hours: list[Hours]
    adviser: Annotated[str, refers("adviser")] | None = None

    @field_validator("hours")
    @classmethod
    def _one_after_the_other(cls, hours: list[Hours]) -> list[Hours]:
        if twice := overlapping([row.entry() for row in hours]):
            raise ValueError(f"{twice.starts:%H:%M} of day {twice.weekday} overlaps others")
        return hours

    def entry(self) -> TechnicianEntry:
        """What an import says of them."""
        return TechnicianEntry(
            number=self.id,
            name=self.name,
            mobile=self.mobile,
            skills=tuple(self.skills),
            territories=tuple(self.territories),
            hours=tuple(row.entry() for row in self.hours),
            adviser=self.adviser,
        )


class World(Shape):
    """The whole file."""

    operator: Operator
    departments: list[Department]
    territories: list[Territory]
    advisers: list[Adviser]
    offers: list[Offer]
    customers: list[Customer]
    network: Network = Network()
    technicians: list[Technician] = []
