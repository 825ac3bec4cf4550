"""Every thing a customer can be told: who is in charge of it, what it looks like, when it is said.

How each is said stands beside it in `wording/`; a test holds the two together.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from ligneclaire.voice.values import Takes

ANYONE: tuple[frozenset[str], ...] = ()
CONTRACTS = (frozenset({"contracts"}), frozenset({"journeys"}))
BILLING = (frozenset({"billing"}), frozenset({"contracts"}))
EQUIPMENT = (frozenset({"equipment", "equipment-south-west"}),)
THIRD_PARTY = (frozenset({"third-party-operators"}),)


class Moment(enum.IntEnum):
    """When, in the order in which things happen to a customer who leaves."""

    REQUEST = 1
    TAKEOVER = 2
    END = 3
    RETURN = 4
    BILL = 5
    REFUND = 6
    KEPT = 7


class Urgency(enum.StrEnum):
    """How long a topic may wait for others to travel with."""

    RECEIPT = "next dispatch; at once when the request came online"
    SETTLED = "a day after the last news on its subject"


class Audience(enum.StrEnum):
    """Who may hear of a topic when a department states it."""

    CUSTOMER = "customer"
    VOICE_ONLY = "the voice gives the contact"
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

    def rank_of(self, source: str) -> int:
        """Rank of a department for this topic: 0 is in charge; whoever is not named comes last."""
        return next((place for place, rank in enumerate(self.ranks) if source in rank), len(self.ranks))


def _event(key: str) -> Topic:
    return Topic(
        key=key, takes=Takes.EVENT, ranks=ANYONE, moment=Moment.REQUEST, urgency=Urgency.RECEIPT, commits=False
    )


def _leaving(
    key: str,
    takes: Takes,
    ranks: tuple[frozenset[str], ...],
    moment: Moment,
    *,
    commits: bool = True,
    kept_by: str | None = None,
) -> Topic:
    return Topic(
        key=key, takes=takes, ranks=ranks, moment=moment, of_termination=True, commits=commits, kept_by=kept_by
    )


def _never(key: str, takes: Takes, audience: Audience) -> Topic:
    return Topic(key=key, takes=takes, ranks=ANYONE, moment=Moment.REQUEST, audience=audience, commits=False)


TOPICS: dict[str, Topic] = {
    topic.key: topic
    for topic in (
        _event("termination.requested"),
        _event("termination.withdrawn"),
        _leaving("contract.ends_on", Takes.DATE, CONTRACTS, Moment.END),
        Topic(key="contract.goes_on", takes=Takes.FLAG, ranks=CONTRACTS, moment=Moment.KEPT),
        Topic(key="line.taken_over_by", takes=Takes.TEXT, ranks=THIRD_PARTY, moment=Moment.TAKEOVER),
        Topic(key="support.for_line", takes=Takes.TEXT, ranks=THIRD_PARTY, moment=Moment.TAKEOVER),
        _leaving("closing_bill.date", Takes.DATE, BILLING, Moment.BILL, kept_by="closing_bill.issued"),
        _leaving("closing_bill.amount", Takes.MONEY, BILLING, Moment.BILL, kept_by="closing_bill.issued"),
        _leaving("closing_bill.issued", Takes.DATE, BILLING, Moment.BILL, commits=False),
        _leaving("fees.early_termination", Takes.MONEY, BILLING, Moment.BILL, kept_by="closing_bill.issued"),
        _leaving("refund.deposit", Takes.MONEY, BILLING, Moment.REFUND, kept_by="refund.paid"),
        _leaving("refund.advance", Takes.MONEY, BILLING, Moment.REFUND, kept_by="refund.paid"),
        _leaving("refund.paid", Takes.MONEY, BILLING, Moment.REFUND, commits=False),
        _leaving("equipment.to_return", Takes.TEXTS, EQUIPMENT, Moment.RETURN),
        _leaving("equipment.return_by", Takes.DATE, EQUIPMENT, Moment.RETURN, kept_by="equipment.received"),
        _leaving("equipment.return_how", Takes.TEXT, EQUIPMENT, Moment.RETURN),
        _leaving("equipment.penalty", Takes.MONEY, EQUIPMENT, Moment.RETURN, kept_by="equipment.received"),
        _leaving("equipment.days_after_formal_notice", Takes.DAYS, EQUIPMENT, Moment.RETURN),
        _leaving("equipment.received", Takes.TEXTS, EQUIPMENT, Moment.RETURN, commits=False),
        _leaving("number.kept_until", Takes.DATE, CONTRACTS, Moment.KEPT),
        _leaving("mailbox.kept_until", Takes.DATE, CONTRACTS, Moment.KEPT),
        _never("contact.phone", Takes.TEXT, Audience.VOICE_ONLY),
        _never("contact.address", Takes.ANYTHING, Audience.VOICE_ONLY),
        _never("offer.promotion", Takes.ANYTHING, Audience.NOBODY),
    )
}

REQUESTED, WITHDRAWN = "termination.requested", "termination.withdrawn"
ENDS_ON = "contract.ends_on"
EXPECTED = (ENDS_ON, "closing_bill.date")
EXPECTED_WITH_EQUIPMENT = ("equipment.return_how", "equipment.return_by")
