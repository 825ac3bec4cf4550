"""Jobs of the API: other systems that subscribed are told, and customers whose cases they brought."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ligneclaire.api.events import CONTENT_TYPE, event_of, event_without_fact
from ligneclaire.api.outgoing import post
from ligneclaire.facts.record import stated
from ligneclaire.hooks.actions.note_posting import note_posting
from ligneclaire.hooks.jobs import LANES, TASK
from ligneclaire.hooks.queries import postings
from ligneclaire.hooks.rules.signing import headers_of, secret_of
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.clock import now
from ligneclaire.voice.actions.acknowledge_case import acknowledge_case
from ligneclaire.voice.actions.take_case import QUEUE as LIVE
from ligneclaire.voice.actions.take_case import TASK as ACKNOWLEDGE


@app.task(name=TASK, queue=LANES[0], retry=RetryStrategy(max_attempts=8, exponential_wait=2))
def post_hook(posting: str, tried: int) -> None:
    """Send one event once and note the answer, with which its next job is written where there has to be one.

    A job that is cut off in between sends it again, under the same id, by which the other system knows it.
    """
    uuid = UUID(posting)
    card = postings.to_send(uuid, tried=tried)
    if card is None:
        return
    fact = None if card.subject else stated({(card.source, card.source_id)})[card.source, card.source_id]
    body, at = event_of(fact) if fact else event_without_fact(card), now()
    headers = headers_of(secret_of(card.seed, key=settings.SECRET_KEY), name=uuid, at=int(at.timestamp()), body=body)
    reply = post(card.url, body, headers | {"content-type": CONTENT_TYPE}, is_inside_allowed=settings.HOOKS_INSIDE)
    note_posting(posting=uuid, tried=tried, status=reply.status, answer=reply.text, by=SYSTEM, at=now())


@app.task(name=ACKNOWLEDGE, queue=LIVE, retry=RetryStrategy(max_attempts=8, exponential_wait=2))
def acknowledge(case: str) -> None:
    """Have the voice tell a customer that a case of theirs was brought; twice is once."""
    acknowledge_case(reference=case, by=SYSTEM, at=now())
