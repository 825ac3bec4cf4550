"""`ligneclaire hook [NAME]`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from uuid import UUID

import click
from django.conf import settings

from ligneclaire.hooks.actions.pause_subscription import pause_subscription
from ligneclaire.hooks.actions.replay_postings import replay_postings
from ligneclaire.hooks.actions.resume_subscription import resume_subscription
from ligneclaire.hooks.actions.subscribe import subscribe
from ligneclaire.hooks.actions.unsubscribe import unsubscribe
from ligneclaire.hooks.queries import postings, subscriptions
from ligneclaire.hooks.rules.signing import secret_of
from ligneclaire.kernel import clock
from ligneclaire.ops.printing import instant, refusals, table, whoever_runs_this, zone

SUBSCRIPTIONS = ("NAME", "URL", "KINDS", "WAITING", "PAUSED")
POSTINGS = ("ID", "RECORDED", "KIND", "FACT", "STATE", "TRIES", "ANSWER")
NEWEST = 20
TIME = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"])


@click.command
@click.argument("name", required=False)
@click.option("--url", help="Make it: where events go, https:// only.")
@click.option("--kind", "kinds", multiple=True, help="With --url: channels.message_sent, closing_bill.*, or * for all.")
@click.option("--pause", is_flag=True, help="Hold back what comes.")
@click.option("--resume", is_flag=True, help="Send what was held back, and go on.")
@click.option("--end", is_flag=True, help="Forget it, with all that was sent.")
@click.option("--replay", type=click.UUID, help="Send this event again, under the same id.")
@click.option("--since", type=TIME, help="Send again all that was recorded since then (UTC).")
@click.option("--until", type=TIME, help="With --since: and before then (UTC).")
def command(
    *, name: str | None, url: str | None, kinds: tuple[str, ...], **asked: bool | UUID | datetime | None
) -> None:
    """Tell another system what is recorded here, as signed CloudEvents; without options, list what was sent last.

    Without NAME: list the subscriptions.
    """
    if name is None:
        click.echo("\n".join(table(_subscriptions())))
        return
    deeds = [deed for option, deed in DEEDS.items() if asked[option]]
    if len(deeds) + bool(url) > 1:
        raise click.UsageError("say one thing at a time")
    with refusals():
        if url:
            seed = subscribe(name=name, url=url, kinds=kinds, by=whoever_runs_this(), at=clock.now())
            click.echo(secret_of(seed, key=settings.SECRET_KEY))
            click.echo(f"This is the secret of {name}, with which its events are signed. Keep it now.", err=True)
        elif deeds:
            click.echo(deeds[0](name, asked))
        else:
            click.echo("\n".join(table(_postings(name))))


def _pause(name: str, _asked: object) -> str:
    pause_subscription(name=name, because="by command", by=whoever_runs_this(), at=clock.now())
    return f"{name} is paused."


def _resume(name: str, _asked: object) -> str:
    return f"{name} goes on; held back: {resume_subscription(name=name, by=whoever_runs_this(), at=clock.now())}."


def _end(name: str, _asked: object) -> str:
    unsubscribe(name=name, by=whoever_runs_this(), at=clock.now())
    return f"{name} is forgotten."


def _replay(name: str, asked: dict[str, bool | UUID | datetime | None]) -> str:
    posting, since, until = asked["replay"], asked["since"], asked["until"]
    assert not isinstance(posting, bool | datetime)
    again = replay_postings(
        name=name, posting=posting, since=_utc(since), until=_utc(until), by=whoever_runs_this(), at=clock.now()
    )
    return f"Sent to {name} again: {again}."


def _utc(time: object) -> datetime | None:
    return time.replace(tzinfo=UTC) if isinstance(time, datetime) else None


DEEDS: dict[str, Callable[[str, dict[str, bool | UUID | datetime | None]], str]] = {
    "pause": _pause,
    "resume": _resume,
    "end": _end,
    "replay": _replay,
    "since": _replay,
}


def _subscriptions() -> Iterator[tuple[str, ...]]:
    yield SUBSCRIPTIONS
    here = zone()
    for card in subscriptions.listed():
        paused = f"since {instant(card.paused_at, here)}: {card.paused_because}" if card.paused_at else ""
        yield (card.name, card.url, " ".join(card.kinds), str(card.waiting), paused)


def _postings(name: str) -> Iterator[tuple[str, ...]]:
    yield POSTINGS
    here = zone()
    for card in postings.newest(name, limit=NEWEST):
        recorded = instant(card.recorded_at, here, "seconds")
        fact = f"{card.source}/{card.source_id}"
        yield (str(card.uuid), recorded, card.kind, fact, card.state, str(card.tries), card.answer)
