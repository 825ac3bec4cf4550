"""Put an utterance into words and choose its ways, for whoever sends it or only wants to see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ligneclaire.channels.content import Content
from ligneclaire.channels.letter.address import postal_lines
from ligneclaire.channels.states import Channel
from ligneclaire.contracts.queries.household import Holding
from ligneclaire.people.queries.addressees import Addressee
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.voice.rules import ending
from ligneclaire.voice.rules.routes import routes
from ligneclaire.voice.rules.state import State, Utterance
from ligneclaire.voice.wording.compose import compose
from ligneclaire.voice.wording.context import Context
from ligneclaire.voice.wording.stops import despite_stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message as it is worded, and its destination by each channel, the main one first."""

    content: Content
    ways: Mapping[Channel, tuple[str, ...]]


def draft(
    utterance: Utterance,
    state: State,
    *,
    to: Addressee,
    operator: OperatorCard,
    household: tuple[Holding, ...],
    reference: str,
) -> Draft:
    """Word an utterance, given the state after it, for a customer as they are reached on its day."""
    context = Context(
        language=to.language,
        calendar=state.rules.calendar,
        operator=operator,
        addressee=to,
        household=household,
        ending=ending.contracts(state, at=utterance.at),
        reference=reference,
    )
    places = reachable(to)
    ways = routes(utterance, places, calendar=context.calendar, wishes=to.wishes, in_doubt=in_doubt(to))
    content = compose(utterance, context)
    if to.wishes.no_texts and Channel.SMS in ways:
        content = despite_stop(content)
    return Draft(content=content, ways={channel: places[channel] for channel in ways})


def reachable_now(to: Addressee) -> dict[Channel, tuple[str, ...]]:
    """The same without an address that is in doubt: for whoever chooses the way by hand."""
    return reachable(to) | dict.fromkeys(in_doubt(to), ())


def in_doubt(to: Addressee) -> frozenset[Channel]:
    """The channels by which something came back, as long as nobody has confirmed the address."""
    since = {Channel.LETTER: to.address_doubted_at, Channel.EMAIL: to.email_doubted_at}
    return frozenset(channel for channel, at in since.items() if at)


def reachable(to: Addressee) -> dict[Channel, tuple[str, ...]]:
    """The destination of a customer by each channel, empty where there is none."""
    return {
        Channel.LETTER: postal_lines(to.address) if to.address else (),
        Channel.EMAIL: (to.email,) if to.email else (),
        Channel.SMS: (to.mobile,) if to.mobile else (),
    }
