"""Every thing a customer can be told: who is in charge of it, what it looks like, when it is said.

How each is said stands beside it in `wording/`; a test holds the two together.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TypedDict, Unpack

from ligneclaire.cases.facts import CASE_MERGED, CASES
from ligneclaire.voice.values import Takes

ANYONE: tuple[frozenset[str], ...] = ()
PLANS = "journeys"  # a plan computes what departments have not stated, and yields to them
CONTRACTS = (frozenset({"contracts"}), frozenset({PLANS}))
BILLING = (frozenset({"billing"}), frozenset({"contracts"}), frozenset({PLANS}))
EQUIPMENT = (frozenset({"equipment", "equipment-south-west"}), frozenset({PLANS}))
THIRD_PARTY = (frozenset({"third-party-operators"}),)
PORTING = (*THIRD_PARTY, frozenset({PLANS}))
PLANNED = (frozenset({PLANS}),)  # the plan makes the date out of what departments answer, and says it
VISITS = "visits"  # our own plan of the technicians
VISITING = (frozenset({VISITS}), frozenset({"field"}))

OF_CASES = (frozenset({CASES}),)


class Moment(enum.IntEnum):
    """When, in the order in which things happen to a customer who leaves."""

    REQUEST = 1
    LINE = 2
    TAKEOVER = 3
    END = 4
    RETURN = 5
    BILL = 6
    REFUND = 7
    KEPT = 8
    CLOSED = 9


class Urgency(enum.StrEnum):
    """How long a topic may wait for others to travel with."""

    AT_ONCE = "at once"
    RECEIPT = "next dispatch; at once when the request came online"
    SETTLED = "a day after the last news on its subject"


class Audience(enum.StrEnum):
    """Who may hear of a topic when a department states it."""

    CUSTOMER = "customer"
    VOICE_ONLY = "the voice gives the contact"
    PLANS = "a plan says what follows from it"
    NOBODY = "no sales sentence without consent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A thing a customer can be told."""

    key: str
    takes: Takes
    ranks: tuple[frozenset[str], ...]
    moment: Moment
    urgency: Urgency = Urgency.SETTLED
    audience: Audience = Audience.CUSTOMER
    of_termination: bool = False  # falls when the customer takes the termination back
    commits: bool = True  # a date or an amount told becomes a promise
    kept_by: str | None = None  # the topic whose statement proves that the promise was kept
    pays: str | None = None  # the topic of the amount that is paid by this date
    on_paper: bool = False  # goes by letter however the request came
    of_port: bool = False  # falls when the line stays with us after all
    is_duty: bool = False  # the law asks that the customer has it, on a durable medium
    each_anew: bool = False  # a later one is another, not a change of the one before

    def rank_of(self, source: str) -> int:
        """Rank of a department for this topic: 0 is in charge; whoever is not named comes last."""
        return next((place for place, rank in enumerate(self.ranks) if source in rank), len(self.ranks))


class More(TypedDict, total=False):
    """What else there may be to say of a topic."""

    commits: bool
    kept_by: str
    pays: str
    on_paper: bool
    is_duty: bool


def _event(key: str, ranks: tuple[frozenset[str], ...] = ANYONE) -> Topic:
    return Topic(
        key=key,
        takes=Takes.EVENT,
        ranks=ranks,
        moment=Moment.REQUEST,
        urgency=Urgency.RECEIPT,
        commits=False,
        is_duty=True,
    )


def _leaving(key: str, takes: Takes, ranks: tuple[frozenset[str], ...], moment: Moment, **more: Unpack[More]) -> Topic:
    return Topic(key=key, takes=takes, ranks=ranks, moment=moment, of_termination=True, **more)


def _of_line(key: str) -> Topic:
    return Topic(key=key, takes=Takes.TEXT, ranks=THIRD_PARTY, moment=Moment.TAKEOVER, of_port=True)


def _asked(key: str) -> Topic:
    return Topic(
        key=key,
        takes=Takes.REQUEST,
        ranks=ANYONE,
        moment=Moment.REQUEST,
        urgency=Urgency.RECEIPT,
        commits=False,
        each_anew=True,
    )


def _appointment(key: str) -> Topic:
    return Topic(
        key=key,
        takes=Takes.SLOT,
        ranks=VISITING,
        moment=Moment.LINE,
        urgency=Urgency.AT_ONCE,
        kept_by="visit.closed",
    )


def _of_visit(key: str) -> Topic:
    return Topic(
        key=key,
        takes=Takes.SLOT,
        ranks=PLANNED,
        moment=Moment.LINE,
        urgency=Urgency.AT_ONCE,
        commits=False,
        each_anew=True,
    )


def _heard(key: str, takes: Takes = Takes.EVENT) -> Topic:
    return Topic(key=key, takes=takes, ranks=ANYONE, moment=Moment.LINE, audience=Audience.PLANS, commits=False)


def _never(key: str, takes: Takes, audience: Audience) -> Topic:
    return Topic(key=key, takes=takes, ranks=ANYONE, moment=Moment.REQUEST, audience=audience, commits=False)


TOPICS: dict[str, Topic] = {
    topic.key: topic
    for topic in (
        _event("termination.requested"),
        _event("termination.withdrawn"),
        _event("withdrawal.requested"),
        _event("port.failed", PORTING),
        _event("port.cancelled", PORTING),
        _leaving("contract.ends_on", Takes.DATE, CONTRACTS, Moment.END, is_duty=True),
        Topic(key="contract.goes_on", takes=Takes.FLAG, ranks=CONTRACTS, moment=Moment.KEPT),
        _of_line("line.taken_over_by"),
        _of_line("support.for_line"),
        _leaving("closing_bill.date", Takes.DATE, BILLING, Moment.BILL, kept_by="closing_bill.issued"),
        _leaving("closing_bill.amount", Takes.MONEY, BILLING, Moment.BILL, kept_by="closing_bill.issued"),
        _leaving("closing_bill.issued", Takes.DATE, BILLING, Moment.BILL, commits=False),
        _leaving(
            "fees.early_termination", Takes.MONEY, BILLING, Moment.BILL, kept_by="closing_bill.issued", is_duty=True
        ),
        _leaving("fees.formula", Takes.TEXT, BILLING, Moment.BILL),
        _leaving("refund.deposit", Takes.MONEY, BILLING, Moment.REFUND, kept_by="refund.paid"),
        _leaving("refund.deposit_by", Takes.DATE, BILLING, Moment.REFUND, kept_by="refund.paid", pays="refund.deposit"),
        _leaving("refund.advance", Takes.MONEY, BILLING, Moment.REFUND, kept_by="refund.paid"),
        _leaving("refund.advance_by", Takes.DATE, BILLING, Moment.REFUND, kept_by="refund.paid", pays="refund.advance"),
        _leaving("refund.withdrawal", Takes.MONEY, BILLING, Moment.REFUND, kept_by="refund.paid"),
        _leaving(
            "refund.withdrawal_by", Takes.DATE, BILLING, Moment.REFUND, kept_by="refund.paid", pays="refund.withdrawal"
        ),
        _leaving("refund.paid", Takes.MONEY, BILLING, Moment.REFUND, commits=False),
        _leaving("equipment.to_return", Takes.TEXTS, EQUIPMENT, Moment.RETURN),
        _leaving("equipment.return_by", Takes.DATE, EQUIPMENT, Moment.RETURN, kept_by="equipment.received"),
        _leaving("equipment.return_how", Takes.TEXT, EQUIPMENT, Moment.RETURN),
        _leaving("equipment.penalty", Takes.MONEY, EQUIPMENT, Moment.RETURN, kept_by="equipment.received"),
        _leaving("equipment.days_after_formal_notice", Takes.DAYS, EQUIPMENT, Moment.RETURN),
        _leaving("equipment.received", Takes.TEXTS, EQUIPMENT, Moment.RETURN, commits=False),
        _leaving("equipment.missing", Takes.TEXTS, EQUIPMENT, Moment.RETURN),
        _leaving(
            "equipment.formal_notice",
            Takes.DATE,
            EQUIPMENT,
            Moment.RETURN,
            kept_by="equipment.received",
            on_paper=True,
            is_duty=True,
        ),
        _leaving("equipment.charged", Takes.MONEY, EQUIPMENT, Moment.RETURN, commits=False),
        _leaving("number.kept_until", Takes.DATE, CONTRACTS, Moment.KEPT),
        _leaving("mailbox.kept_until", Takes.DATE, CONTRACTS, Moment.KEPT),
        _leaving("contract.closed", Takes.EVENT, CONTRACTS, Moment.CLOSED, commits=False),
        Topic(
            key=CASE_MERGED,
            takes=Takes.TEXT,
            ranks=OF_CASES,
            moment=Moment.REQUEST,
            urgency=Urgency.RECEIPT,
            commits=False,
        ),
        _asked("move.requested"),
        Topic(
            key="move.withdrawn",
            takes=Takes.REQUEST,
            ranks=ANYONE,
            moment=Moment.REQUEST,
            urgency=Urgency.AT_ONCE,
            commits=False,
            each_anew=True,
        ),
        _asked("line.requested"),
        _asked("fault.reported"),
        Topic(
            key="line.lost",
            takes=Takes.DATE,
            ranks=PLANNED,
            moment=Moment.LINE,
            urgency=Urgency.AT_ONCE,
            commits=False,
            each_anew=True,
        ),
        Topic(key="line.restored_by", takes=Takes.DATE, ranks=PLANNED, moment=Moment.LINE, kept_by="line.restored"),
        Topic(key="remedy.offered", takes=Takes.TEXTS, ranks=PLANNED, moment=Moment.LINE, commits=False),
        Topic(
            key="visit.to_choose",
            takes=Takes.TEXT,
            ranks=VISITING,
            moment=Moment.LINE,
            urgency=Urgency.RECEIPT,
            commits=False,
            each_anew=True,
        ),
        _appointment("visit.at"),
        _appointment("visit.repair_at"),
        _of_visit("visit.reminder"),
        _of_visit("visit.repair_reminder"),
        _of_visit("visit.under_way"),
        Topic(key="compensation.missed_visit", takes=Takes.MONEY, ranks=BILLING, moment=Moment.BILL, commits=False),
        Topic(key="line.works_on", takes=Takes.DATE, ranks=PLANNED, moment=Moment.LINE, kept_by="line.works"),
        Topic(key="line.works", takes=Takes.DATE, ranks=PLANNED, moment=Moment.LINE, commits=False, each_anew=True),
        Topic(key="line.restored", takes=Takes.DATE, ranks=PLANNED, moment=Moment.LINE, commits=False, each_anew=True),
        Topic(key="bill.issued", takes=Takes.BILL, ranks=BILLING, moment=Moment.BILL, commits=False, each_anew=True),
        Topic(key="credit.no_service", takes=Takes.CREDITS, ranks=BILLING, moment=Moment.BILL, commits=False),
        _heard("line.cut"),
        _heard("line.proven"),
        _heard("fault.diagnosed"),
        _heard("number.moved"),
        _heard("call", Takes.ANSWER),
        _heard("pair.assigned", Takes.PAIR),
        _heard("visit.closed", Takes.CLOSING),
        _heard("visit.missed"),
        _never("contact.phone", Takes.TEXT, Audience.VOICE_ONLY),
        _never("contact.address", Takes.ANYTHING, Audience.VOICE_ONLY),
        _never("offer.promotion", Takes.ANYTHING, Audience.NOBODY),
    )
}

_IN_PARTS = {Takes.REQUEST, Takes.SLOT, Takes.BILL, Takes.CREDITS, Takes.CLOSING, Takes.ANSWER, Takes.PAIR}
MOVE_WITHDRAWN = "move.withdrawn"  # which has no parts but how it arrived
STATABLE = tuple(  # by departments, in a form
    topic
    for topic in TOPICS.values()
    if topic.audience in {Audience.CUSTOMER, Audience.PLANS}
    and (topic.takes not in _IN_PARTS or topic.key == MOVE_WITHDRAWN)
    and topic.ranks != OF_CASES
)

REQUESTED, RENOUNCED = "termination.requested", "withdrawal.requested"
WITHDRAWN, PORT_FAILED, PORT_CANCELLED = "termination.withdrawn", "port.failed", "port.cancelled"
LEAVING, STAYING = (REQUESTED, RENOUNCED), (WITHDRAWN, PORT_FAILED, PORT_CANCELLED)
TAKEN_OVER, ENDS_ON, CLOSED = "line.taken_over_by", "contract.ends_on", "contract.closed"
WORKS, RESTORED = "line.works", "line.restored"
MET = ("visit.closed", "visit.missed")  # no topics that are told: facts that end an appointment
OF_REPAIR = ("visit.repair_at", "visit.repair_reminder")
SPENT: dict[str, tuple[str, ...]] = {  # what is over once one of these is stated after it
    **dict.fromkeys(("line.lost", "line.restored_by", "remedy.offered"), (RESTORED, WORKS)),
    **dict.fromkeys(("line.works_on", "visit.to_choose"), (WORKS,)),
    **dict.fromkeys(("visit.at", "visit.reminder"), (WORKS, *MET)),
    **dict.fromkeys(OF_REPAIR, (RESTORED, *MET)),
}
OVERTAKEN_BY: dict[str, tuple[str, ...]] = {  # what the customer believes no longer, once they are told one of these
    **SPENT,
    "credit.no_service": ("line.lost", "fault.reported"),
    **dict.fromkeys(LEAVING, STAYING),
    WITHDRAWN: LEAVING,
    PORT_FAILED: (*LEAVING, TAKEN_OVER),
    PORT_CANCELLED: (*LEAVING, TAKEN_OVER),
}
EXPECTED = (ENDS_ON, "closing_bill.date")
EXPECTED_WITH_EQUIPMENT = ("equipment.return_how", "equipment.return_by")


def meets(key: str, kind: str, value: object) -> bool:
    """Whether a fact may end what was said of a topic: of what ends an appointment, the purpose says of which.

    Where a department names no purpose, it ends every one.
    """
    purpose = value.get("purpose") if kind in MET and isinstance(value, dict) else None
    return purpose is None or (purpose == "repair") == (key in OF_REPAIR)


def falls(key: str, *, after: str) -> bool:
    """Whether what was stated of a topic is void after the contract went on by one of `STAYING`."""
    topic = TOPICS[key]
    return key == REQUESTED or topic.of_termination or (topic.of_port and after != WITHDRAWN)
