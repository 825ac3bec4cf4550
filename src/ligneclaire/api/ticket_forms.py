"""TMF621 trouble tickets as they come in and as they are answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, ConfigDict

from ligneclaire.cases.actions.bring_case import Brought, Matter
from ligneclaire.cases.queries.brought import BroughtCard, WordCard
from ligneclaire.cases.states import CaseState
from ligneclaire.channels.states import Medium

Status = Literal["inProgress", "held", "closed"]
FIELDS = {
    "customer": "relatedParty",
    "medium": "channel",
    "title": "name",
    "kind": "ticketType",
    "severity": "severity",
    "text": "description",
}
"""What we call a thing, and what the trade calls it."""


def _storable(text: str) -> str:
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("has a character that cannot be kept (NUL or half a surrogate pair)")
    if text and not text.strip():
        raise ValueError("says nothing")
    return text


Text = Annotated[str, AfterValidator(_storable)]


class Strict(Schema):
    """What is not known here is refused, so that nobody believes it was kept."""

    model_config = ConfigDict(extra="forbid")


class PartyIn(Strict):
    """Whose ticket it is."""

    id: Text = Field(min_length=1, max_length=20, examples=["C-2001"])
    role: Literal["customer"]


class ChannelIn(Strict):
    """How the customer said it."""

    name: Medium


class NoteIn(Strict):
    """What the customer said further, under an id that is used for nothing else in this ticket."""

    id: Text = Field(min_length=1, max_length=120)
    text: Text = Field(min_length=1, max_length=10_000)


class TicketIn(Strict):
    """A ticket with its first message."""

    externalId: Text = Field(  # noqa: N815  # the trade's own name, as all that follow
        min_length=1, max_length=120, description="Your name for it, which you never use for anything else."
    )
    relatedParty: list[PartyIn] = Field(min_length=1, max_length=1)  # noqa: N815
    channel: ChannelIn
    description: Text = Field(min_length=1, max_length=9_500, description="What the customer said, in their words.")
    name: Text = Field(default="", max_length=200, description="What it is about, in one line.")
    ticketType: Text = Field(default="", max_length=60, description="In your own words.")  # noqa: N815
    severity: Text = Field(default="", max_length=20, description="In your own words; the owner sees no queue by it.")

    @property
    def matter(self) -> Matter:
        """The same in our words."""
        return Matter(
            customer=self.relatedParty[0].id,
            name=self.externalId,
            medium=self.channel.name,
            text=self.description.strip(),
            title=self.name.strip(),
            kind=self.ticketType,
            severity=self.severity,
        )


class Asked(Strict):
    """Which tickets to list."""

    after: Text = Field(default="", max_length=40, description="The `id` of the last ticket that you have.")
    limit: int = Field(default=20, ge=1, le=100)
    externalId: Text = Field(default="", max_length=120)  # noqa: N815
    customer: Text = Field(default="", max_length=20)
    status: Literal["", "open", "closed"] = ""


class TicketPatch(Strict):
    """What can be added to a ticket; that it is settled, its owner says."""

    note: list[NoteIn] = Field(min_length=1, max_length=50)


class Party(Schema):
    """The customer, or who answers for the ticket."""

    id: str
    role: Literal["customer", "owner"]
    name: str | None = None


class Channel(Schema):
    """How the customer said it."""

    name: Medium


class Note(Schema):
    """What was added later."""

    id: str
    text: str
    date: datetime


class Relation(Schema):
    """The ticket in which this one is handled now."""

    id: str
    relationshipType: Literal["mergedInto"]  # noqa: N815


class Ticket(Schema):
    """A ticket of this department, and where it stands."""

    id: str = Field(description="The reference that customers are told too.", examples=["LC-7K2M-9QX4"])
    href: str
    externalId: str  # noqa: N815
    status: Status = Field(description="`held` while it rests until a day that its owner chose.")
    creationDate: datetime  # noqa: N815
    name: str
    description: str
    ticketType: str  # noqa: N815
    severity: str
    channel: Channel
    relatedParty: list[Party]  # noqa: N815
    ticketRelationship: list[Relation]  # noqa: N815
    note: list[Note]


class Kept(Schema):
    """A field that was brought otherwise before."""

    field: str
    kept: str
    sent: str


class Conflict(Schema):
    """The same name with another content: both."""

    id: str = Field(description="The ticket that has this name.")
    externalId: str  # noqa: N815
    reason: str
    differences: list[Kept]


def ticket_brought(sent: TicketIn, taken: Brought, *, href: str, at: datetime) -> Ticket:
    """A case that was opened this very moment, as the trade describes it."""
    matter = sent.matter
    return Ticket(
        id=taken.reference,
        href=href,
        externalId=matter.name,
        status="inProgress",
        creationDate=at,
        name=matter.title,
        description=matter.text,
        ticketType=matter.kind,
        severity=matter.severity,
        channel=Channel(name=matter.medium),
        relatedParty=_parties(matter.customer, taken.owner, taken.owner_name),
        ticketRelationship=[],
        note=[],
    )


def ticket_of(card: BroughtCard, *, href: str, today: date, words: tuple[WordCard, ...] = ()) -> Ticket:
    """A case as the trade describes it."""
    is_merged = card.survivor != card.reference
    return Ticket(
        id=card.reference,
        href=href,
        externalId=card.name,
        status=_status(card, today),
        creationDate=card.opened_at,
        name=card.title,
        description=card.text,
        ticketType=card.kind,
        severity=card.severity,
        channel=Channel(name=Medium(card.medium)),
        relatedParty=_parties(card.customer, card.owner, card.owner_name),
        ticketRelationship=[Relation(id=card.survivor, relationshipType="mergedInto")] if is_merged else [],
        note=[Note(id=str(word.uuid), text=word.text, date=word.at) for word in words],
    )


def _status(card: BroughtCard, today: date) -> Status:
    if card.state == CaseState.CLOSED:
        return "closed"
    return "held" if card.snoozed_until and card.snoozed_until > today else "inProgress"


def _parties(customer: str, owner: str, owner_name: str) -> list[Party]:
    return [Party(id=customer, role="customer"), Party(id=owner, role="owner", name=owner_name)]
