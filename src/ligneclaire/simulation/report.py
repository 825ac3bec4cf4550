"""The report of a replay as JSON values, the same bytes for the same events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ligneclaire.cases.queries import cards
from ligneclaire.cases.queries.cards import QuestionCard
from ligneclaire.channels.content import Content
from ligneclaire.channels.email.text import text_of
from ligneclaire.channels.queries import messages
from ligneclaire.channels.queries.messages import MessageCard
from ligneclaire.journeys.queries import plans
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.ref import Ref
from ligneclaire.network.queries import differences
from ligneclaire.people.queries import advisers
from ligneclaire.promises.queries import pledges
from ligneclaire.simulation.replay import Replay
from ligneclaire.voice.queries import rules, told, waiting
from ligneclaire.voice.queries.told import Ended, ToldTopic

Json = dict[str, object]
MOST = 1000
CUT, CREDIT, RESTORE = "line.cut", "credit.no_service", "restore"


def report(run: Replay) -> Json:
    """Everything that was said, is held, contested, promised and refused."""
    calendar = rules.current().calendar
    facts = {fact.name: fact for customer in run.customers for fact in told.outcomes_of(customer)}
    facts |= {fact.name: fact for fact in told.outcomes_of(None)}
    said = _messages(run.customers, calendar)
    return {
        "messages": said,
        "held": _held(run, calendar),
        "contradictions": [_contradiction(card) for customer in run.customers for card in _questions(customer)],
        "outcomes": [_outcome(facts[name]) for name in run.stated if name in facts],
        "promises": _promises(run.customers),
        "plan": _plan(run.customers),
        "alarms": _alarms(run, calendar),
        "credits": _credits(said),
        "differences": _differences(run.customers),
        "refused_by_database": [
            {"line": line, "fact": name, "constraint": problem.constraint, "reason": problem.reason}
            for line, name, problem in run.denied
        ],
        "duplicates": run.duplicates,
        "refused": [{"line": line, "reason": reason} for line, reason in run.refused],
    }


def bare(subject: str) -> str:
    """The number by which departments call a subject: K-ADSL-1 for contract:K-ADSL-1."""
    return Ref.parse(subject).number if subject else ""


def _messages(customers: Sequence[str], calendar: Calendar) -> list[Json]:
    cards_ = sorted(messages.of(customers), key=lambda card: (card.written_at, card.customer, card.channel, card.uuid))
    topics = told.topics_of({card.utterance for card in cards_})
    names = {card.number: card.name for card in advisers.listed()}
    return [_message(card, topics[card.utterance], names, calendar) for card in cards_]


def _message(card: MessageCard, topics: Sequence[ToldTopic], names: dict[str, str], calendar: Calendar) -> Json:
    return {
        "id": str(card.uuid),
        "customer": card.customer,
        "channel": card.channel,
        "language": card.language,
        "sent_at": _local(card.sent_at or card.written_at, calendar),
        "subject": card.subject,
        "text": text_of(Content.from_json(card.content)).body,
        "topics": [{"subject": bare(topic.subject), "key": topic.key, "value": topic.value} for topic in topics],
        "reference": card.case,
        "adviser": names[card.adviser],
        "file": card.file or None,
        "copy_of": str(card.copy_of) if card.copy_of else None,
    }


def _held(run: Replay, calendar: Calendar) -> list[Json]:
    if run.until is None:
        return []
    found = waiting.of(run.customers, at=run.until)
    return [
        {
            "facts": [found[customer].names[fact] for fact in hold.facts],
            "reason": f"{hold.reason}: {', '.join(hold.keys)}",
            "until": _local(hold.until, calendar) if hold.until else None,
        }
        for customer in run.customers
        for hold in found[customer].holds
    ]


def _questions(customer: str) -> list[QuestionCard]:
    return sorted(cards.questions_of(customer), key=lambda card: (card.asked_at, card.subject, card.key, card.id))


def _contradiction(card: QuestionCard) -> Json:
    return {
        "subject": bare(card.subject),
        "key": card.key,
        "values": [
            {"value": claim["value"], "source": source} for claim in card.claims for source in _texts(claim["sources"])
        ],
        "owner": card.owner,
        "settled": card.chosen,
    }


def _texts(value: object) -> list[str]:
    return [str(text) for text in value] if isinstance(value, list) else []


def _outcome(fact: Ended) -> Json:
    reason = fact.reason or (f"in message {fact.utterance}" if fact.utterance else "")
    return {"fact": fact.name, "outcome": fact.end, "reason": reason}


def _promises(customers: Sequence[str]) -> list[Json]:
    found = pledges.of(customers)
    return [
        {
            "customer": customer,
            "what": pledge.key,
            "due_on": pledge.due_on.isoformat() if pledge.due_on else None,
            "state": pledge.state,
        }
        for customer in customers
        for pledge in found.get(customer, ())
    ]


def _plan(customers: Sequence[str]) -> list[Json]:
    found = plans.of(customers, pledges.of(customers))
    return [
        {
            "journey": f"{card.kind} of {bare(card.subject)}",
            "step": step.name,
            "department": step.department,
            "expected_on": step.expected_on.isoformat(),
            "promised_on": step.promised_on.isoformat() if step.promised_on else None,
            "state": step.state,
        }
        for customer in customers
        for card in reversed(found.get(customer, ()))
        for step in card.steps
    ]


def _alarms(run: Replay, calendar: Calendar) -> list[Json]:
    """Cuts outside every plan: the case, who sees to it, by when the line is back, and when the customer was told."""
    found = plans.of(run.customers, pledges.of(run.customers))
    return [
        {
            "at": _local(card.started_at, calendar),
            "fact": card.trigger,
            "customer": card.customer,
            "contract": bare(card.subject),
            "case": case.reference,
            "owner": case.owner,
            "steps": [
                {"step": step.name, "department": step.department, "expected_on": step.expected_on.isoformat()}
                for step in card.steps
                if step.name == RESTORE
            ],
        }
        for customer in run.customers
        for card in reversed(found.get(customer, ()))
        if run.kinds.get(card.trigger) == CUT
        for case in cards.of(customer)
        if case.subject == card.subject
    ]


def _differences(customers: Sequence[str]) -> list[Json]:
    """Where records and network disagree about a line: the case in which somebody sees to it before it is lost."""
    return [
        {
            "resource": one.resource,
            "kind": one.kind,
            "customer": one.customer,
            "case": one.case,
            "owner": one.owner,
            "due_on": one.due_on.isoformat(),
        }
        for one in differences.open_of(limit=MOST)
        if one.customer in customers
    ]


def _credits(said: Sequence[Json]) -> list[Json]:
    """What was given back, by contract and period, as it was told last."""
    told: dict[tuple[object, str], Json] = {}
    for topic in (topic for message in said for topic in _topics(message) if topic["key"] == CREDIT):
        for credit in topic["value"] if isinstance(topic["value"], list) else ():
            told[topic["subject"], str(credit["period"][0])] = {"contract": topic["subject"], **credit}
    return list(told.values())


def _topics(message: Json) -> list[Json]:
    topics = message["topics"]
    return topics if isinstance(topics, list) else []


def _local(at: datetime, calendar: Calendar) -> str:
    return at.astimezone(calendar.tz).isoformat()
