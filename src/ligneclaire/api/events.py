"""What is recorded here as CloudEvents 1.0, for those who subscribed."""

from __future__ import annotations

import json
from urllib.parse import quote

from ligneclaire.facts.stated import Statement
from ligneclaire.hooks.queries.postings import PostingCard

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"


def event_of(fact: Statement) -> bytes:
    """A fact as an event: source and id are those under which it was stated, so that they name it for ever."""
    said: dict[str, object] = {"value": fact.value}
    if fact.effective:
        said["effective"] = fact.effective.isoformat()
    event: dict[str, object] = {
        "specversion": "1.0",
        "id": fact.source_id,
        "source": f"/departments/{quote(fact.source)}",
        "type": fact.kind,
        "time": fact.at.isoformat(),
        "datacontenttype": "application/json",
        "data": said,
    }
    subject = _subject(fact)
    return json.dumps(event | ({"subject": subject} if subject else {}), ensure_ascii=False).encode()


def event_without_fact(card: PostingCard) -> bytes:
    """What is no fact, such as that a case was opened: which one, and when."""
    event = {
        "specversion": "1.0",
        "id": card.source_id,
        "source": f"/{card.source}",
        "type": card.kind,
        "time": card.recorded_at.isoformat(),
        "subject": card.subject,
    }
    return json.dumps(event, ensure_ascii=False).encode()


def _subject(fact: Statement) -> str:
    """The customer, and the contract after a slash, as whoever states facts names them too."""
    kind, _, number = fact.subject.partition(":")
    return fact.customer or "" if kind in {"", "customer"} else f"{fact.customer or ''}/{number}"
