"""The words of the desk, for its templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django import template
from django.utils import timezone

from ligneclaire.cases.queries.cards import EventCard
from ligneclaire.channels.queries.excerpts import Excerpt, Piece
from ligneclaire.channels.rules.sensitive import is_sensitive, masked
from ligneclaire.channels.states import Direction
from ligneclaire.desk import fact_words, finding, network_words, words
from ligneclaire.people.queries.advisers import AdviserCard, Cover
from ligneclaire.people.states import PersonKind, Proof
from ligneclaire.promises.rules import PledgeState
from ligneclaire.ui.firsts import written_date
from ligneclaire.voice.queries.thread import MessageEntry, TalkEntry
from ligneclaire.voice.rules.grounds import Timing
from ligneclaire.voice.wording import explain, plans

register = template.Library()
register.filter("kind", fact_words.kind)
register.filter("pairs", fact_words.pairs)
register.filter("hold", words.hold)
register.filter("written", words.written)
register.filter("amount", words.amount)
register.filter("not_delivered", words.not_delivered)
register.filter("fate", words.fate)
register.filter("may", words.may)
register.filter("pledged", words.pledged)
register.filter("mode_name", words.mode)
register.filter("source", words.source)
register.simple_tag(words.disagreement, name="disagreement")
register.simple_tag(fact_words.value, name="value")
register.simple_tag(fact_words.promised, name="promised")
register.simple_tag(words.outcome, name="outcome")


register.filter("masked", masked)
register.filter("is_sensitive", is_sensitive)


@register.filter
def without_sensitive(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """What we wrote without what is sensitive in it; what was looked for is not marked in a passage that had some."""
    text = "".join(piece.text for piece in pieces)
    return (Piece(text=masked(text), is_hit=False),) if is_sensitive(text) else pieces


@register.filter
def away(owner: str, covered: Mapping[str, Cover]) -> Cover | None:
    """Why somebody answers for an owner, where they do."""
    return covered.get(owner)


@register.filter
def tone(end: str) -> str:
    """How much an outcome asks for attention."""
    return words.TONES.get(end, "")


@register.filter
def hold_kind(reason: str) -> str:
    """Why facts wait, in a few words."""
    return str(words.HOLDS.get(reason, reason))


@register.inclusion_tag("ui/_tag.html")
def promise_state(state: PledgeState) -> dict[str, object]:
    """What became of a promise."""
    return {"text": explain.promise_state(state, language=words.language()), "tone": words.PROMISE_TONES[state]}


@register.inclusion_tag("ui/_tag.html")
def spoken_state(state: str) -> dict[str, object]:
    """What became of a promise in somebody's own words."""
    text, tone = words.SPOKEN_STATES[state]
    return {"text": text, "tone": tone}


@register.filter
def talked(entry: TalkEntry) -> str:
    """Who spoke to whom, and where."""
    inwards, outwards, _icon = words.MEDIA[entry.medium]
    return str(inwards if entry.direction == Direction.IN else outwards)


@register.filter
def heard(excerpt: Excerpt) -> str:
    """The same of what was found by its words."""
    inwards, outwards, _icon = words.MEDIA[excerpt.channel]
    return str(inwards if excerpt.subject == Direction.IN else outwards)


@register.filter
def person_kind(name: str) -> str:
    """Who somebody is who may speak for a customer."""
    return str(words.PERSON_KINDS[PersonKind(name)])


@register.filter
def proof_of_identity(name: str) -> str:
    """How somebody proved who they are, or that they did not."""
    return str(words.PROOFS_OF_IDENTITY[Proof(name)])


@register.filter
def medium(name: str) -> str:
    """Where customers and we talk."""
    return str(words.MEDIUM_NAMES[name])


@register.filter
def medium_icon(medium: str) -> str:
    """The drawing for a place of talking."""
    return words.MEDIA[medium][2]


@register.filter
def timing(name: Timing) -> str:
    """Why a message left when it did."""
    return str(words.TIMINGS[name])


@register.inclusion_tag("ui/_tag.html")
def message_state(state: str) -> dict[str, object]:
    """Where a message stands."""
    text, tone = words.MESSAGE_STATES[state]
    return {"text": text, "tone": tone}


@register.inclusion_tag("ui/_tag.html")
def batch_state(state: str) -> dict[str, object]:
    """Where a batch of letters stands."""
    text, tone = words.BATCH_STATES[state]
    return {"text": text, "tone": tone}


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A message that came in the place of another, by their channels."""

    channel: str
    instead_of: str


@register.simple_tag
def came_instead(entry: Came | MessageEntry) -> str:
    """Why a message came by this way."""
    return str(words.CAME_INSTEAD[entry.channel, entry.instead_of])


@register.filter
def channel(name: str) -> str:
    """How a message travels."""
    return str(words.CHANNELS[name][0])


@register.filter
def channel_icon(name: str) -> str:
    """The drawing for it."""
    return words.CHANNELS[name][1]


@register.simple_tag
def step_name(plan: str, name: str) -> str:
    """How people call a step of a plan."""
    return plans.step_name(plan, name, language=words.language())


@register.filter
def about(subject: str) -> str:
    """The number of the contract that a matter is about."""
    return words.subject(subject, {})


@register.filter
def case_kind(name: str) -> str:
    """What a case is about."""
    return str(words.CASE_KINDS.get(name, name))


@register.filter
def deed(event: EventCard) -> str:
    """What somebody did with a case."""
    until = written_date(event.until, "j F Y") if event.until else ""
    return str(words.DEEDS[event.deed]) % {"owner": event.owner_name, "until": until, "other": event.other}


@register.filter
def owner_name(number: str, cards: Mapping[str, AdviserCard]) -> str:
    """How an owner is called, of those who were looked up."""
    return cards[number].name


@register.filter
def in_network(name: str, of: str) -> str:
    """What something of the network is called."""
    return str(network_words.WORDS[of][name])


@register.inclusion_tag("ui/_tag.html")
def seen(name: str) -> dict[str, object]:
    """What the network sees of a resource."""
    text, tone = network_words.SEEN[name]
    return {"text": text, "tone": tone}


@register.filter
def why(name: str) -> str:
    """What led to a customer who was looked for."""
    return str(finding.WHY[name])


@register.filter
def reason_kind(code: str) -> str:
    """Why a customer leaves early."""
    return str(words.REASONS.get(code, code))


@register.filter
def proof_kind(code: str) -> str:
    """What proves a reason."""
    return str(words.PROOFS.get(code, code))


@register.filter
def moment(at: datetime | None) -> str:
    """An instant with its weekday, in the time zone of the page."""
    return written_date(timezone.localtime(at), "l j F, H:i") if at else ""


@register.filter
def long_ago(at: datetime | None) -> str:
    """An instant with its year."""
    return written_date(timezone.localtime(at), "j F Y, H:i") if at else ""
