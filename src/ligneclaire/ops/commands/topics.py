"""`ligneclaire topics`."""

from __future__ import annotations

import json

import click

from ligneclaire.ops.printing import table
from ligneclaire.voice.topics import TOPICS, Audience, Topic
from ligneclaire.voice.wording.explain import topic_name

HEADING = ("KEY", "IN CHARGE", "VALUE", "LEAVES", "IN FRENCH")


@click.command
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array and nothing else.")
def command(*, as_json: bool) -> None:
    """List what customers can be told: who is in charge of it, what its value is, how long it may wait."""
    if as_json:
        click.echo(json.dumps([_as_json(topic) for topic in TOPICS.values()], ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(table([HEADING, *map(_row, TOPICS.values())])))


def _row(topic: Topic) -> tuple[str, ...]:
    in_charge = ", then ".join(" = ".join(sorted(rank)) for rank in topic.ranks) or "anyone"
    return (topic.key, in_charge, topic.takes, _leaves(topic), topic_name(topic.key, language="fr"))


def _as_json(topic: Topic) -> dict[str, object]:
    return {
        "key": topic.key,
        "in_charge": [sorted(rank) for rank in topic.ranks],
        "value": topic.takes,
        "leaves": _leaves(topic),
        "name": {language: topic_name(topic.key, language=language) for language in ("fr", "en")},
    }


def _leaves(topic: Topic) -> str:
    return topic.urgency if topic.audience is Audience.CUSTOMER else f"never: {topic.audience}"
