"""`ligneclaire topics`."""

from __future__ import annotations

import json

import click

from ligneclaire.api.topics import TopicCard, card
from ligneclaire.ops.printing import table
from ligneclaire.voice.topics import TOPICS

HEADING = ("KEY", "IN CHARGE", "VALUE", "LEAVES", "IN FRENCH")


@click.command
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array and nothing else.")
def command(*, as_json: bool) -> None:
    """List what customers can be told: who is in charge of it, what its value is, how long it may wait."""
    if as_json:
        cards = [card(topic).model_dump() for topic in TOPICS.values()]
        click.echo(json.dumps(cards, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(table([HEADING, *(_row(card(topic)) for topic in TOPICS.values())])))


def _row(topic: TopicCard) -> tuple[str, ...]:
    in_charge = ", then ".join(" = ".join(rank) for rank in topic.in_charge) or "anyone"
    return (topic.key, in_charge, topic.value, topic.leaves, topic.name["fr"])
